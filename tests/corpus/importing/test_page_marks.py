"""Saved web pages: stress and links become marks, whatever signs stand beside them."""

import pytest

from tests.corpus.importing.test_pages import MORE, read


@pytest.mark.parametrize(
    ("markup", "words", "kind"),
    [
        ("It fell below <b>2 %</b> at last.", "2 %", "strong"),
        ("A hotel of 5* is <b>what they built</b> there.", "what they built", "strong"),
        ("In «\xa0<i>Les Annales</i>\xa0» it was said.", "Les Annales", "emphasis"),
        ("<b>เท่าไรก็ได้</b> การสนับสนุน", "เท่าไรก็ได้", "strong"),
        (
            "They called it <b>#harbour, and more #ships</b> – no more.",
            "#harbour, and more #ships",
            "strong",
        ),
        ("ボルノ（<a href='https://a.example/?q=AFP>&r=1'>Borno</a>）州で", "Borno", "link"),
        ("See <b><i>Esprit</i></b> : a review.", "Esprit", "strong"),
    ],
)
def test_words_are_marked_and_no_sign_is_left(markup: str, words: str, kind: str) -> None:
    article = read(f"<!DOCTYPE html><body><article>{MORE}<p>{markup}</p>{MORE}</article>")
    marks = {(article.text[mark.start : mark.end], mark.kind) for mark in article.marks}
    assert (words, kind) in marks
    assert "**" not in article.text
    assert "](" not in article.text


def test_no_break_spaces_of_a_page_are_kept_and_no_place_to_look_at() -> None:
    article = read(f"<!DOCTYPE html><body><article>{MORE}<p>Qui\xa0? Moi\xa0!</p></article>")
    assert "Qui\xa0? Moi\xa0!" in article.text
    assert article.flags == ()


def test_signs_of_the_page_itself_stay() -> None:
    said = "Call f(**kwargs) with *args, or [see] 2*3*4."
    article = read(f"<!DOCTYPE html><body><article>{MORE}<p>{said}</p>{MORE}</article>")
    assert said in article.text
    assert article.marks == ()
