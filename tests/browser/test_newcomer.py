"""The first two minutes of somebody who was invited."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.reading import LABOUR, drag_over, press_on
from tests.site import Site, complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]

WORDS = "Simon Danczuk seems to be the only member"
SECONDS = 120  # what a newcomer may need, reading included; the test itself takes a few


def test_an_invited_newcomer_marks_tags_links_and_another_reader_sees_it(
    site: Site, new_context: Any
) -> None:
    began = time.monotonic()
    page: Page = new_context().new_page()
    complaints = complaints_of(page)
    _accept_invitation(site, page, "newcomer")
    assert violations_on(page) == []

    # The library shows the newest first, and other tests add to it.
    page.goto(LABOUR)
    drag_over(page, WORDS)
    page.get_by_role("toolbar", name="Chosen words").get_by_role("button", name="Claim").click()
    picker = page.get_by_role("dialog", name="Claim for this passage")
    picker.get_by_role("combobox", name="Claim").press_sequentially("deselection th")
    picker.get_by_role("option", name="Deselection threat").click()
    picker.get_by_role("radio", name="Disputes").check()
    picker.get_by_role("button", name="Save").click()
    note = _note(page)
    expect(note.locator(".chip")).to_contain_text("Deselection threat")
    expect(note.locator(".chip")).to_contain_text("disputes")

    note.get_by_role("link", name="Link", exact=True).click()
    dialog = page.get_by_role("dialog", name="Link this passage")
    dialog.get_by_role("combobox").first.fill("deselect")
    dialog.get_by_role("option").filter(has_text="kowtow").click()
    dialog.get_by_role("button", name=re.compile("^Link")).last.click()
    expect(note.locator(".note-link")).to_be_visible()

    note.locator(".chip").click()
    passage = page.locator("#disputes .passage", has_text=WORDS)
    expect(passage).to_contain_text("Newcomer")
    assert time.monotonic() - began < SECONDS
    assert complaints == []

    other: Page = new_context().new_page()
    other.goto(LABOUR)
    _accept_invitation(site, other, "onlooker")
    other.goto(LABOUR)
    expect(_note(other).locator(".chip")).to_contain_text("Deselection threat")
    press_on(other, WORDS)  # beside many others a bare note is folded until its words are pressed
    _note(other).locator(".chip").click()
    expect(other.locator("#disputes .passage", has_text=WORDS)).to_contain_text("Newcomer")


def test_an_invitation_lets_one_person_in(site: Site, new_context: Any) -> None:
    page: Page = new_context().new_page()
    used = _accept_invitation(site, page, "first")
    second: Page = new_context().new_page()
    second.goto(used)
    expect(second.get_by_label("Username")).to_have_count(0)
    expect(second.get_by_role("heading", level=1)).to_be_visible()


def _accept_invitation(site: Site, page: Page, name: str) -> str:
    """Sign up as `name` with a new invitation; return its address."""
    address = urlsplit(site.manage("invite").split()[-1]).path
    page.goto(address)
    page.get_by_label("Name shown to others").fill(name.title())
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill("a quiet afternoon")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    return address


def _note(page: Page) -> Locator:
    return page.locator(".prose .note", has_text="Newcomer")
