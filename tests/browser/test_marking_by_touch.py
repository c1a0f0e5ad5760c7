"""Marking and reading notes on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.devices import PHONE
from tests.browser.reading import LABOUR, choose_by_touch, note_on

pytestmark = pytest.mark.browser


def test_a_note_is_written_in_the_sheet_and_read_and_answered_there(
    reader: Callable[..., Page],
) -> None:
    page = reader("bob", **PHONE)
    page.goto(LABOUR)
    words = "leadership contest rules"
    choose_by_touch(page, words)
    buttons = page.locator(".touch-bar button:visible")
    assert all(
        box and box["height"] >= 44 for box in (item.bounding_box() for item in buttons.all())
    )
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    expect(sheet).to_contain_text(words)
    sheet.get_by_role("textbox", name="Note").fill("From a phone")
    sheet.get_by_role("button", name="Save").tap()
    expect(sheet).to_have_count(0)

    name = note_on(page, words, by="Bob").get_attribute("id")
    page.locator(f"mark[data-h='h{str(name)[1:]}']").first.tap()
    expect(sheet).to_contain_text("From a phone")
    sheet.get_by_role("textbox", name="Reply").fill("And an answer")
    sheet.get_by_role("button", name="Send").tap()
    expect(sheet.locator(".reply")).to_contain_text("And an answer")
    assert violations_on(page) == []
    page.touchscreen.tap(190, 60)
    expect(sheet).to_have_count(0)


def test_the_pill_at_the_end_of_a_paragraph_opens_its_notes(reader: Callable[..., Page]) -> None:
    page = reader("bob", **PHONE)
    page.goto(LABOUR)
    block = page.locator(".bk:has(.pill)").first
    block.locator(".pill").tap()
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    expect(sheet.locator(".note")).to_have_count(block.locator(".note").count())
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_what_is_deleted_in_the_sheet_is_brought_back_from_it(reader: Callable[..., Page]) -> None:
    page = reader("bob", **PHONE)
    page.goto(LABOUR)
    names = []
    for words in ("everything they can", "grievances to build"):
        choose_by_touch(page, words)
        page.locator(".touch-bar").get_by_role("button", name="Highlight").tap()
        names.append(note_on(page, words, by="Bob").get_attribute("id"))
    page.locator(f".bk:has(#{names[1]}) .pill").tap()
    note = page.locator(f".sheet [data-note={names[1]}]")
    note.get_by_role("button", name="Delete").tap()
    expect(note).to_have_count(0)
    page.locator(".sheet").get_by_role("button", name="Undo").tap()
    expect(note).to_have_count(1)


def test_nothing_scrolls_sideways_on_the_narrowest_phone(reader: Callable[..., Page]) -> None:
    page = reader("bob", **PHONE | {"viewport": {"width": 320, "height": 640}})
    page.goto(LABOUR)
    choose_by_touch(page, "On the second question")
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert width <= 320


@pytest.mark.parametrize("address", ["/links/", "/search/?q=labour"])
def test_tabs_stand_in_one_line_within_the_page(reader: Callable[..., Page], address: str) -> None:
    page = reader("", **PHONE)
    page.goto(address)
    boxes = [tab.bounding_box() for tab in page.locator(".tabs a").all()]
    assert len(boxes) > 3
    assert len({box["y"] for box in boxes if box}) == 1
    first = page.locator(".tabs [aria-current]").bounding_box()
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert first is not None
    assert heading is not None
    assert abs(first["x"] - heading["x"]) < 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
