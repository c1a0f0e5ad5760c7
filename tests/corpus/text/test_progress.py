"""How far a text was read, and where that is once the text has changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import BLOCK_SEPARATOR, Block
from corpus.text.progress import (
    CarryOver,
    Progress,
    Text,
    joined,
    numbers_in,
    percent_of,
    unseen_share,
    written,
)

PARAGRAPHS = (
    "The mood in the party is dark tonight, and nobody says so aloud.",
    "Some of its members pray by their bedside that nobody deselects them.",
    "Others have left already, for a newspaper, a university or the sea.",
    "The leader said on Tuesday that members decide, and then said it twice.",
    "What follows is anyone's guess, as the old hands like to put it.",
)


def text_of(*paragraphs: str) -> Text:
    """Return the text of these paragraphs, each a block."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + len(BLOCK_SEPARATOR)
    return Text(BLOCK_SEPARATOR.join(paragraphs), blocks)


OLD = text_of(*PARAGRAPHS)


def start_of(text: Text, number: int) -> int:
    return text.blocks[number - 1].start


def read_to(number: int) -> Progress:
    """Return the progress of who saw all blocks up to `number` and left off there."""
    start = start_of(OLD, number)
    return Progress(start, start, frozenset(range(1, number + 1)))


def carried(number: int, *paragraphs: str) -> tuple[int | None, str]:
    """Return the number of the block where one is then, and what is seen, written."""
    new = text_of(*paragraphs)
    found = CarryOver(OLD, new).progress(read_to(number))
    starts = [block.start for block in new.blocks]
    return (None if found.place is None else starts.index(found.place) + 1), written(found.seen)


@given(st.frozensets(st.integers(1, 400)))
def test_a_set_that_is_written_is_read_back(numbers: frozenset[int]) -> None:
    assert numbers_in(written(numbers), 400) == numbers


@pytest.mark.parametrize(
    ("numbers", "expected"), [([], ""), ([7], "7"), ([3, 1, 2, 7, 8], "1-3,7-8")]
)
def test_numbers_in_a_row_are_written_as_one(numbers: list[int], expected: str) -> None:
    assert written(numbers) == expected


def test_numbers_of_no_block_are_left_out() -> None:
    assert numbers_in("0-2,4-999999,7-6", 5) == {1, 2, 4, 5}


@pytest.mark.parametrize("words", ["one", "1,", ",1", "1-", "-1", "1 2", "1,,2", "٣", "1-2-3"])
def test_what_is_no_set_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is no set of numbers"):
        numbers_in(words, 9)


@given(st.text(max_size=12))
def test_hostile_words_are_a_set_or_refused(words: str) -> None:
    try:
        numbers = numbers_in(words, 20)
    except ValueError:
        return
    assert numbers <= set(range(1, 21))


def test_percent_tells_none_some_and_all_apart() -> None:
    all_of_many = frozenset(range(1, 1001))
    assert percent_of(frozenset(), 1000) == 0
    assert percent_of(frozenset({1}), 1000) == 1
    assert percent_of(all_of_many - {5}, 1000) == 99
    assert percent_of(all_of_many, 1000) == 100
    assert percent_of(all_of_many, 0) == 0


def test_long_blocks_leave_more_to_read_than_short_ones() -> None:
    text = text_of("Short.", "x" * 94)
    assert unseen_share(frozenset(), text.blocks) == 1
    assert unseen_share(frozenset({1}), text.blocks) == 0.94
    assert unseen_share(frozenset({1, 2}), text.blocks) == 0
    assert unseen_share(frozenset(), []) == 0


def test_two_tabs_together_saw_what_either_saw() -> None:
    one = Progress(50, 90, frozenset({1, 2}))
    assert joined(one, Progress(20, 20, frozenset({4}))) == Progress(20, 90, frozenset({1, 2, 4}))
    assert joined(one, Progress(120, 120)) == Progress(120, 120, frozenset({1, 2}))
    assert joined(one, Progress(seen=frozenset({3}))) == Progress(50, 90, frozenset({1, 2, 3}))


def test_a_paragraph_that_came_in_front_is_not_seen() -> None:
    assert carried(3, "A paragraph that nobody has seen so far.", *PARAGRAPHS) == (4, "2-4")


def test_a_paragraph_that_came_between_is_not_seen() -> None:
    between = "Between them stands a paragraph that nobody has seen so far."
    assert carried(3, *PARAGRAPHS[:2], between, *PARAGRAPHS[2:]) == (4, "1-2,4")


def test_a_paragraph_that_went_takes_nothing_else_along() -> None:
    assert carried(3, PARAGRAPHS[0], *PARAGRAPHS[2:]) == (2, "1-2")


def test_who_left_off_in_what_went_goes_on_beside_it() -> None:
    place, seen = carried(3, *PARAGRAPHS[:2], *PARAGRAPHS[3:])
    assert place in (2, 3)
    assert seen == "1-2"


def test_a_corrected_paragraph_stays_seen() -> None:
    corrected = PARAGRAPHS[1].replace("bedside", "window")
    assert carried(2, PARAGRAPHS[0], corrected, *PARAGRAPHS[2:]) == (2, "1-2")


def test_both_halves_of_a_split_paragraph_are_seen() -> None:
    first, second = PARAGRAPHS[1][:36].strip(), PARAGRAPHS[1][36:].strip()
    assert carried(3, PARAGRAPHS[0], first, second, *PARAGRAPHS[2:]) == (4, "1-4")


def test_joined_paragraphs_are_seen_when_one_of_them_was() -> None:
    both = f"{PARAGRAPHS[1]} {PARAGRAPHS[2]}"
    assert carried(2, PARAGRAPHS[0], both, *PARAGRAPHS[3:]) == (2, "1-2")


def test_the_same_text_changes_nothing() -> None:
    assert CarryOver(OLD, OLD).progress(read_to(4)) == read_to(4)


def test_nothing_is_left_of_a_text_without_blocks() -> None:
    assert CarryOver(OLD, text_of()).progress(read_to(4)) == Progress(0, 0)
    assert CarryOver(text_of(), OLD).progress(Progress(0, 0)) == Progress(0, 0)


def test_nothing_is_carried_of_a_place_that_is_not_known() -> None:
    found = CarryOver(OLD, OLD).progress(Progress(seen=frozenset({2, 99})))
    assert found == Progress(None, 0, frozenset({2}))


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=6, unique=True), st.integers(1, 5))
def test_what_is_carried_stands_in_the_new_text(paragraphs: list[str], number: int) -> None:
    new = text_of(*paragraphs)
    found = CarryOver(OLD, new).progress(read_to(number))
    starts = {block.start for block in new.blocks} or {0}
    assert {found.place, found.furthest} <= starts
    assert (found.place or 0) <= found.furthest
    assert found.seen <= set(range(1, len(paragraphs) + 1))
