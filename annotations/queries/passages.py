"""The passages that a claim is tagged on, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from annotations.excerpts import Excerpt, excerpt
from annotations.models import Annotation, ClaimOccurrence, Profile
from annotations.queries.attribution import attribution
from annotations.timeline import STANCES, Stance
from corpus.models import Article, ArticleVersion
from corpus.text.blocks import Block, blocks_from_data

# Passages in a column that stands alone, and in each of three side by side.
PAGE_SIZE = 50
COLUMN_SIZE = 12

_ARTICLE = "content_object__article__"
# By article date (its bound where only that is known), article, reader and place; the number
# comes last, so that no two passages stand on the same rung.
_ORDER = (
    "day",
    f"{_ARTICLE}slug",
    "content_object__creator__username",
    "place",
    "content_object__number",
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
_PLAIN = ("id", "stance", "voice", "voice_basis", "mode", "confidence")
_NAMED = {
    "of_highlight": F("content_object_id"),
    "by_speaker": F("speaker__name"),
    "in_article": F("content_object__article_id"),
    "by_reader": F("content_object__creator_id"),
    "of_version": F("content_object__version_id"),
    "number": F("content_object__number"),
    "begin": F("content_object__start"),
    "finish": F("content_object__end"),
    "reason": F("content_object__note"),
    "anchor": F("content_object__anchor_state"),
}


@dataclass(frozen=True)
class Passage:
    """A tagged passage with the sentence around it; `excerpt` is None for a note on an article.

    That of an orphan is quoted from the last version that had its words.
    """

    id: UUID
    annotation_id: UUID
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


def passages_at(keys: Sequence[UUID]) -> list[Passage]:
    """Return the passages of the tags with these keys, in their order; as many queries for all."""
    found = ClaimOccurrence.objects.filter(id__in=keys).order_by()
    rows = {row["id"]: row for row in found.values(*_PLAIN, **_NAMED)}
    return _in_context([rows[key] for key in keys if key in rows])


def first_passages(
    found: QuerySet[ClaimOccurrence], most: int
) -> list[tuple[Stance, list[Passage]]]:
    """Return the first `most` of `found` by stance, in the order of STANCES, none of them empty."""
    rows = list(found.annotate(**_RUNGS).order_by(*_ORDER).values(*_PLAIN, **_NAMED)[:most])
    stances = {row["id"]: row["stance"] for row in rows}
    passages = _in_context(rows)
    groups = [(stance, [p for p in passages if stances[p.id] == stance]) for stance in STANCES]
    return [(stance, group) for stance, group in groups if group]


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
            annotation_id=row["of_highlight"],
            article=articles[row["in_article"]],
            number=row["number"],
            reader=readers[row["by_reader"]],
            note=row["reason"],
            said=attribution(
                row["by_speaker"],
                row["voice"],
                row["mode"],
                row["confidence"],
                is_guess=row["voice_basis"] == ClaimOccurrence.VoiceBasis.GUESSED,
            ),
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
