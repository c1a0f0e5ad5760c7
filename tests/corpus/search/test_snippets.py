"""Where the words that were looked for stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search.query import parse
from corpus.search.snippets import matches_in
from corpus.text.words import words_with_offsets


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("我爱北京天安门", "北京", ["北京"]),
        ("東京の天気", "天気", ["天気"]),
        ("A naïve view; a NAIVE one", "naive", ["naïve", "NAIVE"]),
        ("red tape, Red Tape and red", '"red tape"', ["red tape", "Red Tape"]),
        ("Москва слезам не верит", "слез*", ["слезам"]),
        ("moment\u00adum", "momentum", ["moment\u00adum"]),
    ],
)
def test_matches_are_marked_as_they_are_written(text: str, typed: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in matches_in(text, parse(typed))] == found


@given(
    st.text(st.sampled_from("ab éя新\n"), max_size=60), st.sampled_from(["a", "ab", "é", "新", "я"])
)
def test_matches_are_those_of_all_words(text: str, typed: str) -> None:
    folded = parse(typed).wanted[0].words[0]
    whole = [(word.start, word.end) for word in words_with_offsets(text) if word.folded == folded]
    assert matches_in(text, parse(typed)) == whole


def test_glued_words_take_no_longer_than_words_apart() -> None:
    glued = "zebraandthenhewent" * 10_000  # going back to its beginning each time takes an hour
    assert [span.start for span in matches_in(f"{glued} zebra", parse("zebra"))] == [len(glued) + 1]
