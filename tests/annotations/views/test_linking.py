"""Linking passages and articles, by page and by script."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Link
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    passage_of,
)

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]


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


def test_a_deleted_link_comes_back_by_its_restore_address(client_of: ClientOf, alice: User) -> None:
    link, client = make_link(alice, make_article(), make_article()), client_of(alice)

    gone = client.post(f"/links/{link.pk}/delete/", headers=JSON).json()
    assert client.get(gone["restore_url"]).status_code == 200
    client.post(gone["restore_url"])

    link.refresh_from_db()
    assert link.deleted_at is None
