"""A quote is found again by its words, then by its surroundings, then folded; else not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.quote_search import find_quote
from corpus.text.spans import Span

TEXT = "He is joking. She is not. He is joking, too; and he\u00a0knows it – “always”."


def test_a_quote_that_stands_once_is_found_there_whatever_its_surroundings() -> None:
    assert find_quote(TEXT, "She is not", prefix="wrong", suffix="wrong") == Span(14, 24)


def test_of_several_the_one_with_the_same_surroundings_is_taken() -> None:
    assert find_quote(TEXT, "He is joking", suffix=", too; and") == Span(26, 38)
    assert find_quote(TEXT, "He is joking", prefix="is not. ") == Span(26, 38)
    assert find_quote(TEXT, "He is joking", suffix=". She") == Span(0, 12)


@pytest.mark.parametrize(("hint", "start"), [(0, 0), (12, 0), (14, 26), (99, 26)])
def test_on_a_tie_the_nearest_is_taken(hint: int, start: int) -> None:
    found = find_quote(TEXT, "He is joking", hint=hint)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize("quote", ['he knows  it - "always".', "he\nknows it — «always»"])
def test_spaces_quotes_and_dashes_may_differ(quote: str) -> None:
    found = find_quote(TEXT, quote)
    assert found is not None
    assert TEXT[found.start : found.end].startswith("he\u00a0knows it – “always”")


def test_soft_hyphens_and_zero_width_spaces_may_differ() -> None:
    text = "the dis\u00adunited\u200b party"
    assert find_quote(text, "disunited party") == Span(4, len(text))


def test_a_quote_that_is_not_there_is_not_found() -> None:
    assert find_quote(TEXT, "She is joking") is None
    assert find_quote(TEXT, "he is joking") is None


def test_a_blank_quote_is_refused() -> None:
    with pytest.raises(ValueError, match="blank"):
        find_quote(TEXT, " \n")


@given(st.text(st.sampled_from("ab “”-–\u00a0\n"), min_size=1, max_size=60), st.data())
def test_every_passage_of_a_text_is_found_at_its_place_with_its_surroundings(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        return
    found = find_quote(text, text[start:end], prefix=text[:start], suffix=text[end:], hint=start)
    assert found == Span(start, end)
