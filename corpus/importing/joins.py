"""Passages that a curator joined with the piece above them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.importing.blocks import Settled
from corpus.importing.decisions import Decisions
from corpus.importing.hyphens import cuts_a_word, goes_on_after_hyphen
from corpus.importing.passages import Fragment, LinkedWords, Passage
from corpus.importing.proposal import Repair

# So much of a passage shows whether a word was cut where it meets the next one.
_LONGEST_WORD = 40
_LINED = ("verse", "preformatted")


@dataclass(frozen=True)
class _Seam:
    """How two passages meet: how much of the first goes, and what comes between them."""

    cut: int
    words: str


def joined_above(settled: Sequence[Settled], decisions: Decisions) -> list[Settled]:
    """Return the passages, those that were said to be one with the piece above joined to it.

    What stands beside the text between the two stays there; with text between them they are
    not joined, nor is what stands beside the text itself.
    """
    kept: list[Settled] = []
    places: dict[int, int] = {}
    for one in settled:
        start = one.passage.first_shown
        above = places.get(decisions.joins.get(start, -1)) if one.is_text else None
        if above is None or any(other.is_text for other in kept[above + 1 :]):
            places[start] = len(kept)
            kept.append(one)
        else:
            places[start] = above
            passage = _joined(kept[above].passage, one.passage, decisions)
            kept[above] = replace(kept[above], passage=passage)
    return kept


def _joined(above: Passage, passage: Passage, decisions: Decisions) -> Passage:
    seam = _seam(above, passage, decisions)
    fragments, repairs = above.fragments, above.repairs
    if seam.cut:
        last = fragments[-1]
        hyphen = Fragment(last.end - 1, last.end, "repair", "")
        fragments = (
            *fragments[:-1],
            replace(last, end=hyphen.start, words=last.words[:-1]),
            hyphen,
        )
        note = "a word was cut in two where pieces were joined"
        repairs = (
            *repairs,
            Repair("hyphen_removed", hyphen.start, hyphen.end, "-", "", note),
        )
    between = Fragment(above.end, above.end, "white_space", seam.words)
    length = len(above.text) - seam.cut + len(seam.words)
    moved = [
        LinkedWords(length + link.start, length + link.end, link.url) for link in passage.links
    ]
    return replace(
        above,
        fragments=(*fragments, between, *passage.fragments),
        links=(*above.links, *moved),
        stress=(
            *above.stress,
            *(
                replace(mark, start=length + mark.start, end=length + mark.end)
                for mark in passage.stress
            ),
        ),
        repairs=(*repairs, *passage.repairs),
        doubts=(*above.doubts, *passage.doubts),
    )


def _seam(above: Passage, passage: Passage, decisions: Decisions) -> _Seam:
    if above.shape in _LINED:
        return _Seam(0, "\n")
    last = above.fragments[-1]
    before, after = above.text[-_LONGEST_WORD:], passage.text[:_LONGEST_WORD]
    is_kept = last.role != "text" or decisions.is_undone("hyphen_removed", last.end - 1)
    if not is_kept and cuts_a_word(before, after):
        return _Seam(1, "")
    return _Seam(0, "" if goes_on_after_hyphen(before, after) else " ")
