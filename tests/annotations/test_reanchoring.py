"""Highlights keep their words through edits, or say that they lost them."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.anchoring import Target, target_at
from annotations.reanchoring import Carried, reanchor
from tests.edits import (
    COMMON,
    Piece,
    edited,
    pieces_of,
    straightened,
    with_moved_paragraph,
    written,
)

OLD = (
    "The party met on Monday in a cold hall. He said that it was “a matter of days”, and nobody "
    "laughed.\n\n"
    "She said that it was not. He said that it was. The vote was put off for a week.\n\n"
    "Nobody asked the members, who had paid for the hall and for the biscuits on the table.\n\n"
    "A spokesman called the decision reckless and promised that the members would be heard."
)


def mark(words: str, text: str = OLD, nth: int = 1) -> Target:
    """Return the target for the nth place at which `words` stand."""
    start = -1
    for _count in range(nth):
        start = text.index(words, start + 1)
    target = target_at(text, start, start + len(words))
    assert target is not None
    return target


def carried(words: str, new: str, nth: int = 1) -> Carried:
    """Return how the marked words of OLD come over to `new`."""
    return reanchor(OLD, new, [mark(words, nth=nth)])[0]


def words_at(new: str, result: Carried) -> tuple[str, str | None]:
    """Return the state with the words that the highlight now has, or that are guessed."""
    if result.target is not None:
        return result.state, result.target.exact
    return result.state, new[slice(*result.guess)] if result.guess else None


def test_words_that_stayed_are_exact_and_their_surroundings_are_cut_anew() -> None:
    new = "Late news. " + OLD.replace(" in a cold hall", "")
    result = carried("He said that it was “a matter", new)
    assert words_at(new, result) == ("exact", "He said that it was “a matter")
    assert result.target == mark("He said that it was “a matter", new)


def test_straightened_quotes_are_exact_with_the_new_signs() -> None:
    new = OLD.replace("“", '"').replace("”", '"')
    assert words_at(new, carried("“a matter of days”", new)) == ("exact", '"a matter of days"')


def test_a_passage_in_a_moved_paragraph_is_moved() -> None:
    first, *others = OLD.split("\n\n")
    new = "\n\n".join([*others, first])
    result = carried("cold hall", new)
    assert words_at(new, result) == ("moved", "cold hall")
    assert result.target == mark("cold hall", new)


def test_a_short_moved_paragraph_is_known_by_its_only_words() -> None:
    old = f"Nobody laughed at him then.\n\n{OLD}"
    new = f"{OLD}\n\nNobody laughed at him then."
    (result,) = reanchor(old, new, [mark("laughed at him then", old)])
    assert words_at(new, result) == ("moved", "laughed at him then")


@pytest.mark.parametrize(
    ("was", "became", "words", "now"),
    [
        ("called the decision reckless", "called this decision reckless", None, None),
        (
            "He said that it was “a matter",
            "He insisted that it was only “a matter",
            "He said that it was “a matter of days”",
            "He insisted that it was only “a matter of days”",
        ),
        (
            "Nobody asked the members",
            "No one asked the members",
            "Nobody asked the members, who had paid",
            "No one asked the members, who had paid",
        ),
        (
            "biscuits on the table",
            "biscuits on the tables",
            "for the biscuits on the table",
            "for the biscuits on the tables",
        ),
        ("spokesman", "spokesmann", "spokesman", "spokesmann"),
    ],
)
def test_a_passage_with_changed_words_keeps_its_ends(
    was: str, became: str, words: str | None, now: str | None
) -> None:
    new = OLD.replace(was, became)
    assert words_at(new, carried(words or was, new)) == ("changed", now or became)


def test_a_passage_in_a_moved_and_changed_sentence_is_changed() -> None:
    sentence = "He said that it was “a matter of days”, and nobody laughed."
    new = OLD.replace(f" {sentence}", "") + f" {sentence.replace('matter', 'question')}"
    state, words = words_at(new, carried("it was “a matter of days”, and nobody laughed", new))
    assert (state, words) == ("changed", "it was “a question of days”, and nobody laughed")


def test_words_that_were_taken_out_are_an_orphan_without_a_guess() -> None:
    new = OLD.replace("The vote was put off for a week.", "")
    assert words_at(new, carried("The vote was put off for a week.", new)) == ("orphan", None)


def test_other_words_in_the_same_place_are_only_guessed() -> None:
    new = OLD.replace("reckless", "careless")
    assert words_at(new, carried("reckless", new)) == ("orphan", "careless")


def test_the_same_words_of_another_passage_are_only_guessed() -> None:
    new = OLD.replace(" He said that it was. The vote", " The vote")
    result = carried("He said that it was", new, nth=2)
    assert words_at(new, result) == ("orphan", "He said that it was")


@pytest.mark.parametrize("words", ["party", "the hall"])
def test_a_word_or_two_that_stand_elsewhere_are_no_placement(words: str) -> None:
    new = OLD.replace(words, "x", 1) + f" Later {words} was quoted in all the papers."
    assert carried(words, new).state == "orphan"


def test_a_highlight_over_two_paragraphs_keeps_both() -> None:
    new = OLD.replace("nobody laughed.\n\nShe", "nobody laughed.\n\n* * *\n\nShe")
    result = carried("nobody laughed.\n\nShe said", new)
    assert words_at(new, result) == ("changed", "nobody laughed.\n\n* * *\n\nShe said")


def test_nothing_is_left_of_highlights_on_a_text_that_is_all_new() -> None:
    new = "Weather: rain in the north, drizzle in the south."
    results = reanchor(OLD, new, [mark("The party met on Monday"), mark("biscuits")])
    assert {result.state for result in results} == {"orphan"}


def test_a_text_that_comes_back_has_its_highlights_again() -> None:
    target = mark("The vote was put off")
    new = f"{OLD}\n\nAdded."
    assert reanchor(OLD, new, [target]) == [Carried("exact", mark("The vote was put off", new))]


def test_a_target_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no span"):
        reanchor("short", "short", [mark("The party")])


EDITS = st.tuples(
    st.integers(0, 10**9), st.sampled_from([0.01, 0.03, 0.1]), st.integers(0, 2), st.booleans()
)


def edit(change: tuple[int, float, int, bool], *added: str) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of a text and those of the text that it was edited to."""
    seed, rate, moves, is_straightened = change
    choose = random.Random(seed)
    before = pieces_of(choose, 250)
    after = before
    for _count in range(moves):
        after = with_moved_paragraph(choose, after)
    after = edited(choose, after, rate, added)
    return before, straightened(after) if is_straightened else after


def words(text: str) -> list[str]:
    """Return the words of `text` with plain signs."""
    signs = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-"})
    return text.translate(signs).split()


@settings(max_examples=150)
@given(EDITS, st.integers(6, 25))
def test_quotes_whose_words_survive_are_all_placed_where_their_words_are(
    change: tuple[int, float, int, bool], length: int
) -> None:
    before, after = edit(change, *COMMON, "new")
    old, old_places = written(before)
    new, new_places = written(after)
    order = [piece.identity for piece in after]
    survivors = [
        first
        for first in range(0, len(before) - length, 5)
        if first in new_places
        and order[(at := order.index(first)) : at + length] == list(range(first, first + length))
    ]
    targets = [
        target_at(old, old_places[first].start, old_places[first + length - 1].end)
        for first in survivors
    ]
    results = reanchor(old, new, [target for target in targets if target])
    for first, result in zip(survivors, results, strict=True):
        assert result.state in {"exact", "moved"}
        assert result.target is not None
        place = new_places[first].start, new_places[first + length - 1].end
        assert (result.target.start, result.target.end) == place


@settings(max_examples=150)
@given(EDITS, st.integers(1, 3))
@example((169, 0.03, 2, False), 1)
@example((994518700, 0.03, 2, False), 1)
def test_short_quotes_are_placed_where_their_words_are_or_not_at_all(
    change: tuple[int, float, int, bool], length: int
) -> None:
    before, after = edit(change, "new")
    old, old_places = written(before)
    new, new_places = written(after)
    firsts = [*range(0, len(before) - length, 3)]
    spans = [(old_places[first].start, old_places[first + length - 1].end) for first in firsts]
    targets = [target for span in spans if (target := target_at(old, *span))]
    for first, target, result in zip(firsts, targets, reanchor(old, new, targets), strict=True):
        if result.state in {"exact", "moved"} and result.target is not None:
            assert words(result.target.exact) == words(target.exact)
            is_there = first in new_places and result.target.start == new_places[first].start
            is_only = length == 3 and times(target.exact, old) == times(target.exact, new) == 1
            assert is_there or is_only or has_a_neighbour(target, result.target)


def times(quote: str, text: str) -> int:
    """Return how often the words of `quote` stand in `text`."""
    return " ".join(words(text)).count(" ".join(words(quote)))


def has_a_neighbour(one: Target, other: Target) -> bool:
    """Say whether the same word stands before both or after both, or stood twice in a row.

    Where “the” was taken out of “the cold, the hall”, nobody can say which one it was.
    """
    first, last = words(one.exact)[:1], words(one.exact)[-1:]
    before, after = words(one.prefix)[-1:], words(one.suffix)[:1]
    is_beside = before == words(other.prefix)[-1:] or after == words(other.suffix)[:1]
    return is_beside or before == first or after == last
