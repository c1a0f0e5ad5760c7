"""Single keys: what they do, how a reader changes them, and where that is kept."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Event, Preferences
from corpus.shortcuts import Keys, changes_in, key_groups, keys_from, problems_in, shortcuts

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]
PAGE = "/account/keys/"
USUAL = {shortcut.key: shortcut.usual for shortcut in shortcuts}


def test_every_shortcut_is_in_a_group_and_no_two_on_a_page_have_one_key() -> None:
    assert {shortcut.group for shortcut in shortcuts} <= {group.key for group in key_groups}
    assert problems_in({}) == {}


def test_scripts_read_each_shortcut_with_its_key() -> None:
    written = str(Keys({"next-row": ":", "choose-row": ""}))
    assert "next-row::" in written.split(" ")
    assert "previous-row:k" in written.split(" ")
    assert "choose-row" not in written


@pytest.mark.parametrize(
    "stored",
    [{}, {"keys": ["x"]}, {"keys": {"fly": "x", "next-row": 7, "search": "no"}}, {"off": "yes"}],
)
def test_what_was_stored_otherwise_counts_as_unchanged(stored: dict[str, object]) -> None:
    assert keys_from(stored) == Keys()


def test_a_key_may_do_one_thing_here_and_another_on_other_pages() -> None:
    assert problems_in({"next-row": "s"}) == {}
    taken = problems_in({"next-row": "x"})
    assert set(taken) == {"next-row", "choose-row"}
    assert taken["next-row"].startswith("“x” does “choose this article” already.")


def test_two_shortcuts_may_exchange_their_keys() -> None:
    assert problems_in({"next-row": "k", "previous-row": "j"}) == {}


def test_only_what_differs_from_the_usual_is_kept() -> None:
    assert changes_in(USUAL | {"search": "z", "fly": "x"}) == {"search": "z"}


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_chosen_keys_are_kept_and_stand_on_every_page(
    is_signed_in: bool, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice if is_signed_in else None)

    answer = client.post(PAGE, USUAL | {"search": "z", "choose-row": "", "on": "on"}, follow=True)

    assert "The keys work like this from now on." in answer.content.decode()
    page = client.get("/").content.decode()
    assert "search:z " in page
    assert "choose-row:" not in page
    assert "data-keys-off" not in page
    assert Preferences.objects.filter(user=alice).exists() == is_signed_in
    assert [event.audience for event in Event.objects.filter(verb="keys.kept")] == (
        ["private"] if is_signed_in else []
    )


def test_what_a_reader_keeps_is_theirs_alone(alice: User, bob: User, client_of: ClientOf) -> None:
    client_of(alice).post(PAGE, {"switch": "off"})
    assert "data-keys-off" in client_of(alice).get("/").content.decode()
    assert "data-keys-off" not in client_of(bob).get("/").content.decode()
    assert "data-keys-off" not in client_of(None).get("/").content.decode()


def test_a_key_that_is_taken_is_said_beside_both_fields(client_of: ClientOf) -> None:
    client = client_of(None)
    answer = client.post(PAGE, USUAL | {"next-row": "x", "on": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("“x” does “") == 2
    assert "keys" not in client.cookies


def test_one_key_or_all_are_as_they_were_again(alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(PAGE, USUAL | {"search": "z", "help": "Z"})
    client.post(PAGE, {"reset": "help"})
    kept = Preferences.objects.get(user=alice)
    assert kept.keys == {"off": True, "keys": {"search": "z"}}
    client.post(PAGE, {"reset": "all"})
    kept.refresh_from_db()
    assert kept.keys == {"off": True, "keys": {}}


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_of_exchanged_keys_both_are_as_they_were_again(
    is_signed_in: bool, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice if is_signed_in else None)
    client.post(PAGE, USUAL | {"next-row": "k", "previous-row": "j", "search": "z", "on": "on"})

    answer = client.post(PAGE, {"reset": "next-row"}, follow=True)

    assert "next-row:j previous-row:k" in answer.content.decode()
    assert "search:z" in answer.content.decode()


def test_keys_that_clash_by_a_new_version_can_still_be_turned_off(
    alice: User, client_of: ClientOf
) -> None:
    Preferences.objects.create(user=alice, keys={"keys": {"next-row": "x", "search": "z"}})
    assert client_of(alice).post(PAGE, {"switch": "off"}).status_code == 302
    kept = Preferences.objects.get(user=alice).keys
    assert kept == {"off": True, "keys": {"search": "z"}}


def test_the_first_button_saves(client_of: ClientOf) -> None:
    client = client_of(None)
    client.post(PAGE, USUAL | {"search": "z", "on": "on"})
    form = client.get(PAGE).content.decode().split('method="post" novalidate>')[1]
    assert "name=" not in form.split("<button", 1)[1].split(">")[0]


def test_a_script_that_turns_keys_off_gets_its_answer(alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(PAGE, USUAL | {"search": "z", "on": "on"})
    answer = client.post(PAGE, {"switch": "off"}, headers={"accept": "application/json"})
    assert answer.json()["message"]
    assert Preferences.objects.get(user=alice).keys == {"off": True, "keys": {"search": "z"}}


def test_an_account_without_keys_of_its_own_has_those_of_its_browser(
    alice: User, client_of: ClientOf
) -> None:
    client = client_of(None)
    client.post(PAGE, {"switch": "off"})
    client.force_login(alice)
    assert "data-keys-off" in client.get("/").content.decode()
