"""A curator edits a text with the keyboard alone, on a phone, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TEXT = (
    "The mood in the party is dark, and nobody at the top pretends otherwise.",
    "Some MPs pray by their bedside that nobody deselects them this year.",
    "The leader said that members decide. He said it twice.",
)
_MAKE = """
from tests.factories import make_article
print(make_article(*{text!r}, title={title!r}, slug={slug!r}).get_absolute_url())
"""
_CHOOSE = """
(field, words) => {
  field.focus();
  const at = field.value.indexOf(words);
  field.setSelectionRange(at, at + words.length);
}
"""


def new_article(site: Site, slug: str) -> str:
    """Return the address of a new article with the paragraphs TEXT."""
    code = _MAKE.format(text=TEXT, title=f"Edited by {slug}", slug=f"edited-by-{slug}")
    return site.run_python(code).splitlines()[-1]


def field(page: Page, number: int) -> Locator:
    return page.get_by_role("textbox", name=f"Words of block {number}", exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_blocks_are_moved_joined_and_marked_by_keys(reader: Reader, site: Site) -> None:
    page = reader("carol")
    address = new_article(site, "keys")
    page.goto(f"{address}edit/")
    button(page, "Move block 3 up").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Move block 2 up")).to_be_focused()
    expect(field(page, 2)).to_have_value(TEXT[2])
    page.keyboard.press("Enter")
    expect(button(page, "Move block 1 down")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(button(page, "Move block 2 down")).to_be_focused()
    expect(field(page, 1)).to_have_value(TEXT[0])
    page.get_by_role("combobox", name="Kind of block 1").focus()
    page.keyboard.press("Alt+ArrowDown")  # opens the list of kinds, and moves nothing
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Kind of block 1")).to_be_focused()
    expect(field(page, 1)).to_have_value(TEXT[0])

    field(page, 2).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Backspace")
    expect(field(page, 1)).to_be_focused()
    expect(field(page, 1)).to_have_value(f"{TEXT[0]} {TEXT[2]}")
    assert field(page, 1).evaluate("(field) => field.selectionStart") == len(TEXT[0]) + 1

    field(page, 1).evaluate(_CHOOSE, "members ")
    page.keyboard.press("Control+k")
    page.keyboard.type("members.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This is no such address.")
    assert violations_on(page) == []
    page.get_by_label("Address").fill("https://members.example/")
    page.keyboard.press("Enter")
    expect(field(page, 1)).to_be_focused()
    expect(field(page, 1)).to_have_value(
        f"{TEXT[0]} {TEXT[2].replace('members', '[members](https://members.example/)')}"
    )
    field(page, 2).evaluate(_CHOOSE, "nobody")
    page.keyboard.press("Control+i")
    expect(field(page, 2)).to_have_value(TEXT[1].replace("nobody", "*nobody*"))
    page.keyboard.press("Control+i")
    expect(field(page, 2)).to_have_value(TEXT[1])
    page.keyboard.press("Control+b")
    page.get_by_text("Links, stress and keys").click()
    assert violations_on(page) == []

    button(page, "Look at the changes").click()
    expect(page.get_by_role("heading", name="Links and stress")).to_be_visible()
    assert violations_on(page) == []
    page.get_by_label("Why is the text changed?").fill("marked up")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What changed in version 2")).to_be_visible()
    page.goto(address)
    expect(page.locator("#text a.cited")).to_have_text("members")
    expect(page.locator("#text strong", has_text="nobody")).to_have_count(1)


def test_words_are_linked_by_touch_on_a_phone(reader: Reader, site: Site) -> None:
    page = reader("carol", viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(f"{new_article(site, 'touch')}edit/")
    field(page, 2).evaluate(_CHOOSE, "bedside")
    button(page, "Link the chosen words of block 2").tap()
    page.get_by_label("Address").fill("mailto:a@example.org")
    page.get_by_role("dialog").get_by_role("button", name="Link").tap()
    linked = TEXT[1].replace("bedside", "[bedside](mailto:a@example.org)")
    expect(field(page, 2)).to_have_value(linked)
    button(page, "Join block 3 with the one above").tap()
    expect(field(page, 2)).to_have_value(f"{linked} {TEXT[2]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations_on(page) == []


def test_without_scripts_the_notation_is_typed(reader: Reader, site: Site) -> None:
    page = reader("carol", java_script_enabled=False)
    address = new_article(site, "hand")
    page.goto(f"{address}edit/")
    expect(button(page, "Link the chosen words of block 1")).to_be_hidden()
    page.get_by_text("Links, stress and keys").click()
    expect(page.get_by_text("links the words to an address")).to_be_visible()
    field(page, 1).fill("The *mood* in the [party](javascript:alert) is dark.")
    button(page, "Look at the changes").click()
    expect(page.get_by_text("“javascript:alert” cannot be linked")).to_be_visible()
    field(page, 1).fill("The *mood* in the [party](https://party.example/) is dark.")
    button(page, "Join block 3 with the one above").click()
    button(page, "Look at the changes").click()
    page.get_by_label("Why is the text changed?").fill("marked up")
    button(page, "Save as a new version").click()
    page.goto(address)
    expect(page.locator("#text em")).to_have_text("mood")
    expect(page.locator("#text a.cited")).to_have_attribute("href", "https://party.example/")
