"""The proof that an import lost nothing: every character of the source is accounted for once."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from corpus.importing.errors import CoverageError
from corpus.importing.inline import READ
from corpus.importing.proposal import Piece, Proposal, Repair
from corpus.text.spans import is_blank

_NOTATION = frozenset("*_[]()")


def assert_covered(
    source: str, proposals: Sequence[Proposal], *, start: int = 0, end: int | None = None
) -> None:
    """Check that the proposals' pieces cover source[start:end], each once, and tell the truth.

    Text pieces must stand in the text as they do in the source, white space must be blank,
    paratext, addresses and repairs must be recorded, and the text must hold nothing else but
    spaces. Raises CoverageError with the offset in the source.
    """
    offset = start
    for proposal in proposals:
        for piece in proposal.coverage:
            if piece.start != offset:
                raise CoverageError(min(piece.start, offset), "a gap or an overlap was found")
            offset = piece.end
        _check_pieces(source, proposal)
        _check_text(proposal)
    if offset != (len(source) if end is None else end):
        raise CoverageError(offset, "the rest was left out")


def _check_pieces(source: str, proposal: Proposal) -> None:
    urls = {mark.url for mark in proposal.marks}
    repaired = {(repair.start, repair.end) for repair in proposal.repairs}
    marked = _Within(repair for repair in proposal.repairs if repair.kind in READ.values())
    kept = {(piece.start, piece.end) for piece in proposal.paratext}
    for piece in proposal.coverage:
        words = source[piece.start : piece.end]
        if piece.role == "text" and not _stands(proposal.text, words, piece.text_start):
            raise CoverageError(piece.start, "words were changed")
        if piece.role == "white_space" and not is_blank(words):
            raise CoverageError(piece.start, "words were taken for white space")
        if piece.role == "quote_sign" and not is_blank(words.replace(">", "")):
            raise CoverageError(piece.start, "words were taken for the signs of quoted mail")
        if piece.role == "link_address" and words.strip("<>") not in urls:
            raise CoverageError(piece.start, "the address of a link was lost")
        is_recorded = (piece.start, piece.end) in repaired or (
            _NOTATION.issuperset(words) and marked.hold(piece)
        )
        if piece.role == "repair" and words and not is_recorded:
            raise CoverageError(piece.start, "a repair was not recorded")
        if piece.role == "paratext" and (piece.start, piece.end) not in kept:
            raise CoverageError(piece.start, "a line beside the text was lost")


class _Within:
    """Which pieces stand within what some repairs changed."""

    def __init__(self, repairs: Iterable[Repair]) -> None:
        spans = sorted((repair.start, repair.end) for repair in repairs)
        self._starts = [start for start, _end in spans]
        self._ends = list(accumulate((end for _start, end in spans), max))

    def hold(self, piece: Piece) -> bool:
        """Say whether one of the repairs begins before the piece and ends behind it."""
        index = bisect_right(self._starts, piece.start)
        return index > 0 and piece.end <= self._ends[index - 1]


def _stands(text: str, words: str, start: int | None) -> bool:
    return start is not None and text.startswith(words, start)


def _check_text(proposal: Proposal) -> None:
    """Check that the text has no words that the source does not have."""
    done = 0
    for piece in proposal.coverage:
        if piece.text_start is None:
            continue
        if not is_blank(proposal.text[done : piece.text_start]):
            raise CoverageError(piece.start, "words were added before this place")
        done = piece.text_start + piece.end - piece.start
    if not is_blank(proposal.text[done:]):
        raise CoverageError(proposal.source_end, "words were added at the end")
