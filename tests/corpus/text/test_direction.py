"""Which way a text runs is told by its first letter."""

import pytest

from corpus.text.direction import is_right_to_left


@pytest.mark.parametrize("text", ["שלום", "«مرحبا» said he", "12 — שלום and more"])
def test_text_that_begins_with_a_letter_of_such_a_script_runs_to_the_left(text: str) -> None:
    assert is_right_to_left(text)


@pytest.mark.parametrize("text", ["", "123, …", "They wrote שלום", "한국", "👍 up"])
def test_all_other_text_runs_to_the_right(text: str) -> None:
    assert not is_right_to_left(text)
