"""A curator decides about a proposal by keys: the focus stays, and what was done is said."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.checking import checked, piece_with

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TEXT = """The bells of {0}

By Jane Smith

Nobody in {0} could say afterwards who had rung the bells, but the farmers who came in that night
remembered it for years in {0} and told it to anyone who would listen to them.

The vestry of {0} met twice about it and reached hisgoal <https://news.example/2016/x> in the end.

When the bells of {0} rang again there was so much to do that no one in {0} heard them at all.
"""


def test_fact_is_opened_closed_and_saved_and_the_focus_stays_with_it(reader: Reader) -> None:
    page = checked(reader, TEXT, "Bellhaven")
    row = page.locator("#fact-title")
    summary, field = row.locator("summary"), row.get_by_label("Title", exact=True)
    summary.press("Enter")
    expect(field).to_be_focused()
    assert violations_on(page) == []
    field.press("Escape")
    expect(summary).to_be_focused()
    expect(field).to_be_hidden()
    for words in ("Title one", "Title two"):
        summary.press("Enter")
        field.fill(words)
        field.press("Enter")
        expect(summary).to_be_focused()
        expect(_said(page)).to_have_text(f"Title: {words}")
    undo = page.locator(".review-bar").get_by_role("button", name="Undo")
    expect(undo).to_have_text("Undo: Title")
    undo.press("Enter")
    expect(undo).to_be_focused()
    expect(_said(page)).to_have_text("Undone: Title.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Title one")
    undo.press("Enter")
    expect(page.locator(".review-bar")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("The bells of Bellhaven")


def test_decision_about_a_piece_is_said(reader: Reader) -> None:
    page = checked(reader, TEXT, "Bellport")
    piece = piece_with(page, "The vestry of")
    piece.focus()
    page.keyboard.press("x")
    expect(_said(page)).to_have_text(re.compile("^Beside the text"))
    expect(piece).to_be_focused()
    page.keyboard.press("u")
    expect(_said(page)).to_have_text("Undone: what a piece is.")
    expect(piece).to_be_focused()
    page.keyboard.press("e")
    kind = piece.locator(".piece-kind")
    expect(kind).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(kind).to_have_attribute("aria-expanded", "false")
    expect(kind).to_be_focused()
    page.keyboard.press("m")
    expect(_said(page)).to_have_text("Joined with the piece above.")


def test_offer_to_undo_a_split_goes_once_it_is_used_up(reader: Reader) -> None:
    page = checked(reader, TEXT, "Bellmouth")
    piece_with(page, "say afterwards").focus()
    page.keyboard.press("x")
    expect(piece_with(page, "say afterwards")).to_have_attribute("data-state", "aside decided")
    piece_with(page, "When the bells").focus()
    page.keyboard.press("s")
    offer = page.locator(".toast-action")
    expect(offer).to_be_visible()
    page.locator(".review-bar").get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("Joined: both are one article now.").first).to_be_visible()
    expect(offer).to_have_count(0)
    expect(piece_with(page, "say afterwards")).to_have_attribute("data-state", "aside decided")


def test_fact_is_opened_and_closed_without_scripts(reader: Reader) -> None:
    page = checked(reader, TEXT, "Bellwater", has_scripts=False)
    row = page.locator("#fact-title")
    summary = row.locator("summary")
    summary.press("Enter")
    expect(summary).to_be_focused()
    expect(row.get_by_label("Title", exact=True)).to_be_visible()
    expect(summary).to_have_text("Close Title", use_inner_text=True)
    summary.press("Enter")
    expect(row.get_by_label("Title", exact=True)).to_be_hidden()


def _said(page: Page) -> Locator:
    return page.locator("#announcements")
