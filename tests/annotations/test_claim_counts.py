"""What the page of a claim counts, orders and draws, beside what one finds row by row."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim, ClaimOccurrence
from annotations.queries.claim_page import claim_page, claims_sharing_passages
from annotations.queries.claim_scan import scan_by_speaker, scan_of, tags_at
from annotations.queries.passage_filters import EVERYTHING, PassageFilters
from annotations.queries.timeline import lanes_of, time_line_of
from annotations.timeline import STANCES, Stance, TimeLine
from corpus.access import viewer_of
from corpus.models import Article, Outlet
from corpus.permissions import Viewer
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

FILTERS = (
    EVERYTHING,
    PassageFilters(outlet="the-paper"),
    PassageFilters(reader="alice"),
    PassageFilters(speaker="ann-coffey"),
    PassageFilters(since=date(2015, 4, 1), until=date(2015, 12, 31)),
    PassageFilters(outlet="the-paper", reader="dave", since=date(2015, 4, 1)),
)


@pytest.fixture
def threat(alice: User, carol: User, dave: User) -> Claim:
    """Return a claim that many tagged on all sorts of articles, most of them on shared ones."""
    choose = random.Random(7)
    paper = Outlet.objects.create(name="The paper", slug="the-paper")
    articles = [_article(choose, number, paper) for number in range(12)]
    for number in range(70):
        audience = "private" if number % 7 == 0 else "public"
        mark = make_highlight(
            choose.choice([alice, carol, dave]), choose.choice(articles), audience=audience
        )
        said: dict[str, str] = {"stance": choose.choice(STANCES)}
        if number % 3:
            said |= {"speaker": choose.choice(["Ann Coffey", "Ben Bradshaw"]), "voice": "quoted"}
        make_tag(mark.creator, mark, "threat", **said)
        for other in choose.sample(["beside", "further", "rare"], number % 3):
            make_tag(mark.creator, mark, other)
    Article.objects.filter(pk__in=[article.pk for article in articles[1::5]]).update(is_hidden=True)
    found: Claim = Claim.objects.get(slug="threat")
    return found


def _article(choose: random.Random, number: int, paper: Outlet) -> Article:
    facts: dict[str, Any] = {"outlet": paper} if number % 2 else {}
    if number % 4 == 0:
        return make_article(**facts, access="members" if number % 8 else "public")
    day = date(2015, 1, 1) + timedelta(days=choose.randrange(400))
    return make_article(**facts, published_on=day, published_precision="day")


def readers(*users: User) -> list[Viewer]:
    return [viewer_of(user) for user in users]


def ordered(rows: Sequence[ClaimOccurrence]) -> list[ClaimOccurrence]:
    def rung(row: ClaimOccurrence) -> tuple[date, str, str, int, int]:
        mark = row.content_object
        day = mark.article.published_on or date.max
        name = mark.creator.get_username()
        return day, mark.article.slug, name, mark.start or 0, mark.number

    return sorted(rows, key=rung)


def seen_one_by_one(
    viewer: Viewer, claim: Claim, filters: PassageFilters
) -> Iterator[ClaimOccurrence]:
    """Yield the passages that are asked for, each row looked at by itself."""
    everything = ClaimOccurrence.objects.filter(tag=claim)
    for row in everything.select_related("content_object__article", "content_object__creator"):
        if filters.passages(viewer).filter(pk=row.pk).exists():
            yield row


def marks_in(line: TimeLine | None) -> int:
    """Return how many passages a time line shows, those of its numbers among them."""
    assert line is not None
    points = [*line.points, *(point for bar in line.bars for point in bar.points)]
    undated = sum(entry.passages for group in line.undated for entry in group)
    return sum(1 + point.more for point in points) + undated


def all_pages(
    viewer: Viewer, claim: Claim, stance: Stance, filters: PassageFilters
) -> Iterator[UUID]:
    scan, after = scan_of(filters.passages(viewer).filter(tag=claim)), None
    while True:
        places, is_more = scan.page(stance, 4, after)
        keys = tags_at(claim, set(places))
        yield from (keys[place] for place in places)
        if not is_more:
            return
        after = ClaimOccurrence.objects.get(pk=keys[places[-1]])


def test_what_is_counted_is_what_each_reader_sees_under_each_filter(
    alice: User, carol: User, dave: User, threat: Claim
) -> None:
    for viewer in readers(alice, carol, dave):
        for filters in FILTERS:
            rows = list(seen_one_by_one(viewer, threat, filters))
            page = claim_page(viewer, threat, filters=filters)
            stances = Counter(row.stance for row in rows)
            marks = [row.content_object for row in rows]
            assert page.counts.stances == tuple(stances[stance] for stance in STANCES)
            assert page.counts.passages == len(rows)
            assert page.counts.articles == len({mark.article_id for mark in marks})
            assert page.counts.readers == len({mark.creator_id for mark in marks})
            assert marks_in(page.line) == len(rows)
            first = min(rows, key=lambda row: row.created_at, default=None)
            assert page.first == first


def test_the_columns_hold_every_passage_once_in_the_order_of_day_article_reader_and_place(
    alice: User, carol: User, dave: User, threat: Claim
) -> None:
    for viewer in readers(alice, carol, dave):
        for filters in FILTERS:
            rows = ordered(list(seen_one_by_one(viewer, threat, filters)))
            for stance in STANCES:
                wanted = [row.pk for row in rows if row.stance == stance]
                assert list(all_pages(viewer, threat, stance, filters)) == wanted


def test_a_page_goes_on_behind_a_passage_that_is_not_shown_any_more(
    alice: User, threat: Claim
) -> None:
    viewer = viewer_of(alice)
    rows = ordered(list(seen_one_by_one(viewer, threat, EVERYTHING)))
    others = PassageFilters(reader="dave")
    for after in rows:
        behind = rows[rows.index(after) + 1 :]
        for stance in STANCES:
            wanted = [
                (row.content_object.article.slug, row.content_object.number)
                for row in behind
                if row.stance == stance and row.content_object.creator.username == "dave"
            ]
            scan = scan_of(others.passages(viewer).filter(tag=threat))
            assert scan.page(stance, 100, after)[0] == wanted


def test_the_lanes_hold_what_the_one_line_holds(alice: User, dave: User, threat: Claim) -> None:
    for viewer in readers(alice, dave):
        for filters in FILTERS:
            rows = list(seen_one_by_one(viewer, threat, filters))
            scan = scan_of(filters.passages(viewer).filter(tag=threat))
            lanes = lanes_of(*scan_by_speaker(filters.passages(viewer).filter(tag=threat)))
            said = Counter(row.speaker.slug if row.speaker else "" for row in rows)
            assert {lane.slug: lane.count for lane in lanes} == said
            assert [marks_in(lane.line) for lane in lanes] == [lane.count for lane in lanes]
            assert marks_in(time_line_of(scan)) == len(rows)


def test_shared_passages_are_counted_as_each_reader_sees_them(
    alice: User, carol: User, dave: User, threat: Claim
) -> None:
    for viewer in readers(alice, carol, dave):
        shared: Counter[str] = Counter()
        for row in seen_one_by_one(viewer, threat, EVERYTHING):
            beside = row.content_object.occurrences.exclude(tag=threat)
            shared.update(beside.values_list("tag__name", flat=True))
        wanted = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        found = claims_sharing_passages(viewer, threat)
        assert [(item.claim.name, item.shared) for item in found] == wanted
