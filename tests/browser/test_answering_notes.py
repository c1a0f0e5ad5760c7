"""What somebody noted is answered with one word, or quoted in a reply, where it stands."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import note_on, press_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


@pytest.fixture
def page(reader: Reader, site: Site) -> Page:
    """Return bob's page of an article in which alice noted something."""
    page = reader("bob")
    words = ["Somebody said that the bridge is closed.", "Nobody said for how long."]
    page.goto(own_article(site, "answering-notes", words, {"bridge is closed": "Since when?"}))
    press_on(page, "bridge is closed")
    note_on(page, "bridge is closed").get_by_text("More", exact=True).click()
    return page


def test_a_note_is_answered_with_a_word_and_then_quoted(page: Page) -> None:
    note = note_on(page, "bridge is closed")
    note.get_by_role("link", name="React").click()
    choice = note.locator("form[data-reactions]")
    expect(choice).to_be_visible()
    assert violations_on(page) == []
    choice.get_by_role("button", name="I agree").click()
    expect(note.locator(".chips")).to_contain_text("I agree 1")

    note.get_by_text("More", exact=True).click()
    note.get_by_role("link", name="Reply with quote").click()
    field = page.get_by_role("textbox", name="Reply")
    expect(field).to_have_value(re.compile(r"> Since when\?\n\n"))
    field.press_sequentially("Since Monday.")
    field.press("Control+Enter")
    expect(note.locator(".reply blockquote")).to_contain_text("Since when?")
    expect(note.locator(".reply")).to_contain_text("Since Monday.")
