"""Going through the pages by keyboard: where the focus is, that it is seen, where it returns."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import LABOUR, note_on

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

MOST_STOPS = 40  # the top bar, the rail or filters, and well into the text

# What has the focus: its name for messages, whether a ring is drawn round it (or round the field
# it is in), and whether it stands in sight, below the bar that stays at the top.
_FOCUSED = """
() => {
  const element = document.activeElement;
  const { top, bottom, width } = element.getBoundingClientRect();
  const bar = document.querySelector(".topbar");
  const edge = bar.contains(element) || element.closest(".skip-link") ? 0
    : bar.getBoundingClientRect().bottom;
  let ringed = null;
  for (let around = element; around && !ringed; around = around.parentElement) {
    const { outlineStyle, outlineWidth } = getComputedStyle(around);
    if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) ringed = around;
    if (element.getBoundingClientRect().width === 0) break;
  }
  // In a drawing the ring follows the shape.
  const drawn = element.ownerSVGElement && element.querySelector(".box, .room");
  const other = drawn && document.querySelector(`a:not(:focus) .${drawn.classList[0]}`);
  if (other) {
    const { stroke, strokeWidth } = getComputedStyle(drawn);
    if (stroke !== getComputedStyle(other).stroke && parseFloat(strokeWidth) > 2) ringed = drawn;
  }
  return {
    name: `${element.tagName} ${element.textContent.trim().slice(0, 40) || element.ariaLabel}`,
    isBody: element === document.body,
    isRinged: ringed !== null,
    isInSight: width > 0 && (bottom - top > innerHeight - edge // such as a table that scrolls
      || (top >= edge - 1 && bottom <= innerHeight + 1)),
  };
}
"""

# Where each piece of the text stands in its paragraph, to a pixel.
_PIECES = """
() => [...document.querySelectorAll("#text [data-start]")].map((block) => {
  const at = block.getBoundingClientRect();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const places = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest("[data-skip]")) continue;
    range.selectNodeContents(walker.currentNode);
    for (const { left, top, width } of range.getClientRects()) {
      places.push([left - at.left, top - at.top, width].map(Math.round));
    }
  }
  return places;
})
"""


@pytest.mark.parametrize("address", ["/", LABOUR, "/claims/deselection-threat/", "/links/"])
def test_focus_is_ringed_and_in_sight_at_every_stop(reader: Reader, address: str) -> None:
    page = reader("alice")
    page.goto(address)
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused["isBody"]:
            break
        stops.append(focused)
    assert stops[0]["name"] == "A Skip to the text"
    assert [stop["name"] for stop in stops if not stop["isRinged"]] == []
    assert [stop["name"] for stop in stops if not stop["isInSight"]] == []


def test_going_from_highlight_to_highlight_moves_no_words(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    before = page.evaluate(_PIECES)
    refs = page.locator(".prose .ref").all()
    assert len(refs) > 3
    for _ in refs:
        page.keyboard.press("j")
        expect(page.locator(".ref:focus-visible")).to_have_count(1)
        assert page.evaluate(_PIECES) == before


def test_skip_link_leads_past_the_bar_to_the_text(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('#text').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("key", "name"), [("l", "Link this passage"), ("?", "Keys"), ("t", "Claim for this passage")]
)
def test_what_opens_by_key_keeps_the_focus_and_gives_it_back(
    reader: Reader, key: str, name: str
) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    page.keyboard.press("j")
    before = page.evaluate("() => document.activeElement.getAttribute('href')")
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        # Between the last stop and the first of a modal dialog comes the browser's own frame.
        assert page.evaluate(
            "() => document.activeElement.matches('body, [role=dialog] *, dialog, dialog *')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == before


def test_sentence_is_highlighted_and_deleted_with_single_keys(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    page.keyboard.press("v")
    expect(page.locator("#announcements")).to_contain_text("Choosing by keys")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    page.keyboard.press("h")
    note_on(page, "As well as the rather")
    expect(page.locator("#announcements")).to_have_text("Highlighted.")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
