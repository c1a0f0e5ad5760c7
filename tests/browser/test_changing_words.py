"""A reader pulls the ends of a highlight: with the mouse, by keys, by touch, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.devices import PHONE
from tests.browser.own_article import expect_words, own_article
from tests.browser.reading import watch_requests
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]
TEXT = (
    "The quick brown fox jumps over the lazy dog. It did so twice, they say.",
    "Nobody saw it, for all were at home. The dog had a friend 👩‍👩‍👧 there.",
    "שלום לכולם, זה מבחן של מילים.",
)
# The middle of a word's last letter, on the screen.
_LETTER = """
(words) => {
  const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0 || walker.currentNode.parentElement.closest(".notes")) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at + words.length - 1);
    range.setEnd(walker.currentNode, at + words.length);
    const box = range.getBoundingClientRect();
    return [box.left + box.width * 0.8, box.top + box.height / 2];
  }
}
"""


def begin(page: Page, number: int) -> tuple[Locator, Locator]:
    """Open the note of a highlight, ask for other words, and return the two handles."""
    note = page.locator(f"#n{number}")
    note.click()
    note.get_by_text("More", exact=True).click()
    note.get_by_role("link", name="Change words").click()
    handles = page.get_by_role("slider")
    expect(handles).to_have_count(2)
    expect(handles.last).to_be_focused()
    return handles.first, handles.last


def said(handle: Locator) -> str:
    return handle.get_attribute("aria-valuetext") or ""


def test_the_ends_are_pulled_with_the_mouse_over_blocks_and_back(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "pulled-by-mouse", TEXT, {"brown fox": "A fox.", "lazy": "It is."}))
    start, end = begin(page, 1)
    for handle, words in ((end, "all were"), (start, "The ")):
        box = handle.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        x, y = page.evaluate(_LETTER, words)
        # The handle hangs beside and below its letter, and is held there.
        page.mouse.move(box["x"] + 12, box["y"] + 12)
        page.mouse.down()
        page.mouse.move(x + (10 if handle == end else -10), y + 20, steps=4)
        page.mouse.up()
    assert said(end) == "ends with “saw it, for all were”"
    assert said(start) == "begins with “quick brown fox jumps over”"
    assert page.evaluate("() => String(getSelection())") == ""
    page.get_by_role("button", name="Change words").click()
    expect(page.locator("#toasts").get_by_text("Words changed.")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(0)
    first = "quick brown fox jumps over the lazy dog. It did so twice, they say."
    expect_words(page, 1, f"{first}|Nobody saw it, for all were")
    expect_words(page, 2, "lazy")
    page.get_by_role("button", name="Undo").click()
    expect_words(page, 1, "brown fox")


def test_keys_move_each_end_by_words_letters_and_sentences(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "moved-by-keys", TEXT, {"brown fox": ""}))
    page.locator("a.ref").first.focus()
    page.keyboard.press("w")
    start, end = (
        page.get_by_role("slider", name="Beginning"),
        page.get_by_role("slider", name="End"),
    )
    expect(end).to_be_focused()
    assert violations_on(page) == []
    steps = {
        "ArrowRight": "ends with “brown fox jumps”",
        "Shift+ArrowRight": "ends with “brown fox jumps o”",
        "Shift+ArrowLeft": "ends with “brown fox jumps”",
        "ArrowDown": "ends with “jumps over the lazy dog.”",
        "ArrowLeft": "ends with “jumps over the lazy dog”",
    }
    for key, told in steps.items():
        page.keyboard.press(key)
        expect(end).to_have_attribute("aria-valuetext", told)
    page.keyboard.press("Shift+Tab")
    expect(start).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(start).to_have_attribute("aria-valuetext", "begins with “quick brown fox jumps over”")
    for _beyond in range(30):
        page.keyboard.press("ArrowRight")
    expect(start).to_have_attribute("aria-valuetext", "begins with “dog”")
    page.keyboard.press("ArrowUp")
    expect(start).to_have_attribute("aria-valuetext", "begins with “The quick brown fox jumps”")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts").get_by_text("Words changed.")).to_be_visible()
    expect_words(page, 1, "The quick brown fox jumps over the lazy dog")
    expect(page.locator("#n1")).to_be_focused()


def test_characters_stay_whole_and_lines_from_the_right_go_their_way(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "moved-in-other-scripts", TEXT, {"friend": "", "לכולם": "Hi."}))
    _, end = begin(page, 2)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(end).to_have_attribute("aria-valuetext", "ends with “לכולם, זה”")
    page.keyboard.press("Escape")
    expect(page.get_by_role("slider")).to_have_count(0)
    expect_words(page, 2, "לכולם")

    _, end = begin(page, 1)
    page.keyboard.press("Shift+ArrowRight")
    expect(end).to_have_attribute("aria-valuetext", "ends with “friend 👩‍👩‍👧”")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts").get_by_text("Words changed.")).to_be_visible()
    expect_words(page, 1, "friend 👩‍👩‍👧")


def test_a_finger_pulls_an_end_and_the_page_stays_where_it_is(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice", **PHONE)
    page.goto(own_article(site, "pulled-by-finger", TEXT, {"brown fox": "A fox."}))
    page.locator("#h1").tap()
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    sheet.get_by_text("More", exact=True).tap()
    sheet.get_by_role("link", name="Change words").tap()
    expect(sheet).to_have_count(0)
    handle = page.get_by_role("slider", name="End")
    box = handle.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    top = page.evaluate("() => scrollY")
    x, y = box["x"] + 8, box["y"] + 8
    to_x, to_y = page.evaluate(_LETTER, "lazy")
    to_x += 6
    touch = page.context.new_cdp_session(page)

    def finger(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", x, y)
    for part in (0.3, 0.7, 1):
        finger("touchMove", x + (to_x - x) * part, y + (to_y + 22 - y) * part)
        # A finger that flings the page away is another thing: this one comes to rest.
        page.wait_for_timeout(150)
    finger("touchEnd")
    assert page.evaluate("() => scrollY") == top
    expect(handle).to_have_attribute("aria-valuetext", "ends with “fox jumps over the lazy”")
    page.get_by_role("button", name="Change words").tap()
    expect(page.locator("#toasts").get_by_text("Words changed.")).to_be_visible()
    expect_words(page, 1, "brown fox jumps over the lazy")


def test_what_is_refused_stays_chosen_and_a_stale_choice_is_told(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    watch_requests(page)
    address = own_article(site, "refused-words", TEXT, {"brown fox": "A fox."})
    page.goto(address)
    begin(page, 1)
    page.keyboard.press("ArrowRight")
    page.route("**/words/", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="did not answer")).to_be_visible()
    page.unroute("**/words/")
    elsewhere = reader("alice")
    elsewhere.goto(address)
    begin(elsewhere, 1)
    elsewhere.keyboard.press("ArrowLeft")
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.locator("#toasts").get_by_text("Words changed.")).to_be_visible()
    page.get_by_role("slider", name="End").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("slider")).to_have_count(0)
    expect_words(page, 1, "brown")


def test_without_script_a_page_asks_for_sentences_or_words(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice", java_script_enabled=False)
    page.goto(own_article(site, "changed-by-form", TEXT, {"brown fox": "A fox."}))
    note = page.locator("#n1")
    note.get_by_text("More", exact=True).click()
    expect(note.get_by_role("button", name="Copy quote")).to_be_hidden()
    note.get_by_role("link", name="Change words").click()
    page.get_by_label("to", exact=True).select_option("2")
    page.get_by_role("button", name="Show them").click()
    page.get_by_label("Or from the words").fill("lazy dog")
    page.get_by_label("to the words").fill("at home")
    page.get_by_role("button", name="Change words").click()
    expect(page.get_by_role("heading", name="Words changed.")).to_be_visible()
    page.get_by_role("link", name="Back to the article").click()
    assert page.locator("mark[data-h=h1]").all_inner_texts() == [
        "lazy dog. It did so twice, they say.",
        "Nobody saw it, for all were at home",
    ]
