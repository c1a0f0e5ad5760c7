"""Whether words stand inside a quotation, told from the marks of their paragraph alone."""

import pytest

from annotations.quoting import is_quoted


@pytest.mark.parametrize(
    ("paragraph", "words", "expected"),
    [
        ("He said: “We will win, and soon.” Then he left.", "We will win", True),
        ("He said: “We will win, and soon.” Then he left.", "“We will win, and soon.”", True),
        ("He said: “We will win, and soon.” Then he left.", "and soon.", True),
        ("He said: “We will win, and soon.” Then he left.", "Then he left", False),
        ("He said: “We will win, and soon.” Then he left.", "soon.” Then", False),
        ("He said: “We will win, and soon.” Then he left.", "said: “We", False),
        ('He said: "We will win." Then he left.', "We will win", True),
        ('He said: "We will win." Then he left.', "Then he left", False),
        ("One ‘can’t be sure’, she thinks.", "be sure", True),
        ("One ‘can’t be sure’, she thinks.", "she thinks", False),
        ("The MPs’ mood and the party’s mood", "mood and", False),
        ("Er sagte: „Wir gewinnen.“ Dann ging er.", "Wir gewinnen", True),
        ("Er sagte: »Wir gewinnen.« Dann ging er.", "Wir gewinnen", True),
        ("Il dit : « Nous gagnons. » Puis il part.", "Nous gagnons", True),
        ("Il dit : « Nous gagnons. » Puis il part.", "Puis il part", False),
        # A quotation that goes on in the next paragraph is not closed in this one.
        ("“We will win, and soon.", "and soon", True),
        ("“”", "“”", False),
        ("Nothing is quoted here.", "quoted", False),
    ],
)
def test_words_in_quotation_marks(paragraph: str, words: str, expected: bool) -> None:
    start = paragraph.index(words)
    assert is_quoted(paragraph, start, start + len(words)) is expected
