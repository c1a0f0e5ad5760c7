"""Where the words of a text stand after it was edited: each word is followed by its identity."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text.alignment import Run, align
from corpus.text.spans import Span
from tests.edits import edited, pieces_of, written

OLD = (
    "The party met on Monday. He said that it was “a matter of days”, and nobody laughed.\n\n"
    "She said that it was not. He said that it was. The vote was put off for a week.\n\n"
    "Nobody asked the members, who had paid for the hall and for the biscuits on the table."
)


def found(new: str, words: str, old: str = OLD) -> str | None:
    """Return the words of `new` at which the first `words` of `old` stand now."""
    start = old.index(words)
    span = align(old, new).span(start, start + len(words))
    return new[span.start : span.end] if span else None


def test_words_stand_where_they_stood_when_others_were_added_and_taken_out() -> None:
    new = OLD.replace("The party met on Monday. ", "").replace("not.", "not, not at all.")
    assert found(new, "nobody laughed") == "nobody laughed"
    assert found(new, "The vote was put off") == "The vote was put off"


def test_quotes_dashes_spaces_and_unseen_characters_may_differ() -> None:
    new = OLD.replace("“a matter of days”", '"a\u00a0mat\u00adter  of days"')
    assert found(new, "“a matter of days”, and") == '"a\u00a0mat\u00adter  of days", and'


def test_a_paragraph_break_within_the_words_is_no_change() -> None:
    assert found(OLD.replace("days”, and", "days”,\n\nand"), "of days”, and") == "of days”,\n\nand"


@pytest.mark.parametrize(
    ("was", "became"), [("that it was “a", "that it is “a"), ("it was “a", "it really was “a")]
)
def test_words_that_were_changed_or_parted_are_not_the_same_words(was: str, became: str) -> None:
    assert found(OLD.replace(was, became, 1), "said that it was “a matter") is None


def test_the_same_short_words_elsewhere_are_not_those_that_were_taken_out() -> None:
    new = OLD.replace(" He said that it was. The vote", " The vote")
    start = OLD.index("He said that it was. The")
    assert align(OLD, new).span(start, start + len("He said")) is None
    assert found(new, "He said that it was") == "He said that it was"


def test_a_word_between_changed_words_is_found_when_it_can_only_be_this_one() -> None:
    assert found(OLD.replace("nobody laughed", "everybody laughed loudly"), "laughed") == "laughed"


def test_part_of_a_word_stays_part_of_it() -> None:
    start = OLD.index("biscuits")
    new = f"Well. {OLD}"
    assert align(OLD, new).span(start, start + 3) == Span(start + 6, start + 9)


def test_a_moved_paragraph_is_told_apart_from_one_that_stayed() -> None:
    first, second, third = OLD.split("\n\n")
    new = f"{third}\n\n{first}\n\n{second}"
    alignment = align(OLD, new)
    start = OLD.index("paid for the hall")
    assert alignment.span(start, start + 17) is None
    assert alignment.moved_span(start, start + 17) == Span(
        new.index("paid for"), new.index("paid for") + 17
    )
    assert alignment.moved_span(0, 9) is None


def test_the_nearest_place_is_told_for_words_that_are_gone() -> None:
    new = OLD.replace("She said that it was not. ", "")
    alignment = align(OLD, new)
    assert alignment.place(0) == 0
    assert alignment.place(len(OLD)) == len(new)
    assert abs(alignment.place(OLD.index("She said")) - new.index("He said that it was.")) <= 2
    with pytest.raises(ValueError, match="no offset"):
        alignment.place(len(OLD) + 1)


def test_new_words_belong_to_no_place_of_the_old_text() -> None:
    new = OLD.replace("The vote was put off", "Then a storm took the roof. The vote was put off")
    alignment = align(OLD, new)
    storm = new.index("a storm took")
    anywhere = Span(OLD.index("The vote"), OLD.index("The vote") + 8)
    assert not alignment.is_taken(Span(storm, storm + 20), anywhere)
    assert alignment.is_taken(Span(0, 20), anywhere)
    assert not alignment.is_taken(Span(0, 20), Span(0, 20))


def test_texts_that_share_nothing_or_hold_nothing_have_no_runs() -> None:
    assert align("one two three", "vier fünf sechs").runs == []
    assert align("", "words").runs == []
    assert align("words", "").place(3) == 0
    assert align("words words", "").span(0, 5) is None


def test_a_text_is_its_own_one_run() -> None:
    assert align(OLD, OLD).runs == [Run(0, 0, len(OLD))]


SIGNS = [",", ".", "“", "”", "’", "\u00ad", "\n\n", "党", "首"]
WORDS = st.sampled_from(["a", "b", "c", "the", "of", "said", "party", "vote", *SIGNS])
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)


@given(TEXTS, TEXTS)
def test_runs_are_the_same_characters_in_the_same_order(old: str, new: str) -> None:
    runs = align(old, new).runs
    for run in runs:
        ours = old[run.old_start : run.old_start + run.length]
        assert ours == new[run.new_start : run.new_start + run.length]
        assert ours.strip()
    for run, following in pairwise(runs):
        assert run.old_start + run.length <= following.old_start
        assert run.new_start + run.length <= following.new_start


@given(TEXTS, TEXTS)
def test_places_grow_with_offsets_and_stay_inside(old: str, new: str) -> None:
    alignment = align(old, new)
    places = [alignment.place(offset) for offset in range(len(old) + 1)]
    assert all(0 <= place <= len(new) for place in places)
    assert places == sorted(places)


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.sampled_from([0.01, 0.03, 0.1]), st.integers(6, 25))
def test_passages_that_survive_an_edit_are_found_where_they_are(
    seed: int, rate: float, length: int
) -> None:
    choose = random.Random(seed)
    before = pieces_of(choose, 300)
    after = edited(choose, before, rate)
    old, old_places = written(before)
    new, new_places = written(after)
    alignment = align(old, new)
    order = [piece.identity for piece in after]
    for first in range(0, 300 - length, 7):
        kept = list(range(first, first + length))
        if first not in new_places:
            continue
        at = order.index(first)
        if order[at : at + length] != kept:
            continue
        span = alignment.span(old_places[first].start, old_places[kept[-1]].end)
        assert span == Span(new_places[first].start, new_places[kept[-1]].end)


@settings(max_examples=200)
@given(st.integers(0, 10**9), st.integers(1, 25))
def test_nothing_is_found_on_other_words(seed: int, length: int) -> None:
    choose = random.Random(seed)
    before = pieces_of(choose, 200)
    after = edited(choose, before, choose.choice([0.03, 0.3, 0.8]))
    old, places = written(before)
    new, _ = written(after)
    alignment = align(old, new)
    for first in range(0, 200 - length, 5):
        start, end = places[first].start, places[first + length - 1].end
        for span in (alignment.span(start, end), alignment.moved_span(start, end)):
            if span is not None:
                assert new[span.start : span.end].split() == old[start:end].split()


def test_a_million_characters_in_one_line_are_aligned_in_bounded_pieces() -> None:
    choose = random.Random(1)
    words = [f"word{choose.randrange(5000)}" for _ in range(120_000)]
    changed = [word if choose.random() > 0.02 else "other" for word in words]
    old, new = " ".join(words), " ".join(changed)
    alignment = align(old, new)
    start = old.index(" ".join(words[60_000:60_003]))
    assert len(old) > 1_000_000
    assert sum(run.length for run in alignment.runs) > len(old) * 0.9
    assert abs(alignment.place(start) - start) < len(old) * 0.02


def test_what_could_only_be_compared_at_great_cost_stays_unpaired() -> None:
    choose = random.Random(2)
    old, new = (" ".join(choose.choice("ab") for _ in range(20_000)) for _ in "12")
    assert sum(run.length for run in align(old, new).runs) < 100
