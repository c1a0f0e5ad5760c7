"""Blocks, marks and paratext of an article version, and their JSON form.

Offsets of blocks and marks are code points, half-open, in the version's text; those of
paratext are in the text of the source file as read (see corpus.importing.read).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

BLOCK_SEPARATOR = "\n\n"

BlockKind = Literal[
    "standfirst",
    "heading",
    "paragraph",
    "quotation",
    "list_item",
    "verse",
    "preformatted",
    "caption",
    "correction",
]
MarkKind = Literal["link", "emphasis", "strong"]
ParatextKind = Literal["title", "by_line", "credit", "boilerplate", "author_note", "source_line"]


@dataclass(frozen=True)
class Block:
    """One block of a version's text: text[start:end]; `level` is 1 to 6 for headings, else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True)
class Mark:
    """Words within one block that are linked or stressed; `url` is empty unless kind is link."""

    kind: MarkKind
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True)
class Paratext:
    """Words kept beside the text; `start` and `end` are offsets in the source."""

    kind: ParatextKind
    text: str
    start: int
    end: int


def block_at(blocks: Sequence[Block], offset: int) -> int:
    """Return the index of the block that holds `offset`.

    Between two blocks it is the earlier one, before the first block it is 0.
    Raises ValueError when there are no blocks.
    """
    if not blocks:
        raise ValueError("a text without blocks has no block at any offset")
    return max(0, bisect_right(blocks, offset, key=lambda block: block.start) - 1)


def blocks_touching(blocks: Sequence[Block], start: int, end: int) -> range:
    """Return the indexes of the blocks that share at least one character with start..end."""
    indexes = [
        index for index, block in enumerate(blocks) if block.start < end and start < block.end
    ]
    return range(indexes[0], indexes[-1] + 1) if indexes else range(0)


def blocks_to_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return the blocks as dicts of JSON values: kind, start, end, level."""
    return [{**vars(block)} for block in blocks]


def blocks_from_data(rows: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that `blocks_to_data` made the rows from."""
    return tuple(Block(row["kind"], row["start"], row["end"], row.get("level", 0)) for row in rows)


def marks_to_data(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Return the marks as dicts of JSON values: kind, start, end, url."""
    return [{**vars(mark)} for mark in marks]


def marks_from_data(rows: Iterable[dict[str, Any]]) -> tuple[Mark, ...]:
    """Return the marks that `marks_to_data` made the rows from."""
    return tuple(Mark(row["kind"], row["start"], row["end"], row.get("url", "")) for row in rows)


def paratext_to_data(paratext: Iterable[Paratext]) -> list[dict[str, Any]]:
    """Return the paratext as dicts of JSON values: kind, text, start, end."""
    return [{**vars(piece)} for piece in paratext]


def paratext_from_data(rows: Iterable[dict[str, Any]]) -> tuple[Paratext, ...]:
    """Return the paratext that `paratext_to_data` made the rows from."""
    return tuple(Paratext(row["kind"], row["text"], row["start"], row["end"]) for row in rows)
