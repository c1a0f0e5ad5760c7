"""Resolving a thread and taking it up again, by a page and by a script."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from annotations.services.resolving import resolve
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def mark(alice: User) -> Annotation:
    return make_highlight(alice, make_article(), note="Is this so?")


def _page(client: Client, mark: Annotation, query: str = "") -> str:
    return client.get(f"{mark.article.get_absolute_url()}{query}").content.decode()


def test_without_script_it_is_folded_with_who_resolved_it_and_can_be_restored(
    alice: User, mark: Annotation, client_of: ClientOf
) -> None:
    client = client_of(alice)
    seen = {"counter": str(mark.counter)}

    answer = client.post(f"/annotations/{mark.pk}/resolve/", seen)

    assert answer.status_code == 303
    assert answer["Location"].endswith(f"#h{mark.number}")
    page = _page(client, mark)
    assert '<details class="note-resolved"><summary>' in page
    assert "Resolved by Alice" in page
    assert "Is this so?" in page
    assert 'data-state="resolved"' in page
    assert "Show resolved" in page
    assert 'aria-label="Alice: Is this so?, resolved"' in page

    client.post(f"/annotations/{mark.pk}/reopen/", {"counter": str(mark.counter + 1)})
    assert "note-resolved" not in _page(client, mark)


def test_all_that_is_resolved_opens_by_its_address(dave: User, mark: Annotation) -> None:
    resolve(viewer_of(mark.creator), mark)
    page = _page(Client(), mark, "?resolved=open")
    assert '<details class="note-resolved" open>' in page
    assert "Fold resolved" in page
    block = Client().get(f"{mark.article.get_absolute_url()}blocks/2/?resolved=open")
    assert '<details class="note-resolved" open>' in block.content.decode()


def test_only_who_may_gets_the_button(
    alice: User, carol: User, dave: User, mark: Annotation, client_of: ClientOf
) -> None:
    offered = {
        user.username
        for user in (alice, carol, dave)
        if f"/annotations/{mark.pk}/resolve/" in _page(client_of(user), mark)
    }
    assert offered == {"alice", "carol"}


def test_a_script_is_told_how_to_undo_it(
    carol: User, mark: Annotation, client_of: ClientOf
) -> None:
    client = client_of(carol)

    told = client.post(f"/annotations/{mark.pk}/resolve/", headers=JSON).json()

    assert (told["message"], told["blocks"]) == ("Resolved.", [2])
    again = client.post(told["restore_url"], headers=JSON).json()
    assert again["message"] == "It is open again."
    assert again["restore_url"] == f"/annotations/{mark.pk}/resolve/"
    mark.refresh_from_db()
    assert mark.resolved_at is None


def test_a_stale_press_shows_the_page_with_what_is_stored(
    alice: User, mark: Annotation, client_of: ClientOf
) -> None:
    answer = client_of(alice).post(f"/annotations/{mark.pk}/resolve/", {"counter": "7"})
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Is this so?" in page
    assert f'name="counter" value="{mark.counter}"' in page


def test_a_reply_is_refused_in_words(
    carol: User, bob: User, mark: Annotation, client_of: ClientOf
) -> None:
    answer = make_reply(bob, mark)
    told = client_of(carol).post(f"/annotations/{answer.pk}/resolve/", headers=JSON)
    assert told.status_code == 422
    assert "A reply is resolved with" in told.json()["message"]
