"""What a reader is told of their own reading; nobody is told anything of another's.

Every query takes the viewer first and finds their own rows alone; for who is not signed in it
finds none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus.access import visible_articles
from corpus.extensions import Choice
from corpus.models import Article, ArticleVersion, Reading
from corpus.permissions import Viewer
from corpus.text.blocks import Block, block_at, blocks_from_data
from corpus.text.progress import minutes_to_read, numbers_in, unseen_share

# So many articles that were begun stand on top of the library.
MOST_TO_CONTINUE = 3
# The words by which a place in a text is named.
_PLACE_WORDS = 8
# Who came further than they left off is offered both places when so many blocks are between.
_FAR = 3

UNREAD, BEGUN, READ = "unread", "begun", "read"
_IS_READ = Q(finished_at__isnull=False)
_IS_BEGUN = Q(finished_at__isnull=True, percent__gt=0)


@dataclass(frozen=True)
class ReadingState:
    """How far the viewer read an article; `percent` is of its blocks, `read_at` None till then."""

    percent: int
    read_at: datetime | None

    @property
    def is_read(self) -> bool:
        """Say whether the viewer has read it."""
        return self.read_at is not None


@dataclass(frozen=True)
class Place:
    """A block of a text by its number, with its first words."""

    number: int
    words: str


@dataclass(frozen=True)
class Whereabouts:
    """Where the viewer is in an article that is on the page.

    `place` is where they left off, None at the beginning; `furthest` how far they came, None
    unless that is well behind it. `minutes_left` is 0 unless the article is begun.
    """

    state: ReadingState
    minutes_left: int = 0
    place: Place | None = None
    furthest: Place | None = None


@dataclass(frozen=True)
class Begun:
    """An article that the viewer began; `url` leads to where they left off."""

    article: Article
    percent: int
    minutes_left: int
    url: str


def states_of(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, ReadingState]:
    """Return how far the viewer read the articles with these ids; unread ones are left out."""
    found = rows_by_article(viewer, ids)
    return {key: _state(row) for key, row in found.items() if not is_unread(row)}


def rows_by_article(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, Reading]:
    """Return the viewer's rows on the articles with these ids; one query, none for nobody."""
    if not viewer.is_signed_in:
        return {}
    rows = Reading.objects.filter(reader_id=viewer.user_id, article_id__in=list(ids))
    return {row.article_id: row for row in rows}


def whereabouts(
    viewer: Viewer, version: ArticleVersion, stored: Reading | None
) -> Whereabouts | None:
    """Return where the viewer is in the text of `version`; None for who is not signed in."""
    if not viewer.is_signed_in:
        return None
    if stored is None or is_unread(stored):
        return Whereabouts(ReadingState(0, None))
    state = _state(stored)
    if state.is_read:
        return Whereabouts(state)
    blocks = blocks_from_data(version.blocks)
    place, furthest = _index(blocks, stored.place), _index(blocks, stored.furthest)
    return Whereabouts(
        state,
        minutes_left=_minutes_left(stored, version.word_count, blocks),
        place=_place(version.text, blocks, place) if place else None,
        furthest=_place(version.text, blocks, furthest) if furthest >= place + _FAR else None,
    )


def is_unread(stored: Reading | None) -> bool:
    """Say whether the row, None where there is none, says that the article is unread."""
    return stored is None or not (stored.seen or stored.finished_at)


def articles_to_continue(viewer: Viewer) -> list[Begun]:
    """Return the articles that the viewer began, the last seen first, at most MOST_TO_CONTINUE."""
    if not viewer.is_signed_in:
        return []
    readable = visible_articles(viewer).filter(is_hidden=False).order_by().values("pk")
    rows = Reading.objects.filter(_IS_BEGUN, reader_id=viewer.user_id, article__in=readable)
    rows = rows.select_related("article__outlet", "article__current_version")
    unused = ("text", "marks", "paratext", "flags")
    rows = rows.defer(*(f"article__current_version__{name}" for name in unused))
    return [_begun(row) for row in rows.order_by("-seen_at")[:MOST_TO_CONTINUE]]


def last_article(viewer: Viewer) -> Article | None:
    """Return the article that the viewer read last, or None; one query, none for nobody."""
    if not viewer.is_signed_in:
        return None
    own = Q(readings__reader_id=viewer.user_id) & ~Q(readings__seen="")
    return visible_articles(viewer).filter(own).order_by("-readings__seen_at").first()


def read_by(viewer: Viewer) -> Exists:
    """Return the condition, for a query of articles, that the viewer has read them."""
    own = Reading.objects.filter(_IS_READ, reader_id=viewer.user_id, article=OuterRef("pk"))
    return Exists(own)


def in_state(viewer: Viewer, articles: QuerySet[Article], state: str) -> QuerySet[Article]:
    """Return those of `articles` that are UNREAD, BEGUN or READ by the viewer, else none."""
    own = Reading.objects.filter(reader_id=viewer.user_id)
    if not viewer.is_signed_in or state not in {UNREAD, BEGUN, READ}:
        return articles.none()
    if state == UNREAD:
        return articles.exclude(pk__in=own.filter(_IS_READ | _IS_BEGUN).values("article"))
    condition = _IS_READ if state == READ else _IS_BEGUN
    return articles.filter(pk__in=own.filter(condition).values("article"))


def state_choices(viewer: Viewer, articles: QuerySet[Article]) -> Sequence[Choice]:
    """Return how many of `articles` the viewer has not opened, began and read; two queries."""
    if not viewer.is_signed_in:
        return []
    ids = articles.order_by().values("pk")
    own = Reading.objects.filter(reader_id=viewer.user_id, article__in=ids)
    counts = own.aggregate(begun=Count("pk", filter=_IS_BEGUN), read=Count("pk", filter=_IS_READ))
    unread = ids.distinct().count() - counts["begun"] - counts["read"]
    return [
        Choice(UNREAD, _("Unread"), unread),
        Choice(BEGUN, _("Begun"), counts["begun"]),
        Choice(READ, _("Read"), counts["read"]),
    ]


def _state(row: Reading) -> ReadingState:
    return ReadingState(row.percent, row.finished_at)


def _begun(row: Reading) -> Begun:
    version = row.article.current_version
    blocks = blocks_from_data(version.blocks) if version else ()
    address = reverse("article", args=[row.article.slug])
    place = _index(blocks, row.place)
    return Begun(
        article=row.article,
        percent=row.percent,
        minutes_left=_minutes_left(row, version.word_count if version else 0, blocks),
        url=f"{address}#p{place + 1}" if place else address,
    )


def _minutes_left(row: Reading, word_count: int, blocks: Sequence[Block]) -> int:
    seen = numbers_in(row.seen, len(blocks))
    return minutes_to_read(round(word_count * unseen_share(seen, blocks)))


def _index(blocks: Sequence[Block], offset: int) -> int:
    """Return the index of the block that `offset` stands in, 0 where there are none."""
    return block_at(blocks, offset) if blocks else 0


def _place(text: str, blocks: Sequence[Block], index: int) -> Place:
    words = text[blocks[index].start : blocks[index].end].split()
    shown = " ".join(words[:_PLACE_WORDS])
    return Place(index + 1, f"{shown} …" if len(words) > _PLACE_WORDS else shown)
