"""A reader goes through their notebook and takes it along, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_WRITE = """
import json
from django.contrib.auth.models import User
from annotations.services import annotations
from annotations.services.occurrences import Tagging
from annotations.anchoring import Passage
from corpus.access import viewer_of
from corpus.models import Article
viewer = viewer_of(User.objects.get(username="bob"))
slug = "labour-mps-try-to-ward-off-deselection-threat"
article = Article.objects.get(slug=slug)
text = article.current_version.text
words = "many colleagues backing him"
start = text.index(words)
made = annotations.create(viewer, article, annotations.Draft(
    passage=Passage(start, start + len(words), words), version=article.current_version.number,
    note="For my notebook.", audience="private", tags=(Tagging("Keen on notebooks"),)))
print(json.dumps({"address": f"{article.get_absolute_url()}#h{made.number}", "words": words}))
"""


@pytest.fixture(scope="session")
def written(site: Site, session_keys: dict[str, str]) -> dict[str, str]:
    """Return the words that bob marked for himself, and their address."""
    assert "bob" in session_keys
    made: dict[str, str] = site.made_by(_WRITE)
    return made


def test_a_notebook_is_opened_narrowed_and_copied(
    reader: Reader, site: Site, written: dict[str, str]
) -> None:
    page = reader("bob")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.locator(".menu").last.locator("summary").click()
    page.get_by_role("link", name="My notebook").click()
    page.get_by_role("combobox", name="Claim", exact=True).select_option(
        label="Keen on notebooks (1)"
    )
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("1 highlight or note")).to_be_visible()
    expect(page.locator(".passage mark")).to_have_text(written["words"])
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".toast")).to_have_text("Copied as Markdown.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert f"> {written['words']}" in copied
    assert f"<{site.url}{written['address']}>" in copied
    assert what_is_wrong(page, is_phone=False) == []
    page.get_by_role("link", name="Open in the article").click()
    expect(page.locator("mark:target")).to_have_text(written["words"])


def test_a_notebook_is_narrowed_and_taken_along_without_scripts(
    reader: Reader, written: dict[str, str]
) -> None:
    page = reader("bob", java_script_enabled=False)
    page.goto("/notebook/")
    expect(page.get_by_role("button", name="Copy as Markdown")).to_be_hidden()
    page.get_by_label("Note", exact=True).select_option(label="Without a note")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("For my notebook.")).to_have_count(0)
    page.get_by_role("link", name="Show everything").first.click()
    page.get_by_role("link", name="By claim").click()
    expect(page.get_by_role("heading", name="Keen on notebooks")).to_be_visible()
    for name, holds in (
        ("Download Markdown", f"> {written['words']}"),
        ("Download CSV", "Notebook"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert holds.lower() in download.value.path().read_text().lower()
