"""Quoted mail: the part of a source without the `>` signs before its lines, and the way back."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from corpus.importing.decisions import Decisions
from corpus.importing.mail import announces
from corpus.importing.passages import Line, lines_of
from corpus.importing.proposal import Fact, Piece, Proposal, Repair
from corpus.importing.split import Part
from corpus.text.spans import is_blank

_SIGNS = re.compile(r"[ \t]?(?:>[ \t]?)+")
_SIGN = re.compile(r"[ \t]?>[ \t]?")
# Without the head of a mail above them, so many lines, and such a share of all, are quoted mail.
_FEWEST_LINES = 4
_SHARE = 0.6
_KEYED = frozenset(["block", "line", "join"])


@dataclass(frozen=True)
class Unquoted:
    """One part of a source as `text`, without the signs at `signs` of source[start:end].

    Places within are offsets in `text`, those without in the source. `repairs` say which
    lines lost their signs.
    """

    text: str
    start: int
    end: int
    signs: Sequence[tuple[int, int]]
    repairs: Sequence[Repair]

    def within(self, decisions: Decisions) -> Decisions:
        """Return the decisions at their places within."""
        inner = self._inner
        return Decisions(
            {inner(start): kind for start, kind in decisions.blocks.items()},
            {inner(start): kind for start, kind in decisions.lines.items()},
            tuple(
                replace(repair, start=inner(repair.start), end=inner(repair.end))
                for repair in decisions.undone
            ),
            decisions.facts,
            tuple(self._inner_key(key) for key in decisions.order),
            {inner(start): inner(above) for start, above in decisions.joins.items()},
        )

    def without(self, proposal: Proposal) -> Proposal:
        """Return the proposal, which was made of `text`, at its places in the source."""
        first, last = self._first, self._last
        facts: dict[str, Any] = {
            name: replace(fact, evidence_start=first(fact.evidence_start))
            for name, fact in vars(proposal).items()
            if isinstance(fact, Fact) and fact.evidence_start is not None
        }
        return replace(
            proposal,
            **facts,
            source_start=self.start,
            source_end=self.end,
            paratext=tuple(
                replace(one, start=first(one.start), end=last(one.end)) for one in proposal.paratext
            ),
            repairs=(
                *self.repairs,
                *(
                    replace(one, start=first(one.start), end=last(one.end))
                    for one in proposal.repairs
                ),
            ),
            dropped=tuple(
                replace(one, start=first(one.start), end=last(one.end)) for one in proposal.dropped
            ),
            coverage=tuple(self._pieces(proposal.coverage)),
        )

    @cached_property
    def _kept(self) -> list[tuple[int, int, int]]:
        """Where what was kept begins within and without, and where it ends without."""
        ends = [self.start, *(end for _start, end in self.signs)]
        starts = [*(start for start, _end in self.signs), self.end]
        rows, reached = [], 0
        for start, end in zip(ends, starts, strict=True):
            rows.append((reached, start, end))
            reached += end - start
        return rows

    def _first(self, offset: int) -> int:
        """Return where the character text[offset] stands in the source."""
        rows = self._kept
        within, start, _end = rows[bisect_right(rows, offset, key=lambda row: row[0]) - 1]
        return start + offset - within

    def _last(self, offset: int) -> int:
        """Return where text[:offset] ends in the source."""
        return self._first(offset - 1) + 1 if offset else self.start

    def _inner(self, offset: int) -> int:
        """Return the place within of source[offset]; of a sign, that of what it stands before."""
        rows = self._kept
        index = max(0, bisect_right(rows, offset, key=lambda row: row[1]) - 1)
        within, start, end = rows[index]
        return within + min(max(0, offset - start), end - start)

    def _inner_key(self, key: str) -> str:
        what, _, place = key.partition(":")
        return f"{what}:{self._inner(int(place))}" if what in _KEYED else key

    def _pieces(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        reached = self.start
        for piece in pieces:
            if piece.start == piece.end:
                yield replace(piece, start=reached, end=reached)
                continue
            whole = piece.role in ("paratext", "repair")
            first, last = self._first(piece.start), self._last(piece.end)
            for start, end in [(first, last)] if whole else self._runs(first, last):
                if reached < start:
                    yield Piece(reached, start, "quote_sign")
                place = piece.text_start
                before = self._inner(start) - piece.start
                yield Piece(start, end, piece.role, None if place is None else place + before)
                reached = end
        if reached < self.end:
            yield Piece(reached, self.end, "quote_sign")

    def _runs(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield what was kept of source[first:last]."""
        rows = self._kept
        index = bisect_right(rows, first, key=lambda row: row[1]) - 1
        while index < len(rows) and rows[index][1] < last:
            start, end = max(first, rows[index][1]), min(last, rows[index][2])
            if start < end:
                yield start, end
            index += 1


def unquoted(source: str, part: Part, decisions: Decisions) -> Unquoted | None:
    """Return the part without the signs of quoted mail, None when it holds no quoted mail.

    A run that a curator wants as it was keeps its signs; where signs are all there is, they are
    the text.
    """
    if source.find(">", part.start, part.end) < 0:
        return None
    lines = [line for line in lines_of(source, part.start, part.end) if not is_blank(line.text)]
    quoted = sum(_SIGNS.match(line.text) is not None for line in lines)
    is_all = quoted >= max(_FEWEST_LINES, _SHARE * len(lines))
    signs: list[tuple[int, int]] = []
    repairs: list[Repair] = []
    for run in _quoted_runs(lines, every=is_all):
        own = list(_signs(run))
        if not decisions.is_undone("unquoted", own[0][0]):
            signs += own
            note = "the signs of quoted mail stood before the lines"
            repairs.append(Repair("unquoted", own[0][0], own[-1][1], ">", "", note))
    if not signs:
        return None
    starts = [part.start, *(end for _start, end in signs)]
    ends = [*(start for start, _end in signs), part.end]
    text = "".join(source[start:end] for start, end in zip(starts, ends, strict=True))
    if is_blank(text):
        return None
    return Unquoted(text, part.start, part.end, signs, repairs)


def _quoted_runs(lines: Sequence[Line], *, every: bool) -> Iterator[list[Line]]:
    """Yield the runs of quoted lines: those below the head of a mail, or all of them."""
    run: list[Line] = []
    is_mail = every
    for line in lines:
        if _SIGNS.match(line.text):
            is_mail = is_mail or (not run and announces(_plain(line)))
            run.append(line)
            continue
        if run and is_mail:
            yield run
        run, is_mail = [], every or announces(line.text)
    if run and is_mail:
        yield run


def _signs(run: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where the signs stand that all lines of the run have, but those of a mail's head.

    Lines with nothing but signs lose them all.
    """
    plain = {line.start: _plain(line) for line in run}
    full = [line for line in run if not is_blank(plain[line.start])]
    words = [line for line in full if not announces(plain[line.start])]
    depth = min((_depth(line) for line in words or full), default=1)
    for line in run:
        end, is_empty = 0, is_blank(plain[line.start])
        for _time in range(_depth(line) if is_empty else min(depth, _depth(line))):
            match = _SIGN.match(line.text, end)
            end = match.end() if match else end
        yield line.start, line.start + end


def _depth(line: Line) -> int:
    match = _SIGNS.match(line.text)
    return match.group().count(">") if match else 0


def _plain(line: Line) -> str:
    match = _SIGNS.match(line.text)
    return line.text[match.end() :] if match else line.text
