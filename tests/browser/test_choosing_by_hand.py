"""Words chosen as readers do it: with mouse, keys and touch, at any size of the letters."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from annotations.project.checks.browser import chromium_path
from tests.browser.devices import DESKTOP
from tests.browser.test_offsets import LISTEN, chosen, expect_agreement
from tests.browser.tricky import BLOCKS, TEXT, make_tricky, number_of
from tests.site import Site, new_profile

pytestmark = pytest.mark.browser

# Where the first of some words stands on the screen: half its height, just within its edge.
_AT = """
async ([selector, words, mayScroll]) => {
  const root = document.querySelector(selector);
  if (mayScroll) root.scrollIntoView({ block: "center", behavior: "instant" });
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect();
    return [box.left + 1, box.top + box.height / 2];
  }
}
"""
# A browser that is zoomed to 200 % gives a page half the pixels, each of them twice as large.
_ZOOMED = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
# Source: WCAG 2.2, 1.4.12.
_SPACED = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}
"""

Reader = Callable[..., Page]
Spot = tuple[str, str]
"""A block's name or a selector, and the beginning of words in it."""


@pytest.fixture(scope="session")
def tricky_address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article that the tests of this file only look at."""
    assert session_keys
    return make_tricky(site, "tricky-by-hand")


@pytest.fixture
def opened(onlooker: Reader, tricky_address: str) -> Reader:
    """Return what opens the article on a screen with the given options."""

    def open_on(**options: Any) -> Page:
        return _listening(onlooker("alice", **options), tricky_address)

    return open_on


def _listening(page: Page, address: str) -> Page:
    page.goto(address)
    page.evaluate(LISTEN)
    return page


def _spot(page: Page, spot: Spot, *, may_scroll: bool = True) -> tuple[float, float]:
    where, words = spot
    selector = f"#p{number_of(where)}" if where in BLOCKS else where
    left, middle = page.evaluate(_AT, [selector, words, may_scroll])
    return left, middle


def _frames(page: Page) -> None:
    """Wait until the browser has told of a change of the selection."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def _click(page: Page, spot: Spot, count: int) -> dict[str, Any] | None:
    page.mouse.click(*_spot(page, spot), click_count=count)
    _frames(page)
    return chosen(page)


def _drag(page: Page, start: Spot, end: Spot) -> dict[str, Any] | None:
    """Press on the first letter of one spot and let go on that of the other."""
    from_, to = _spot(page, start), _spot(page, end, may_scroll=False)
    page.mouse.move(*from_)
    page.mouse.down()
    page.mouse.move(*to, steps=6)
    page.mouse.up()
    _frames(page)
    return chosen(page)


def _press(page: Page, *keys: str) -> dict[str, Any] | None:
    for key in keys:
        page.keyboard.press(key)
    _frames(page)
    return chosen(page)


# The browser ends such a paragraph at each of its line ends, and so do those who click.
_IN_LINES = ("verse", "code")


@pytest.mark.parametrize("name", [name for name in BLOCKS if name not in _IN_LINES])
def test_three_clicks_take_the_block(opened: Reader, name: str) -> None:
    words = BLOCKS[name][1]
    expect_agreement(_click(opened(**DESKTOP), (name, words[2:5]), 3), words)


def test_three_clicks_on_a_line_take_the_line(opened: Reader) -> None:
    page = opened(**DESKTOP)
    expect_agreement(_click(page, ("verse", "lets"), 3), "Violets are blue")
    expect_agreement(_click(page, ("code", "twice"), 3), "indent(twice)")


@pytest.mark.parametrize(
    ("spot", "expected"),
    [
        (("plain", "egin here"), "begin"),
        (("plain", "ressed"), "stressed"),
        (("marked", "arked"), "marked"),
        (("hebrew", "כולם"), "לכולם"),
        (("unseen", "hyphens"), "Soft\u00adhyphens"),
        (("caption", "rowd"), "crowd"),
    ],
)
def test_two_clicks_take_the_word(opened: Reader, spot: Spot, expected: str) -> None:
    expect_agreement(_click(opened(**DESKTOP), spot, 2), expected)


DRAGGED = {
    "within a block": (("plain", "begin"), ("plain", ", with"), "begin here"),
    "backwards": (("plain", ", with"), ("plain", "begin"), "begin here"),
    "over marks": (("marked", "of"), ("marked", "and by"), "of these words were marked before,"),
    "into the next block": (
        ("plain", "stressed"),
        ("marked", "these"),
        "stressed one.\n\nSome of",
    ),
    "backwards over blocks": (
        ("emoji", "thumb"),
        ("marked", "twice"),
        "twice.\n\nA",
    ),
    "over items of a list": (("first", "list"), ("second", "second"), "list\n\nThe"),
    "from a note": (("#bk3 .note .note-text", "note"), ("emoji", "thumb"), "A"),
    "from the rail": ((".rail nav", "Readers"), ("heading", "& edges"), "Ends"),
}


@pytest.mark.parametrize("name", DRAGGED)
def test_what_the_mouse_is_drawn_over_is_chosen(opened: Reader, name: str) -> None:
    start, end, expected = DRAGGED[name]
    expect_agreement(_drag(opened(**DESKTOP), start, end), expected)


def test_words_are_chosen_in_a_window_zoomed_to_200_percent(opened: Reader) -> None:
    page = opened(**_ZOOMED)
    expect_agreement(_drag(page, ("emoji", "up"), ("emoji", "two flags")), "up, a family 👩‍👩‍👧‍👦,")
    expect_agreement(_drag(page, ("plain", "stressed"), ("marked", "of")), "stressed one.\n\nSome")
    expect_agreement(_click(page, ("caption", "rowd"), 3), BLOCKS["caption"][1])


def test_words_are_chosen_in_letters_set_wide(opened: Reader) -> None:
    page = opened(**DESKTOP)
    page.evaluate(_SPACED)
    expect_agreement(_drag(page, ("marked", "of"), ("marked", "these")), "of")
    expect_agreement(_drag(page, ("combining", "hat"), ("combining", " on top")), "hat x̂")
    bar = page.locator(".selection-bar").bounding_box()
    assert bar is not None
    assert 0 <= bar["x"] <= bar["x"] + bar["width"] <= 1440


def test_everything_is_the_text_and_nothing_else(opened: Reader) -> None:
    page = opened(**DESKTOP)
    _click(page, ("plain", "begin"), 2)
    expect_agreement(_press(page, "Control+a"), TEXT)


def test_shift_and_a_click_lengthen_what_is_chosen(opened: Reader) -> None:
    page = opened(**DESKTOP)
    _click(page, ("plain", "egin here"), 2)
    page.keyboard.down("Shift")
    found = _click(page, ("marked", "these"), 1)
    page.keyboard.up("Shift")
    expect_agreement(found, f"{BLOCKS['plain'][1][12:]}\n\nSome of these")


@pytest.fixture(scope="session")
def caret_browsing(
    chromium: Browser, site: Site, session_keys: dict[str, str], tricky_address: str
) -> Iterator[Page]:
    """Open the article in a browser whose caret goes through any text, as after F7."""
    browser = chromium.browser_type.launch(
        executable_path=chromium_path(),
        args=["--no-sandbox", "--disable-gpu", "--enable-caret-browsing"],
    )
    context = new_profile(browser, site)
    context.add_cookies([{"name": "sessionid", "value": session_keys["alice"], "url": site.url}])
    yield _listening(context.new_page(), tricky_address)
    browser.close()


LIST = "wrote: ‘and meant it’.\n\nThe first of a list"
FURTHER = "of these words were marked before, and by two"


@pytest.mark.parametrize(
    ("spot", "keys", "expected"),
    [
        (("plain", "begin"), ["Shift+ArrowRight"] * 5, "begin"),
        (("plain", " here"), ["Shift+ArrowLeft"] * 5, "begin"),
        (("plain", "begin"), ["Control+Shift+ArrowRight"] * 2, "begin here"),
        (("plain", "begin"), ["Shift+Home"], "Plain words"),
        (("plain", "stressed"), ["Shift+End"], "stressed one."),
        (("again", "out"), ["Control+Shift+ArrowRight"] * 3, "out."),
        (("emoji", "👍🏽"), ["Shift+ArrowRight"], "👍🏽"),
        (("emoji", "👩‍👩‍👧‍👦"), ["Shift+ArrowRight"], "👩‍👩‍👧‍👦"),
        (("emoji", "🇬🇧"), ["Shift+ArrowRight"], "🇬🇧"),
        (
            ("marked", "these"),
            ["Control+Shift+ArrowRight"] * 7,
            "these words were marked before, and",
        ),
        (("quotation", "wrote"), ["Shift+ArrowDown", "Shift+End"], LIST),
        (("hebrew", "לכולם"), ["Shift+ArrowLeft"] * 4, "כולם"),
    ],
)
def test_what_caret_browsing_selects_is_chosen(
    caret_browsing: Page, spot: Spot, keys: list[str], expected: str
) -> None:
    caret_browsing.evaluate("() => getSelection().removeAllRanges()")
    expect(caret_browsing.locator(".selection-bar")).to_be_hidden()
    _click(caret_browsing, spot, 1)
    expect_agreement(_press(caret_browsing, *keys), expected)
