"""Runs of words that two texts share: fingerprints to find them by, and the runs themselves.

Fingerprints are hashes of RUN_LENGTH folded words in a row, of which winnowing keeps the
least of each WINDOW: two texts that share GUARANTEED words in a row have one in common,
and two in seven of all runs are kept. Source: Schleimer, Wilkerson, Aiken, "Winnowing",
SIGMOD 2003. Between quotation marks every run is kept: there short ones count too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from corpus.text.hashing import stable_hash
from corpus.text.words import Word, words_with_offsets

# Fewer words in a row are the same by chance.
RUN_LENGTH = 8
WINDOW = 6
GUARANTEED = RUN_LENGTH + WINDOW - 1
# What follows is not compared: no news article is as long, and it bounds the work.
MOST_WORDS = 20_000

# Characters read to each side of a place that two texts share; where a run is longer, more.
_REACH = 600

_ADDRESS = re.compile(r"(?:\bhttps?://|\bwww\.)\S+")
# Within a line: a mark that is never closed quotes nothing of what follows.
_QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"|«[^«»\n]+»|‘[^‘\n]+?’(?!\w)")


class Fingerprint(NamedTuple):
    """A run of RUN_LENGTH words: text[start:end], and the `hash` of its folded words."""

    hash: int
    start: int
    end: int


class SharedRun(NamedTuple):
    """The same words in two texts: ours[start:end] and theirs[their_start:their_end].

    Offsets are code points, half-open; `words` are the folded words, in order.
    """

    start: int
    end: int
    their_start: int
    their_end: int
    words: tuple[str, ...]


def compared_words(text: str, words: Iterable[Word]) -> list[Word]:
    """Return those of the `words` of `text` that runs are made of.

    The parts of a written-out address are no words; of a long text MOST_WORDS are read.
    """
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    if not addresses:
        return list(islice(words, MOST_WORDS))
    return list(islice(_outside(addresses, words), MOST_WORDS))


def fingerprints(text: str, words: Sequence[Word]) -> list[Fingerprint]:
    """Return the fingerprints of `text` with these `compared_words`, in reading order.

    Each stands once; a text of fewer than RUN_LENGTH words has none.
    """
    hashes = _hashes([word.folded for word in words])
    found: dict[int, Fingerprint] = {}
    for place in sorted({*_winnowed(hashes), *_quoted(text, words)}):
        start, end = words[place].start, words[place + RUN_LENGTH - 1].end
        found.setdefault(hashes[place], Fingerprint(hashes[place], start, end))
    return list(found.values())


def shared_runs(our_text: str, their_text: str) -> list[SharedRun]:
    """Return the runs of at least RUN_LENGTH words that both texts have, in our order.

    None is part of another; where the same words stand more than once, the first are taken.
    A run of fewer than GUARANTEED words may be missed.
    """
    ours = compared_words(our_text, words_with_offsets(our_text))
    theirs = compared_words(their_text, words_with_offsets(their_text))
    their_starts = {run.hash: run.start for run in fingerprints(their_text, theirs)}
    our_index = {word.start: index for index, word in enumerate(ours)}
    their_index = {word.start: index for index, word in enumerate(theirs)}
    found: list[SharedRun] = []
    reached = 0
    for mark in fingerprints(our_text, ours):
        first = our_index[mark.start]
        if mark.hash not in their_starts or first < reached:
            continue
        shift = their_index[their_starts[mark.hash]] - first
        run = _grown(ours, theirs, first, shift)
        begin = max(run.start, reached)
        if run.stop - begin >= RUN_LENGTH:
            found.append(_shared(ours[begin : run.stop], theirs[begin + shift :]))
            reached = run.stop
    return found


def longest_run_between(
    our_text: str, their_text: str, places: Sequence[tuple[int, int]]
) -> SharedRun | None:
    """Return what `longest_shared_run` finds in the compared words of two texts.

    Of both texts only what stands round `places` is cut into words.
    """
    reach = _REACH
    while True:
        ours = _words_round(our_text, {ours for ours, _theirs in places}, reach)
        theirs = _words_round(their_text, {theirs for _ours, theirs in places}, reach)
        run = longest_shared_run(ours, theirs, places)
        if run is None or _length(run) < reach * 3 // 4 or reach > len(our_text + their_text):
            return run
        reach *= 8


def longest_shared_run(
    ours: Sequence[Word], theirs: Sequence[Word], places: Iterable[tuple[int, int]]
) -> SharedRun | None:
    """Return the longest run round `places` that both texts have, the first of equal ones.

    Each place is where words begin in our text and where the same ones begin in theirs;
    the run is grown from there to both sides. None when no run has RUN_LENGTH words.
    """
    our_index = {word.start: index for index, word in enumerate(ours)}
    their_index = {word.start: index for index, word in enumerate(theirs)}
    best, best_shift = range(0), 0
    grown_to: dict[int, int] = {}
    for our_start, their_start in sorted(places):
        first, their_first = our_index.get(our_start), their_index.get(their_start)
        if first is None or their_first is None:
            continue
        shift = their_first - first
        if first >= grown_to.get(shift, 0):
            run = _grown(ours, theirs, first, shift)
            grown_to[shift] = run.stop
            if len(run) > len(best):
                best, best_shift = run, shift
    if len(best) < RUN_LENGTH:
        return None
    return _shared(ours[best.start : best.stop], theirs[best.start + best_shift :])


def _words_round(text: str, places: Iterable[int], reach: int) -> list[Word]:
    """Return the compared words at most `reach` from `places`; a gap is a word without letters."""
    read: list[list[int]] = []
    for place in sorted(places):
        start, end = max(0, place - reach), min(len(text), place + reach)
        if read and start <= read[-1][1]:
            read[-1][1] = end
        else:
            read.append([start, end])
    return compared_words(text, _with_gaps(text, read))


def _with_gaps(text: str, read: Iterable[Sequence[int]]) -> Iterator[Word]:
    for start, end in read:
        yield from words_with_offsets(text, start, end)
        yield Word("", end, end)


def _length(run: SharedRun) -> int:
    """Return the characters of `run` in the text where it takes more."""
    return max(run.end - run.start, run.their_end - run.their_start)


def _outside(spans: Iterable[tuple[int, int]], words: Iterable[Word]) -> Iterator[Word]:
    """Yield the words that begin in none of `spans`; both are in order."""
    following = iter(spans)
    start, end = next(following, (0, 0))
    for word in words:
        while end and word.start >= end:
            start, end = next(following, (0, 0))
        if not start <= word.start < end:
            yield word


def _hashes(words: Sequence[str]) -> list[int]:
    """Return the hash of each run of `words`, in order; all are cut from one line."""
    line = " ".join(words).encode("utf-8", "surrogatepass")
    ends = [*accumulate(len(word.encode("utf-8", "surrogatepass")) + 1 for word in words)]
    starts = [0, *ends]
    return [
        stable_hash(line[start : end - 1])
        for start, end in zip(starts, ends[RUN_LENGTH - 1 :], strict=False)
    ]


def _winnowed(hashes: Sequence[int]) -> list[int]:
    """Return the index of the least hash of each WINDOW, the last one where some are equal."""
    kept: list[int] = []
    for last in range(max(0, min(WINDOW, len(hashes)) - 1), len(hashes)):
        first = max(0, last - WINDOW + 1)
        if not kept or kept[-1] < first:
            window = range(last, first - 1, -1)
            kept.append(min(window, key=hashes.__getitem__))
        elif hashes[last] <= hashes[kept[-1]]:
            kept.append(last)
    return kept


def _quoted(text: str, words: Sequence[Word]) -> Iterator[int]:
    """Yield the index of the first word of each run between two quotation marks."""
    index, last = 0, len(words) - RUN_LENGTH
    for match in _QUOTED.finditer(text, 0, words[-1].end + 1 if words else 0):
        while index <= last and words[index].start < match.start():
            index += 1
        while index <= last and words[index + RUN_LENGTH - 1].end <= match.end():
            yield index
            index += 1


def _grown(ours: Sequence[Word], theirs: Sequence[Word], first: int, shift: int) -> range:
    """Return the indexes round `first` at which both texts have the same words.

    `shift` further on stand the words in their text.
    """
    start, stop = first, first
    while _is_same(ours, theirs, start - 1, shift):
        start -= 1
    while _is_same(ours, theirs, stop, shift):
        stop += 1
    return range(start, stop)


def _is_same(ours: Sequence[Word], theirs: Sequence[Word], index: int, shift: int) -> bool:
    """Say whether the same word stands in both texts; a gap is no word."""
    if not (0 <= index < len(ours) and 0 <= index + shift < len(theirs)):
        return False
    word = ours[index].folded
    return word != "" and word == theirs[index + shift].folded


def _shared(our_run: Sequence[Word], theirs: Sequence[Word]) -> SharedRun:
    """Return the run that is all of `our_run`, and with which `theirs` begins."""
    return SharedRun(
        our_run[0].start,
        our_run[-1].end,
        theirs[0].start,
        theirs[len(our_run) - 1].end,
        tuple(word.folded for word in our_run),
    )
