"""What is typed before a field is there goes into that field, and does nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, note_on, watch_requests
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_WORDS = ("The ferry left at dawn with nobody aboard.", "The quay was empty until the tide came.")


def _press_with(page: Page, key: str, script: str, typed: str) -> None:
    """Press `key` and type before `script`, which it is the first to need, comes in."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(script, hold)
    with page.expect_request(script):
        page.keyboard.press(key)
    page.keyboard.type(typed)
    page.unroute(script, hold)
    for route in waiting:
        route.continue_()


def test_a_note_begun_on_a_slow_line_has_every_letter(reader: Reader, site: Site) -> None:
    address = own_article(site, "typed-early", _WORDS, {"at dawn": "A note."})
    page = reader("alice")
    watch_requests(page)
    page.goto(address)
    drag_over(page, "nobody aboard")
    _press_with(page, "n", "**/composer*.js", "jokes the letters ")
    field = page.get_by_role("textbox", name="Note", exact=True)
    expect(field).to_have_value("jokes the letters ")
    expect(field).to_be_focused()
    page.keyboard.type("go on")
    page.keyboard.press("Control+Enter")
    expect(note_on(page, "nobody aboard")).to_contain_text("jokes the letters go on")


def test_a_claim_is_looked_for_by_what_was_typed_before_its_field_came(
    reader: Reader, site: Site
) -> None:
    address = own_article(site, "claimed-early", _WORDS, {})
    page = reader("alice")
    watch_requests(page)
    page.goto(address)
    drag_over(page, "The quay was empty")
    _press_with(page, "t", "**/claimpicker*.js", "nothing early")
    field = page.get_by_role("combobox", name="Claim")
    expect(field).to_have_value("nothing early")
    option = page.get_by_role("option", name="Create claim")
    expect(option).to_contain_text("othing early")


def test_a_reply_begun_on_a_slow_line_has_every_letter(reader: Reader, site: Site) -> None:
    address = own_article(site, "replied-early", _WORDS, {"at dawn": "A note."})
    page = reader("bob")
    watch_requests(page)
    page.goto(address)
    note_on(page, "at dawn").click()
    _press_with(page, "r", "**/notework*.js", "jk no")
    expect(page.get_by_role("textbox", name="Reply", exact=True)).to_have_value("jk no")


def test_keys_work_again_once_the_field_is_there(reader: Reader, site: Site) -> None:
    address = own_article(site, "keys-again", _WORDS, {"at dawn": "A note."})
    page = reader("alice")
    watch_requests(page)
    page.goto(address)
    drag_over(page, "nobody aboard")
    _press_with(page, "n", "**/composer*.js", "x")
    expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("x")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(note_on(page, "at dawn")).to_have_attribute("data-state", "active")
