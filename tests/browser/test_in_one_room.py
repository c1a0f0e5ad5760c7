"""Three people in two groups read one article at once: what each does shows to whom it may."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.newcomers import newcomers
from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, expect_placed, follow, note_on, press_on
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]

WORDS = "Three people sit in one room with these words."


@pytest.mark.usefixtures("session_keys")
def test_three_people_read_together(new_context: Any, site: Site) -> None:
    jana, kurt, lea = newcomers(new_context, site, "jana", "kurt", "lea")
    article = own_article(site, "in-one-room", [WORDS, "A second paragraph is here."], {})

    _make_group(jana, "Morning room", kurt, lea)
    _make_group(jana, "Evening room", kurt)
    for page in (jana, kurt, lea):
        page.goto(article)
    for page, others in ((jana, "KL"), (kurt, "JL"), (lea, "JK")):
        _expect_here(page, others)

    _mark(jana, "one room", "Morning room", "Do you see this, @kurt?")
    asked = "Do you see this"
    for page in (kurt, lea):
        expect(note_on(page, "one room", "Jana")).to_contain_text(asked)
    expect(_unread(kurt)).to_have_text("1")
    expect(_unread(lea)).to_have_text("")

    press_on(kurt, "one room")
    _reply(note_on(kurt, "one room", "Jana"), "I do.")
    for page in (jana, lea):
        expect(note_on(page, "one room", "Jana").locator(".reply")).to_contain_text("I do.")
    expect(_unread(jana)).to_have_text("1")

    press_on(jana, "one room")
    note_on(jana, "one room", "Jana").get_by_text("More", exact=True).click()
    note_on(jana, "one room", "Jana").get_by_role("button", name="Resolve").click()
    for page in (kurt, lea):
        expect(note_on(page, "one room", "Jana")).to_contain_text("Resolved by Jana")

    _send_to(jana, "one room", "Evening room")
    expect(_marked(lea, "one room")).to_have_count(0)
    expect(lea.get_by_text(asked)).to_have_count(0)
    expect(_marked(kurt, "one room")).to_have_count(1)

    desk = jana.context.new_page()
    desk.goto("/groups/")
    follow(desk.get_by_role("link", name="Evening room"))
    desk.get_by_role("button", name="Remove Kurt from the group").click()
    expect(desk.get_by_role("button", name="Remove Kurt from the group")).to_have_count(0)
    _mark(jana, "these words", "Evening room", "Nobody else is here.")
    _mark(jana, "second paragraph", "Morning room", "All of us again.")
    for page in (kurt, lea):
        expect(note_on(page, "second paragraph", "Jana")).to_contain_text("All of us again.")
        expect(_marked(page, "these words")).to_have_count(0)

    lea.goto("about:blank")
    _expect_here(jana, "K")
    _expect_here(kurt, "J")


def _make_group(owner: Page, name: str, *others: Page) -> None:
    owner.goto("/groups/new/")
    owner.get_by_label("Name").fill(name)
    owner.get_by_role("button", name="Make group").click()
    owner.get_by_role("link", name="Invite").click()
    owner.get_by_label("Lets in so many people").fill(str(len(others)))
    owner.get_by_role("button", name="Invite").click()
    link = owner.get_by_label("Link", exact=True).input_value()
    for other in others:
        other.goto(link[link.index("/groups/") :])
        other.get_by_role("button", name="Join the group").click()
        expect(other.get_by_role("heading", name=name)).to_be_visible()


def _expect_here(page: Page, initials: str) -> None:
    """Wait until those with `initials`, and nobody else, are said to read with `page`."""
    expect(page.locator(".here .avatar")).to_have_count(len(initials))
    for letter in initials:
        expect(page.locator(".here .avatar", has_text=letter)).to_have_count(1)


def _mark(page: Page, words: str, audience: str, note: str) -> None:
    expect_placed(page)
    drag_over(page, words)
    page.keyboard.press("n")
    form = page.locator("form.composer")
    form.locator("select[name=audience]").select_option(label=audience)
    form.get_by_role("textbox", name="Note").fill(note)
    form.get_by_role("button", name="Save").click()
    expect(note_on(page, words, "Jana")).to_contain_text(note[:10])


def _reply(note: Locator, words: str) -> None:
    note.get_by_role("link", name="Reply").click()
    field = note.page.get_by_role("textbox", name="Reply")
    field.fill(words)
    field.press("Control+Enter")
    expect(note.locator(".reply")).to_contain_text(words)


def _send_to(page: Page, words: str, audience: str) -> None:
    note = note_on(page, words, "Jana")
    note.locator(".note-resolved > summary").click()
    note.get_by_role("link", name="Edit").click()
    form = page.locator("form.composer")
    form.locator("select[name=audience]").select_option(label=audience)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)


def _marked(page: Page, words: str) -> Locator:
    return page.locator("#text mark", has_text=words)


def _unread(page: Page) -> Locator:
    return page.locator(".bell [data-unread]")
