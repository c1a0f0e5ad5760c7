"""The page on which curators check what an import proposes."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.reading import follow


def checked(reader: Callable[..., Page], text: str, town: str, *, has_scripts: bool = True) -> Page:
    """Return the page on which carol checks `text`, which tells of `town`."""
    page = reader("carol", java_script_enabled=has_scripts)
    page.goto("/imports/")
    page.get_by_label("Paste a text").fill(text.format(town))
    page.get_by_role("button", name="Read it").click()
    check = page.get_by_role("link", name=re.compile("^Check"))
    while not has_scripts and not check.count():
        page.wait_for_timeout(200)
        page.reload()
    follow(check)
    return page


def piece_with(page: Page, words: str) -> Locator:
    """Return the piece whose source has `words`."""
    return page.locator("[data-piece]", has=page.locator(".piece-raw", has_text=words))
