"""What the format of a source tells of its lines, which in a plain text the rules must guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.importing.labels import Label
from corpus.text.blocks import BlockKind


@dataclass(frozen=True)
class Known:
    """Lines beside the text as `labels`, in order, and `kinds` of blocks by where they begin.

    `joins` tell where a passage begins that goes on with the one which begins at the value.
    Where paragraphs `are_whole`, their ends are those that the writer made. A text that
    `is_written` has links and stress in the notation of `corpus.text.notation`, line by line, and
    no sign in it means anything else.
    """

    labels: tuple[Label, ...] = ()
    kinds: Mapping[int, BlockKind] = field(default_factory=dict)
    joins: Mapping[int, int] = field(default_factory=dict)
    are_whole: bool = False
    is_written: bool = False


NOTHING_KNOWN = Known()
