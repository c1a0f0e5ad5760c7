"""Opening an article asks the database as often for many highlights as for few."""

from collections.abc import Callable
from copy import copy
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, ClaimOccurrence
from annotations.queries import margin
from annotations.services import annotations
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
FEW = 3


@pytest.fixture
def article() -> Article:
    """Return an article that nobody has marked yet."""
    return make_article(title="The exodus")


@pytest.fixture
def elsewhere() -> Article:
    """Return an article that is linked to."""
    return make_article(title="The by-election")


def mark_up(readers: list[User], article: Article, elsewhere: Article, round_: int) -> None:
    """Add one of everything that stands beside an article, by each reader."""
    for reader in readers:
        made = make_highlight(
            reader, article, claim=f"claim {round_}", note=f"Note *{round_}*.", stance="disputes"
        )
        make_tag(reader, made, f"second claim {round_}", speaker=f"Speaker {round_}")
        make_reply(readers[0], made)
        make_link(reader, made, elsewhere)
        make_note(reader, article)
        gone = make_highlight(reader, article, "members decide")
        make_reply(readers[-1], gone)
        annotations.delete(viewer_of(reader), gone)


def queries_of(client: Client, path: str) -> int:
    client.get(path)  # what a process keeps is kept by now
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("part", ["", "blocks/2/"])
@pytest.mark.parametrize("name", [None, "alice", "carol"])
def test_twice_the_highlights_take_the_same_number_of_queries(
    part: str,
    name: str | None,
    alice: User,
    bob: User,
    carol: User,
    article: Article,
    elsewhere: Article,
    client_of: ClientOf,
) -> None:
    client = client_of({"alice": alice, "carol": carol}.get(name or ""))
    path = article.get_absolute_url() + part
    counts = []
    for round_ in range(2 * FEW):
        mark_up([alice, bob], article, elsewhere, round_)
        if round_ + 1 in (FEW, 2 * FEW):
            counts.append(queries_of(client, path))
    assert counts[0] == counts[1]


def test_five_hundred_highlights_of_thirty_people_take_as_many_queries_as_five(
    article: Article, client_of: ClientOf
) -> None:
    readers = [User.objects.create_user(f"reader{number}") for number in range(30)]
    client = client_of(readers[0])
    path = article.get_absolute_url()
    for number, reader in enumerate(readers[:5]):
        make_highlight(reader, article, claim=f"claim {number}", note="A note.")
    few = queries_of(client, path)
    for reader in readers[5:]:
        make_highlight(reader, article, claim="claim 0", note="A note.")
    tagged = ClaimOccurrence.objects.filter(content_object__article=article)
    _copy(tagged.select_related("content_object"), up_to=500)
    assert Annotation.objects.filter(article=article).count() == 500

    assert queries_of(client, path) == few


def _copy(tagged: QuerySet[ClaimOccurrence], *, up_to: int) -> None:
    """Store copies of the tagged highlights, in turn, until there are `up_to`."""
    rows = list(tagged)
    copies, tags = [], []
    for number in range(len(rows), up_to):
        tag = copy(rows[number % len(rows)])
        made = copy(tag.content_object)
        made.pk, made.number = uuid4(), number + 1
        tag.pk, tag.content_object = uuid4(), made
        copies.append(made)
        tags.append(tag)
    Annotation.objects.bulk_create(copies)
    ClaimOccurrence.objects.bulk_create(tags)


def test_notes_that_wait_behind_a_count_are_not_read(
    alice: User,
    bob: User,
    article: Article,
    elsewhere: Article,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark_up([alice, bob], article, elsewhere, 0)
    all_shown = queries_of(client, article.get_absolute_url())
    monkeypatch.setattr(margin, "MOST_NOTES", 1)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(article.get_absolute_url()).content.decode()
    assert len(captured) == all_shown
    assert 'class="note-more"' in page
    assert "Alice on Claim 0" not in page
    assert "Bob on Claim 0" not in page
