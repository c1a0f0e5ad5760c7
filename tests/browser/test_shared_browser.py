"""What one reader keeps in a browser is not shown to the next who signs in there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, tag
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


def _becomes(page: Page, site: Site, session_key: str) -> None:
    cookie = {"name": "sessionid", "value": session_key, "url": site.url}
    page.context.clear_cookies()
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.reload()


def test_words_and_claims_of_one_reader_stay_theirs(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    words = ["The first of them is tagged and kept.", "The second was being written on."]
    page.goto(own_article(site, "shared-browser", words, {}))
    drag_over(page, "first of them")
    page.keyboard.press("t")
    tag(page, "what alice alone thinks", "Supports")
    page.keyboard.press("*")
    expect(page.locator(".sticky-bar")).to_contain_text("hat alice alone thinks")
    drag_over(page, "being written")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Note").fill("For my eyes")
    page.keyboard.press("Escape")
    left = page.locator("[data-unsaved]")
    expect(left).to_contain_text("For my eyes")

    _becomes(page, site, session_keys["bob"])
    drag_over(page, "second was")
    page.keyboard.press(".")
    expect(page.locator(".toast")).to_have_text("Tag a claim first.")
    expect(left).to_have_count(0)
    expect(page.locator(".sticky-bar")).to_have_count(0)

    _becomes(page, site, session_keys["alice"])
    expect(left).to_contain_text("For my eyes")
    expect(page.locator(".sticky-bar")).to_contain_text("hat alice alone thinks")
