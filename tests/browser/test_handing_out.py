"""A teacher hands out what is said for and against a claim, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.reading import follow

pytestmark = pytest.mark.browser


def test_for_and_against_stand_side_by_side_on_paper(reader: Callable[..., Page]) -> None:
    page = reader("")
    page.goto("/claims/deselection-threat/")
    follow(page.get_by_role("link", name="Hand-out: for and against"))
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []
    page.get_by_role("link", name="Source 1", exact=True).first.click()
    expect(page.locator("#source-1:target")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    for hidden in (".topbar", "[data-print]", ".passage-filters"):
        expect(page.locator(hidden).first).to_be_hidden()
    sides = [side.bounding_box() for side in page.locator(".handout-side").all()[:2]]
    first, second = sides
    assert first is not None
    assert second is not None
    assert abs(first["y"] - second["y"]) < 1
    assert first["x"] + first["width"] <= second["x"]
    assert len(page.pdf()) > 10_000
