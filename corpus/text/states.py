"""One state of an article's text, before it is stored as a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.text.blocks import Block, Mark, Paratext
from corpus.text.spans import normalise


@dataclass(frozen=True)
class NewText:
    """A text with its blocks and marks, and what is kept beside it.

    `text` is NFC with line feeds; blocks and marks count in it, blocks in reading order.
    `flags` are what a curator should look at: {"kind", "start", "end", "note", "values"} in
    `text`; older ones have no values.
    """

    text: str
    blocks: Sequence[Block]
    marks: Sequence[Mark] = ()
    paratext: Sequence[Paratext] = ()
    flags: Sequence[dict[str, Any]] = ()


def check(new: NewText) -> None:
    """Raise ValueError unless `new` keeps the offsets contract."""
    if normalise(new.text) != new.text:
        raise ValueError("the text is not in NFC with line feeds")
    reached = 0
    for block in new.blocks:
        if not reached <= block.start < block.end <= len(new.text):
            raise ValueError(f"block {block} stands in no order in {len(new.text)} characters")
        reached = block.end
    for mark in new.marks:
        if not 0 <= mark.start < mark.end <= len(new.text):
            raise ValueError(f"mark {mark} is no span of {len(new.text)} characters")
