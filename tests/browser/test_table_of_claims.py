"""A reader compares claims in the table: by keys, with a cell's passages beside it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import PHONE
from tests.browser.reading import follow
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_WRITE = """
import json
from django.contrib.auth.models import User
from annotations.anchoring import Passage
from annotations.services import annotations
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.models import Article
viewer = viewer_of(User.objects.get(username="bob"))
article = Article.objects.get(slug="labour-mps-try-to-ward-off-deselection-threat")
text = article.current_version.text
for words, stance in (("protect themselves", "supports"), ("backing him", "disputes")):
    start = text.index(words)
    annotations.create(viewer, article, annotations.Draft(
        passage=Passage(start, start + len(words), text[start:start + len(words)]),
        version=article.current_version.number, note=f"About {words}.",
        tags=(Tagging("Compared in a table", stance=stance, speaker="Table Speaker"),)))
print(json.dumps({}))
"""
NARROWED = "/claims/matrix/?reader=bob&speaker=table-speaker"


@pytest.fixture(scope="session")
def compared(site: Site, session_keys: dict[str, str]) -> None:
    """Let bob tag a claim of this test's own, once for and once against."""
    assert "bob" in session_keys
    site.made_by(_WRITE)


@pytest.mark.usefixtures("compared")
def test_the_table_is_walked_by_keys_and_a_cell_opens_beside_it(reader: Reader) -> None:
    page = reader("alice")
    page.goto("/claims/")
    follow(page.get_by_role("link", name="Table of claims"))
    page.goto(NARROWED)
    cell = page.locator(".matrix tbody td a").first
    expect(cell).to_have_text("2")
    page.locator(".matrix-scroll").focus()
    page.keyboard.press("Tab")
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Compared in a table")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Compared in a table")
    expect(panel).to_be_focused()
    expect(panel.get_by_text("About protect themselves.")).to_be_visible()
    expect(page).to_have_url(re.compile("row=compared-in-a-table"))
    assert what_is_wrong(page, is_phone=False) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(cell).to_be_focused()
    page.go_back()
    expect(panel.get_by_text("About backing him.")).to_be_visible()
    page.reload()
    expect(panel.get_by_text("About backing him.")).to_be_visible()


@pytest.mark.usefixtures("compared")
def test_on_a_phone_without_scripts_one_column_is_a_list(reader: Reader) -> None:
    page = reader("", java_script_enabled=False, **PHONE)
    page.goto(NARROWED)
    expect(page.locator("table")).to_be_hidden()
    page.get_by_role("link", name="Compared in a table 1 supports, 1 disputes").click()
    expect(page.get_by_text("About protect themselves.")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    page.get_by_role("link", name="Remove Reader: Bob").click()
    expect(page.get_by_role("link", name="Remove Reader: Bob")).to_have_count(0)
