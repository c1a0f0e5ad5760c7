"""Saved web pages: the article, what stands around it, and what the page says of it."""

import json
from email.message import EmailMessage

import pytest

from corpus.importing.errors import EmptySource, NotText
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import read_source

ADDRESS = "https://herald.example/2017/03/02/votes"
MORE = "".join(
    f"<p>Paragraph {number} tells at some length what the council did about the harbour, and "
    "then it goes on with a second sentence.</p>"
    for number in range(6)
)


def page(body: str = MORE, head: str = "") -> str:
    """Return a page with its navigation and its footer."""
    return (
        f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8>{head}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header>"
        f"<main><article>{body}</article></main>"
        "<aside><h2>More stories</h2><p><a href='/x'>Ducks return to the pond</a></p></aside>"
        "<footer><p>© 2024 The Herald. All rights reserved.</p></footer></body></html>"
    )


def read(markup: str | bytes) -> Proposal:
    """Return the one article of a page."""
    raw = markup.encode() if isinstance(markup, str) else markup
    (article,) = read_and_interpret(raw, "saved.html")
    return article


def linked_data(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def blocks(article: Proposal) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_the_article_is_told_from_what_stands_around_it() -> None:
    article = read(page(f"<h1>Votes at the harbour</h1><p>By Jane Smith</p>{MORE}"))
    assert [kind for kind, _words in blocks(article)] == ["paragraph"] * 6
    beside = {row.text: row.kind for row in article.paratext}
    assert beside["By Jane Smith"] == "by_line"
    assert beside["# Votes at the harbour"] == "title"
    around = [words for words, kind in beside.items() if kind == "boilerplate"]
    assert any("Home" in words for words in around)
    assert any("Ducks return" in words for words in around)
    assert any("All rights reserved" in words for words in around)
    assert (article.title.value, article.title.basis) == ("Votes at the harbour", "given")
    assert article.authors.value == ("Jane Smith",)


def test_every_kind_of_block_keeps_its_kind() -> None:
    body = (
        f"{MORE}<h2>The vote</h2>{MORE}<blockquote><p>We never asked for it.</p></blockquote>"
        "<ul><li>one reason</li><li>another reason</li></ul>"
        "<figure><img src='a.png'><figcaption>The harbour at low tide</figcaption></figure>"
        "<p>Roses are red<br>Violets are blue</p><pre>x = 1\n  y = 2</pre>"
    )
    found = blocks(read(page(body)))
    assert found[6] == ("heading", "The vote")
    assert found[13:] == [
        ("quotation", "We never asked for it."),
        ("list_item", "one reason"),
        ("list_item", "another reason"),
        ("caption", "The harbour at low tide"),
        ("verse", "Roses are red\nViolets are blue"),
        ("preformatted", "x = 1\n  y = 2"),
    ]


def test_links_and_stress_are_kept_and_plain_signs_stay_signs() -> None:
    body = (
        "<p>The <a href='/plan'>plan</a> is *not* [yet] <em>done</em>, it says at some length "
        "so that nobody takes it for a menu of the page.</p>"
    )
    head = f'<link rel="canonical" href="{ADDRESS}">'
    article = read(page(body + MORE, head))
    assert article.text.startswith("The plan is *not* [yet] done, it says")
    marks = {article.text[mark.start : mark.end]: mark for mark in article.marks}
    assert marks["plan"].url == "https://herald.example/plan"
    assert marks["done"].kind == "emphasis"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "#top", "http://[x"])
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    article = read(
        page(f'<p><a href="{href}">Words that lead nowhere at all</a> in a text.</p>{MORE}')
    )
    assert "Words that lead nowhere at all in a text." in article.text
    assert article.marks == ()


def test_scripts_styles_and_hidden_words_are_never_shown() -> None:
    hidden = (
        "<script>evil()</script><style>p{}</style><noscript>no script</noscript>"
        "<p hidden>hidden one</p><p style='display: none'>hidden two</p><!-- hidden three -->"
        "<template><p>hidden four</p></template>"
    )
    source = read_source(page(hidden + MORE).encode(), "a.html").text
    assert "evil" not in source
    assert "p{}" not in source
    assert "no script" not in source
    assert "hidden" not in source


def test_the_date_is_asked_for_in_order_and_never_taken_from_a_footer() -> None:
    data = linked_data(**{"@type": "NewsArticle", "datePublished": "2017-03-02T23:30:00+01:00"})
    meta = '<meta property="article:published_time" content="2016-01-01T00:00:00Z">'
    time = "<time datetime='2015-05-05'>5 May</time>"
    url = f'<link rel="canonical" href="{ADDRESS}">'

    def dated(head: str, body: str = "") -> tuple[str | None, str]:
        fact = read(page(body + MORE, head)).published
        return (fact.value.date if fact.value else None), fact.rule

    assert dated(data + meta, time) == ("2017-03-02", "json_ld")
    assert dated(meta, time) == ("2016-01-01", "meta")
    assert dated("", time) == ("2015-05-05", "time_element")
    assert dated(url) == ("2017-03-02", "own_address")
    assert dated("") == (None, "nothing_found")


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2017", "2017", "year"),
        ("2017-03", "2017-03", "month"),
        ("20170302", "2017-03-02", "day"),
        ("2017/3/2", "2017-03-02", "day"),
        ("March 2, 2017", "2017-03-02", "day"),
        ("2 March 2017 at 10:00", "2017-03-02", "day"),
    ],
)
def test_a_date_is_known_as_exactly_as_it_is_told(written: str, date: str, precision: str) -> None:
    fact = read(page(MORE, f'<meta name="date" content="{written}">')).published
    assert fact.value is not None
    assert (fact.value.date, fact.value.precision) == (date, precision)
    assert written in fact.evidence


@pytest.mark.parametrize("written", ["yesterday", "2017-02-31", "0000-00-00"])
def test_what_is_no_date_gives_none(written: str) -> None:
    fact = read(page(MORE, f'<meta name="date" content="{written}">')).published
    assert fact.value is None or fact.value.date is None


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "name": "Jane Smith"},
        [{"name": "Jane Smith"}, "Tom Baker", "https://example.org/people/tom"],
        ["By Jane Smith"],
    ],
)
def test_authors_are_read_however_they_are_given(author: object) -> None:
    graph = {
        "@graph": [{"@type": "WebSite", "name": "X"}, {"@type": "BlogPosting", "author": author}]
    }
    authors = read(page(MORE, linked_data(**graph))).authors
    assert authors.value is not None
    assert authors.value[0] == "Jane Smith"
    assert "https://example.org/people/tom" not in authors.value


def test_the_title_of_the_page_loses_the_name_of_the_site() -> None:
    head = (
        "<title>Votes – a harbour story | The Herald</title>"
        '<meta property="og:site_name" content="The Herald">'
    )
    article = read(page(MORE, head))
    assert article.title.value == "Votes – a harbour story"
    assert article.title.rule == "title_element"
    assert article.outlet.value == "The Herald"


def test_broken_data_for_machines_is_passed_over() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert read(page(f"<h1>Votes</h1>{MORE}", broken)).title.value == "Votes"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp1251", "windows-1251"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8")],
)
def test_a_page_is_read_in_the_encoding_that_it_names(encoding: str, named: str) -> None:
    body = "<p>Господин мэр сказал, что порт останется открытым для всех жителей города.</p>" * 4
    markup = page(body).replace("charset=utf-8", f"charset={named}")
    assert "порт останется открытым" in read(markup.encode(encoding)).text


@pytest.mark.parametrize("named", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_a_page_called_latin_1_keeps_its_quotation_marks_and_dashes(named: str) -> None:
    body = "<p>L’été à Besançon — « la mort dans l’âme » — coûte 4 millions d’euros (€).</p>" * 4
    markup = page(body).replace("charset=utf-8", f"charset={named}")
    assert "L’été à Besançon — « la mort dans l’âme »" in read(markup.encode("cp1252")).text


def test_bytes_that_windows_1252_lacks_leave_a_page_in_latin_1() -> None:
    markup = page("<p>Café \x81 in the harbour, as it was called by all.</p>" * 4)
    markup = markup.replace("charset=utf-8", "charset=iso-8859-1")
    assert "Café" in read(markup.encode("latin-1")).text


def test_a_page_is_read_in_the_encoding_that_its_xml_declaration_names() -> None:
    body = "<p>Господин мэр сказал, что порт останется открытым для всех жителей города.</p>" * 4
    markup = '<?xml version="1.0" encoding="windows-1251"?>' + page(body)
    markup = markup.replace("<meta charset=utf-8>", "")
    assert "порт останется открытым" in read(markup.encode("cp1251")).text


def test_an_archive_is_known_though_its_first_line_tells_what_it_holds() -> None:
    message = EmailMessage()
    message.set_content(page(f"<h1>Votes</h1>{MORE}"), "html")
    message.make_related()
    body = bytes(message).split(b"\n\n", 1)[1]
    head = f"Content-Type: {message['Content-Type']}\nMIME-Version: 1.0\n\n"
    assert read(head.encode() + body).title.value == "Votes"


def test_an_archive_of_a_page_is_opened() -> None:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message["Snapshot-Content-Location"] = ADDRESS
    message["Subject"] = "Votes"
    message.make_related()
    message.add_related(
        page(f"<h1>Votes</h1>{MORE}").encode(), "text", "html", cte="quoted-printable"
    )
    message.add_related(b"\x89PNG", "image", "png")
    article = read(bytes(message))
    assert article.title.value == "Votes"
    assert article.url.value == ADDRESS
    assert len(article.blocks) == 6


def test_an_archive_without_a_page_is_refused() -> None:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    with pytest.raises(NotText, match="is an archive without a page"):
        read(bytes(message))


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table><tr><td"])
def test_a_page_nested_too_deeply_is_refused(tag: str) -> None:
    with pytest.raises(NotText, match="nested deeper"):
        read(f"<html><body>{f'<{tag}>' * 100_000}words")


def test_a_tag_without_end_is_refused() -> None:
    attributes = " ".join(f"a{number}=x" for number in range(100_000))
    with pytest.raises(NotText, match="no page that can be read"):
        read(f"<html><body><p {attributes}>words</p>")


def test_a_picture_within_a_page_is_passed_over() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 1_000_000}'>"
    assert "AAAA" not in read(page(picture + MORE)).text


@pytest.mark.parametrize("markup", ["<html></html>", "<!doctype html><body><script>x</script>"])
def test_a_page_without_words_is_refused(markup: str) -> None:
    with pytest.raises(EmptySource):
        read(markup)


def test_text_that_speaks_of_html_is_no_page() -> None:
    (article,) = read_and_interpret(b"The tag <html> begins a page.\n\nSo does <body>.", "a.txt")
    assert article.text.startswith("The tag <html> begins")


def test_a_short_page_without_an_article_keeps_its_words() -> None:
    article = read("<html><body><nav>Home</nav><p>Only one line.</p></body></html>")
    assert article.text == "Only one line."


def test_page_that_leaves_out_its_body_is_read_alike() -> None:
    article = read(f"<!doctype html><title>Votes</title><article><h1>Votes</h1>{MORE}</article>")
    assert [kind for kind, _words in blocks(article)] == ["paragraph"] * 6
    assert article.title.value == "Votes"
