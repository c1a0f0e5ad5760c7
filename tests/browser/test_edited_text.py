"""A text is edited: its highlights go along, and the lost one is put on the right words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.reading import choose_by_touch, drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TEXT = (
    "The mood in the party is dark, and nobody at the top pretends that it is anything else.",
    "Some MPs pray by their bedside that nobody deselects them. Others have left already.",
    "The leader said that members decide. He said it twice: the members, and nobody else.",
    "What comes of it will be seen in the autumn, when the first of the ballots are counted.",
)
MARKED = (
    "is dark",
    "pray by their bedside that nobody",
    "Others have left already",
    "members decide",
    "the first of the ballots",
)
_MAKE = """
from tests.factories import make_article
print(make_article(*{text!r}, title={title!r}, slug={slug!r}).get_absolute_url())
"""


def new_article(site: Site, slug: str) -> str:
    """Return the address of a new article with the paragraphs TEXT."""
    title = f"Moods, {slug}"
    return site.run_python(_MAKE.format(text=TEXT, title=title, slug=slug)).splitlines()[-1]


def mark_all(page: Page, address: str) -> None:
    """Mark MARKED by mouse and key."""
    page.goto(address)
    for words in MARKED:
        drag_over(page, words)
        page.keyboard.press("h")
        note_on(page, words)


def edit(page: Page, address: str) -> None:
    """Take one marked word out, change another passage, and move the last paragraph to the top."""
    page.goto(f"{address}edit/")
    first = page.get_by_label("Words of block 1", exact=True)
    first.fill(TEXT[0].replace("is dark", "grew bright"))
    second = page.get_by_label("Words of block 2", exact=True)
    second.fill(TEXT[1].replace("by their bedside", "at their bedside"))
    for number in (4, 3, 2):
        page.get_by_role("button", name=f"Move block {number} up").click()
    page.get_by_role("button", name="Look at the changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your edit changes")
    page.get_by_label(re.compile("[Ww]hy|[Rr]eason")).fill("The author corrected it")
    page.get_by_role("button", name="Save as a new version").click()


def test_highlights_of_an_edited_text_are_reported_and_the_lost_one_is_attached_again(
    reader: Reader, site: Site
) -> None:
    address = new_article(site, "mouse")
    alice, carol = reader("alice"), reader("carol")
    mark_all(alice, address)
    edit(carol, address)

    carol.goto(f"{address}versions/")
    carol.get_by_role("link", name=re.compile("5 highlights: 1 changed, 1 not placed")).click()
    rows = carol.locator("tbody tr")
    expect(rows).to_have_count(5)
    assert [row.get_attribute("data-state") for row in rows.all()] == [
        "orphan",
        "changed",
        "moved",
        "exact",
        "exact",
    ]
    expect(rows.nth(1).locator("del")).to_have_text("by")
    expect(rows.nth(1).locator("ins")).to_have_text("at")
    assert violations_on(carol) == []

    alice.goto(address)
    orphan = alice.locator(".orphan")
    expect(orphan.locator(".quoted").first).to_have_text("is dark")
    assert violations_on(alice) == []
    orphan.get_by_role("link", name="Choose the words").click()
    expect(alice.locator(".attach-bar")).to_contain_text("Choose the words that “is dark”")
    drag_over(alice, "grew bright")
    bar = alice.get_by_role("toolbar", name="Chosen words")
    expect(bar.get_by_role("button", name="Highlight")).to_be_hidden()
    assert violations_on(alice) == []
    bar.get_by_role("button", name="Attach here").click()
    note_on(alice, "grew bright")
    expect(orphan).to_have_count(0)
    expect(alice.locator(".attach-bar")).to_have_count(0)

    alice.get_by_role("button", name="Undo").click()
    expect(orphan.locator(".quoted").first).to_have_text("is dark")
    expect(alice.locator("mark", has_text="grew bright")).to_have_count(0)

    orphan.get_by_role("button", name="Attach to these words").click()
    expect(orphan).to_have_count(0)
    expect(alice.locator("mark", has_text="bright")).to_have_count(1)

    alice.goto(f"{address}versions/1/")
    expect(alice.locator(".old-text mark")).to_have_count(5)
    expect(alice.locator(".old-text mark").first).to_have_text("is dark")
    assert violations_on(alice) == []


def test_from_the_report_words_are_chosen_in_the_text_and_undone_in_the_report(
    reader: Reader, site: Site
) -> None:
    address = new_article(site, "report")
    mark_all(reader("alice"), address)
    edit(reader("carol"), address)
    page = reader("carol")
    page.goto(f"{address}versions/2/highlights/")
    page.get_by_role("link", name="Choose the words").first.click()
    expect(page.locator(".attach-bar")).to_contain_text("Choose the words that “is dark”")
    expect(page.locator("#p2")).to_be_focused()
    expect(page.locator("#p2")).to_be_in_viewport()
    assert violations_on(page) == []
    drag_over(page, "grew bright")
    page.locator(".selection-bar").get_by_role("button", name="Attach here").click()
    note_on(page, "grew bright")
    expect(page.locator(".message", has_text="Choose the words that")).to_have_count(0)
    page.get_by_role("link", name="Back to the report").click()
    by_hand = page.locator("[data-state=by-hand]")
    expect(by_hand).to_contain_text("Attached by hand")
    assert violations_on(page) == []
    by_hand.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-state=orphan]")).to_have_count(1)


def test_choosing_by_keys_begins_and_ends_with_the_highlight_that_lost_its_words(
    reader: Reader, site: Site
) -> None:
    address = new_article(site, "keys")
    mark_all(reader("alice"), address)
    edit(reader("carol"), address)
    page = reader("alice")
    page.goto(address)
    link = page.locator(".orphan").get_by_role("link", name="Choose the words")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".attach-bar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".attach-bar")).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#p2").focus()
    page.keyboard.press("v")
    expect(page.locator("#announcements")).to_contain_text("Choosing by keys")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator(".selection-bar")).to_be_visible()
    page.keyboard.press("Tab")
    attach = page.locator(".selection-bar").get_by_role("button", name="Attach here")
    expect(attach).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".orphan")).to_have_count(0)
    expect(page.locator('mark[data-h~="h1"]').first).to_be_visible()
    expect(page.locator(".note#n1")).to_be_focused()


def test_words_are_chosen_by_touch_on_a_phone(reader: Reader, site: Site) -> None:
    address = new_article(site, "touch")
    mark_all(reader("alice"), address)
    edit(reader("carol"), address)
    page = reader("alice", viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(address)
    page.locator(".orphan").get_by_role("link", name="Choose the words").tap()
    choose_by_touch(page, "grew bright")
    page.locator(".touch-bar").get_by_role("button", name="Attach here").tap()
    expect(page.locator(".orphan")).to_have_count(0)
    expect(page.locator("mark", has_text="grew bright")).to_have_count(1)


def test_without_script_the_words_are_chosen_on_a_page(reader: Reader, site: Site) -> None:
    address = new_article(site, "plain")
    mark_all(reader("alice"), address)
    edit(reader("carol"), address)
    page = reader("alice", java_script_enabled=False)
    page.goto(address)
    page.locator(".orphan").get_by_role("link", name="Choose the words").click()
    expect(page.get_by_role("heading", level=2).last).to_have_text(
        "Choose the words in paragraph 2"
    )
    page.get_by_label("Or from the words").fill("grew bright")
    page.get_by_label("another paragraph").select_option("3")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_label("Or from the words")).to_have_value("grew bright")
    page.get_by_label("another paragraph").select_option("2")
    page.get_by_role("button", name="Show it").click()
    page.get_by_label("Or from the words").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Attached to the new words.")
    page.get_by_role("link", name="Back to the article").click()
    expect(page.locator("mark", has_text="grew bright")).to_have_count(1)


def test_a_curator_with_a_phone_finds_the_ways_to_edit_and_to_attach(
    reader: Reader, site: Site
) -> None:
    address = new_article(site, "phone")
    mark_all(reader("alice"), address)
    edit(reader("carol"), address)
    page = reader("carol", viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(address)
    expect(page.locator(".hero").get_by_role("link", name="Edit the text")).to_be_visible()
    attach = page.locator(".orphan").get_by_role("link", name="Choose the words")
    page.goto(attach.get_attribute("href") or "")
    expect(page.get_by_role("button", name="Show it")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert violations_on(page) == []
