"""Words that were typed and not stored are there again, whatever way the curator left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from tests.factories import make_article
made = make_article("The first words.", "The last words.", title="Unsaved", slug={slug!r})
print(made.get_absolute_url())
"""


def new_article(site: Site, slug: str) -> str:
    """Return the address of a new article of two short paragraphs."""
    return site.run_python(_MAKE.format(slug=slug)).splitlines()[-1]


def test_an_edit_that_was_left_is_offered_until_it_is_stored(reader: Reader, site: Site) -> None:
    page = reader("carol")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    address = new_article(site, "left")
    first = page.get_by_role("textbox", name="Words of block 1", exact=True)
    page.goto(f"{address}edit/")
    first.fill("Other words.")
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(f"{site.url}{address}")
    page.get_by_role("button", name="Undo").click()
    expect(first).to_have_value("Other words.")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Claims").click()
    expect(page.locator(".toast")).to_contain_text("not saved, but kept")
    assert asked == []
    page.goto(f"{address}edit/")
    expect(page.get_by_role("button", name="Go on with it")).to_be_focused()
    expect(first).to_have_value("The first words.")
    assert violations_on(page) == []
    page.keyboard.press("Enter")
    expect(first).to_have_value("Other words.")
    page.reload()
    assert asked == ["beforeunload"]

    page.get_by_role("button", name="Look at the changes").click()
    page.get_by_label("Why is the text changed?").fill("other words")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in version 2")
    page.goto(f"{address}edit/")
    expect(first).to_be_editable()
    assert asked == ["beforeunload"]


def test_words_thrown_away_come_back_with_undo(reader: Reader, site: Site) -> None:
    page = reader("carol")
    address = new_article(site, "thrown")
    first = page.get_by_role("textbox", name="Words of block 1", exact=True)
    page.goto(f"{address}edit/")
    first.fill("Other words.")
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(f"{site.url}{address}")
    page.goto(f"{address}edit/")
    page.get_by_role("button", name="Throw it away").click()
    expect(first).to_be_focused()
    expect(first).to_have_value("The first words.")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Go on with it").click()
    expect(first).to_have_value("Other words.")


def test_a_paste_is_offered_until_it_was_read(reader: Reader) -> None:
    page = reader("carol")
    text = page.get_by_label("Paste a text")
    page.goto("/imports/")
    text.fill("A text that waits\n\nBy Ann Able\n\nIt waits for its curator.")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Claims").click()
    expect(page.locator(".toast")).to_contain_text("not saved, but kept")
    page.goto("/imports/")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value("A text that waits\n\nBy Ann Able\n\nIt waits for its curator.")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Add a text")
    page.goto("/imports/")
    expect(text).to_be_editable()
    expect(text).to_have_value("")
