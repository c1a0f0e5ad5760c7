"""Whatever way words are chosen, the offsets are those of the server. Source: design brief 12."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.anchoring import Passage, Target, place, target_at
from corpus.text.blocks import BLOCK_SEPARATOR
from tests.browser.tricky import BLOCKS, TEXT, make_tricky, number_of
from tests.site import Site

pytestmark = pytest.mark.browser


class Place(NamedTuple):
    """The place of the bar in `words`, which stand in `where`: a block's name or a selector.

    `shift` is in UTF-16 units from there. On an edge between two nodes it is the end of the
    first, or with `is_later` the beginning of the second.
    """

    where: str
    words: str
    shift: int = 0
    is_later: bool = False


class Case(NamedTuple):
    """What is chosen from `anchor` to `focus`, and the words that are to be marked, if any."""

    anchor: Place
    focus: Place
    expected: str | None


def _within(where: str, before: str, after: str, expected: str | None) -> Case:
    return Case(Place(where, before), Place(where, after), expected)


P = Place
NOTE, RAIL, AFTER = "#bk3 .note .note-text", ".rail nav", ".after-text .note-text"
BOTH = "these words were marked before, and by two"
NO_TEXT = {NOTE, RAIL, AFTER, "h1", "body"}
CASES = {
    "a caret": _within("plain", "begin| here", "begin| here", None),
    "one space": _within("plain", "begin| here", "begin |here", None),
    "nothing but blanks": _within("unseen", "width, |", "|nothing", None),
    "a gap between blocks": Case(P("plain", "one.|"), P("marked", "|Some"), None),
    "spaces at both ends": _within("plain", "words| begin", "here, |with", "begin here,"),
    "blanks at both ends": _within("unseen", "zero\u200bwidth,|", "nothing|", "nothing"),
    "a no-break space within": _within("unseen", "|10", "000|, thin", "10\u00a0000"),
    "a thin space within": _within("unseen", "|thin", "spaces|", "thin\u2009spaces"),
    "a soft hyphen within": _within("unseen", "|Soft", "hyphens|", "Soft\u00adhyphens"),
    "a zero-width space within": _within("unseen", "|zero", "width|", "zero\u200bwidth"),
    "a word joiner at the end": _within("unseen", "|half", "half\u2060|", "half"),
    "the end of one block": Case(P("heading", "of> words|"), P("plain", "Plain| w"), "Plain"),
    "the start of the next": Case(P("plain", "|one."), P("marked", "|Some"), "one."),
    "a whole block by its edges": Case(P("#p2", ""), P("#p3", ""), BLOCKS["plain"][1]),
    "signs of mark-up": _within("heading", "Ends |&", "words|", "& edges <of> words"),
    "into a link": _within("plain", "|a linked", "linked phr|ase", "a linked phr"),
    "link and stress": _within("plain", "linked| phr", "stressed| one", "phrase and a stressed"),
    "the inside of a mark": _within("marked", "|these words were", "these words| w", "these words"),
    "half of a mark": _within("marked", "|of these", "words were |marked", "of these words were"),
    "a mark by the ends before": Case(
        P("marked", "Some of |these"), P("marked", "by two|"), BOTH
    ),
    "a mark by its own ends": Case(
        P("marked", "Some of |these", is_later=True),
        P("marked", "by two| r", is_later=True),
        BOTH,
    ),
    "the words after a mark": Case(
        P("marked", "by two| readers", is_later=True), P("marked", "readers|"), "readers"
    ),
    "half an emoji": Case(P("emoji", "thumb |", 1), P("emoji", "👍🏽| up"), "👍🏽"),
    "an emoji without its skin": _within("emoji", "|A thumb", "👍|🏽", "A thumb 👍🏽"),
    "a part of a family": _within("emoji", "👩‍|👩", "👩‍👩|", "👩‍👩‍👧‍👦"),
    "one of two flags": _within("emoji", "flags |", "flags 🇬🇧|", "🇬🇧"),
    "half of the other flag": _within("emoji", "🇬🇧|🇫", "🇬🇧🇫|🇷", "🇫🇷"),
    "half a surrogate pair": Case(P("emoji", "𝒳|", -1), P("emoji", "in sc|ript"), "𝒳 in sc"),
    "a letter without its hat": _within("combining", "|hat x", "hat x|\u0302", "hat x̂"),
    "a mark without its letter": Case(
        P("combining", "two |", 1), P("combining", "marks|"), "ṇ̃ marks"
    ),
    "a vowel sign": _within("combining", "|and ไทย", "and ไ|ทย", "and ไ"),
    "Hebrew": _within("hebrew", "|לכולם", "זה| ", "לכולם, זה"),
    "Hebrew with digits": _within("hebrew", "מבחן |של", "123 מי|לים", "של 123 מי"),
    "Hebrew backwards": Case(P("hebrew", "מילים|"), P("hebrew", "מבחן |של"), "של 123 מילים"),
    "English and Hebrew": _within("mixed", "|wrote", "שלום עו|לם", "wrote שלום עו"),
    "Arabic and English": _within("mixed", "بالع|الم", "on |the", "الم on"),
    "backwards": Case(P("plain", "here,|"), P("plain", "|begin"), "begin here,"),
    "backwards over blocks": Case(
        P("plain", "words| begin"), P("heading", "|<of>"), "<of> words\n\nPlain words"
    ),
    "a quotation and a list": Case(
        P("quotation", "|wrote"), P("first", "The first|"), "wrote: ‘and meant it’.\n\nThe first"
    ),
    "over a list": Case(P("first", "|list"), P("second", "The| sec"), "list\n\nThe"),
    "a list and a caption": Case(P("second", "that |"), P("caption", "A| crowd"), "list\n\nA"),
    "over a caption": Case(
        P("second", "|list"),
        P("verse", "Roses|"),
        "list\n\nA crowd before the town hall, in 1945.\n\nRoses",
    ),
    "over a line of verse": _within("verse", "|red", "Violets|", "red\nViolets"),
    "verse and code": Case(P("verse", "|blue"), P("code", "if|"), "blue\n\nif"),
    "indented lines": _within("code", "so:|", "indent|(", "indent"),
    "the second of the same words": _within(
        "again", "Over and over |and over and", "Over and over and over| and", "and over"
    ),
    "from a note": Case(P(NOTE, "A |note"), P("emoji", "A thumb|"), "A thumb"),
    "into a note": Case(P("marked", "|twice"), P(NOTE, "A note|"), "twice."),
    "within a note": Case(P(NOTE, "|A note"), P(NOTE, "A note|"), None),
    "from the rail": Case(P(RAIL, "Claims| here"), P("heading", "Ends|"), "Ends"),
    "from the title": Case(P("h1", "|Ends"), P("heading", "Ends|"), "Ends"),
    "into the notes below": Case(P("again", "|out."), P(AFTER, "A note on|"), "out."),
    "over everything": Case(P("body", ""), P("#toasts", ""), TEXT),
}  # fmt: skip

# Keeps what the page makes of the selection as it is now; finds the node and offset of a place.
LISTEN = """
() => {
  const article = document.getElementById("text");
  document.addEventListener("selectionchange", () => { window.chosen = undefined; });
  article.addEventListener("postil:chosen", ({ detail }) => { window.chosen = detail; });
  window.placeOf = ([selector, words, shift, isLater]) => {
    const root = document.querySelector(selector);
    if (words === "") return [root, 0];
    const isSkipped = (node) => node.parentElement.closest("[data-skip]");
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!isSkipped(walker.currentNode)) nodes.push(walker.currentNode);
    const text = nodes.map((node) => node.data).join("");
    const at = text.indexOf(words.replace("|", ""));
    if (at < 0) throw new Error(`${words} is not in ${text}`);
    let units = at + words.indexOf("|") + shift;
    for (const node of nodes) {
      if (isLater ? units < node.length : units <= node.length) return [node, units];
      units -= node.length;
    }
    throw new Error(`${words} ends after ${text}`);
  };
}
"""
_CHOOSE = """
([anchor, focus]) => {
  document.activeElement?.blur();
  window.chosen = undefined;
  getSelection().removeAllRanges();
  getSelection().setBaseAndExtent(...placeOf(anchor), ...placeOf(focus));
}
"""


_STORED = """
import json
from annotations.models import Annotation
found = Annotation.objects.filter(article__slug="{slug}").order_by("number")
print(json.dumps(list(found.values_list("start", "end", "exact", "prefix", "suffix"))))
"""
_DRAWN = """
(name) => [...document.querySelectorAll(`mark[data-h~="${name}"]`)]
  .map((piece) => piece.textContent).join("")
"""


@pytest.fixture(scope="session")
def tricky_page(
    profiles: Callable[..., BrowserContext], site: Site, session_keys: dict[str, str]
) -> Iterator[Page]:
    """Open the marked article once for all who only choose words on it."""
    assert session_keys
    page = profiles("alice").new_page()
    page.goto(make_tricky(site, "tricky-chosen"))
    page.evaluate(LISTEN)
    yield page
    page.close()


def choose(page: Page, case: Case) -> dict[str, Any] | None:
    """Choose what `case` says; return the passage that the page makes of it."""
    ends = [[_selector(end.where), *end[1:]] for end in (case.anchor, case.focus)]
    page.evaluate(_CHOOSE, ends)
    return chosen(page)


def chosen(page: Page) -> dict[str, Any] | None:
    """Wait until words are chosen, or none; return the passage."""
    told = page.wait_for_function("() => window.chosen").json_value()
    passage: dict[str, Any] | None = told["passage"]
    return passage


def passage_sent(found: dict[str, Any]) -> Passage:
    """Return what the page would send to the server."""
    return Passage(**{key: found[key] for key in ("start", "end", "exact", "prefix", "suffix")})


def expect_agreement(found: dict[str, Any] | None, expected: str | None) -> None:
    """Hold the passage of the page to `expected` and to what the server makes of it."""
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found["exact"] == expected
    sent = passage_sent(found)
    stored = Target(sent.start, sent.end, sent.exact, sent.prefix, sent.suffix)
    assert target_at(TEXT, sent.start, sent.end) == stored
    # Were the text another version, the server would look for the words, and find these.
    assert place(TEXT, sent, is_same_text=False) == stored


def test_text_has_what_it_is_named_for() -> None:
    assert unicodedata.is_normalized("NFC", TEXT)
    assert "n\u0303" not in TEXT
    assert any(ord(sign) > 0xFFFF for sign in TEXT)


@pytest.mark.parametrize("name", CASES)
def test_chosen_words_have_the_offsets_that_the_server_counts(tricky_page: Page, name: str) -> None:
    expect_agreement(choose(tricky_page, CASES[name]), CASES[name].expected)


def test_words_that_are_marked_are_stored_and_drawn_as_they_were_chosen(
    reader: Callable[..., Page], site: Site
) -> None:
    slug = "tricky-marked"
    page = reader("alice")
    page.goto(make_tricky(site, slug, is_marked=False))
    page.evaluate(LISTEN)
    sent: list[Passage] = []
    for case in CASES.values():
        if case.expected is None or {case.anchor.where, case.focus.where} & NO_TEXT:
            continue
        found = choose(page, case)
        assert found is not None
        assert found["exact"] == case.expected
        sent.append(passage_sent(found))
        expect(page.locator(".selection-bar")).to_be_visible()
        page.keyboard.press("h")
        page.locator(f"#n{len(sent)}").wait_for(state="attached")
    assert site.made_by(_STORED.format(slug=slug)) == [list(astuple(passage)) for passage in sent]
    page.reload()
    drawn = [page.evaluate(_DRAWN, f"h{number}") for number in range(1, len(sent) + 1)]
    assert drawn == [passage.exact.replace(BLOCK_SEPARATOR, "") for passage in sent]


def _selector(where: str) -> str:
    return f"#p{number_of(where)}" if where in BLOCKS else where
