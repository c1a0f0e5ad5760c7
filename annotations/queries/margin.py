"""What readers have put beside an article: its marks, its notes and who made them."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.marks import Highlight, HighlightOverlay
from annotations.models import Annotation, Audience, ClaimOccurrence, Moderation
from annotations.queries.margin_rows import (
    LinkEnd,
    links_by_annotation,
    occurrences,
    replies_by_parent,
    top_level,
)
from annotations.queries.rail import Tally, claims_here, readers_here
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.text.blocks import Block, block_at, blocks_from_data

# More notes than these wait behind a count beside their block. Source: design brief 12.
MOST_NOTES = 100


# The density bar is drawn 16 by 1,000 units: four lanes for readers.
TICK_SCALE = 1000
LANES = 4
LANE_WIDTH = 4
LEAST_TICK = 4


@dataclass(frozen=True)
class Tick:
    """One highlight in the density bar, in the units of its drawing."""

    number: int
    slot: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class Filters:
    """What the address limits the marks to: a claim's slug, a reader's name, a stance."""

    claim: str = ""
    by: str = ""
    stance: str = ""
    all_notes_of: int | None = None

    def __bool__(self) -> bool:
        return bool(self.claim or self.by or self.stance)


@dataclass
class Note:
    """A highlight or a note with all that stands in its place in the margin."""

    annotation: Annotation
    occurrences: list[ClaimOccurrence]
    replies: list[Annotation] = field(default_factory=list)
    links: list[LinkEnd] = field(default_factory=list)
    is_own: bool = False

    @property
    def slot(self) -> int:
        """Return the colour of the first claim, 0 without one."""
        return self.occurrences[0].tag.slot if self.occurrences else 0

    @property
    def is_deleted(self) -> bool:
        """Say whether its author deleted it and only the replies are left."""
        return self.annotation.deleted_at is not None

    @property
    def is_bare(self) -> bool:
        """Say whether it has no words of the reader's own."""
        return not self.annotation.note

    @property
    def states(self) -> list[str]:
        """Return the words for data-state."""
        return states_of(self.annotation)

    @property
    def label(self) -> str:
        """Return what a screen reader calls it."""
        if self.is_deleted:
            return _("Deleted by its author")
        names = {
            "reader": self.annotation.creator.profile.display_name,
            "claims": ", ".join(item.tag.label for item in self.occurrences),
        }
        return (_("%(reader)s on %(claims)s") if self.occurrences else _("%(reader)s")) % names


@dataclass
class Margin:
    """All that readers put beside one version of an article, as one viewer sees it.

    `notes` maps a block's number (from 1) to its notes in the order of their passages;
    `waiting` maps it to how many more there are. `article_notes` have no passage.
    """

    overlay: HighlightOverlay
    notes: dict[int, list[Note]]
    waiting: dict[int, int]
    article_notes: list[Note]
    orphans: list[Note]
    claims: list[Tally]
    readers: list[Tally]
    ticks: list[Tick]
    count: int


def annotations_in_margin(
    viewer: Viewer, article: Article, version: ArticleVersion, filters: Filters | None = None
) -> Margin:
    """Return the margin of `article`; the number of queries does not grow with the marks."""
    chosen = Filters() if filters is None else filters
    everything = top_level(viewer, article)
    live = [item for item in everything if item.deleted_at is None]
    tagged = occurrences(viewer, article)
    shown = [item for item in everything if _passes(item, tagged[item.id], chosen)]
    placed = [item for item in shown if item.version_id == version.id]
    links = links_by_annotation(viewer, article)
    replies = replies_by_parent(viewer, article)
    blocks = blocks_from_data(version.blocks)
    carried = _with_notes(viewer, placed, {*replies, *links}, blocks, chosen.all_notes_of)
    notes = _Notes(viewer, tagged, replies, links)
    by_block, waiting = _by_block(placed, carried, blocks, notes)
    return Margin(
        overlay=HighlightOverlay(
            _painted(
                item,
                tagged[item.id],
                is_linked=item.id in links,
                has_note=item.id in carried,
            )
            for item in placed
        ),
        notes=by_block,
        waiting=waiting,
        article_notes=[notes.of(item) for item in shown if item.start is None],
        orphans=[
            notes.of(item)
            for item in shown
            if item.start is not None and item.version_id != version.id
        ],
        claims=claims_here(live, tagged, chosen.claim),
        readers=readers_here(live, chosen.by),
        ticks=_ticks(placed, tagged, len(version.text)),
        count=len(live),
    )


class _Notes:
    """Puts a note together from what was read for the whole article."""

    def __init__(
        self,
        viewer: Viewer,
        tagged: dict[UUID, list[ClaimOccurrence]],
        replies: dict[UUID, list[Annotation]],
        links: dict[UUID, list[LinkEnd]],
    ) -> None:
        self._viewer = viewer
        self._tagged = tagged
        self._replies = replies
        self._links = links

    def of(self, item: Annotation) -> Note:
        return Note(
            annotation=item,
            occurrences=self._tagged.get(item.id, []),
            replies=self._replies.get(item.id, []),
            links=self._links.get(item.id, []),
            is_own=item.creator_id == self._viewer.user_id,
        )


def _passes(item: Annotation, rows: Sequence[ClaimOccurrence], chosen: Filters) -> bool:
    if chosen.by and item.creator.username != chosen.by:
        return False
    if chosen.claim:
        rows = [row for row in rows if row.tag.slug == chosen.claim]
    if chosen.stance:
        rows = [row for row in rows if row.stance == chosen.stance]
    return bool(rows) or not (chosen.claim or chosen.stance)


def _with_notes(
    viewer: Viewer,
    placed: Sequence[Annotation],
    spoken: Container[UUID],
    blocks: Sequence[Block],
    whole_block: int | None,
) -> set[UUID]:
    """Return which of `placed` have their note on the page: all of few, the best of many."""
    if len(placed) <= MOST_NOTES:
        return {item.id for item in placed}
    ranked = sorted(
        placed,
        key=lambda item: (
            item.creator_id == viewer.user_id,
            bool(item.note) or item.id in spoken,
            item.created_at,
        ),
        reverse=True,
    )
    chosen = {item.id for item in ranked[:MOST_NOTES]}
    if whole_block is not None:
        chosen |= {item.id for item in placed if _block_number(blocks, item) == whole_block}
    return chosen


def _by_block(
    placed: Sequence[Annotation],
    carried: Container[UUID],
    blocks: Sequence[Block],
    notes: _Notes,
) -> tuple[dict[int, list[Note]], dict[int, int]]:
    by_block: dict[int, list[Note]] = {}
    waiting: dict[int, int] = {}
    for item in placed:
        number = _block_number(blocks, item)
        if item.id in carried:
            by_block.setdefault(number, []).append(notes.of(item))
        else:
            waiting[number] = waiting.get(number, 0) + 1
    return by_block, waiting


def _block_number(blocks: Sequence[Block], item: Annotation) -> int:
    return block_at(blocks, item.start or 0) + 1


def _painted(
    item: Annotation, rows: Sequence[ClaimOccurrence], *, is_linked: bool, has_note: bool
) -> Highlight:
    profile = item.creator.profile
    first = rows[0] if rows else None
    said = f"{first.tag.label}, {first.get_stance_display()}" if first else item.note[:80]
    label = f"{profile.display_name}: {said}" if said else profile.display_name
    if item.deleted_at is not None:
        label = _("Deleted by its author")
    return Highlight(
        number=item.number,
        start=item.start or 0,
        end=item.end or 0,
        slot=first.tag.slot if first else 0,
        person=profile.person_slot,
        label=label,
        stance=first.stance if first else "",
        has_note=has_note,
        is_linked=is_linked,
        states=tuple(states_of(item)),
    )


def states_of(item: Annotation) -> list[str]:
    """Return the words for data-state that tell how `item` stands."""
    facts = {
        "resolved": item.resolved_at is not None,
        "private": item.audience == Audience.PRIVATE,
        "hidden": item.moderation != Moderation.APPROVED,
    }
    return [name for name, holds in facts.items() if holds]


def _ticks(
    placed: Sequence[Annotation], tagged: Mapping[UUID, Sequence[ClaimOccurrence]], length: int
) -> list[Tick]:
    lanes: dict[int, int] = {}
    ticks = []
    for item in placed:
        lane = lanes.setdefault(item.creator_id, len(lanes) % LANES)
        rows = tagged.get(item.id, ())
        slot = rows[0].tag.slot if rows else 0
        y = round((item.start or 0) * TICK_SCALE / max(1, length))
        height = round(((item.end or 0) - (item.start or 0)) * TICK_SCALE / max(1, length))
        ticks.append(Tick(item.number, slot, lane * LANE_WIDTH, y, max(height, LEAST_TICK)))
    return ticks
