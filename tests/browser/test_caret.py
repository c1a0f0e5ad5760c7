"""Choosing words with a caret: by character, word, sentence, paragraph and line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import note_on
from tests.browser.tricky import make_tricky
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_IN_BLOCK = """
(words) => {
  const found = [...document.querySelectorAll("#text [data-start]")]
    .find((block) => block.textContent.includes(words));
  found.closest(".bk").querySelector("a, [data-start]").focus();
  if (!found.closest(".bk").contains(document.activeElement)) {
    found.tabIndex = -1;
    found.focus();
  }
}
"""


@pytest.fixture(scope="session")
def tricky(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article with marks, links, lists, signs and Hebrew."""
    assert "alice" in session_keys
    return make_tricky(site, "caret")


@pytest.fixture
def start(reader: Reader, tricky: str) -> Callable[[str], Page]:
    """Return what opens that article with a caret in the block that has the words."""

    def start(words: str) -> Page:
        page = reader("carol")
        page.goto(tricky)
        expect(page.locator("#text")).to_be_visible()
        page.evaluate(_IN_BLOCK, words)
        page.keyboard.press("v")
        expect(page.locator("#announcements")).to_contain_text("Choosing by keys")
        return page

    return start


def _chosen(page: Page) -> str:
    """Return the chosen words, without what is beside the text."""
    chosen: str = page.evaluate(
        """
        () => {
          if (getSelection().isCollapsed) return "";
          const copy = getSelection().getRangeAt(0).cloneContents();
          for (const other of copy.querySelectorAll("[data-skip], .notes, .pill, .add-note")) {
            other.remove();
          }
          const blocks = [...copy.querySelectorAll("[data-start]")];
          const parts = blocks.length ? blocks : [copy];
          return parts.map((part) => part.textContent).join("|");
        }
        """
    )
    return chosen


def _press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def _said(page: Page, words: str) -> None:
    expect(page.locator("#announcements")).to_have_text(words)


STEPS = {
    "characters": ("Plain", "Shift+ArrowRight " * 5, "Plain"),
    "a word": ("Plain", "Control+Shift+ArrowRight", "Plain"),
    "words there and back": (
        "Plain",
        "Control+Shift+ArrowRight " * 3 + "Control+Shift+ArrowLeft",
        "Plain words ",
    ),
    "backwards": (
        "Plain",
        "Control+ArrowRight " * 2 + "Control+Shift+ArrowLeft",
        "words",
    ),
    "over marks": (
        "Some of these",
        "Control+Shift+ArrowRight " * 6,
        "Some of these words were marked",
    ),
    "a thumb with a skin tone": (
        "A thumb",
        "Control+ArrowRight " * 2 + "ArrowRight Shift+ArrowRight",
        "👍🏽",
    ),
    "a hat on a letter": ("A hat", "Control+ArrowRight " * 2 + "ArrowRight Shift+ArrowRight", "x̂"),
    "to the left": ("שלום לכולם", "Shift+ArrowLeft " * 4, "שלום"),
    "a word to the left": ("שלום לכולם", "Control+Shift+ArrowLeft", "שלום"),
    "a sentence": (
        "Plain",
        "s",
        "Plain words begin here, with a linked phrase and a stressed one.",
    ),
    "a paragraph": (
        "They wrote",
        "ArrowRight p",
        "They wrote שלום עולם and then مرحبا بالعالم on the wall.",
    ),
    "two paragraphs": ("The first of", "p Shift+P", "The first of a list|The second of that list"),
    "a paragraph before": (
        "The second of",
        "p o Shift+P",
        "The first of a list|The second of that list",
    ),
    "over the gap between blocks": (
        "The first of",
        "End Control+Shift+ArrowRight",
        "|The",
    ),
    "to the end of the line": ("A crowd", "Shift+End", "A crowd before the town hall, in 1945."),
    "back to the beginning of the line": (
        "A crowd",
        "End Shift+Home",
        "A crowd before the town hall, in 1945.",
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_keys_choose(start: Callable[[str], Page], name: str) -> None:
    words, keys, chosen = STEPS[name]
    page = start(words)
    _press(page, keys)
    assert _chosen(page) == chosen


def test_lines_are_passed_over_what_is_no_text(start: Callable[[str], Page]) -> None:
    page = start("The first of")
    _press(page, "Shift+ArrowDown Shift+ArrowDown")
    assert _chosen(page).startswith("The first of a list|The second of that list")
    page.keyboard.press("Shift+ArrowUp")
    assert _chosen(page).startswith("The first of a list")
    assert "A crowd" not in _chosen(page)


def test_what_is_passed_and_what_is_chosen_is_said(start: Callable[[str], Page]) -> None:
    page = start("Plain")
    page.keyboard.press("ArrowRight")
    _said(page, "P")
    page.keyboard.press("Control+ArrowRight")
    _said(page, "lain")
    page.keyboard.press("ArrowRight")
    _said(page, "space")
    page.keyboard.press("Control+Shift+ArrowRight")
    _said(page, "words, chosen")
    page.keyboard.press("Shift+ArrowLeft")
    _said(page, "s, left out")
    page.keyboard.press("s")
    _said(page, "Plain words begin here, with a linked phrase and a stressed one., chosen")
    page.keyboard.press("o")
    _said(page, "Plain")


def test_enter_opens_the_bar_and_not_before(start: Callable[[str], Page]) -> None:
    page = start("Over and over")
    page.keyboard.press("s")
    page.wait_for_timeout(400)  # longer than a selection has to rest
    bar = page.get_by_role("toolbar", name="Chosen words")
    expect(bar).to_be_hidden()
    page.keyboard.press("Enter")
    expect(bar).to_be_visible()
    expect(page.locator("#announcements")).to_contain_text("40 characters chosen")


def test_a_key_marks_what_is_being_chosen_at_once(start: Callable[[str], Page]) -> None:
    page = start("Roses are")
    _press(page, "s h")
    note_on(page, "Roses are", by="Carol")


def test_escape_leaves_nothing_chosen(start: Callable[[str], Page]) -> None:
    page = start("Over and over")
    _press(page, "s Escape")
    assert _chosen(page) == ""
    page.keyboard.press("ArrowRight")
    assert _chosen(page) == ""
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_hidden()


def test_words_chosen_otherwise_are_extended(start: Callable[[str], Page]) -> None:
    page = start("Over and over")
    _press(page, "Control+Shift+ArrowRight Enter")
    page.keyboard.press("v")
    _press(page, "Control+Shift+ArrowRight")
    assert _chosen(page) == "Over and"


def test_who_goes_on_to_a_control_ends_the_choosing(start: Callable[[str], Page]) -> None:
    page = start("Over and over")
    expect(page.locator("#text[data-choosing]")).to_have_count(1)
    page.get_by_role("link", name="Claims").first.focus()
    expect(page.locator("#text[data-choosing]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/")
