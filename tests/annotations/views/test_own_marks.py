"""What readers find beside what is theirs: ways to change it, to take it away and to undo that."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation, Link
from annotations.services import annotations, links
from annotations.services.annotations import Changes
from annotations.services.links import LinkChanges
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_link, make_note, make_reply, make_tag

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]


def _counters_sent_to(page: str, address: str) -> list[str]:
    """Return the counters in the forms of `page` that are sent to `address`."""
    forms = re.findall(rf'<form[^>]*action="{address}">.*?</form>', page, re.DOTALL)
    return [
        counter for form in forms for counter in re.findall(r'name="counter" value="(\d+)"', form)
    ]


def test_the_chips_of_own_highlights_alone_lead_to_their_editing(
    client_of: ClientOf, alice: User, bob: User
) -> None:
    article = make_article()
    own = make_highlight(alice, article, claim="first")
    make_tag(alice, own, "second")
    theirs = make_highlight(bob, article, claim="first")

    page = client_of(alice).get(article.get_absolute_url()).text

    for claim in ("first", "second"):
        address = f"/annotations/{own.pk}/claims/{claim}/"
        assert f'href="{address}"' in page
        assert client_of(alice).get(address).status_code == 200
    assert f"/annotations/{theirs.pk}/claims/first/" not in page
    assert "chip-edit" not in client_of(None).get(article.get_absolute_url()).text


def test_a_claim_is_changed_and_taken_away_by_its_page_alone(
    client_of: ClientOf, alice: User
) -> None:
    made = make_highlight(alice, make_article())
    make_tag(alice, made, "first", speaker="Ann Coffey")
    client, address = client_of(alice), f"/annotations/{made.pk}/claims/first/"
    sent = {"stance": "disputes", "speaker": "", "voice": "quoted", "counter": "2"}

    assert client.post(address, sent).headers["Location"].endswith("#h1")
    changed = made.occurrences.get()
    counters = _counters_sent_to(client.get(address).text, f"{address}remove/")
    gone = client.post(f"{address}remove/", {"counter": counters[0]})

    assert (changed.stance, changed.voice, changed.speaker) == ("disputes", "quoted", None)
    assert (counters, gone.status_code) == (["3"], 303)
    assert not made.occurrences.exists()


def test_the_page_for_a_claim_sends_the_counter_that_was_seen(
    client_of: ClientOf, alice: User
) -> None:
    made = make_highlight(alice, make_article(), claim="first")
    client, address = client_of(alice), f"/annotations/{made.pk}/claims/"
    assert 'name="counter" value="1"' in client.get(address).text
    make_tag(alice, made, "first", stance="disputes")

    page = client.post(address, {"claim": "first", "stance": "context", "counter": "1"})

    assert page.status_code == 412
    assert "Stored now:" in page.text
    assert made.occurrences.get().stance == "disputes"


def _removals(alice: User) -> list[tuple[str, Annotation | Link, str]]:
    """Return addresses that take something away, the thing, and what changes it meanwhile."""
    tagged = make_highlight(alice, make_article(), claim="first")
    return [
        ("/annotations/{}/delete/", make_highlight(alice, make_article()), "note"),
        ("/annotations/{}/delete/", make_reply(alice, make_note(alice, make_article())), "note"),
        ("/annotations/{}/claims/first/remove/", tagged, "stance"),
        ("/links/{}/delete/", make_link(alice, make_article(), make_article()), "note"),
    ]


def _change(alice: User, thing: Annotation | Link, what: str) -> None:
    if isinstance(thing, Link):
        links.edit(viewer_of(alice), thing, LinkChanges(note="Newer."), counter=1)
    elif what == "stance":
        make_tag(alice, thing, "first", stance="disputes")
    else:
        annotations.edit(viewer_of(alice), thing, Changes(note="Newer."), counter=1)


@pytest.mark.parametrize("which", range(4))
def test_what_was_changed_since_is_not_taken_away(
    client_of: ClientOf, alice: User, which: int
) -> None:
    address, thing, what = _removals(alice)[which]
    client, url = client_of(alice), address.format(thing.pk)
    assert 'name="counter" value="1"' in client.get(url).text
    _change(alice, thing, what)

    refused = client.post(url, {"counter": "1"}, headers=JSON)
    page = client.post(url, {"counter": "1"})

    assert (refused.status_code, page.status_code) == (412, 412)
    assert refused.json()["current"]["counter"] == 2
    assert refused.json()["current"][what] in ("Newer.", "disputes")
    assert 'name="counter" value="2"' in page.text
    assert client.post(url, {"counter": "2"}).status_code == 303


def test_the_buttons_on_the_reading_page_send_the_counter(client_of: ClientOf, alice: User) -> None:
    article = make_article()
    made = make_highlight(alice, article)
    answer = make_reply(alice, made)

    page = client_of(alice).get(article.get_absolute_url()).text

    for annotation in (made, answer):
        assert _counters_sent_to(page, f"/annotations/{annotation.pk}/delete/") == ["1"]


@pytest.mark.parametrize("make", [make_highlight, make_note])
def test_after_deleting_without_script_the_page_says_so_and_offers_undo(
    client_of: ClientOf, alice: User, make: Any
) -> None:
    made = make(alice, make_article())
    said = "Highlight deleted." if made.is_highlight else "Note deleted."

    page = client_of(alice).post(f"/annotations/{made.pk}/delete/", follow=True).text

    assert f"<h1>{said}</h1>" in page
    assert page.count(said) == 2, "in the title and the heading, and in no message besides"
    assert ">Undo</button>" in page


@pytest.mark.parametrize("name", ["alice", "dave"])
def test_what_was_not_deleted_is_not_offered_back(
    walkers: dict[str, Client], alice: User, name: str
) -> None:
    made = make_highlight(alice, make_article())
    link = make_link(alice, made, make_article())

    answer = walkers[name].get(f"/annotations/{made.pk}/restore/")
    assert answer.headers["Location"] == f"{made.article.get_absolute_url()}#h1"
    answer = walkers[name].get(f"/links/{link.pk}/restore/")
    assert answer.headers["Location"] == link.get_absolute_url()


def test_links_are_edited_and_deleted_where_they_are_shown(
    client_of: ClientOf, alice: User, bob: User
) -> None:
    link = make_link(alice, make_article(), make_article())
    edit, delete = f"/links/{link.pk}/edit/", f"/links/{link.pk}/delete/"

    for address in (link.get_absolute_url(), "/links/"):
        page = client_of(alice).get(address).text
        assert f'href="{edit}"' in page
        assert _counters_sent_to(page, delete) == ["1"]
        for reader in (bob, None):
            theirs = client_of(reader).get(address).text
            assert edit not in theirs
            assert delete not in theirs


def test_an_edited_or_restored_link_is_shown_and_a_deleted_one_offered_back(
    client_of: ClientOf, alice: User
) -> None:
    link, client = make_link(alice, make_article(), make_article()), client_of(alice)
    place = link.get_absolute_url()

    edited = client.post(f"/links/{link.pk}/edit/", {"relation": "quotes", "counter": "1"})
    assert _counters_sent_to(client.get(f"/links/{link.pk}/edit/").text, f"{place}delete/") == ["2"]
    page = client.post(f"{place}delete/", {"counter": "2"}, follow=True)
    back = client.post(f"{place}restore/")

    assert (edited.headers["Location"], back.headers["Location"]) == (place, place)
    assert "<h1>Link deleted.</h1>" in page.text
    assert ">Undo</button>" in page.text


@pytest.mark.parametrize(("note", "is_long"), [("word " * 60, False), ("word " * 4_000, True)])
def test_a_long_note_shows_its_opening_and_the_whole_on_demand(
    client_of: ClientOf, alice: User, note: str, is_long: bool
) -> None:
    article = make_article()
    make_reply(alice, make_highlight(alice, article, note=note), note)

    page = client_of(None).get(article.get_absolute_url()).text

    openings = re.findall(r'<p class="note-opening">([^<]*)</p><details class="note-rest">', page)
    assert [len(opening) <= 320 for opening in openings] == [True, True] * is_long
    assert page.count(note.strip()) == 2


def test_a_note_of_many_lines_or_without_spaces_is_long_too(
    client_of: ClientOf, alice: User
) -> None:
    article = make_article()
    make_highlight(alice, article, note="- one\n" * 40)
    make_note(alice, article, note="x" * 2_000)

    page = client_of(alice).get(article.get_absolute_url()).text

    assert page.count('class="note-opening"') == 2
    assert "x" * 319 + "…" in page
