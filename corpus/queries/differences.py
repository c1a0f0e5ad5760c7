"""What changed between two texts, as a page shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from corpus.block_names import block_name
from corpus.models import ArticleVersion
from corpus.text.blocks import Block, blocks_from_data, marks_from_data
from corpus.text.difference import DiffBlock, Piece, difference
from corpus.text.editing import MarkedWords, missing_marks
from corpus.text.states import NewText

# So many blocks that stayed are shown beside a change; more of them are folded.
_AROUND = 1


@dataclass(frozen=True)
class ShownRow:
    """A block of the difference; `told` says in words what happened to it, in parts.

    `anchor` names a moved block, in the row of the place where it is now; the row of the
    place that it left, whose state is "moved_away", has it to lead there.
    """

    state: str
    kind: str
    pieces: Sequence[Piece]
    told: Sequence[str]
    anchor: str = ""


@dataclass(frozen=True)
class Stretch:
    """Rows that follow each other; folded, they all stayed as they were."""

    rows: Sequence[ShownRow]
    is_folded: bool


@dataclass(frozen=True)
class ShownDifference:
    """The whole of it, with how many blocks became what; each is counted once."""

    stretches: Sequence[Stretch]
    unchanged: int
    changed: int
    moved: int
    moved_changed: int
    added: int
    removed: int

    def __bool__(self) -> bool:
        return any((self.changed, self.moved, self.moved_changed, self.added, self.removed))


def shown_difference(before: NewText, after: NewText) -> ShownDifference:
    """Return how `after` differs from `before`; long stretches that stayed are folded."""
    rows = difference(before.text, before.blocks, after.text, after.blocks)
    states = [row.state for row in rows]
    return ShownDifference(
        list(_stretches(rows)),
        unchanged=states.count("same"),
        changed=states.count("changed"),
        moved=states.count("moved_here"),
        moved_changed=states.count("moved_changed"),
        added=states.count("added"),
        removed=states.count("removed"),
    )


def text_of(version: ArticleVersion) -> NewText:
    """Return the words of `version` with their blocks, links and stress."""
    return NewText(version.text, blocks_from_data(version.blocks), marks_from_data(version.marks))


def changed_marks(before: NewText, after: NewText) -> dict[str, Sequence[MarkedWords]]:
    """Return the links and stresses that are "lost" and "gained" from `before` to `after`."""
    return {"lost": missing_marks(before, after), "gained": missing_marks(after, before)}


def _stretches(rows: Sequence[DiffBlock]) -> Iterator[Stretch]:
    groups = [
        (is_same, [_shown(row) for row in part])
        for is_same, part in groupby(rows, key=lambda row: row.state == "same")
    ]
    for index, (is_same, part) in enumerate(groups):
        first = _AROUND if index > 0 else 0
        last = len(part) - (_AROUND if index < len(groups) - 1 else 0)
        if not is_same or last - first <= _AROUND:
            yield Stretch(part, is_folded=False)
            continue
        edges = ((part[:first], False), (part[first:last], True), (part[last:], False))
        yield from (Stretch(piece, is_folded) for piece, is_folded in edges if piece)


def _shown(row: DiffBlock) -> ShownRow:
    block = row.new if row.new is not None else row.old
    return ShownRow(
        row.state,
        block.kind if block else "",
        _trimmed(row.pieces),
        list(_told(row)),
        f"moved-{row.new.start}" if row.new and row.state.startswith("moved") else "",
    )


def _trimmed(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces without blanks that went at either end: nobody sees these."""
    shown = list(pieces)
    for end in (-1, 0):
        if len(shown) > 1 and shown[end].state == "removed" and not shown[end].text.strip():
            del shown[end]
    return shown


def _told(row: DiffBlock) -> Iterator[str]:
    whole = {
        "added": _("Added"),
        "removed": _("Removed"),
        "moved_here": _("Moved here"),
        "moved_changed": _("Moved here and changed"),
        "moved_away": _("Moved away"),
    }
    if row.state in whole:
        yield whole[row.state]
    elif row.state == "changed" and row.has_new_words:
        yield _("Changed")
    if row.is_split:
        yield _("Parted from the block above")
    if row.is_joined:
        yield _("Joined from several blocks")
    if row.has_new_kind and row.state != "moved_away":
        yield _("%(new)s, was: %(old)s") % {"new": _name(row.new), "old": _name(row.old)}


def _name(block: Block | None) -> str:
    return block_name(block.kind, block.level) if block else ""
