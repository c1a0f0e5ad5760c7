"""Lines beside the text as a curator wants them: labels kept, changed, taken back or made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from corpus.importing.decisions import CURATOR, Decisions
from corpus.importing.labels import Label
from corpus.importing.passages import Line, whole_line
from corpus.text.blocks import ParatextKind
from corpus.text.spans import is_blank

_LEFT_OUT = "a curator left it out"
_SAID_SO = "a curator said so"


def labels_by_hand(lines: Sequence[Line], decisions: Decisions) -> list[Label]:
    """Return the lines that a curator put beside the text, in order."""
    if not decisions.lines:
        return []
    shown = (whole_line(line) for line in lines if not is_blank(line.text))
    return [
        Label(line, cast(ParatextKind, kind), CURATOR, _LEFT_OUT)
        for line in shown
        if (kind := decisions.line_at(line.start))
    ]


def kept(labels: Sequence[Label], decisions: Decisions) -> Iterator[Label]:
    """Yield the labels without those that are text, each of the kind that it is said to be."""
    for label in labels:
        kind = decisions.block_at(label.line.start)
        if label.kind == "title" and decisions.title_at not in (None, label.line.start):
            why = "it was taken for the title before another line was chosen"
            yield Label(label.line, "boilerplate", "replaced_title", why)
        elif not kind or kind == label.kind:
            yield label
        elif not decisions.is_text_at(label.line.start):
            # What a rule read in the line goes with the kind of line that it took it for; what a
            # curator says that it is, is read anew.
            yield replace(label, kind=cast(ParatextKind, kind), rule=CURATOR, why=_SAID_SO, says=())


def lines_apart(
    lines: Sequence[Line], labels: Sequence[Label], decisions: Decisions
) -> dict[int, int]:
    """Return the starts of the lines that a curator made text, by those of their labels.

    Such lines stand by themselves and join neither the words before nor those behind.
    """
    taken_back = {
        label.line.start: label.line.end
        for label in labels
        if decisions.is_text_at(label.line.start)
    }
    apart: dict[int, int] = {}
    current, end = 0, -1
    for line in lines if taken_back or decisions.lines else ():
        start = whole_line(line).start
        if start in taken_back or decisions.is_text_line(start):
            current, end = start, taken_back.get(start, line.end)
        if start < end:
            apart[line.start] = current
    return apart
