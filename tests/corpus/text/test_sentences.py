"""Sentences of a block."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import sentences


def test_stops_end_sentences_and_abbreviations_do_not() -> None:
    text = "He asked Mr. Hunt and J. Reed. “So what?” she said. Then 5 MPs left… Yes!"
    assert _cut(text) == [
        "He asked Mr. Hunt and J. Reed.",
        "“So what?” she said.",
        "Then 5 MPs left…",
        "Yes!",
    ]


def test_blocks_end_sentences() -> None:
    assert _cut("Heading\n\nand its text") == ["Heading", "and its text"]


def test_only_the_part_asked_for_is_cut() -> None:
    text = "One. Two. Three."
    assert [text[start:end] for start, end in sentences(text, 5, 9)] == ["Two."]


@given(st.text(alphabet="aA .!?\n\u00a0”“"))
def test_no_words_are_lost_between_sentences(text: str) -> None:
    assert "".join("".join(_cut(text)).split()) == "".join(text.split())


def test_row_of_dots_takes_no_longer_than_other_signs() -> None:
    dots = "." * 200_000  # whoever began anew at each of them would not come back today
    assert _cut(f'One{dots} two{dots}" Three.') == [f'One{dots} two{dots}"', "Three."]


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]
