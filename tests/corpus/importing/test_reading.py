"""Bytes become text in the encoding they prove, or are refused with one clear sentence."""

import pytest

from corpus.importing.errors import EmptySource, ImportRefused, NotText, SourceTooLarge
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.read import MAX_SOURCE_BYTES, read_source

WORDS = "Così è “la vita”\nund so weiter"


@pytest.mark.parametrize(
    ("raw", "encoding", "guessed"),
    [
        (WORDS.encode(), "utf-8", False),
        (WORDS.encode("utf-8-sig"), "utf-8", False),
        (WORDS.encode("utf-16"), "utf-16", False),
        (WORDS.encode("utf-32"), "utf-32", False),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16", False),
        (WORDS.encode("cp1252"), "cp1252", True),
    ],
)
def test_the_encoding_is_found_and_a_guess_is_told(
    raw: bytes, encoding: str, guessed: bool
) -> None:
    source = read_source(raw, "letter.txt")
    assert (source.text, source.encoding, source.guessed) == (WORDS, encoding, guessed)


def test_a_guessed_encoding_is_flagged_on_the_article() -> None:
    (article,) = read_and_interpret(WORDS.encode("cp1252"), "letter.txt")
    assert [flag.kind for flag in article.flags] == ["encoding_guessed"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (f"{WORDS} – cut".encode()[:-5], f"{WORDS} �"),
        (WORDS.encode().replace(b"vita", b"v\x81ta"), WORDS.replace("vita", "v�ta")),
    ],
    ids=["cut off within a letter", "one broken byte"],
)
def test_a_few_damaged_bytes_change_no_other_letter_and_are_told(raw: bytes, shown: str) -> None:
    (article,) = read_and_interpret(raw, "letter.txt")
    assert article.text == shown
    assert [(flag.kind, flag.values) for flag in article.flags] == [("damaged", {"count": 1})]


def test_line_ends_and_composed_letters_are_made_alike() -> None:
    assert read_source(b"cafe\xcc\x81\r\nnoir\rsec", "menu.txt").text == "café\nnoir\nsec"


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", "\u00a0\u200b\ufeff".encode()])
def test_a_file_without_words_is_refused(raw: bytes) -> None:
    with pytest.raises(EmptySource, match=r"blank\.txt holds no words; nothing was imported\."):
        read_and_interpret(raw, "blank.txt")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"%PDF-1.7 and so on", "is a PDF document"),
        (b"PK\x03\x04rest", "is an archive, not a text"),
        (b"\x89PNG\r\n", "is an image"),
        (b"words\x00words", "looks like a binary file"),
        (bytes(range(1, 32)) * 4, "looks like a binary file"),
        (b"caf\xe9 \x81\x8d", "is no text in a known encoding"),
        (b"\xff\xfe\x00", "is no text in a known encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(NotText, match=sentence) as caught:
        read_and_interpret(raw, "thing")
    assert isinstance(caught.value, ImportRefused)
    assert str(caught.value).endswith("nothing was imported.")


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(SourceTooLarge, match="larger than 20 MB"):
        read_and_interpret(b"\xff" * (MAX_SOURCE_BYTES + 1), "dump.txt")


def test_marks_piled_up_on_a_letter_are_refused_at_once() -> None:
    with pytest.raises(NotText):
        read_source(("a" + "\u0301\u0327" * 1_000_000).encode(), "piled.txt")
