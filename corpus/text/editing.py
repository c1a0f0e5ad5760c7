"""A text as a curator edits it, block by block, and the new text that comes of it.

Source of what a text consists of: the offsets contract, design brief 12.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.text.alignment import Alignment, align
from corpus.text.blocks import BLOCK_SEPARATOR, Block, BlockKind, Mark, block_at
from corpus.text.spans import Span, is_blank, normalise
from corpus.text.states import NewText

LARGEST_TEXT = 1_000_000
"""Bytes, in UTF-8, of the largest text that is edited by hand."""

# Their lines are theirs; in the others a single line feed is a space.
_KEEPS_LINES = frozenset({"verse", "preformatted"})
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class EditedBlock:
    """A block as it is edited: its words without offsets; `level` is 1 to 6 for headings, else 0.

    The words may hold blank lines until they are settled.
    """

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True)
class LostMark:
    """A link or a stress whose words were changed, so that it is in the new text no more."""

    mark: Mark
    words: str


@dataclass(frozen=True)
class Edit:
    """The text that an edit makes, and the marks that are lost by it."""

    new: NewText
    lost: Sequence[LostMark]


def edited_blocks(text: str, blocks: Iterable[Block]) -> list[EditedBlock]:
    """Return the blocks of `text` as they are edited."""
    return [EditedBlock(block.kind, text[block.start : block.end], block.level) for block in blocks]


def settled(blocks: Iterable[EditedBlock], known: Collection[str]) -> list[EditedBlock]:
    """Return the blocks as they are stored.

    A blank line ends a block, but not in preformatted words; an emptied block goes away;
    words are put in NFC and trimmed. A block whose words are among the `known` ones, those
    of the text before, stays as it is to the letter.
    """
    return [
        EditedBlock(block.kind, part, block.level)
        for block in blocks
        for part in _parts(block, known)
    ]


def edit(before: NewText, blocks: Sequence[EditedBlock]) -> Edit:
    """Return `before` with the settled `blocks` for its text.

    Links and stresses stay where all their words stand, one after the other, in one block;
    what was to be looked at stays with a block that was not changed, paratext always.
    """
    new_blocks = list(_placed(blocks))
    text = BLOCK_SEPARATOR.join(block.text for block in blocks)
    alignment = align(before.text, text)
    marks, lost = [], []
    for mark in before.marks:
        span = _span_in_block(alignment, mark, new_blocks)
        if span is None:
            lost.append(LostMark(mark, before.text[mark.start : mark.end]))
        else:
            marks.append(Mark(mark.kind, span.start, span.end, mark.url))
    marks.sort(key=lambda mark: (mark.start, mark.end))
    flags = list(_flags(before, text, new_blocks, alignment))
    return Edit(NewText(text, new_blocks, marks, before.paratext, flags), lost)


def size_of(blocks: Iterable[EditedBlock]) -> int:
    """Return the size of the text of the settled `blocks`, in bytes of UTF-8."""
    sizes = [len(block.text.encode("utf-8", "surrogatepass")) for block in blocks]
    return sum(sizes) + len(BLOCK_SEPARATOR) * max(0, len(sizes) - 1)


def _parts(block: EditedBlock, known: Collection[str]) -> Iterator[str]:
    text = normalise(block.text)
    if text in known:
        yield text
        return
    parts = [text] if block.kind == "preformatted" else _BLANK_LINE.split(text)
    for part in parts:
        lines = [line.rstrip() for line in part.split("\n")]
        if block.kind not in _KEEPS_LINES:
            lines = [" ".join(filter(None, map(str.strip, lines)))]
        kept = "\n".join(lines).strip("\n")
        if not is_blank(kept):
            yield kept


def _placed(blocks: Iterable[EditedBlock]) -> Iterator[Block]:
    start = 0
    for block in blocks:
        end = start + len(block.text)
        yield Block(block.kind, start, end, block.level)
        start = end + len(BLOCK_SEPARATOR)


def _span_in_block(alignment: Alignment, mark: Mark, blocks: Sequence[Block]) -> Span | None:
    found = alignment.span(mark.start, mark.end) or alignment.moved_span(mark.start, mark.end)
    if found is None:
        return None
    block = blocks[block_at(blocks, found.start)]
    return found if found.end <= block.end else None


def _flags(
    before: NewText, text: str, blocks: Sequence[Block], alignment: Alignment
) -> Iterator[dict[str, Any]]:
    """Yield what is still to be looked at: a changed block was looked at by who changed it."""
    starts = {text[block.start : block.end]: block.start for block in reversed(blocks)}
    for flag in before.flags:
        old = before.blocks[block_at(before.blocks, flag["start"])] if before.blocks else None
        if old is None or flag["end"] > old.end:
            start, end = alignment.place(flag["start"]), alignment.place(flag["end"])
        elif (words := before.text[old.start : old.end]) in starts:
            shift = starts[words] - old.start
            start, end = flag["start"] + shift, flag["end"] + shift
        else:
            continue
        yield {**flag, "start": start, "end": end}
