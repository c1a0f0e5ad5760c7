"""Links between articles: the table of them, and two articles side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_annotations, visible_links, visible_occurrences
from annotations.marks import Highlight, QuotedOverlay
from annotations.models import Annotation, Link
from annotations.queries.places import place_of
from corpus.access import current_version
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.queries.reading import ReadingBlock, reading_blocks


@dataclass(frozen=True)
class RelationCount:
    """A relation, how many links have it, and whether the table is limited to it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Pane:
    """One end of a link: its article as it is read, the linked passage marked.

    An article that is only linked to has no blocks. `slot` is the colour of the passage, 0
    without a claim. `is_placed` says whether its words are in the article as it is read now.
    """

    name: str
    article: Article
    passage: Annotation | None
    slot: int
    blocks: list[ReadingBlock]
    is_placed: bool

    @property
    def anchor(self) -> str:
        """Return the id, in the page of both articles, of the block that the passage begins in."""
        place = self.passage.start if self.passage and self.is_placed else None
        begun = [block for block in self.blocks if place is not None and block.start <= place]
        return f"{self.name}-p{begun[-1].number}" if begun else self.name

    @property
    def url(self) -> str:
        """Return the place of this end in the reading page."""
        return place_of(self.passage) if self.passage else self.article.get_absolute_url()


@dataclass(frozen=True)
class SideBySide:
    """A link with both its articles, and its neighbours between the same two articles.

    `position` counts from 1 in the order in which the links were made.
    """

    link: Link
    first: Pane
    second: Pane
    position: int
    count: int
    previous: UUID | None
    following: UUID | None

    @property
    def slot(self) -> int:
        """Return the colour of the ribbon: that of the first linked passage with a claim."""
        return self.first.slot or self.second.slot


def links_of_relation(viewer: Viewer, relation: str = "") -> QuerySet[Link]:
    """Return the links, newest first, with their ends; "" stands for every relation."""
    found = visible_links(viewer).select_related(*Link.STANDS_ON, "creator__profile")
    if relation:
        found = found.filter(relation=relation)
    return found.order_by("-created_at", "id")


def relation_counts(viewer: Viewer, chosen: str = "") -> list[RelationCount]:
    """Return the relations that occur, in the order in which they are offered."""
    rows = visible_links(viewer).order_by().values_list("relation").annotate(Count("id"))
    counts = dict(rows)
    return [
        RelationCount(value, str(label), counts[value], value == chosen)
        for value, label in Link.Relation.choices
        if value in counts
    ]


def side_by_side(viewer: Viewer, link: Link) -> SideBySide:
    """Return both ends of `link`, which the viewer sees, and its neighbours."""
    order = _between(viewer, link)
    place = order.index(link.id)
    slots = _first_slots(viewer, [link.from_article_id, link.to_article_id])
    first, second = (
        _pane(viewer, name, article, passage, slots)
        for name, article, passage in zip(
            ("first", "second"), link.articles, link.ends, strict=True
        )
    )
    return SideBySide(
        link=link,
        first=first,
        second=second,
        position=place + 1,
        count=len(order),
        previous=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
    )


def _between(viewer: Viewer, link: Link) -> list[UUID]:
    """Return the keys of the links between the two articles, either way, oldest first."""
    there = Q(from_article=link.from_article_id, to_article=link.to_article_id)
    back = Q(from_article=link.to_article_id, to_article=link.from_article_id)
    found = visible_links(viewer).filter(there | back).order_by("created_at", "id")
    return list(found.values_list("id", flat=True))


def _first_slots(viewer: Viewer, article_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the colour of the first claim of each tagged highlight in the articles."""
    found = visible_occurrences(viewer).filter(content_object__article__in=[*article_ids])
    rows = found.order_by("-position", "-created_at").values_list("content_object_id", "tag__slot")
    return dict(rows)


def _pane(
    viewer: Viewer,
    name: str,
    article: Article,
    passage: Annotation | None,
    slots: Mapping[UUID, int],
) -> Pane:
    if article.is_stub:
        return Pane(name, article, passage=None, slot=0, blocks=[], is_placed=False)
    version = current_version(article)
    placed = visible_annotations(viewer).filter(version=version, start__isnull=False)
    others = list(placed.select_related("creator__profile"))
    is_placed = passage is not None and passage.version_id == version.id
    if passage is not None and is_placed:
        others = [item for item in others if item.id != passage.id] + [passage]
    overlay = QuotedOverlay(_painted(item, slots, is_linked=item == passage) for item in others)
    blocks = list(reading_blocks(version, overlay))
    slot = slots.get(passage.id, 0) if passage else 0
    return Pane(name, article, passage, slot, blocks, is_placed)


def _painted(item: Annotation, slots: Mapping[UUID, int], *, is_linked: bool) -> Highlight:
    return Highlight(
        number=item.number,
        start=item.start or 0,
        end=item.end or 0,
        slot=slots.get(item.id, 0),
        person=item.creator.profile.person_slot,
        label="",
        has_note=False,
        states=("linked",) if is_linked else (),
    )
