"""Finding and choosing passages: pure functions over a version's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring import Passage, place, target_at
from annotations.choosing import WordsNotFound, by_sentences, by_words, cut, sentences_of
from corpus.text.blocks import Block
from corpus.text.spans import Span, normalise

TEXT = "One. Two “two” – two. Three!\n\nOne. Two “two” – two."
FIRST = Block("paragraph", 0, 28)
SECOND = Block("paragraph", 30, len(TEXT))


@given(text=st.text(min_size=1).map(normalise), data=st.data())
def test_what_was_cut_is_placed_again_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    target = target_at(text, start, end)
    if target is None:
        return
    passage = cut(text, Span(target.start, target.end))

    assert place(text, passage, is_same_text=True) == target
    found = place(text, passage, is_same_text=False)
    assert found is not None
    assert found.exact == target.exact


@given(text=st.text(), passage=st.builds(Passage, st.integers(), st.integers(), st.text()))
def test_any_passage_is_placed_on_words_of_the_text_or_nowhere(text: str, passage: Passage) -> None:
    target = place(text, passage, is_same_text=True)

    if target is not None:
        assert text[target.start : target.end] == target.exact
        assert target.exact.strip() == target.exact
        assert text[: target.start].endswith(target.prefix)
        assert text[target.end :].startswith(target.suffix)


def test_offsets_are_not_believed_when_the_words_differ() -> None:
    target = place(TEXT, Passage(0, 4, "Three!"), is_same_text=True)

    assert target is not None
    assert (target.start, target.exact) == (22, "Three!")


def test_of_equal_words_the_surroundings_decide() -> None:
    target = place(TEXT, Passage(0, 3, "Two “two”", "\n\nOne. "), is_same_text=False)

    assert target is not None
    assert target.start == 35


def test_quotes_and_dashes_may_be_written_otherwise() -> None:
    target = place(TEXT, Passage(0, 0, 'Two "two"  - two.'), is_same_text=False)

    assert target is not None
    assert target.exact == "Two “two” – two."


def test_sentences_are_chosen_from_the_first_to_the_last() -> None:
    assert sentences_of(TEXT, FIRST) == ["One.", "Two “two” – two.", "Three!"]
    passage = by_sentences(TEXT, FIRST, [2, 1])

    assert passage is not None
    assert passage.exact == "Two “two” – two. Three!"
    assert by_sentences(TEXT, FIRST, []) is None
    with pytest.raises(IndexError):
        by_sentences(TEXT, FIRST, [3])


@pytest.mark.parametrize(
    ("first", "last", "exact"),
    [
        ("One", "Three", "One. Two “two” – two. Three"),
        ("Two", "Two", "Two"),
        ("", "Three!", "Three!"),
        ('"two"', "", "“two”"),
        ("Two “two”", "“two” – two", "Two “two” – two"),
    ],
)
def test_words_choose_from_the_first_to_the_last(first: str, last: str, exact: str) -> None:
    passage = by_words(TEXT, FIRST, first, last)

    assert passage is not None
    assert passage.exact == exact


def test_words_are_looked_for_in_their_own_paragraph() -> None:
    passage = by_words(TEXT, SECOND, "One", "")

    assert passage is not None
    assert passage.start == 30
    for first, last in (("Three", ""), ("Two", "One"), ("nowhere", "Two")):
        with pytest.raises(WordsNotFound):
            by_words(TEXT, SECOND, first, last)
    assert by_words(TEXT, SECOND, " ", "") is None
