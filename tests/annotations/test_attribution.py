"""Who says what a passage says, in words."""

import pytest

from annotations.queries.attribution import attribution


@pytest.mark.parametrize(
    ("speaker", "voice", "mode", "words"),
    [
        ("Ann Coffey", "quoted", "pledge", "Ann Coffey · quoted · pledge"),
        ("Ann Coffey", "author", "", "Ann Coffey · author"),
        ("Ann Coffey", "", "", "Ann Coffey"),
        (None, "reported", "", "reported"),
        (None, "author", "prediction", "prediction"),
        (None, "author", "", ""),
        (None, "", "", ""),
    ],
)
def test_what_was_said_is_told_but_the_authors_own_plain_word(
    speaker: str | None, voice: str, mode: str, words: str
) -> None:
    assert attribution(speaker, voice, mode) == words
