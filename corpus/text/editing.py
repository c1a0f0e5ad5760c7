"""A text as a curator edits it, block by block, and the new text that comes of it.

Source of what a text consists of: the offsets contract, design brief 12.
"""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.text.alignment import Alignment, align
from corpus.text.blocks import BLOCK_SEPARATOR, Block, BlockKind, Mark, block_at
from corpus.text.notation import Inline, read, written
from corpus.text.spans import Span, is_blank, normalise
from corpus.text.states import NewText

LARGEST_TEXT = 1_000_000
"""Bytes, in UTF-8, of the largest text that is edited by hand."""

KEEPS_LINES = frozenset({"verse", "preformatted"})
"""Kinds of block whose lines are theirs; in the others a single line feed is a space."""

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class EditedBlock:
    """A block as it is edited; `level` is 1 to 6 for headings, else 0.

    `text` are its words with links and stress in the notation of corpus.text.notation; it
    may hold blank lines until it is settled.
    """

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True)
class MarkedWords:
    """A link or a stress and its words; offsets count in the text that it is of."""

    mark: Mark
    words: str


@dataclass(frozen=True)
class Edit:
    """The text that an edit makes, and the marks that went and came by it."""

    new: NewText
    lost: Sequence[MarkedWords]
    gained: Sequence[MarkedWords]


def edited_blocks(
    text: str, blocks: Sequence[Block], marks: Iterable[Mark] = ()
) -> list[EditedBlock]:
    """Return the blocks of `text` as they are edited."""
    within = _within(blocks, marks)
    return [
        EditedBlock(block.kind, written(text[block.start : block.end], within[index]), block.level)
        for index, block in enumerate(blocks)
    ]


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


def refused_addresses(blocks: Iterable[EditedBlock], known: Collection[str]) -> list[str]:
    """Return the addresses in `blocks`, as they were typed, that cannot be linked.

    `known` is as in `settled`.
    """
    parts = (part for block in blocks for part in _typed_parts(block, known))
    return [address for part in parts for address in read(part).refused]


def edit(before: NewText, blocks: Sequence[EditedBlock]) -> Edit:
    """Return `before` with the settled `blocks` for its text.

    Links and stresses are those of the notation. One that cannot be written in it stays
    where all its words stand, one after the other, in one block. What was to be looked at
    stays with a block that was not changed, paratext always.
    """
    kept = _kept(edited_blocks(before.text, before.blocks, before.marks), blocks)
    inlines = list(_inlines(before, blocks, kept))
    text = BLOCK_SEPARATOR.join(inline.text for inline in inlines)
    new_blocks = list(_placed(blocks, inlines))
    new_marks = [
        _shifted(mark, block.start)
        for block, inline in zip(new_blocks, inlines, strict=True)
        for mark in inline.marks
    ]
    alignment = align(before.text, text)
    new_marks += _unwritten(before, set(kept.values()), alignment, new_blocks)
    if set(new_marks) == set(before.marks):
        new_marks = list(before.marks)
    else:
        new_marks.sort(key=lambda mark: (mark.start, mark.end))
    flags = list(_flags(before, text, new_blocks, alignment))
    new = NewText(text, new_blocks, new_marks, before.paratext, flags)
    return Edit(new, missing_marks(before, new), missing_marks(new, before))


def missing_marks(one: NewText, other: NewText) -> list[MarkedWords]:
    """Return the marks of `one` that `other` lacks: an address, or stressed words."""
    there = Counter(_named(other, mark) for mark in other.marks)
    missing = []
    for mark in one.marks:
        name = _named(one, mark)
        there[name] -= 1
        if there[name] < 0:
            missing.append(MarkedWords(mark, one.text[mark.start : mark.end]))
    return missing


def size_of(blocks: Iterable[EditedBlock]) -> int:
    """Return the size of the text of the settled `blocks`, in bytes of UTF-8."""
    sizes = [len(read(block.text).text.encode("utf-8", "surrogatepass")) for block in blocks]
    return sum(sizes) + len(BLOCK_SEPARATOR) * max(0, len(sizes) - 1)


def _parts(block: EditedBlock, known: Collection[str]) -> Iterator[str]:
    for part in _typed_parts(block, known):
        inline = read(part)
        yield part if part in known else written(inline.text, inline.marks)


def _typed_parts(block: EditedBlock, known: Collection[str]) -> Iterator[str]:
    text = normalise(block.text)
    if text in known:
        yield text
        return
    parts = [text] if block.kind == "preformatted" else _BLANK_LINE.split(text)
    for part in parts:
        lines = [line.rstrip() for line in part.split("\n")]
        if block.kind not in KEEPS_LINES:
            lines = [" ".join(filter(None, map(str.strip, lines)))]
        kept = "\n".join(lines).strip("\n")
        if not is_blank(kept):
            yield kept


def _within(blocks: Sequence[Block], marks: Iterable[Mark]) -> list[list[Mark]]:
    """Return the marks in each of `blocks`, counted from its beginning."""
    within: list[list[Mark]] = [[] for _block in blocks]
    for mark in marks:
        place = block_at(blocks, mark.start) if blocks else 0
        if blocks and mark.end <= blocks[place].end:
            within[place].append(_shifted(mark, -blocks[place].start))
    return within


def _shifted(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)


def _kept(old: Sequence[EditedBlock], new: Sequence[EditedBlock]) -> dict[int, int]:
    """Return by the indexes of `new` blocks which `old` one they are to the letter."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(old):
        places.setdefault(block.text, []).append(index)
    return {
        index: places[block.text].pop(0)
        for index, block in enumerate(new)
        if places.get(block.text)
    }


def _inlines(
    before: NewText, blocks: Sequence[EditedBlock], kept: Mapping[int, int]
) -> Iterator[Inline]:
    """Yield the words of each of `blocks`; what was `kept` of the old ones is so to the letter."""
    within = _within(before.blocks, before.marks)
    for index, block in enumerate(blocks):
        if (same := kept.get(index)) is not None:
            place = before.blocks[same]
            yield Inline(before.text[place.start : place.end], tuple(within[same]))
        else:
            yield read(block.text)


def _unwritten(
    before: NewText, kept: Collection[int], alignment: Alignment, blocks: Sequence[Block]
) -> Iterator[Mark]:
    """Yield, in its new place, what the notation could not show of the blocks that changed."""
    within = _within(before.blocks, before.marks)
    for index, block in enumerate(before.blocks):
        if index in kept or not within[index]:
            continue
        shown = read(written(before.text[block.start : block.end], within[index])).marks
        for mark in set(within[index]) - set(shown):
            old = _shifted(mark, block.start)
            if span := _span_in_block(alignment, old, blocks):
                yield Mark(mark.kind, span.start, span.end, mark.url)


def _named(text: NewText, mark: Mark) -> Hashable:
    return mark.kind, mark.url or text.text[mark.start : mark.end]


def _placed(blocks: Iterable[EditedBlock], inlines: Iterable[Inline]) -> Iterator[Block]:
    start = 0
    for block, inline in zip(blocks, inlines, strict=True):
        end = start + len(inline.text)
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
