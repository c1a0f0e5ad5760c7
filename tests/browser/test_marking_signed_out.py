"""Somebody who is not signed in: what they are offered, and what survives signing in."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.conftest import PASSWORD
from tests.browser.reading import LABOUR, drag_over, note_on

pytestmark = pytest.mark.browser


def test_the_chosen_passage_survives_signing_in(page: Page, session_keys: dict[str, str]) -> None:
    assert "alice" in session_keys
    page.goto(f"{LABOUR}?in=another")
    words = "the only member keen"
    drag_over(page, words)
    bar = page.get_by_role("toolbar", name="Chosen words")
    expect(bar.get_by_role("button", name="Copy link")).to_be_visible()
    expect(bar.get_by_role("button", name="Highlight")).to_have_count(0)
    assert violations_on(page) == []
    bar.get_by_role("link", name="Sign in to mark").click()
    page.locator("input[name=login]").fill("alice")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(bar).to_be_visible()
    assert page.evaluate("() => getSelection().toString()") == words
    assert "in=another" in page.url
    bar.get_by_role("button", name="Highlight").click()
    note_on(page, words)


def test_a_copied_link_leads_to_the_passage(new_context: Any) -> None:
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(LABOUR)
    drag_over(page, "Simon Danczuk")
    page.keyboard.press("c")
    expect(page.locator(".toast")).to_have_text("Link copied.")
    address = page.evaluate("() => navigator.clipboard.readText()")
    assert address.endswith(":~:text=Simon%20Danczuk")
    page.goto("/")
    page.goto(address)
    page.wait_for_function("() => CSS.highlights.get('found')?.size === 1")
    found = page.evaluate("() => [...CSS.highlights.get('found')][0].toString()")
    assert found == "Simon Danczuk"
