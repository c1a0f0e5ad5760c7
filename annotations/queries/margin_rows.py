"""The rows that the margin of an article is put together from.

An article may carry thousands of highlights, of which a page shows a hundred notes. So
marks are read as plain values, and whole annotations only for the notes that are shown.
Rows are told apart by their number, which is unique in the article.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Left

from annotations.access import in_threads, visible_annotations, visible_links, visible_occurrences
from annotations.models import Annotation, Audience, ClaimOccurrence, Link
from annotations.models.naming import shown_label
from annotations.queries.attribution import beside_speaker
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer

# As much of a note as stands for a highlight without a claim.
_SAID = 80
OF_GROUP = "group."
"""What stands before the slug of a group in the address of what it sees."""


class Row(NamedTuple):
    """A highlight or a note on the whole article, without its words.

    `is_placed` says whether it has its place in the version that is read; `anchor` is its
    anchor state; `said` is the beginning of the note; `for_groups` are the slugs of those of
    its groups that the viewer is in.
    """

    number: int
    start: int | None
    end: int | None
    is_placed: bool | None
    anchor: str
    creator_id: int
    username: str
    reader: str
    person: int
    audience: str
    moderation: str
    resolved_at: datetime | None
    deleted_at: datetime | None
    said: str
    created_at: datetime
    for_groups: tuple[str, ...] = ()

    @property
    def seen_by(self) -> frozenset[str]:
        """Return who sees it: "public", "private", or "group." with the slug of each group."""
        if self.audience != Audience.GROUPS:
            return frozenset({self.audience})
        return frozenset(f"{OF_GROUP}{slug}" for slug in self.for_groups)

    @property
    def shown_person(self) -> int:
        """Return the colour of its reader, 0 once it is deleted: its place tells of nobody."""
        return self.person if self.deleted_at is None else 0

    @property
    def is_orphan(self) -> bool:
        """Say whether its words are not in the version that is read."""
        return self.anchor == Annotation.AnchorState.ORPHAN

    @property
    def is_waiting(self) -> bool:
        """Say whether its words are still to be looked for in the version that is read."""
        return self.start is not None and not self.is_placed and not self.is_orphan


class Tagged(NamedTuple):
    """A claim as it is tagged on the highlight with this number."""

    number: int
    slug: str
    name: str
    slot: int
    stance: str
    voice: str
    mode: str
    speaker: str | None
    speaker_slug: str | None
    voice_basis: str
    confidence: str
    note: str

    @property
    def label(self) -> str:
        """Return the claim's name as it is shown: its first letter raised."""
        return shown_label(self.name)

    @property
    def attribution(self) -> str:
        """Return who says it, how, how sure its reader is and why; "" for a plain word."""
        return " · ".join(part for part in (self.speaker, self.manner) if part)

    @property
    def manner(self) -> str:
        """Return what `attribution` tells behind the name of the speaker."""
        is_guess = self.voice_basis == ClaimOccurrence.VoiceBasis.GUESSED
        said = beside_speaker(
            self.speaker, self.voice, self.mode, self.confidence, is_guess=is_guess
        )
        return " · ".join(part for part in (said, self.note) if part)


@dataclass(frozen=True)
class LinkEnd:
    """A link as one of its articles shows it: what stands at the other end."""

    link: Link
    article: Article
    annotation: Annotation | None


def top_level(viewer: Viewer, article: Article, version: ArticleVersion) -> list[Row]:
    """Return the highlights and notes of `article`, replies left out, in reading order.

    A deleted one is among them while somebody's reply to it is left.
    """
    found = in_threads(viewer).filter(article=article, parent__isnull=True)
    rows = found.order_by("start", "end", "created_at", "number").values_list(
        "number",
        "start",
        "end",
        ExpressionWrapper(Q(version=version), BooleanField()),
        "anchor_state",
        "creator_id",
        "creator__username",
        "creator__profile__display_name",
        "creator__profile__person_slot",
        "audience",
        "moderation",
        "resolved_at",
        "deleted_at",
        Left("note", _SAID),
        "created_at",
    )
    marks = [Row(*row) for row in rows]
    if not any(row.audience == Audience.GROUPS for row in marks):
        return marks
    slugs = _groups_of(viewer, article)
    return [row._replace(for_groups=tuple(slugs.get(row.number, ()))) for row in marks]


def _groups_of(viewer: Viewer, article: Article) -> Mapping[int, Sequence[str]]:
    """Return the slugs of the groups of the viewer by the number of what is for them."""
    joined = Annotation.groups.through.objects.filter(
        annotation__article=article, group_id__in=viewer.group_ids
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, slug in joined.values_list("annotation__number", "group__slug"):
        found[number].append(slug)
    return found


def whole_annotations(article: Article, numbers: Collection[int]) -> dict[int, Annotation]:
    """Return the annotations of `article` with these numbers and their readers, by number.

    Readers are fetched apart: a few of them wrote a hundred notes.
    """
    found = article.annotations.filter(number__in=numbers).prefetch_related(
        "creator__profile", "resolved_by__profile"
    )
    wanted = found.defer("exact", "prefix", "suffix", "selectors")
    return {annotation.number: annotation for annotation in wanted}


TAGGED = (
    "content_object__number",
    "tag__slug",
    "tag__name",
    "tag__slot",
    "stance",
    "voice",
    "mode",
    "speaker__name",
    "speaker__slug",
    "voice_basis",
    "confidence",
    "note",
)
"""The columns of an occurrence that make a Tagged, in its order."""


def occurrences(viewer: Viewer, article: Article) -> dict[int, list[Tagged]]:
    """Return the claims tagged in `article` by the highlight's number, first claim first."""
    found = visible_occurrences(viewer).filter(content_object__article=article)
    rows = found.order_by("position", "created_at").values_list(*TAGGED)
    tagged: dict[int, list[Tagged]] = defaultdict(list)
    for row in rows:
        tagged[row[0]].append(Tagged(*row))
    return tagged


def replies_by_parent(viewer: Viewer, article: Article) -> dict[int, list[Annotation]]:
    """Return the replies in `article` by the number of what they answer, oldest first."""
    found = visible_annotations(viewer).filter(article=article, parent__isnull=False)
    replies: dict[int, list[Annotation]] = defaultdict(list)
    rows = found.annotate(answered=F("parent__number")).select_related("creator__profile")
    for row in rows.order_by("created_at"):
        replies[row.answered].append(row)
    return replies


def link_rows(viewer: Viewer, article: Article) -> QuerySet[Link]:
    """Return the links that touch `article` with who made them, newest first."""
    touching = Q(from_article=article) | Q(to_article=article)
    return (
        visible_links(viewer)
        .filter(touching)
        .select_related(*Link.STANDS_ON, "creator__profile")
        .order_by("-created_at")
    )


def links_by_annotation(links: Iterable[Link], article: Article) -> Mapping[int, list[LinkEnd]]:
    """Return the links of passages of `article` by the number of the highlight at that end."""
    by_annotation: dict[int, list[LinkEnd]] = defaultdict(list)
    for link in links:
        if link.from_annotation and link.from_article_id == article.id:
            by_annotation[link.from_annotation.number].append(_to(link))
        if link.to_annotation and link.to_article_id == article.id:
            by_annotation[link.to_annotation.number].append(_from(link))
    return by_annotation


def far_end(link: Link, article: Article) -> LinkEnd:
    """Return `link` as `article`, one of its ends, shows it."""
    return _to(link) if link.from_article_id == article.id else _from(link)


def _to(link: Link) -> LinkEnd:
    return LinkEnd(link, link.to_article, link.to_annotation)


def _from(link: Link) -> LinkEnd:
    return LinkEnd(link, link.from_article, link.from_annotation)
