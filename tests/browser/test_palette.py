"""The palette of commands, by keys and by touch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import PHONE
from tests.browser.reading import LABOUR
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE_SECRETS = """
import json
from django.contrib.auth.models import User
from annotations.anchoring import Passage
from annotations.services import annotations
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.models import Article

ada = User.objects.get(username="ada")
article = Article.objects.get(slug="labour-mps-try-to-ward-off-deselection-threat")
words = article.current_version.text[40:60]
annotations.create(viewer_of(ada), article, annotations.Draft(
    passage=Passage(40, 60, words), version=1, audience="private",
    tags=(Tagging("Zebra crossing"),)))
print(json.dumps({}))
"""


@pytest.fixture(scope="session")
def secrets(site: Site, session_keys: dict[str, str]) -> None:
    """Let ada, who shows nobody anything, tag a claim that nobody else knows of."""
    assert "ada" in session_keys
    site.made_by(_MAKE_SECRETS)


def _open(page: Page) -> Locator:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Command, article")).to_be_focused()
    return page.get_by_role("dialog", name="Commands")


def test_a_command_is_found_and_done_by_keys_and_offered_first_the_next_time(
    reader: Reader,
) -> None:
    page = reader("")  # an account would keep the theme for the tests that come later
    page.goto("/claims/")
    palette = _open(page)
    palette.get_by_role("combobox").fill("theme se")
    expect(palette.get_by_role("option", selected=True)).to_have_text("Theme: Sepia")
    expect(palette.get_by_role("option", selected=True).locator("b")).to_have_text(["Theme", "Se"])
    expect(page.locator("#announcements")).to_have_text("1 found")
    page.keyboard.press("Enter")
    expect(palette).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    _open(page)
    expect(palette.get_by_role("group").first).to_have_accessible_name("Recent")
    expect(palette.get_by_role("option", selected=True)).to_have_text("Theme: Sepia")


def test_the_focus_comes_back_and_chosen_words_stay_chosen(reader: Reader) -> None:
    page = reader("bob")
    page.goto(LABOUR)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    page.keyboard.press("j")
    before = page.evaluate("() => document.activeElement.getAttribute('href')")
    palette = _open(page)
    page.keyboard.press("Escape")
    expect(palette).to_have_count(0)
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == before

    page.keyboard.press("v")
    expect(page.locator("#announcements")).to_contain_text("Choosing by keys")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()
    chosen = page.evaluate("() => String(getSelection())")
    _open(page).get_by_role("combobox").fill("copy a link")
    expect(palette.get_by_role("option", selected=True)).to_have_text("Copy a link to the wordsc")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_have_text("Link copied.")
    assert page.evaluate("() => String(getSelection())") == chosen


def test_arrows_go_through_what_is_found_and_enter_goes_there(reader: Reader) -> None:
    page = reader("bob")
    page.goto("/links/")
    palette = _open(page)
    palette.get_by_role("combobox").fill("deselection")
    articles = palette.get_by_role("group", name="Articles")
    expect(articles.get_by_role("option").first).to_contain_text("ward off deselection threat")
    expect(palette.get_by_role("group", name="Claims")).to_contain_text("Deselection threat")
    page.keyboard.press("ArrowUp")
    last = palette.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(palette.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LABOUR}")


@pytest.mark.usefixtures("secrets")
def test_what_others_keep_to_themselves_is_not_found(reader: Reader) -> None:
    page = reader("ada")
    page.goto("/")
    palette = _open(page)
    palette.get_by_role("combobox").fill("zebra")
    expect(palette.get_by_role("option").first).to_contain_text("Zebra crossing")
    page = reader("bob")
    page.goto("/")
    palette = _open(page)
    palette.get_by_role("combobox").fill("zebra")
    expect(palette.get_by_text("Nothing is called “zebra”.")).to_be_visible()
    expect(palette.get_by_role("link", name="Search the texts")).to_have_attribute(
        "href", re.compile(r"/search/\?q=zebra$")
    )
    palette.get_by_role("combobox").fill("background work")
    expect(palette.get_by_text("Nothing is called “background work”.")).to_be_visible()


def test_on_a_phone_it_opens_from_the_menu_as_wide_as_the_screen(reader: Reader) -> None:
    page = reader("bob", **PHONE)
    page.goto("/links/")
    page.locator("summary.icon-button").last.tap()
    page.get_by_role("link", name="Commands").tap()
    palette = page.get_by_role("dialog", name="Commands")
    expect(palette.get_by_role("option").first).to_be_visible()
    assert what_is_wrong(page, is_phone=True) == []
    box = palette.bounding_box()
    assert box is not None
    assert box["width"] == 390
    for target in [*palette.get_by_role("option").all()[:5], palette.get_by_role("button")]:
        assert (target.bounding_box() or {"height": 0})["height"] >= 44
    palette.get_by_role("combobox").fill("deselection")
    palette.get_by_role("group", name="Articles").get_by_role("option").first.tap()
    page.wait_for_url(f"**{LABOUR}")


def test_it_is_accessible_as_a_page_and_over_one(reader: Reader) -> None:
    page = reader("carol")
    page.goto(LABOUR)
    palette = _open(page)
    assert what_is_wrong(page, is_phone=False) == []
    palette.get_by_role("combobox").fill("la")
    expect(palette.get_by_role("group", name="Claims")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []


def test_without_scripts_the_menu_leads_to_a_page_of_commands(reader: Reader) -> None:
    page = reader("bob", java_script_enabled=False)
    page.goto("/")
    page.locator("summary.icon-button").last.click()
    page.get_by_role("link", name="Commands").click()
    page.get_by_role("searchbox", name="Name of an article").fill("deselection")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="ward off deselection threat").click()
    assert page.url.endswith(LABOUR)
