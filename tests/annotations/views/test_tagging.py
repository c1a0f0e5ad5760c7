"""Tagging claims and taking them away, by page and by script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from tests.factories import (
    make_article,
    make_highlight,
    make_tag,
)

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]


def test_a_claim_is_tagged_changed_and_taken_away(client_of: ClientOf, alice: User) -> None:
    made, client = make_highlight(alice, make_article()), client_of(alice)
    url = f"/annotations/{made.pk}/claims/"

    tagged = client.post(url, {"claim": "Deselection threat", "stance": "context"}, headers=JSON)
    sent = {"stance": "disputes", "speaker": "Ann Coffey", "counter": tagged.json()["counter"]}
    changed = client.post(f"{url}deselection-threat/", sent, headers=JSON)
    occurrence = made.occurrences.get()
    gone = client.post(f"{url}deselection-threat/remove/", headers=JSON)

    assert tagged.json()["message"] == "Tagged: Deselection threat."
    assert (occurrence.stance, str(occurrence.speaker)) == ("disputes", "Ann Coffey")
    assert [answer.json()["counter"] for answer in (tagged, changed, gone)] == [2, 3, 4]
    assert not made.occurrences.exists()


def test_a_claim_that_is_not_on_the_highlight_is_404(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article())

    assert client_of(alice).get(f"/annotations/{made.pk}/claims/noise/").status_code == 404


def _tagged(alice: User) -> Annotation:
    """Return a highlight with a claim of which all is said, between two others."""
    made = make_highlight(alice, make_article(), claim="before")
    said = {"voice": "quoted", "mode": "pledge", "speaker": "Ann Coffey"}
    make_tag(alice, made, "first", stance="disputes", **said)
    make_tag(alice, made, "after")
    return made


def test_a_claim_taken_away_answers_how_to_undo_it_and_the_undo_works(
    client_of: ClientOf, alice: User
) -> None:
    made, client = _tagged(alice), client_of(alice)

    gone = client.post(f"/annotations/{made.pk}/claims/first/remove/", headers=JSON).json()
    names = list(made.claims.names())
    back = client.post(gone["restore_url"], headers=JSON).json()

    assert gone["message"] == "“First” is taken away."
    assert names == ["before", "after"]
    assert gone["blocks"] == back["blocks"] == [2]
    assert list(made.claims.names()) == ["before", "first", "after"]
    assert back["counter"] == gone["counter"] + 1


def test_taking_a_claim_away_and_the_undo_sent_twice_are_answered_alike(
    client_of: ClientOf, alice: User
) -> None:
    made, client = _tagged(alice), client_of(alice)
    url = f"/annotations/{made.pk}/claims/first/"

    for path in ("remove/", "restore/"):
        first, second = (client.post(url + path, headers=JSON) for _time in range(2))
        assert (first.status_code, first.json()) == (200, second.json())


def test_a_claim_taken_away_by_form_leads_to_a_page_with_undo(
    client_of: ClientOf, alice: User
) -> None:
    made, client = _tagged(alice), client_of(alice)
    url = f"/annotations/{made.pk}/claims/first/"
    place = f"/articles/{made.article.slug}/#h1"

    page = client.post(f"{url}remove/", follow=True)

    assert page.redirect_chain == [(f"{url}restore/", 303)]
    assert "“First” is taken away." in page.text
    assert "Undo" in page.text
    assert place in page.text
    back = client.post(f"{url}restore/")
    assert (back.status_code, back.headers["Location"]) == (303, place)
    assert client.get(f"{url}restore/").headers["Location"] == place
    assert list(made.claims.names()) == ["before", "first", "after"]


def test_a_claim_that_changed_meanwhile_is_not_taken_away(client_of: ClientOf, alice: User) -> None:
    made, client = _tagged(alice), client_of(alice)
    url = f"/annotations/{made.pk}/claims/first/remove/"

    stale = client.post(url, {"counter": "1"}, headers=JSON)

    assert (stale.status_code, stale.json()["current"]["speaker"]) == (412, "Ann Coffey")
    assert made.occurrences.count() == 3


@pytest.mark.parametrize("path", ["remove/", "restore/"])
def test_a_claim_that_was_never_on_the_highlight_is_not_found_and_not_tagged(
    client_of: ClientOf, alice: User, path: str
) -> None:
    made, client = make_highlight(alice, make_article()), client_of(alice)
    url = f"/annotations/{made.pk}/claims/noise/{path}"

    assert client.get(url).status_code == client.post(url).status_code == 404
    assert not made.occurrences.exists()
