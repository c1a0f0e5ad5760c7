"""Runs of words that two texts share, and the fingerprints that lead to them."""

from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.text.runs import (
    GUARANTEED,
    MOST_WORDS,
    RUN_LENGTH,
    WINDOW,
    Fingerprint,
    compared_words,
    fingerprints,
    longest_run_between,
    longest_shared_run,
    shared_runs,
)
from corpus.text.words import Word, words_with_offsets

# Few words, so that runs repeat within a text and across texts.
WORD = st.sampled_from(["a", "Bee", "café", "dör", "e", "7", "ﬁg", "naïve"])
TEXT = st.lists(WORD, max_size=60).map(" ".join)
SHARED = st.lists(WORD, min_size=GUARANTEED, max_size=30).map(" ".join)


def _words(text: str) -> list[Word]:
    return compared_words(text, words_with_offsets(text))


def _prints(text: str) -> list[Fingerprint]:
    return fingerprints(text, _words(text))


def _hashes(text: str) -> set[int]:
    return {item.hash for item in _prints(text)}


def _numbered(length: int, first: int = 0) -> str:
    return " ".join(f"w{number}" for number in range(first, first + length))


@given(TEXT, TEXT, TEXT, TEXT, SHARED)
def test_texts_with_a_long_run_in_common_share_a_fingerprint(
    before: str, after: str, other_before: str, other_after: str, shared: str
) -> None:
    one, other = f"{before} {shared} {after}", f"{other_before} {shared} {other_after}"
    assert _hashes(one) & _hashes(other)


@given(TEXT, TEXT)
def test_a_shared_fingerprint_stands_for_the_same_words(one: str, other: str) -> None:
    theirs = {item.hash: item for item in _prints(other)}
    for ours in _prints(one):
        if ours.hash in theirs:
            same = theirs[ours.hash]
            assert _folded(one, ours.start, ours.end) == _folded(other, same.start, same.end)
            assert len(_folded(one, ours.start, ours.end)) == RUN_LENGTH


@given(TEXT)
def test_fingerprints_are_in_reading_order_and_each_once(text: str) -> None:
    found = _prints(text)
    assert [item.start for item in found] == sorted({item.start for item in found})
    assert len({item.hash for item in found}) == len(found)
    assert bool(found) == (len(text.split()) >= RUN_LENGTH)


def test_the_fingerprints_of_a_text_are_the_same_in_every_process() -> None:
    assert _prints("It was the best of times, it was the worst of times") == [
        Fingerprint(hash=562317035084349384, start=7, end=42)
    ]


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»"])
@given(TEXT, TEXT, TEXT, TEXT, st.lists(WORD, min_size=RUN_LENGTH, max_size=12).map(" ".join))
def test_texts_with_a_short_quotation_in_common_share_a_fingerprint(
    marks: str, before: str, after: str, other_before: str, other_after: str, quote: str
) -> None:
    quote = f"{marks[0]}{quote}{marks[1]}"
    one, other = f"{before} {quote} {after}", f"{other_before} {quote}, {other_after}"
    assert _hashes(one) & _hashes(other)


def test_a_quotation_mark_that_is_never_closed_quotes_nothing() -> None:
    text = _numbered(300)
    for mark in ["“", '"', "‘", "«", "“\n", "the dogs’ "]:
        assert len(_prints(f"{mark}{text}")) < 120


def test_all_runs_between_quotation_marks_are_kept_and_none_that_leaves_them() -> None:
    text = f"{_numbered(30)} “{_numbered(20, 100)}” {_numbered(30, 200)}"
    start, end = text.index("“"), text.index("”")
    inside = [item for item in _prints(text) if start < item.start and item.end <= end]
    assert len(inside) == 20 - RUN_LENGTH + 1


def test_two_in_seven_runs_are_kept() -> None:
    share = len(_prints(_numbered(5000))) / 5000
    assert 0.26 < share < 0.31
    assert abs(share - 2 / (WINDOW + 1)) < 0.02


def test_case_accents_quotes_and_spacing_do_not_count() -> None:
    plain = "the cafe at the corner of the long street isn't open on any Monday"
    other = "“The CAFÉ — at the corner\n\nof the  long street isn’t open on any Monday”"
    assert _hashes(plain) == _hashes(other) != set()


def test_addresses_are_no_words() -> None:
    text = "See https://example.com/a/b/c/d/e/f/g/h and www.example.org/1/2/3/4 too."
    assert [word.folded for word in _words(text)] == ["see", "and", "too"]


def test_no_more_than_so_many_words_are_compared() -> None:
    read = count()
    endless = (Word("w", at, at + 1) for at in read)
    assert len(compared_words("no address", endless)) == MOST_WORDS
    assert next(read) <= MOST_WORDS + 1


@given(TEXT, TEXT, TEXT, TEXT, SHARED)
@example("a", "", "e", "", " ".join(["a"] * GUARANTEED))
def test_the_longest_run_is_the_same_words_in_both_and_cannot_grow(
    before: str, after: str, other_before: str, other_after: str, shared: str
) -> None:
    one, other = f"{before} {shared} {after}".strip(), f"{other_before} {shared} {other_after}"
    theirs = {item.hash: item.start for item in _prints(other)}
    places = [(item.start, theirs[item.hash]) for item in _prints(one) if item.hash in theirs]
    run = longest_shared_run(_words(one), _words(other), places)
    assert run is not None
    assert len(run.words) >= RUN_LENGTH
    assert _folded(one, run.start, run.end) == list(run.words)
    assert _folded(other, run.their_start, run.their_end) == list(run.words)
    ours_before, theirs_before = _folded(one, 0, run.start), _folded(other, 0, run.their_start)
    assert not ours_before or not theirs_before or ours_before[-1] != theirs_before[-1]
    ours_after = _folded(one, run.end, len(one))
    theirs_after = _folded(other, run.their_end, len(other))
    assert not ours_after or not theirs_after or ours_after[0] != theirs_after[0]


def test_of_two_runs_the_longer_one_is_found() -> None:
    short, long = _numbered(15), _numbered(25, 100)
    one, other = f"{short} x {long}", f"{short} y y {long}"
    theirs = {item.hash: item.start for item in _prints(other)}
    places = [(item.start, theirs[item.hash]) for item in _prints(one) if item.hash in theirs]
    run = longest_shared_run(_words(one), _words(other), places)
    assert run is not None
    assert one[run.start : run.end] == other[run.their_start : run.their_end] == long


@given(st.lists(TEXT, min_size=2, max_size=4), st.integers(0, 300), st.integers(0, 300))
@example(["a bee a bee café dör e 7", "7 e dör café bee a bee a"], 300, 300)
def test_reading_only_round_the_places_finds_the_same_run(
    shared: list[str], apart: int, theirs_apart: int
) -> None:
    one = _with_fillers(shared, apart, "ours")
    other = _with_fillers(shared, theirs_apart, "theirs")
    theirs = {item.hash: item.start for item in _prints(other)}
    places = [(item.start, theirs[item.hash]) for item in _prints(one) if item.hash in theirs]
    whole = longest_shared_run(_words(one), _words(other), places)
    assert longest_run_between(one, other, places) == whole


def test_a_run_longer_than_what_is_read_at_first_is_found_whole() -> None:
    shared = _numbered(2_000)
    one = f"a {shared} b {_numbered(2_000, 5_000)}"
    other = f"{_numbered(900, 9_000)} c {shared} d"
    run = longest_run_between(one, other, [(one.index("w0"), other.index("w0"))])
    assert run is not None
    assert one[run.start : run.end] == shared


def test_places_that_are_not_the_same_words_show_no_run() -> None:
    one, other = _words(_numbered(20)), _words(_numbered(20, 50))
    assert longest_shared_run(one, other, [(0, 0), (1, 1), (9_999, 0)]) is None


def test_seven_words_are_no_run() -> None:
    one, other = _words(f"x {_numbered(7)} y"), _words(f"p {_numbered(7)} q")
    assert longest_shared_run(one, other, [(2, 2)]) is None


def _with_fillers(parts: list[str], words: int, name: str) -> str:
    """Return `parts` with so many words between that stand in no other text."""
    between = (" ".join(f"{name}{part}x{at}" for at in range(words)) for part in count())
    return " ".join(f"{next(between)} {part}" for part in parts) + f" {next(between)}"


def _folded(text: str, start: int, end: int) -> list[str]:
    return [word.folded for word in words_with_offsets(text[start:end])]


def test_shared_runs_are_found_in_our_order_each_once() -> None:
    one = "the members decide and nobody else in the party has a say in what they do"
    other = "what comes of it will be seen in the autumn when all of the ballots are counted"
    ours = f"Before. {one}. Between the two. {other}. After."
    theirs = f"First {other}; then, of its own, {one}! And {one} again."
    found = shared_runs(ours, theirs)
    assert [ours[run.start : run.end] for run in found] == [one, other]
    assert [theirs[run.their_start : run.their_end] for run in found] == [one, other]


def test_texts_of_their_own_share_no_run() -> None:
    assert shared_runs("Nobody else wrote any of these words in this order.", "Nor these.") == []
    assert shared_runs("", "") == []
