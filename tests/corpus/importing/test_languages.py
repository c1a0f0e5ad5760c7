"""The language that a source gives, by whatever it gives it, and what contradicts it."""

import csv
import io
import json

import pytest

from corpus.importing.columns import guessed_mapping
from corpus.importing.containers import members_of
from corpus.importing.languages import language_code
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from tests.corpus.importing.books import book
from tests.corpus.importing.test_feeds import ATOM, RSS
from tests.corpus.importing.test_pages import linked_data

WELSH = "Mae’r porthladd wedi cau ers y bore, meddai meistr y cei wrthym heddiw. " * 5
GERMAN = (
    "Der Hafen ist seit heute geschlossen, und die Fischer warten mit den Netzen auf der Mole. "
) * 5
RUSSIAN = "Сегодня утром порт закрыли, и рыбаки ждут на причале с сетями. " * 5


def read(raw: bytes, name: str = "given") -> Proposal:
    (article,) = read_and_interpret(raw, name)
    return article


def page(text: str, lang: str = "", head: str = "") -> Proposal:
    attribute = f' lang="{lang}"' if lang else ""
    body = f"<article><h1>Y cei</h1>{f'<p>{text}</p>' * 3}</article>"
    return read(f"<!doctype html><html{attribute}><head>{head}</head><body>{body}".encode())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("en-GB", "en"), ("en_GB.UTF-8", "en"), ("DEU", "de"), ("Deutsch", "de"), ("ger", "de")),
        *(("Welsh", "cy"), ("zh-Hant-TW", "zh-Hant"), ("iw", "he"), ("fr, en", "fr")),
        *(("gsw", "gsw"), ("xx", ""), ("Klingon", ""), ("12", ""), ("", "")),
    ],
)
def test_a_language_has_one_code_however_it_is_named(words: str, code: str) -> None:
    assert language_code(words) == code


@pytest.mark.parametrize(
    ("lang", "head", "rule"),
    [
        ("cy-GB", "", "page_language"),
        ("", '<meta property="og:locale" content="cy_GB">', "meta"),
        ("", '<meta http-equiv="Content-Language" content="cy">', "meta"),
        ("en", linked_data(**{"@type": "NewsArticle", "inLanguage": "cy"}), "json_ld"),
        ("en", linked_data(**{"@type": "Report", "inLanguage": {"name": "Welsh"}}), "json_ld"),
        # What is no language gives way to what is one.
        ("xx-none", '<meta property="og:locale" content="cy_GB">', "meta"),
    ],
)
def test_a_page_gives_its_language(lang: str, head: str, rule: str) -> None:
    article = page(WELSH, lang, head)
    assert (article.language.value, article.language.basis) == ("cy", "given")
    assert article.language.rule == rule
    assert article.language.evidence.startswith("Language: ")
    assert not article.flags


def test_a_language_that_the_words_contradict_does_not_win_and_is_told() -> None:
    article = page(GERMAN, "en-US")
    assert (article.language.value, article.language.basis) == ("de", "inferred")
    (flag,) = article.flags
    assert (flag.kind, flag.values) == ("other_language", {"language": "en"})
    # The text that the template is right about has none.
    assert not page(GERMAN, "de").flags


def test_letters_of_another_script_contradict_too() -> None:
    article = page(RUSSIAN, "en")
    assert article.language.value is None
    assert [flag.kind for flag in article.flags] == ["other_language"]
    assert page(WELSH, "ru").language.value is None
    assert page(RUSSIAN, "ru").language.value == "ru"


def test_kindred_languages_contradict_nobody() -> None:
    catalan = "El port es va tancar el dia que els homes van sortir del moll per la nit. " * 5
    article = page(catalan, "ca")
    assert (article.language.value, article.flags) == ("ca", ())


def test_words_that_name_no_language_are_told() -> None:
    article = page(WELSH, "xx")
    assert article.language.value is None
    assert [(flag.kind, flag.values) for flag in article.flags] == [
        ("no_such_language", {"language": "xx"})
    ]
    assert not page(WELSH, "und").flags


def test_a_column_gives_the_language() -> None:
    rows = io.StringIO()
    csv.writer(rows).writerows([["title", "text", "Sprache"], ["Y cei", WELSH, "Welsh"]])
    for raw in (
        json.dumps({"title": "Y cei", "text": WELSH, "lang": "cy"}).encode(),
        rows.getvalue().encode(),
        f"---\ntitle: Y cei\nlang: cy\n---\n{WELSH}".encode(),
    ):
        article = read(raw)
        assert (article.language.value, article.language.basis) == ("cy", "given")
    assert guessed_mapping({"text": WELSH, "language": "cy"})["language"] == "language"


def test_feeds_give_the_language_of_their_entries() -> None:
    words = ATOM.replace(b"<feed ", b'<feed xml:lang="en-GB" ')
    rss = RSS.replace(b"<link>https://quay.example/</link>", b"<language>en-gb</language>", 1)
    for raw in (words, rss):
        (first, *_others) = members_of(raw, "feed.xml") or []
        article = read(first.content)
        assert (article.language.value, article.language.rule) == ("en", "column")


def test_an_entry_may_be_in_another_language_than_its_feed() -> None:
    words = ATOM.replace(b"<feed ", b'<feed xml:lang="fr" ')
    words = words.replace(b"<entry>", b'<entry xml:lang="en">', 1)
    (first, second) = members_of(words, "feed.xml") or []
    assert not read(first.content).flags
    assert [flag.kind for flag in read(second.content).flags] == ["other_language"]


def test_a_book_gives_the_language_of_its_chapters() -> None:
    more = {"OEBPS/nav.xhtml": "<html/>"}
    raw = book(f"<p>{WELSH}</p>", language="cy", more=more)
    (chapter,) = members_of(raw, "book.epub") or []
    assert read(chapter.content).language.value == "cy"
