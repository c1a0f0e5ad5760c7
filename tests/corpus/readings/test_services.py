"""Keeping how far somebody read, and saying by hand that it is read or not."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus.access import viewer_of
from corpus.errors import Invalid, NotFound, SignInNeeded
from corpus.models import Article, Event, Reading
from corpus.permissions import SYSTEM, Viewer
from corpus.services import chosen_reading
from corpus.services.reading import Noted, mark_read, mark_unread, note, undo
from corpus.services.versions import NewText, make_version, take_back
from corpus.text.blocks import BLOCK_SEPARATOR, Block
from tests.corpus.readings.conftest import PARAGRAPHS
from tests.corpus.text_edits import current
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def viewer(alice: User) -> Viewer:
    """Return alice, who reads."""
    return viewer_of(alice)


def read(
    viewer: Viewer, article: Article, seen: str, place: int | None = None, version: int = 1
) -> Reading:
    """Note it and return the row."""
    stored = note(viewer, article, Noted(version, place, seen))
    assert stored is not None
    stored.refresh_from_db()
    return stored


def change(article: Article, *paragraphs: str) -> None:
    """Give `article` another text."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + len(BLOCK_SEPARATOR)
    new = NewText(BLOCK_SEPARATOR.join(paragraphs), tuple(blocks))
    make_version(SYSTEM, article, new, seen=current(article).number, reason="corrected")
    article.refresh_from_db()


def start_of(article: Article, number: int) -> int:
    start: int = current(article).blocks[number - 1]["start"]
    return start


def events() -> list[tuple[str, str, Any]]:
    rows = Event.objects.filter(verb__startswith="reading.").order_by("id")
    return [(event.verb, event.audience, event.actor_id) for event in rows]


def test_a_place_is_kept_as_the_offset_of_its_block(viewer: Viewer, article: Article) -> None:
    stored = read(viewer, article, "1-4", place=4)
    assert (stored.place, stored.furthest) == (start_of(article, 4), start_of(article, 4))
    assert (stored.seen, stored.percent, stored.version) == ("1-4", 40, 1)
    assert stored.finished_at is None


def test_going_back_moves_the_place_but_not_how_far_one_came(
    viewer: Viewer, article: Article
) -> None:
    read(viewer, article, "1-6", place=6)
    stored = read(viewer, article, "2", place=2)
    assert (stored.place, stored.furthest) == (start_of(article, 2), start_of(article, 6))
    assert stored.seen == "1-6"


def test_the_same_note_twice_changes_nothing(viewer: Viewer, article: Article) -> None:
    first = read(viewer, article, "1-4", place=4)
    with CaptureQueriesContext(connection) as asked:
        assert read(viewer, article, "1-4", place=4).seen_at == first.seen_at
    assert not [query for query in asked if query["sql"].startswith("UPDATE")]


def test_who_went_nowhere_keeps_the_place_of_the_last_time(
    viewer: Viewer, article: Article
) -> None:
    read(viewer, article, "1-6", place=6)
    assert read(viewer, article, "1-2", place=None).place == start_of(article, 6)


def test_nothing_is_kept_before_anything_was_seen(viewer: Viewer, article: Article) -> None:
    assert note(viewer, article, Noted(1, 5, "")) is None
    assert not Reading.objects.exists()


def test_the_end_is_not_read_by_jumping_to_it(viewer: Viewer, article: Article) -> None:
    assert read(viewer, article, "1,10", place=10).finished_at is None
    assert read(viewer, article, "2-9", place=9).finished_at is not None


def test_reading_leaves_no_event(viewer: Viewer, article: Article) -> None:
    before = Event.objects.count()
    read(viewer, article, "1-10", place=10)
    assert Event.objects.count() == before


def test_blocks_that_are_not_there_count_for_nothing(viewer: Viewer, article: Article) -> None:
    stored = read(viewer, article, "9-5000", place=5000)
    assert (stored.seen, stored.place) == ("9-10", 0)


@pytest.mark.parametrize(("version", "seen"), [(7, "1"), (0, "1"), (1, "all"), (1, "1;2")])
def test_what_is_no_note_is_refused(
    viewer: Viewer, article: Article, version: int, seen: str
) -> None:
    with pytest.raises(Invalid):
        note(viewer, article, Noted(version, 1, seen))


def test_only_who_may_read_it_reads_it(dave: User, article: Article) -> None:
    article.access = Article.Access.GROUPS
    article.save()
    for write in (mark_read, mark_unread, undo):
        with pytest.raises(NotFound):
            write(viewer_of(dave), article)
        with pytest.raises(SignInNeeded):
            write(Viewer(), article)
    with pytest.raises(NotFound):
        note(viewer_of(dave), article, Noted(1, 1, "1"))
    with pytest.raises(SignInNeeded):
        note(Viewer(), article, Noted(1, 1, "1"))
    assert not Reading.objects.exists()


def test_saying_read_keeps_how_far_one_came(viewer: Viewer, article: Article, alice: User) -> None:
    read(viewer, article, "1-3", place=3)
    for _twice in range(2):
        mark_read(viewer, article)
    stored = Reading.objects.get()
    assert stored.finished_at is not None
    assert stored.seen == "1-3"
    assert events() == [("reading.finished", "private", alice.pk)]


def test_saying_unread_begins_anew(viewer: Viewer, article: Article, alice: User) -> None:
    read(viewer, article, "1-10", place=9)
    for _twice in range(2):
        mark_unread(viewer, article)
    stored = Reading.objects.get()
    assert (stored.finished_at, stored.seen, stored.place, stored.furthest) == (None, "", 0, 0)
    assert events() == [("reading.reopened", "private", alice.pk)]
    assert read(viewer, article, "10", place=10).finished_at is None


def test_read_is_taken_back_without_what_was_seen(viewer: Viewer, article: Article) -> None:
    read(viewer, article, "1-3", place=3)
    mark_read(viewer, article)
    read(viewer, article, "4", place=4)
    undo(viewer, article)
    stored = Reading.objects.get()
    assert (stored.finished_at, stored.seen, stored.place) == (None, "1-4", start_of(article, 4))


def test_who_came_to_the_end_since_has_read_it(viewer: Viewer, article: Article) -> None:
    mark_read(viewer, article)
    read(viewer, article, "1-10", place=9)
    undo(viewer, article)
    stored = Reading.objects.get()
    assert (stored.finished_at, stored.percent) == (stored.seen_at, 100)


def test_unread_is_taken_back_with_where_one_was(viewer: Viewer, article: Article) -> None:
    read(viewer, article, "1-10", place=7)
    finished = Reading.objects.get().finished_at
    mark_unread(viewer, article)
    undo(viewer, article)
    stored = Reading.objects.get()
    assert (stored.finished_at, stored.seen, stored.place) == (
        finished,
        "1-10",
        start_of(article, 7),
    )


def test_what_was_undone_by_hand_is_not_read_again_by_scrolling(
    viewer: Viewer, article: Article
) -> None:
    read(viewer, article, "1-10", place=9)
    mark_unread(viewer, article)
    undo(viewer, article)
    Reading.objects.update(finished_at=None)
    assert read(viewer, article, "3", place=3).finished_at is None


def test_there_is_nothing_to_undo_twice(viewer: Viewer, article: Article) -> None:
    mark_read(viewer, article)
    undo(viewer, article)
    for nothing in (article, make_article()):
        with pytest.raises(Invalid):
            undo(viewer, nothing)


def test_several_are_said_to_be_read_at_once(viewer: Viewer, article: Article) -> None:
    stub = Article.objects.create(slug="stub", title="Stub", is_stub=True)
    other = make_article()
    mark_read(viewer, other)
    assert chosen_reading.mark_all_read(viewer, [article, stub, other]) == [article]
    assert Reading.objects.filter(finished_at__isnull=False).count() == 2
    assert chosen_reading.mark_all_unread(viewer, [article, stub, make_article()]) == [article]
    assert chosen_reading.undo_all(viewer, [article, stub, make_article()]) == [article]
    assert chosen_reading.undo_all(viewer, [article]) == []


def test_a_new_text_takes_readers_along(viewer: Viewer, article: Article, bob: User) -> None:
    read(viewer, article, "1-4", place=4)
    read(viewer_of(bob), article, "1-10", place=9)
    change(article, "A paragraph that came to stand before all others.", *PARAGRAPHS)
    mine, other = Reading.objects.get(reader_id=viewer.user_id), Reading.objects.get(reader=bob)
    assert (mine.version, mine.seen, mine.place) == (2, "2-5", start_of(article, 5))
    assert mine.percent == 36
    assert (other.seen, other.finished_at is not None) == ("2-11", True)


def test_a_page_from_before_the_change_still_tells_where_one_is(
    viewer: Viewer, article: Article
) -> None:
    read(viewer, article, "1-4", place=4)
    change(article, "A paragraph that came to stand before all others.", *PARAGRAPHS)
    stored = read(viewer, article, "5", place=5, version=1)
    assert (stored.version, stored.seen, stored.place) == (2, "2-6", start_of(article, 6))
    stored = read(viewer, article, "1", place=1, version=2)
    assert (stored.seen, stored.place) == ("1-6", 0)


def test_who_first_tells_it_from_an_old_page_is_taken_along_later(
    viewer: Viewer, article: Article
) -> None:
    change(article, "A paragraph that came to stand before all others.", *PARAGRAPHS)
    assert read(viewer, article, "1-2", place=2, version=1).version == 1
    stored = read(viewer, article, "1", place=1, version=2)
    assert (stored.version, stored.seen, stored.place) == (2, "1-3", 0)
    assert stored.furthest == start_of(article, 3)


def test_an_undo_after_a_change_finds_the_place_in_the_new_text(
    viewer: Viewer, article: Article
) -> None:
    read(viewer, article, "1-4", place=4)
    mark_unread(viewer, article)
    change(article, "A paragraph that came to stand before all others.", *PARAGRAPHS)
    undo(viewer, article)
    stored = Reading.objects.get()
    assert (stored.version, stored.seen, stored.place) == (2, "2-5", start_of(article, 5))


def test_a_text_that_comes_back_brings_the_places_back(viewer: Viewer, article: Article) -> None:
    read(viewer, article, "1-4", place=4)
    first = current(article)
    change(article, *PARAGRAPHS[:6], "And nothing else.")
    take_back(SYSTEM, article, first, seen=2)
    stored = Reading.objects.get()
    assert (stored.version, stored.seen, stored.place) == (3, "1-4", first.blocks[3]["start"])


def test_an_account_that_goes_takes_its_reading_along(
    viewer: Viewer, article: Article, alice: User, bob: User
) -> None:
    read(viewer, article, "1-4", place=4)
    read(viewer_of(bob), article, "1", place=1)
    alice.delete()
    assert list(Reading.objects.values_list("reader", flat=True)) == [bob.pk]


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": 9, "furthest": 3},
        {"percent": 5, "seen": ""},
        {"percent": 0, "seen": "1"},
        {"percent": 101, "seen": "1"},
    ],
)
def test_the_database_refuses_what_cannot_be(
    alice: User, article: Article, wrong: dict[str, Any]
) -> None:
    now = timezone.now()
    fields = {"reader": alice, "article": article, "version": 1, "opened_at": now, "seen_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(**fields, **wrong)


def test_one_reader_has_one_row_for_an_article(alice: User, article: Article) -> None:
    now = timezone.now()
    fields = {"reader": alice, "article": article, "version": 1, "opened_at": now, "seen_at": now}
    Reading.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(**fields)
