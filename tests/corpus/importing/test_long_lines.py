"""A line of one sign, as long as an article may be, is read in bounded time."""

import time

import pytest

from corpus.importing.navigation import is_menu
from corpus.importing.pipeline import read_and_interpret

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
LENGTH = 200_000
# What grows with the square of the length takes minutes.
MOST_SECONDS = 20


@pytest.mark.parametrize("sign", [" ", "\t", "\u00a0", ".", "-", "1", '"', "“", "(", "|", "· "])
def test_many_signs_in_one_line_take_bounded_time(sign: str) -> None:
    row = sign * (LENGTH // len(sign))
    start = time.process_time()
    (article,) = read_and_interpret(f"The motion\n\n{PROSE}\n\na{row}b\n".encode(), "a.txt")
    assert time.process_time() - start < MOST_SECONDS
    assert article.text.endswith(f"a{row}b")


def test_many_blanks_between_two_entries_of_a_menu_are_none_of_them() -> None:
    blanks = " " * LENGTH
    assert is_menu(f"Home{blanks}|{blanks}News |\u00a0{blanks}Sport")
    assert not is_menu(f"Home{blanks}News")
