"""The same actions by links and forms, with scripts off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.reading import LABOUR

pytestmark = pytest.mark.browser


def test_a_passage_is_tagged_and_deleted_by_forms_alone(reader: Callable[..., Page]) -> None:
    page = reader("bob", java_script_enabled=False)
    page.goto(LABOUR)
    page.get_by_role("link", name="Add a note to paragraph 2").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("textbox", name="Claim", exact=True).fill("Made without scripts")
    page.get_by_role("button", name="Highlight").click()
    note = page.locator(".note", has=page.get_by_role("link", name="Made without scripts"))
    expect(note).to_be_visible()
    expect(page.locator("mark:target")).to_have_count(1)

    note.get_by_role("link", name="Reply").click()
    page.locator("textarea[name=note]").fill("A plain answer")
    page.locator("main form[method=post] button.button-primary").click()
    expect(page.locator(".reply").filter(has_text="A plain answer")).to_be_visible()

    note.get_by_role("button", name="Delete").last.click()
    expect(page.get_by_role("link", name="Made without scripts")).to_have_count(0)


def test_the_page_is_accessible_before_any_script(reader: Callable[..., Page]) -> None:
    page = reader("bob", color_scheme="dark")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(LABOUR)
    assert violations_on(page) == []
