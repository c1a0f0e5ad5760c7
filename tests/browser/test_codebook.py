"""The codebook beside the text: looked up by keys and by touch, tagged from, open until closed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import choose_by_touch, drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

PARAGRAPHS = ("The lighthouse is dark since May.", "Ships take the longer way round.")
_CODES = """
import json
from django.contrib.auth.models import User
from annotations.models import Claim
from corpus.models import Article
from tests.factories import make_highlight
article = Article.objects.get(slug={slug!r})
make_highlight(User.objects.get(username="bob"), article, "since May", claim="Dark lighthouse")
claim, _made = Claim.objects.get_or_create(
    folded="longer way", defaults=dict(name="longer way", slot=3, status="reviewed"))
claim.definition, claim.examples = "Ships that avoid the cape.", "Round the islands."
claim.save()
print(json.dumps(True))
"""


def _beside(site: Site, slug: str) -> str:
    """Return the address of an article; one of two claims with definitions is tagged in it."""
    address = own_article(site, slug, PARAGRAPHS, {})
    site.made_by(_CODES.format(slug=slug))
    return address


def _codebook(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Codebook")


def _boxes_apart(one: Locator, other: Locator) -> bool:
    first, second = one.bounding_box(), other.bounding_box()
    assert first is not None
    assert second is not None
    return first["x"] + first["width"] <= second["x"]


def test_a_claim_is_looked_up_and_tags_words_or_every_new_highlight(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("alice")
    page.goto(_beside(site, "a-dark-lighthouse"))
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    drag_over(page, "Ships take")
    page.keyboard.press("b")
    book = _codebook(page)
    field = book.get_by_role("searchbox")
    expect(field).to_be_focused()
    assert _boxes_apart(book, page.locator("#prose"))
    names = book.locator(".code-name")
    expect(names.first).to_have_accessible_name("Dark lighthouse 1 passage here")
    expect(names.first).to_have_attribute("aria-keyshortcuts", re.compile(r"^\d$"))
    assert violations_on(page) == []

    field.fill("longer")
    expect(names).to_have_count(1)
    meaning = book.get_by_text("Ships that avoid the cape.")
    expect(meaning).to_be_hidden()
    book.locator("summary").click()
    expect(meaning).to_be_visible()
    expect(book.get_by_role("listitem").filter(has_text="Round the islands.").last).to_be_visible()
    names.click()
    expect(note_on(page, "Ships take").locator(".chip")).to_contain_text("Longer way")
    expect(page.locator(".sticky-bar")).to_have_count(0)
    expect(names).to_have_accessible_name("Longer way 1 passage here")
    expect(meaning).to_be_visible()

    names.click()
    expect(page.locator(".sticky-bar")).to_contain_text("every new highlight gets “longer way”")
    page.locator(".sticky-bar button").click()

    page.reload()
    expect(book).to_be_visible()
    expect(page.locator("body")).to_be_focused()
    book.get_by_role("searchbox").focus()
    page.keyboard.press("Escape")
    expect(book).to_have_count(0)
    page.reload()
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    expect(book).to_have_count(0)

    link = page.get_by_role("link", name="Codebook")
    link.focus()
    page.keyboard.press("Enter")
    expect(book.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_on_a_phone_the_codebook_is_a_sheet_that_leaves_the_words_chosen(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("alice", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(_beside(site, "a-lighthouse-by-touch"))
    page.locator(".rail summary").tap()
    page.get_by_role("link", name="Codebook").tap()
    book = _codebook(page)
    expect(book.get_by_role("heading", name="Codebook")).to_be_focused()
    box = book.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 844)
    assert violations_on(page) == []
    choose_by_touch(page, "longer way")
    book.locator(".code-name", has_text="Longer way").tap()
    expect(page.locator("mark", has_text="longer way")).to_have_count(1)
    book.get_by_role("button", name="Close the codebook").tap()
    expect(book).to_have_count(0)


def test_without_script_the_codebook_is_a_page_whose_claims_lead_to_theirs(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("", java_script_enabled=False)
    page.goto(_beside(site, "a-lighthouse-on-paper"))
    page.get_by_role("link", name="Codebook").click()
    expect(page.get_by_role("heading", name="Codebook", level=1)).to_be_visible()
    page.get_by_role("searchbox", name="Find a claim").fill("longer")
    page.get_by_role("button", name="Find").click()
    page.locator("summary").last.click()
    expect(page.get_by_text("Ships that avoid the cape.")).to_be_visible()
    page.get_by_role("link", name="Longer way").click()
    expect(page).to_have_url(f"{site.url}/claims/longer-way/")
