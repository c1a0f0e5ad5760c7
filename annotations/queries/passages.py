"""The passages that a claim is tagged on, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from annotations.excerpts import Excerpt, excerpt
from annotations.models import Annotation, Claim, ClaimOccurrence, Profile
from annotations.queries.attribution import attribution
from annotations.queries.claims import Counts, occurrences_in
from annotations.queries.keyset import behind
from annotations.timeline import STANCES, Stance
from corpus.models import Article, ArticleVersion, Collection
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


# Names of our own beside those of the model, which an alias may not take.
_PLAIN = ("id", "stance", "voice", "mode")
_NAMED = {
    "by_speaker": F("speaker__name"),
    "in_article": F("content_object__article_id"),
    "by_reader": F("content_object__creator_id"),
    "of_version": F("content_object__version_id"),
    "number": F("content_object__number"),
    "begin": F("content_object__start"),
    "finish": F("content_object__end"),
    "note": F("content_object__note"),
    "anchor": F("content_object__anchor_state"),
}


@dataclass(frozen=True)
class Passage:
    """A tagged passage with the sentence around it; `excerpt` is None for a note on an article.

    That of an orphan is quoted from the last version that had its words.
    """

    id: UUID
    article: Article
    number: int
    reader: Profile
    note: str
    said: str
    excerpt: Excerpt | None
    is_orphan: bool = False

    @property
    def url(self) -> str:
        """Return its place in the article, for an orphan that of its note."""
        kind = "h" if self.excerpt and not self.is_orphan else "n"
        return f"{self.article.get_absolute_url()}#{kind}{self.number}"


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


def columns(
    viewer: Viewer, claim: Claim, counts: Counts, *, within: Collection | None = None
) -> list[Column]:
    """Return the beginnings of the three columns, in the order of STANCES."""
    found = occurrences_in(viewer, within).filter(tag=claim).annotate(**_RUNGS)
    place = Window(RowNumber(), partition_by=F("stance"), order_by=[F(rung) for rung in _ORDER])
    near = found.annotate(rank=place).filter(rank__lte=COLUMN_SIZE + 1).order_by("rank")
    rows = list(near.values("rank", *_PLAIN, **_NAMED))
    shown = {row["id"]: row for row in rows if row["rank"] <= COLUMN_SIZE}
    passages = _in_context([*shown.values()])
    return [
        _column(
            stance,
            counts,
            [passage for passage in passages if shown[passage.id]["stance"] == stance],
            is_last=sum(row["stance"] == stance for row in rows) <= COLUMN_SIZE,
        )
        for stance in STANCES
    ]


def column(
    viewer: Viewer,
    claim: Claim,
    counts: Counts,
    *,
    stance: Stance,
    after: UUID | None,
    within: Collection | None = None,
) -> Column:
    """Return the passages of `stance`, one of STANCES, that follow the cursor `after`.

    A cursor that is not (or no longer) one of the claim's tags begins at the beginning.
    """
    found = occurrences_in(viewer, within).filter(tag=claim, stance=stance)
    following = _following(found, claim, after).values(*_PLAIN, **_NAMED)
    rows = list(following[: PAGE_SIZE + 1])
    passages = _in_context(rows[:PAGE_SIZE])
    return _column(stance, counts, passages, is_last=len(rows) <= PAGE_SIZE)


def _column(stance: Stance, counts: Counts, passages: list[Passage], *, is_last: bool) -> Column:
    after = None if is_last else passages[-1].id
    return Column(stance, counts.of(stance), passages, after)


def _following(
    found: QuerySet[ClaimOccurrence], claim: Claim, after: UUID | None
) -> QuerySet[ClaimOccurrence]:
    """Return `found` in order, from behind the tag `after`."""
    ordered = found.annotate(**_RUNGS).order_by(*_ORDER)
    if after is None:
        return ordered
    tagged = ClaimOccurrence.objects.filter(tag=claim, id=after).annotate(**_RUNGS)
    last = tagged.values_list(*_ORDER).first()
    return ordered if last is None else ordered.filter(behind(_ORDER, last))


def _in_context(rows: Sequence[Mapping[str, Any]]) -> list[Passage]:
    """Return the passages of `rows`; what they share is read once."""
    articles = Article.objects.defer("facts").in_bulk({row["in_article"] for row in rows})
    readers = Profile.objects.in_bulk({row["by_reader"] for row in rows})
    wanted = {row["of_version"] for row in rows} - {None}
    versions = ArticleVersion.objects.only("text", "blocks").in_bulk(wanted)
    blocks = {key: blocks_from_data(version.blocks) for key, version in versions.items()}
    return [
        Passage(
            id=row["id"],
            article=articles[row["in_article"]],
            number=row["number"],
            reader=readers[row["by_reader"]],
            note=row["note"],
            said=attribution(row["by_speaker"], row["voice"], row["mode"]),
            excerpt=_excerpt(row, versions, blocks),
            is_orphan=row["anchor"] == Annotation.AnchorState.ORPHAN,
        )
        for row in rows
    ]


def _excerpt(
    row: Mapping[str, Any],
    versions: Mapping[UUID, ArticleVersion],
    blocks: Mapping[UUID, Sequence[Block]],
) -> Excerpt | None:
    key = row["of_version"]
    if key is None:
        return None
    return excerpt(versions[key].text, blocks[key], row["begin"], row["finish"])
