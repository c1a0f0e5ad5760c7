"""What readers have put beside an article: its marks, its notes and who made them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.markdown import words_of
from annotations.marks import Highlight, HighlightOverlay
from annotations.models import Annotation, Audience, ClaimOccurrence, Link, Moderation
from annotations.queries.group_names import name_groups
from annotations.queries.limits import Filters, passes
from annotations.queries.margin_rows import (
    LinkEnd,
    Row,
    Tagged,
    link_rows,
    links_by_annotation,
    occurrences,
    replies_by_parent,
    top_level,
    whole_annotations,
)
from annotations.queries.orphans import LostWords, lost_words
from annotations.queries.rail import Rail, rail_of
from annotations.queries.talk import Talk, talk_in
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


class Tick(NamedTuple):
    """One highlight in the density bar, in the units of its drawing."""

    number: int
    slot: int
    person: int
    stance: str
    x: int
    y: int
    height: int


@dataclass
class Note:
    """A highlight or a note with all that stands in its place in the margin.

    `talk` has what is said around it and its replies, by their numbers.
    """

    annotation: Annotation
    occurrences: Sequence[Tagged]
    replies: Sequence[Annotation] = field(default_factory=tuple)
    links: Sequence[LinkEnd] = field(default_factory=tuple)
    is_own: bool = False
    may_resolve: bool = False
    lost: LostWords | None = None
    talk: Mapping[int, Talk] = field(default_factory=dict)

    @property
    def slot(self) -> int:
        """Return the colour of the first claim, 0 without one."""
        return self.occurrences[0].slot if self.occurrences else 0

    @property
    def stance(self) -> str:
        """Return what it does to its first claim, "" without one."""
        return self.occurrences[0].stance if self.occurrences else ""

    @property
    def is_deleted(self) -> bool:
        """Say whether its author deleted it and only the replies are left."""
        return self.annotation.deleted_at is not None

    @property
    def is_bare(self) -> bool:
        """Say whether it has no words of the reader's own."""
        return not self.annotation.note

    @property
    def attributions(self) -> list[Tagged]:
        """Return the claims of which there is more to tell than the author's word."""
        return [item for item in self.occurrences if item.attribution]

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
            "claims": ", ".join(item.label for item in self.occurrences),
        }
        return (_("%(reader)s on %(claims)s") if self.occurrences else _("%(reader)s")) % names


@dataclass
class Margin:
    """All that readers put beside one version of an article, as one viewer sees it.

    `shown` of all `count` highlights and notes are those that the page is limited to.
    `notes` maps a block's number (from 1) to its notes in the order of their passages;
    `waiting` maps it to how many more there are. `article_notes` have no passage.
    `to_be_placed` counts the highlights that are still being looked for in this version,
    `resolved` those whose thread is folded.
    """

    overlay: HighlightOverlay
    notes: dict[int, list[Note]]
    waiting: dict[int, int]
    article_notes: list[Note]
    orphans: list[Note]
    to_be_placed: int
    rail: Rail
    ticks: list[Tick]
    links: list[Link]
    count: int
    shown: int
    resolved: int


def annotations_in_margin(
    viewer: Viewer, article: Article, version: ArticleVersion, filters: Filters | None = None
) -> Margin:
    """Return the margin of `article`; the number of queries does not grow with the marks."""
    chosen = Filters() if filters is None else filters
    everything = top_level(viewer, article, version)
    live = [row for row in everything if row.deleted_at is None]
    tagged = occurrences(viewer, article)
    shown = [r for r in everything if passes(viewer, r, tagged.get(r.number, ()), chosen)]
    placed = [row for row in shown if row.is_placed]
    apart = [row.number for row in shown if not row.is_placed and not row.is_waiting]
    links = list(link_rows(viewer, article))
    linked = links_by_annotation(links, article)
    replies = replies_by_parent(viewer, article)
    blocks = blocks_from_data(version.blocks)
    carried = _with_notes(viewer, placed, {*replies, *linked}, blocks, chosen.all_notes_of)
    talk = talk_in(viewer, article)
    whole = whole_annotations(article, [*carried, *apart])
    name_groups(viewer, [*whole.values(), *links])
    lost = lost_words(article, version, [row.number for row in shown if row.is_orphan])
    notes = {
        number: Note(
            annotation=annotation,
            occurrences=tagged.get(number, ()),
            replies=replies.get(number, ()),
            links=linked.get(number, ()),
            is_own=annotation.creator_id == viewer.user_id,
            may_resolve=viewer.is_staff or annotation.creator_id == viewer.user_id,
            lost=lost.get(number),
            talk=talk,
        )
        for number, annotation in whole.items()
    }
    by_block, waiting = _by_block(placed, notes, blocks)
    return Margin(
        overlay=HighlightOverlay(
            _painted(
                row,
                tagged.get(row.number, ()),
                is_linked=row.number in linked,
                has_note=row.number in carried,
            )
            for row in placed
        ),
        notes=by_block,
        waiting=waiting,
        article_notes=[notes[row.number] for row in shown if row.start is None],
        orphans=[notes[row.number] for row in shown if row.is_orphan],
        to_be_placed=sum(row.is_waiting for row in shown),
        rail=rail_of(viewer, live, tagged, chosen),
        ticks=_ticks(placed, tagged, len(version.text)),
        links=links,
        count=len(live),
        shown=sum(row.deleted_at is None for row in shown),
        resolved=sum(row.resolved_at is not None for row in shown if not row.deleted_at),
    )


def _with_notes(
    viewer: Viewer,
    placed: Sequence[Row],
    answered: Collection[int],
    blocks: Sequence[Block],
    whole_block: int | None,
) -> set[int]:
    """Return the numbers whose note is on the page: all of few, the best of many."""
    if len(placed) <= MOST_NOTES:
        return {row.number for row in placed}
    ranked = sorted(
        placed,
        key=lambda row: (
            row.creator_id == viewer.user_id,
            bool(row.said) or row.number in answered,
            row.created_at,
        ),
        reverse=True,
    )
    chosen = {row.number for row in ranked[:MOST_NOTES]}
    if whole_block is not None:
        chosen |= {row.number for row in placed if _block_number(blocks, row) == whole_block}
    return chosen


def _by_block(
    placed: Sequence[Row], notes: Mapping[int, Note], blocks: Sequence[Block]
) -> tuple[dict[int, list[Note]], dict[int, int]]:
    by_block: dict[int, list[Note]] = {}
    waiting: dict[int, int] = {}
    for row in placed:
        number = _block_number(blocks, row)
        if row.number in notes:
            by_block.setdefault(number, []).append(notes[row.number])
        else:
            waiting[number] = waiting.get(number, 0) + 1
    return by_block, waiting


def _block_number(blocks: Sequence[Block], row: Row) -> int:
    return block_at(blocks, row.start or 0) + 1


def _painted(row: Row, tagged: Sequence[Tagged], *, is_linked: bool, has_note: bool) -> Highlight:
    first = tagged[0] if tagged else None
    return Highlight(
        number=row.number,
        start=row.start or 0,
        end=row.end or 0,
        slot=first.slot if first else 0,
        person=row.shown_person,
        label=_label(row, first) if has_note else "",
        stance=first.stance if first else "",
        has_note=has_note,
        is_linked=is_linked,
        states=tuple(states_of(row)),
    )


def _label(row: Row, first: Tagged | None) -> str:
    """Return what a screen reader says of a mark."""
    if row.deleted_at is not None:
        return _("Deleted by its author")
    said = words_of(row.said)
    if first is not None:
        said = f"{first.label}, {ClaimOccurrence.Stance(first.stance).label}"
    told = f"{row.reader}: {said}" if said else row.reader
    return _("%(told)s, resolved") % {"told": told} if row.resolved_at else told


def states_of(item: Annotation | Row) -> list[str]:
    """Return the words for data-state that tell how `item` stands."""
    facts = {
        "resolved": item.resolved_at is not None,
        "private": item.audience == Audience.PRIVATE,
        "hidden": item.moderation != Moderation.APPROVED,
    }
    return [name for name, holds in facts.items() if holds]


def _ticks(
    placed: Sequence[Row], tagged: Mapping[int, Sequence[Tagged]], length: int
) -> list[Tick]:
    lanes: dict[int, int] = {}
    scale = TICK_SCALE / max(1, length)
    ticks = []
    for row in placed:
        lane = lanes.setdefault(row.creator_id, len(lanes) % LANES)
        claims = tagged.get(row.number)
        start, end = row.start or 0, row.end or 0
        ticks.append(
            Tick(
                number=row.number,
                slot=claims[0].slot if claims else 0,
                person=row.shown_person,
                stance=claims[0].stance if claims else "",
                x=lane * LANE_WIDTH,
                y=round(start * scale),
                height=max(round((end - start) * scale), LEAST_TICK),
            )
        )
    return ticks
