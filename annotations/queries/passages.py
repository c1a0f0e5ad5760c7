"""The passages that a claim is tagged on, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from annotations.access import visible_occurrences
from annotations.excerpts import Excerpt, excerpt
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.queries.claims import Counts
from annotations.timeline import STANCES, Stance
from corpus.models import ArticleVersion
from corpus.permissions import Viewer
from corpus.text.blocks import Block, blocks_from_data

# Passages in a column that stands alone, and in each of three side by side.
PAGE_SIZE = 50
COLUMN_SIZE = 20

_ARTICLE = "content_object__article__"
# By article date (its bound where only that is known), article, reader and place; the key
# comes last, so that no two passages stand on the same rung.
_ORDER = (
    "day",
    f"{_ARTICLE}slug",
    "content_object__creator__username",
    "place",
    "id",
)
_RUNGS = {
    "day": Coalesce(
        f"{_ARTICLE}published_on",
        f"{_ARTICLE}published_not_before",
        f"{_ARTICLE}published_not_after",
        Value(date.max),
    ),
    "place": Coalesce("content_object__start", Value(0)),
}


@dataclass(frozen=True)
class Passage:
    """A tagged passage with the sentence around it; without one for a note on an article."""

    occurrence: ClaimOccurrence
    excerpt: Excerpt | None

    @property
    def url(self) -> str:
        """Return its place in the article."""
        annotation = self.occurrence.content_object
        return f"{annotation.article.get_absolute_url()}#h{annotation.number}"


@dataclass(frozen=True)
class Column:
    """A page of the passages of one stance.

    `count` is how many there are in all; `after` is the cursor of the next page, None on
    the last one.
    """

    stance: Stance
    count: int
    passages: list[Passage]
    after: UUID | None


def columns(viewer: Viewer, claim: Claim, counts: Counts) -> list[Column]:
    """Return the beginnings of the three columns, in the order of STANCES."""
    return [_column(viewer, claim, counts, stance, size=COLUMN_SIZE) for stance in STANCES]


def column(
    viewer: Viewer, claim: Claim, counts: Counts, *, stance: Stance, after: UUID | None
) -> Column:
    """Return the passages of `stance`, one of STANCES, that follow the cursor `after`.

    A cursor that is not (or no longer) one of the claim's tags begins at the beginning.
    """
    return _column(viewer, claim, counts, stance, size=PAGE_SIZE, after=after)


def _column(
    viewer: Viewer,
    claim: Claim,
    counts: Counts,
    stance: Stance,
    *,
    size: int,
    after: UUID | None = None,
) -> Column:
    count = counts.of(stance)
    if not count:
        return Column(stance, 0, [], None)
    found = visible_occurrences(viewer).filter(tag=claim, stance=stance)
    rows = list(_following(found, claim, after)[: size + 1])
    following = rows[size - 1].id if len(rows) > size else None
    return Column(stance, count, _in_context(rows[:size]), following)


def _following(
    found: QuerySet[ClaimOccurrence], claim: Claim, after: UUID | None
) -> QuerySet[ClaimOccurrence]:
    """Return `found` in order, from behind the tag `after`, with all that a passage shows."""
    ordered = found.annotate(**_RUNGS).order_by(*_ORDER)
    if after is not None:
        tagged = ClaimOccurrence.objects.filter(tag=claim, id=after).annotate(**_RUNGS)
        last = tagged.values_list(*_ORDER).first()
        if last is not None:
            ordered = ordered.filter(_greater(last))
    return ordered.select_related(
        "speaker", "content_object__creator__profile", "content_object__article"
    ).defer(f"{_ARTICLE}facts", f"{_ARTICLE}standfirst", "content_object__selectors")


def _greater(last: Sequence[object]) -> Q:
    """Return the condition of standing behind `last`, a row of the values of _ORDER."""
    condition = Q()
    for field, value in reversed([*zip(_ORDER, last, strict=True)]):
        behind = Q(**{f"{field}__gt": value})
        condition = behind | Q(**{field: value}) & condition if condition else behind
    return condition


def _in_context(rows: Sequence[ClaimOccurrence]) -> list[Passage]:
    wanted = {row.content_object.version_id for row in rows} - {None}
    versions = ArticleVersion.objects.only("text", "blocks").in_bulk([*wanted])
    blocks = {key: blocks_from_data(version.blocks) for key, version in versions.items()}
    return [Passage(row, _excerpt(row.content_object, versions, blocks)) for row in rows]


def _excerpt(
    annotation: Annotation,
    versions: Mapping[UUID, ArticleVersion],
    blocks: Mapping[UUID, Sequence[Block]],
) -> Excerpt | None:
    key, start, end = annotation.version_id, annotation.start, annotation.end
    if key is None or start is None or end is None:
        return None
    return excerpt(versions[key].text, blocks[key], start, end)
