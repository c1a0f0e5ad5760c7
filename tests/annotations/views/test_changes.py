"""Changing, deleting, bringing back and replying, by page and by script."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.services import annotations
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
)

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]


def test_an_edit_answers_the_new_counter(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article())
    sent = {"note": "Changed.", "audience": "private", "counter": "1"}

    answer = client_of(alice).post(f"/annotations/{made.pk}/edit/", sent, headers=JSON)

    assert answer.json()["counter"] == 2
    made.refresh_from_db()
    assert (made.note, made.audience) == ("Changed.", "private")


def test_a_field_that_was_not_sent_stays(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article(), note="Mine.")
    url = f"/annotations/{made.pk}/edit/"

    client_of(alice).post(url, {"audience": "private", "counter": "1"}, headers=JSON)

    made.refresh_from_db()
    assert (made.note, made.audience) == ("Mine.", "private")


def test_a_stale_script_gets_412_with_what_is_stored(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article(), note="First.")
    annotations.edit(viewer_of(alice), made, Changes(note="Second."), counter=1)

    answer = client_of(alice).post(
        f"/annotations/{made.pk}/edit/", {"note": "Third.", "counter": "1"}, headers=JSON
    )

    assert answer.status_code == 412
    assert answer.json()["current"] == {"note": "Second.", "audience": "public", "counter": 2}


def test_a_stale_form_shows_both_texts_and_the_choice(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article(), note="First.")
    annotations.edit(viewer_of(alice), made, Changes(note="Second <b>."), counter=1)
    client, url = client_of(alice), f"/annotations/{made.pk}/edit/"

    page = client.post(url, {"note": "Third.", "audience": "public", "counter": "1"})

    assert page.status_code == 412
    assert "Second &lt;b&gt;." in page.text
    assert "Visible to: Everyone" in page.text
    assert "Third." in page.text
    assert "Keep what is stored" in page.text
    counter = re.search(r'name="counter" value="(\d+)"', page.text)
    assert counter is not None
    again = client.post(url, {"note": "Third.", "audience": "public", "counter": counter[1]})
    assert again.status_code == 303
    made.refresh_from_db()
    assert made.note == "Third."


def test_a_refused_form_keeps_what_was_typed(client_of: ClientOf, alice: User, bob: User) -> None:
    made = make_highlight(alice, make_article())
    make_reply(bob, made)
    sent = {"note": "Typed by hand.", "audience": "private", "counter": "1"}

    page = client_of(alice).post(f"/annotations/{made.pk}/edit/", sent)

    assert page.status_code == 422
    assert "Typed by hand." in page.text
    assert "would lose sight" in page.text


def test_what_others_linked_unseen_is_not_told_by_a_refusal(
    client_of: ClientOf, alice: User, bob: User
) -> None:
    made, other = make_highlight(alice, make_article()), make_article()
    unseen = make_link(bob, made, other, audience="private")
    sent = {"note": "For me.", "audience": "private", "counter": "1"}
    assert client_of(alice).post(f"/annotations/{made.pk}/edit/", sent).status_code == 303
    unseen.refresh_from_db()
    assert unseen.deleted_at is None

    shown = make_highlight(alice, make_article())
    make_link(bob, shown, other)
    page = client_of(alice).post(f"/annotations/{shown.pk}/edit/", sent)
    assert page.status_code == 422
    assert "would lose sight" in page.text


def test_a_delete_answers_how_to_undo_it_and_the_undo_works(
    client_of: ClientOf, alice: User
) -> None:
    made, client = make_highlight(alice, make_article()), client_of(alice)

    gone = client.post(f"/annotations/{made.pk}/delete/", headers=JSON).json()
    back = client.post(gone["restore_url"], headers=JSON).json()

    assert gone["message"] == "Highlight deleted."
    assert gone["blocks"] == back["blocks"] == [2]
    made.refresh_from_db()
    assert made.deleted_at is None


def test_a_delete_sent_twice_is_answered_alike(client_of: ClientOf, alice: User) -> None:
    made, client = make_highlight(alice, make_article()), client_of(alice)
    url = f"/annotations/{made.pk}/delete/"

    assert client.post(url, headers=JSON).json() == client.post(url, headers=JSON).json()


def test_a_delete_by_form_leads_to_a_page_with_undo(client_of: ClientOf, alice: User) -> None:
    made, client = make_highlight(alice, make_article()), client_of(alice)

    page = client.post(f"/annotations/{made.pk}/delete/", follow=True)

    assert page.redirect_chain == [(f"/annotations/{made.pk}/restore/", 303)]
    assert "Undo" in page.text
    assert f"/articles/{made.article.slug}/#p2" in page.text
    back = client.post(f"/annotations/{made.pk}/restore/")
    assert back.headers["Location"] == f"/articles/{made.article.slug}/#h1"


def test_a_reply_by_form_is_led_back_to_itself(client_of: ClientOf, bob: User, alice: User) -> None:
    made = make_highlight(alice, make_article())

    answer = client_of(bob).post(f"/annotations/{made.pk}/reply/", {"note": "And why?"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/articles/{made.article.slug}/#n2"


def test_a_reply_names_the_blocks_of_its_thread(client_of: ClientOf, alice: User) -> None:
    made = make_highlight(alice, make_article())
    sent = {"note": "Yes.", "client_id": str(uuid4())}

    answer = client_of(alice).post(f"/annotations/{made.pk}/reply/", sent, headers=JSON).json()

    assert (answer["id"], answer["number"], answer["blocks"]) == (sent["client_id"], 2, [2])


def test_a_note_for_a_group_keeps_its_audience_when_its_words_change(
    client_of: ClientOf, alice: User, group: Any
) -> None:
    ids = frozenset({group.pk})
    made = make_note(alice, make_article(), audience="groups", group_ids=ids)
    client, url = client_of(alice), f"/annotations/{made.pk}/edit/"

    assert 'name="audience"' in client.get(url).text
    client.post(url, {"note": "Changed.", "counter": "1"})

    made.refresh_from_db()
    assert (made.note, made.audience, list(made.groups.all())) == ("Changed.", "groups", [group])
