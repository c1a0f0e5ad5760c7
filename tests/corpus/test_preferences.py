"""What a reader chose is kept with the account: for every device, and for nobody else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus.access import viewer_of
from corpus.appearance import Appearance
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Event, Preferences
from corpus.permissions import Viewer
from corpus.services.preferences import keep_appearance, keep_keys

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


def _choose(client: Client, **values: str) -> None:
    assert client.post(reverse("appearance"), values).status_code == 302


def _events(user: User) -> list[Event]:
    return list(Event.objects.filter(actor=user).order_by("id"))


def test_settings_of_an_account_follow_it_to_another_browser(
    alice: User, dave: User, client_of: ClientOf
) -> None:
    _choose(client_of(alice), theme="sepia", size="5")

    elsewhere = client_of(alice).get("/").content.decode()
    assert 'data-theme="sepia"' in elsewhere
    assert 'data-size="5"' in elsewhere
    for other in (dave, None):
        assert 'data-theme="auto"' in client_of(other).get("/").content.decode()


def test_settings_of_an_account_leave_the_browser_as_it_was(
    alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    _choose(client, theme="dark")
    assert "appearance" not in client.cookies


def test_one_setting_is_changed_without_the_others(alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    _choose(client, theme="sepia", patterns="off")
    _choose(client_of(alice), size="1")

    stored = Preferences.objects.get(user=alice).appearance
    assert (stored["theme"], stored["patterns"], stored["size"]) == ("sepia", "off", "1")


def test_signing_in_takes_over_what_was_chosen_before(alice: User, client: Client) -> None:
    _choose(client, theme="dark", notes="inline")
    client.post(reverse("account_login"), {"login": "alice", "password": "correct horse"})

    stored = Preferences.objects.get(user=alice).appearance
    assert (stored["theme"], stored["notes"]) == ("dark", "inline")


def test_signing_in_leaves_what_the_account_chose(alice: User, client: Client) -> None:
    keep_appearance(viewer_of(alice), {"theme": "sepia"})
    _choose(client, theme="dark")
    client.post(reverse("account_login"), {"login": "alice", "password": "correct horse"})

    assert Preferences.objects.get(user=alice).appearance["theme"] == "sepia"
    assert 'data-theme="sepia"' in client.get("/").content.decode()


def test_the_same_choice_again_leaves_no_event(alice: User) -> None:
    for _round in range(2):
        keep_appearance(viewer_of(alice), {"theme": "dark"})
        keep_keys(viewer_of(alice), {"next-row": "w"})

    events = _events(alice)
    assert [event.verb for event in events] == ["appearance.kept", "keys.kept"]
    assert {event.audience for event in events} == {Event.Audience.PRIVATE}
    assert events[0].before == {}
    assert events[0].after["theme"] == "dark"


@pytest.mark.parametrize("changes", [{"theme": "pink"}, {"shade": "dark"}])
def test_what_is_no_setting_is_refused(changes: dict[str, str], alice: User) -> None:
    with pytest.raises(Invalid):
        keep_appearance(viewer_of(alice), changes)
    assert not Preferences.objects.exists()


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"next-row": "q", "previous-row": "q"}, {"next-row", "previous-row"}),
        ({"next-row": "k"}, {"next-row", "previous-row"}),
        ({"next-row": "/"}, {"next-row", "search"}),
        ({"next-row": " "}, {"next-row"}),
        ({"next-row": "\x07"}, {"next-row"}),
        ({"next-row": "no"}, {"next-row"}),
        ({"fly": "x"}, set()),
    ],
)
def test_what_is_no_key_is_refused(keys: dict[str, str], named: set[str], alice: User) -> None:
    with pytest.raises(Invalid) as refused:
        keep_keys(viewer_of(alice), keys)
    assert set(refused.value.fields) == named
    assert not _events(alice)


def test_several_actions_may_have_no_key(alice: User) -> None:
    kept = keep_keys(viewer_of(alice), {"next-row": "", "previous-row": ""}, off=True)
    assert kept.keys == {"off": True, "keys": {"next-row": "", "previous-row": ""}}


def test_nobody_keeps_nothing() -> None:
    with pytest.raises(SignInNeeded):
        keep_appearance(Viewer(), {"theme": "dark"})
    with pytest.raises(SignInNeeded):
        keep_keys(Viewer(), {})


def test_unknown_values_that_are_stored_have_their_defaults(
    alice: User, client_of: ClientOf
) -> None:
    Preferences.objects.create(user=alice, appearance={"theme": "pink", "size": "2"})
    page = client_of(alice).get("/").content.decode()
    assert f'data-theme="{Appearance().theme}"' in page
    assert 'data-size="2"' in page


def test_the_settings_cost_a_page_one_query(alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    asked = [query for query in captured if Preferences._meta.db_table in query["sql"]]
    assert len(asked) == 1


def test_settings_go_with_the_account(alice: User) -> None:
    Preferences.objects.create(user=alice, appearance={"theme": "dark"})
    alice.delete()
    assert not Preferences.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_settings_chosen_on_two_devices_at_once_are_both_kept(alice: User) -> None:
    start = Barrier(2, timeout=60)

    def choose(changes: dict[str, str]) -> None:
        try:
            start.wait(timeout=30)
            keep_appearance(viewer_of(alice), changes)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(choose, ({"theme": "dark"}, {"size": "5"})))

    stored = Preferences.objects.get(user=alice).appearance
    assert (stored["theme"], stored["size"]) == ("dark", "5")
    assert len(_events(alice)) == 2
