"""A thread is resolved, folded, opened and taken up again without leaving the page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.devices import PHONE
from tests.browser.reading import note_on, press_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from django.contrib.auth.models import User
from annotations.services.resolving import resolve
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_reply
made = make_article(
    "An open question stands here. An old one was settled long ago.",
    title="Settled", slug="settled",
)
alice, bob = (User.objects.get(username=name) for name in ("alice", "bob"))
make_reply(bob, make_highlight(alice, made, "open question", note="Is it?"), "It is.")
resolve(viewer_of(bob), make_highlight(bob, made, "old one", note="Which one?"))
print(made.get_absolute_url())
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article with an open and a resolved thread."""
    return site.run_python(_MAKE).splitlines()[-1]


def test_a_thread_is_folded_to_a_line_and_taken_up_again(reader: Reader, address: str) -> None:
    page = reader("alice")
    page.goto(address)
    press_on(page, "open question")
    note = note_on(page, "open question")
    note.get_by_text("More", exact=True).click()
    note.get_by_role("button", name="Resolve").click()
    expect(note).to_contain_text("Resolved by Alice")
    expect(note.get_by_text("Is it?")).to_be_hidden()
    mark = page.locator("mark", has_text="open question")
    # Its line alone is left once it is not in use.
    page.locator("#text h1").click()
    page.wait_for_function(
        "mark => getComputedStyle(mark).backgroundColor === 'rgba(0, 0, 0, 0)'",
        arg=mark.element_handle(),
    )
    assert violations_on(page) == []
    note.locator("summary").first.click()
    expect(note.get_by_text("It is.")).to_be_visible()
    note.get_by_role("button", name="Restore").click()
    expect(note.locator(".note-resolved")).to_have_count(0)
    page.locator(".toast", has_text="open again").get_by_role("button", name="Undo").click()
    expect(note).to_contain_text("Resolved by Alice")
    page.locator(".toast", has_text="Resolved").get_by_role("button", name="Undo").first.click()
    expect(note.locator(".note-resolved")).to_have_count(0)


def test_all_that_is_resolved_opens_at_once_and_folds_again(reader: Reader, address: str) -> None:
    page = reader("bob")
    page.goto(address)
    hidden = page.get_by_text("Which one?")
    expect(hidden).to_be_hidden()
    page.get_by_role("link", name="Show resolved").click()
    expect(hidden).to_be_visible()
    page.reload()
    expect(hidden).to_be_visible()
    page.get_by_role("link", name="Fold resolved").click()
    expect(hidden).to_be_hidden()


def test_a_thread_that_was_opened_by_hand_shows_the_reply_that_is_saved(
    reader: Reader, address: str
) -> None:
    page = reader("carol")
    page.goto(address)
    press_on(page, "old one")
    note = note_on(page, "old one", by="Bob")
    note.locator(".note-resolved > summary").click()
    note.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Reply").fill("Said once more")
    page.keyboard.press("Control+Enter")
    expect(note.locator(".reply", has_text="Said once more")).to_be_visible()


def test_on_a_phone_it_is_opened_in_the_sheet(reader: Reader, address: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(address)
    press_on(page, "old one")
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    fold = sheet.locator(".note-resolved > summary")
    box = fold.bounding_box()
    assert box
    assert box["height"] >= 44
    fold.tap()
    expect(sheet.get_by_text("Which one?")).to_be_visible()
