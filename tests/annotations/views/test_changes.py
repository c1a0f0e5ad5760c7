"""Changing, deleting, bringing back, replying, tagging and linking, by page and by script."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation, Link
from annotations.services import annotations
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
    passage_of,
)
from tests.people import WALKERS

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]
Walkers = dict[str, Client]

# What is sent to each address below /annotations/<id>/, and what a curator's answer is.
WRITES: dict[str, dict[str, Any]] = {
    "edit/": {"note": "Changed.", "counter": "2"},
    "delete/": {},
    "reply/": {"note": "And why?"},
    "claims/": {"claim": "another"},
    "claims/first/": {"stance": "disputes", "counter": "2"},
    "claims/first/remove/": {},
}
AUTHOR_ONLY = set(WRITES) - {"reply/"}


def _highlight(alice: User, **draft: Any) -> Annotation:
    made = make_highlight(alice, make_article(), **draft)
    make_tag(alice, made, "first")
    return made


@pytest.mark.parametrize("path", WRITES)
def test_only_its_author_writes_on_a_public_highlight_but_all_may_reply(
    walkers: Walkers, alice: User, path: str
) -> None:
    expected = {"anonymous": 401, "dave": 403, "alice": 200, "carol": 403, "ada": 403}
    if path not in AUTHOR_ONLY:
        expected = dict.fromkeys(WALKERS, 201) | {"anonymous": 401}

    for name in WALKERS:
        url = f"/annotations/{_highlight(alice).pk}/{path}"
        answer = walkers[name].post(url, WRITES[path], headers=JSON)
        assert (name, answer.status_code) == (name, expected[name])


@pytest.mark.parametrize("path", [*WRITES, "link/", "restore/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_private_highlight_is_404_to_all_others(
    walkers: Walkers, alice: User, path: str, method: str
) -> None:
    private = _highlight(alice, audience="private")

    for name in ("dave", "carol", "ada"):
        url = f"/annotations/{private.pk}/{path}"
        answer = getattr(walkers[name], method)(url, WRITES.get(path, {}), headers=JSON)
        absent = getattr(walkers[name], method)(
            f"/annotations/{uuid4()}/{path}", WRITES.get(path, {}), headers=JSON
        )
        assert answer.status_code == absent.status_code == 404
        assert answer.content == absent.content
    private.refresh_from_db()
    assert (private.counter, private.note) == (2, "")


@pytest.mark.parametrize("path", [*WRITES, "link/"])
def test_pages_show_to_whom_they_are_for_and_never_write(
    walkers: Walkers, alice: User, path: str
) -> None:
    made = _highlight(alice)
    is_open = path in {"reply/", "link/"}

    for name in WALKERS:
        status = walkers[name].get(f"/annotations/{made.pk}/{path}").status_code
        other = 200 if is_open else 403
        expected = {"anonymous": 302, "alice": 200}.get(name, other)
        assert (name, status) == (name, expected)
    made.refresh_from_db()
    assert (made.counter, made.deleted_at) == (2, None)


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


def test_strangers_do_not_bring_back_what_another_deleted(walkers: Walkers, alice: User) -> None:
    for name, status in (("anonymous", 401), ("dave", 404), ("carol", 200), ("ada", 200)):
        made = make_highlight(alice, make_article())
        annotations.delete(viewer_of(alice), made)
        answer = walkers[name].post(f"/annotations/{made.pk}/restore/", headers=JSON)
        assert (name, answer.status_code) == (name, status)


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


def _link_sent(kind: str, alice: User) -> tuple[dict[str, Any], str]:
    """Return what names a far end of `kind`, and the words that it marks."""
    far = make_article()
    if kind == "annotation":
        return {"to_annotation": str(make_highlight(alice, far).pk)}, "pray by their bedside"
    if kind == "passage":
        passage = passage_of(far, "members decide")
        span = {"start": passage.start, "end": passage.end, "version": 1}
        return {"to_article": far.slug, "exact": passage.exact, **span}, "members decide"
    return {"to_article": far.slug}, ""


@pytest.mark.parametrize("kind", ["annotation", "passage", "article"])
def test_a_highlight_is_linked_to_a_highlight_a_passage_or_an_article(
    client_of: ClientOf, alice: User, bob: User, kind: str
) -> None:
    made = make_highlight(alice, make_article())
    sent, words = _link_sent(kind, alice)
    client_id = str(uuid4())
    sent |= {"relation": "responds_to", "note": "So.", "client_id": client_id}

    answer = client_of(bob).post(f"/annotations/{made.pk}/link/", sent, headers=JSON)

    assert (answer.status_code, answer.json()["id"]) == (201, client_id)
    assert answer.json()["blocks"] == [2]
    link = Link.objects.get(pk=client_id)
    assert (link.relation, link.note, link.creator) == ("responds_to", "So.", bob)
    assert (link.to_annotation.exact if link.to_annotation else "") == words


def test_without_script_the_far_end_is_searched_and_chosen(
    client_of: ClientOf, alice: User
) -> None:
    article, far = make_article(title="Near"), make_article("Quite another text.", title="Far")
    client, url = client_of(alice), f"/articles/{article.slug}/link/"
    page = client.get(url, {"kind": "articles"}).text
    values = re.findall(r'name="target" value="([^"]*)"', page)
    chosen = next(value for value in values if far.slug in value).replace("&quot;", '"')

    answer = client.post(url, {"target": chosen, "relation": "background"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/articles/{article.slug}/"
    assert Link.objects.filter(from_article=article, to_article=far).exists()


@pytest.mark.parametrize(
    "target",
    [
        "",
        "no json",
        "[]",
        "[" * 499,
        '{"article": "x", "version": 1, "start": 1e999}',
        "1",
        '{"annotation": 1}',
        '{"article": "x", "version": {}}',
        '{"a": 1}',
    ],
)
def test_a_choice_that_names_nothing_is_refused(
    client_of: ClientOf, alice: User, target: str
) -> None:
    url = f"/articles/{make_article().slug}/link/"

    status = client_of(alice).post(url, {"target": target}, headers=JSON).status_code

    assert status in (404, 422)


@pytest.mark.parametrize(
    ("path", "sent"),
    [("edit/", {"relation": "quotes", "counter": "1"}), ("delete/", {}), ("restore/", {})],
)
def test_only_its_creator_changes_a_link(
    walkers: Walkers, alice: User, path: str, sent: dict[str, str]
) -> None:
    may = {"alice"} | ({"carol", "ada"} if path == "restore/" else set())

    for name in WALKERS:
        link = make_link(alice, make_article(), make_article())
        answer = walkers[name].post(f"/links/{link.pk}/{path}", sent, headers=JSON)
        expected = 401 if name == "anonymous" else 200 if name in may else 403
        assert (name, answer.status_code) == (name, expected)


def test_a_private_link_is_404_to_all_others(walkers: Walkers, alice: User) -> None:
    link = make_link(alice, make_article(), make_article(), audience="private")

    for name in ("dave", "carol", "ada"):
        for path in ("edit/", "delete/", "restore/"):
            url = f"/links/{link.pk}/{path}"
            assert walkers[name].post(url, {"counter": "1"}, headers=JSON).status_code == 404
            assert walkers[name].get(url).status_code == 404


def test_a_deleted_link_comes_back_by_its_restore_address(client_of: ClientOf, alice: User) -> None:
    link, client = make_link(alice, make_article(), make_article()), client_of(alice)

    gone = client.post(f"/links/{link.pk}/delete/", headers=JSON).json()
    assert client.get(gone["restore_url"]).status_code == 200
    client.post(gone["restore_url"])

    link.refresh_from_db()
    assert link.deleted_at is None


def test_a_note_for_a_group_keeps_its_audience_when_its_words_change(
    client_of: ClientOf, alice: User, group: Any
) -> None:
    ids = frozenset({group.pk})
    made = make_note(alice, make_article(), audience="groups", group_ids=ids)
    client, url = client_of(alice), f"/annotations/{made.pk}/edit/"

    assert 'name="audience"' not in client.get(url).text
    client.post(url, {"note": "Changed.", "counter": "1"})

    made.refresh_from_db()
    assert (made.note, made.audience, list(made.groups.all())) == ("Changed.", "groups", [group])
