"""Notes as HTML: what is shown, what is never let through, and at what cost."""

import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import nh3
import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from annotations import markdown
from annotations.markdown import ATTRIBUTES, LINK_REL, PROTOCOLS, TAGS, render, words_of

# The most that one hostile note may cost, on a machine that does other things as well.
MOST_SECONDS = 2.0

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6a;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    '[x](http://a.example/"onmouseover="alert(1))',
    "[x](<http://a.example/ onmouseover=alert(1)>)",
    '[x](http://a.example "t\\" onclick=alert(1)")',
    "![x](http://a.example/track.gif)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<http://a.example/%22onmouseover=alert(1)>",
    "<!-- --><script>alert(1)</script>",
    "<style>*{background:url(http://a.example)}</style>",
    "<textarea></textarea><iframe src=//a.example></iframe><xmp>",
    "`<b onclick=alert(1)>`",
    "```html\n<script>alert(1)</script>\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b>\u2028\u2029</b>",
]
ELEMENT = re.compile(r"<(/?)([a-z]+)((?:\s[^>]*)?)>")
ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')


def _check_clean(html: str) -> None:
    """Assert that every `<` begins an element of ours with attributes of ours."""
    found = list(ELEMENT.finditer(html))
    assert len(found) == html.count("<")
    for _close, tag, attributes in (match.groups() for match in found):
        assert tag in TAGS
        pairs = ATTRIBUTE.findall(attributes)
        assert ATTRIBUTE.sub("", attributes).strip() == ""
        for name, value in pairs:
            assert name in ATTRIBUTES.get(tag, [])
            if name == "href":
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", value)
                assert scheme is None or scheme[1] in PROTOCOLS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup(payload: str) -> None:
    _check_clean(render(payload))
    _check_clean(render(f"Some words {payload} and *more*.\n\n> {payload}\n\n- {payload}"))


@given(note=st.text(max_size=400))
def test_any_text_becomes_clean_html(note: str) -> None:
    _check_clean(render.__wrapped__(note))


@given(note=st.text(alphabet="*_`[]()<>!#-+1. \n\t\\&:abx\"'~|", max_size=300))
def test_any_mix_of_signs_becomes_clean_html(note: str) -> None:
    _check_clean(render.__wrapped__(note))


@given(note=st.text(alphabet="aé '\",;:-\n\u00a0.1", max_size=80))
def test_the_short_way_for_plain_notes_gives_what_markdown_gives(note: str) -> None:
    rendered = markdown._rendered(note)

    assert rendered is not None
    assert unescape(render.__wrapped__(note)) == unescape(markdown._clean(rendered))


def test_what_readers_use_is_kept() -> None:
    html = render("A *stress*, **more**, `code`.\nNext line.\n\n> quoted\n\n1. one\n2. two\n\n- x")

    for part in (
        "<em>stress</em>",
        "<strong>more</strong>",
        "<code>code</code>",
        "<br>",
        "<blockquote>",
        "<ol>",
        "<li>two</li>",
        "<ul>",
    ):
        assert part in html


@pytest.mark.parametrize("address", ["https://a.example/x?y=1&z=2", "mailto:jo@a.example"])
def test_links_open_what_they_say_and_promise_nothing(address: str) -> None:
    html = render(f"[words]({address})")

    assert f'<a href="{escape(address)}" rel="{LINK_REL}">words</a>' in html


def test_pictures_and_headings_stay_words() -> None:
    assert "<img" not in render("![a picture](https://a.example/x.png)")
    assert "<h1" not in render("# 2 ways to lose\n\nand\n===")


def test_html_is_shown_as_it_was_written() -> None:
    assert render("<b>½ &amp; 1 < 2</b>") == "<p>&lt;b&gt;½ &amp; 1 &lt; 2&lt;/b&gt;</p>"


HOSTILE = {
    "brackets": "[" * 20_000,
    "pictures": "![[" * 6_600,
    "stars": "*a **b " * 2_800,
    "closed stars": "*a " * 3_000 + "b*" * 3_000,
    "quotes": ">" * 20_000,
    "deep quotes": "> " * 10_000,
    "deep list": "".join("  " * depth + "- x\n" for depth in range(130)),
    "many items": "1. x\n" * 4_000,
    "backticks": "`a" * 10_000,
    "tags": "<b>" * 6_600,
    "links": "[a](b)" * 3_300,
    "breaks": "a\\\n" * 6_600,
    "entities": "&lt;" * 5_000,
    "rules": "***\n" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_note_costs_more_than_it_may(name: str) -> None:
    began = time.process_time()

    html = render.__wrapped__(HOSTILE[name][:20_000])

    assert time.process_time() - began < MOST_SECONDS
    _check_clean(html)


def test_what_asks_for_too_much_is_shown_as_it_was_written() -> None:
    assert render("[" * 5_000) == "<pre>" + "[" * 5_000 + "</pre>"
    assert render("x" * 20_001).startswith("<p>xxx")
    assert render("*" + "x" * 20_001).startswith("<pre>*xxx")


@pytest.mark.parametrize("payload", [*PAYLOADS, "<p>a <em>b</em><script>c</script></p>", "<a b>"])
def test_the_cleaner_that_could_follow_bleach_lets_no_more_through(payload: str) -> None:
    """The seam: nh3 with the same lists, given the same HTML, raw and rendered."""
    for html in (payload, markdown._rendered(payload) or ""):
        cleaned = nh3.clean(
            html,
            tags=set(TAGS),
            attributes={"*": set()} | {tag: set(names) for tag, names in ATTRIBUTES.items()},
            url_schemes=set(PROTOCOLS),
            link_rel=None,
            strip_comments=True,
        )
        _check_clean(cleaned)
        _check_clean(markdown._clean(html))


def test_threads_do_not_mix_up_their_notes() -> None:
    notes = [
        f"*number {number}* in `code` of [a link](https://example.org/{number})"
        for number in range(400)
    ]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            rendered = list(pool.map(render, notes))
    finally:
        sys.setswitchinterval(before)
    for number, html in enumerate(rendered):
        assert f"<em>number {number}</em>" in html
        assert f'href="https://example.org/{number}"' in html


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (
            "A first **thought**\n\nabout [them](https://example.org/).",
            "A first thought about them.",
        ),
        ("Plain, and  over\ntwo lines", "Plain, and over two lines"),
        ("1 < 2 & <b>so</b>", "1 < 2 & <b>so</b>"),
        ("cut in the **mid", "cut in the **mid"),
    ],
)
def test_what_is_said_of_a_note_is_its_words_without_signs(note: str, words: str) -> None:
    assert words_of(note) == words
