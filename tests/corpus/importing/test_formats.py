"""What a file is taken for, and what it is read as when somebody says so."""

import pytest

from corpus.importing.errors import EmptySource, ImportRefused, NotText
from corpus.importing.formats import FORMATS, forced_format, format_of
from corpus.importing.pipeline import read_and_interpret
from tests.corpus.importing.books import book
from tests.corpus.importing.web_archives import answer, record

PAGE = b"<!doctype html><html><body><h1>Ships</h1><p>One <b>came</b> in.</p></body></html>"
HEADED = b"---\ntitle: Ships\n---\n\nOne *came* in.\n"
OF_EACH = {
    "text": b"Ships\n\nOne came in.\n",
    "html": PAGE,
    "markdown": HEADED,
    "pdf": b"%PDF-1.7 \n",
    "json": b'{"title": "Ships", "text": "One came in."}',
    "csv": b"title,text\nShips,One came in.\n",
    "feed": b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
    "epub": book("<p>One came in.</p>"),
    "warc": record(answer(PAGE)),
}


@pytest.mark.parametrize(
    "start", [b"<script>x()</script>", b"<title>Ships</title>", b"\n<meta a=b>"]
)
def test_a_page_without_its_first_tags_is_one(start: bytes) -> None:
    assert format_of(start + b"<p>One came in.", "page") == "html"


@pytest.mark.parametrize("name", OF_EACH)
def test_the_content_tells_the_format(name: str) -> None:
    assert format_of(OF_EACH[name], "ships") == name
    assert forced_format(OF_EACH[name], "ships", name) == ""
    assert forced_format(OF_EACH[name], "ships", "") == ""


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 damaged", b"\x1f\x8b\x08", b"\xff" * 9, b"\0\0"]
)
def test_asking_for_the_format_never_fails(content: bytes) -> None:
    assert format_of(content, "ships") in FORMATS


@pytest.mark.parametrize("asked", sorted(set(FORMATS) - {"text", "html", "markdown"}))
def test_what_is_none_of_the_kind_is_refused(asked: str) -> None:
    with pytest.raises(NotText, match=f"ships cannot be read as {asked}"):
        forced_format(b"Ships\n\nOne came in.\n", "ships", asked)


@pytest.mark.parametrize(
    ("content", "asked", "text"),
    [
        (PAGE, "text", "<b>came</b>"),
        (OF_EACH["json"], "text", '{"title": "Ships"'),
        (OF_EACH["csv"], "text", "Ships,One came in."),
        (b"One *came* in,\nand left.\n\n* a\n* b\n", "markdown", "One came in, and left."),
        (b"One <b>came</b> in.<p>Two left.", "html", "One came in."),
    ],
)
def test_it_is_read_as_what_it_is_said_to_be(content: bytes, asked: str, text: str) -> None:
    forced = forced_format(content, "ships", asked)
    assert forced == asked
    (proposal,) = read_and_interpret(content, "ships", as_format=forced)
    assert text in proposal.text


@pytest.mark.parametrize("asked", ["text", "html", "markdown"])
@pytest.mark.parametrize(
    "content", [b" \n", b"\0\1\2" * 99, b"%PDF-1.7" + bytes(999), b"\x89PNG" + bytes(99)]
)
def test_what_holds_no_words_is_refused_as_anything(content: bytes, asked: str) -> None:
    with pytest.raises(ImportRefused) as refusal:
        read_and_interpret(content, "ships", as_format=asked)
    assert isinstance(refusal.value, EmptySource | NotText)
