"""Notes, replies and changes are written in place, seen before they are saved, and never lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.conftest import PASSWORD
from tests.browser.devices import PHONE
from tests.browser.reading import (
    choose_by_touch,
    drag_over,
    expect_placed,
    note_on,
    press_on,
)
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from django.contrib.auth.models import User
from tests.factories import make_article, make_highlight
made = make_article(
    "A first sentence that somebody asked about. Here are the words of previews.",
    "These are folded by Escape, those were left by a reload, and more were sent too late.",
    "Two people change one note. A third one loses the session on the way.",
    title="Written in place", slug="written-in-place",
)
bob = User.objects.get(username="bob")
make_highlight(bob, made, "somebody asked", note="Who asked?")
make_highlight(User.objects.get(username="alice"), made, "Two people", note="As it was.")
make_highlight(bob, made, "A third one", note="Beside the one above.")
print(made.get_absolute_url())
"""

_MARK_BESIDE = """
from django.contrib.auth.models import User
from corpus.models import Article
from tests.factories import make_highlight
made = Article.objects.get(slug="written-in-place")
make_highlight(User.objects.get(username="bob"), made, "A first sentence", note="Meanwhile.")
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article that only these tests write on."""
    return site.run_python(_MAKE).splitlines()[-1]


def _write(page: Page, words: str, note: str) -> Locator:
    drag_over(page, words)
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Note", exact=True)
    field.fill(note)
    return field


def _unsaved(page: Page) -> Locator:
    return page.locator("[data-unsaved]")


def expect_below(lower: Locator, upper: Locator) -> None:
    """Wait until `lower` begins where `upper` is over."""
    page, boxes = lower.page, [lower.element_handle(), upper.element_handle()]
    page.wait_for_function(
        """([lower, upper]) => lower.getBoundingClientRect().top
            >= upper.getBoundingClientRect().bottom""",
        arg=boxes,
    )


def _leave_a_reply(page: Page) -> Locator:
    """Begin a reply, load the page anew, and return what is offered of it."""
    press_on(page, "somebody asked")
    note = note_on(page, "somebody asked", by="Bob")
    note.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Reply").fill("I did, for")
    page.reload()
    left = note.locator("[data-unsaved]")
    expect(left).to_contain_text("I did, for")
    return left


def test_a_note_is_seen_as_it_will_be_before_it_is_saved(reader: Reader, address: str) -> None:
    page = reader("alice")
    page.goto(address)
    field = _write(page, "words of previews", "Short.")
    low = field.bounding_box()
    field.fill("So *very* long:\n\n- one\n- two\n- three\n\n> and quoted\n\n<b>no</b>")
    high = field.bounding_box()
    assert low
    assert high
    assert high["height"] > low["height"] + 40
    page.get_by_role("button", name="Preview").click()
    shown = page.locator(".composer [data-preview]")
    expect(shown.locator("em")).to_have_text("very")
    expect(shown.locator("li")).to_have_count(3)
    expect(shown).to_contain_text("<b>no</b>")
    expect(field).to_be_hidden()
    assert violations_on(page) == []
    page.get_by_role("button", name="Write").click()
    expect(field).to_be_focused()
    field.press("Control+Enter")
    expect(note_on(page, "words of previews").locator(".note-text em")).to_have_text("very")
    expect(page.locator(".composer")).to_have_count(0)


def test_what_escape_folds_is_there_after_a_reload_and_is_saved_once(
    reader: Reader, address: str
) -> None:
    page = reader("alice")
    page.goto(address)
    words = "folded by Escape"
    _write(page, words, "Half a thought").press("Escape")
    expect(_unsaved(page)).to_contain_text("Half a thought")
    assert violations_on(page) == []
    page.reload()
    page.get_by_role("button", name="Go on").click()
    field = page.get_by_role("textbox", name="Note", exact=True)
    expect(field).to_have_value("Half a thought")
    field.press("Control+Enter")
    note = note_on(page, words)
    expect(note).to_contain_text("Half a thought")
    page.reload()
    expect(note).to_be_visible()
    expect(_unsaved(page)).to_have_count(0)
    expect(page.locator(".note", has_text="Half a thought")).to_have_count(1)


def test_a_reply_that_was_left_is_offered_in_its_thread_and_dropped_with_undo(
    reader: Reader, address: str
) -> None:
    page = reader("alice")
    page.goto(address)
    left = _leave_a_reply(page)
    expect_placed(page)
    left.get_by_role("button", name="Discard").click()
    expect(left).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(left).to_contain_text("I did, for")
    left.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Reply").fill("")
    page.keyboard.press("Escape")
    expect(left).to_have_count(0)


def test_a_reply_that_was_left_can_be_pressed_after_another_was_shown(
    reader: Reader, address: str, site: Site
) -> None:
    page = reader("alice")
    page.goto(address)
    left = _leave_a_reply(page)
    site.run_python(_MARK_BESIDE)
    note_on(page, "A first sentence", by="Bob")
    # Unlike a person, the machine presses at once: what slips away under it is not pressed.
    left.get_by_role("button", name="Discard").click()
    expect(left).to_have_count(0)


def test_a_reply_that_was_left_stays_where_it_is_pressed_below_another(
    reader: Reader, address: str
) -> None:
    page = reader("alice")
    page.goto(address)
    press_on(page, "somebody asked")
    note = note_on(page, "somebody asked", by="Bob")
    note.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Reply").fill("Nobody did.")
    page.keyboard.press("Control+Enter")
    expect(note.locator(".reply", has_text="Nobody did.")).to_have_count(1)
    left = _leave_a_reply(page)
    expect_placed(page)
    press = left.get_by_role("button", name="Discard")
    press.hover()
    page.mouse.down()
    # What can be done with the reply above comes into sight no sooner than the press is over.
    page.wait_for_function("() => document.activeElement?.dataset.action === 'drop'")
    page.mouse.up()
    expect(left).to_have_count(0)


def test_who_changes_a_note_that_was_changed_sees_both_and_decides(
    reader: Reader, address: str
) -> None:
    pages = [reader("alice"), reader("alice")]
    for page in pages:
        page.goto(address)
        press_on(page, "Two people")
        note_on(page, "Two people").get_by_role("link", name="Edit").click()
        expect(page.get_by_role("textbox", name="Note", exact=True)).to_have_value("As it was.")
    for page, words in zip(pages, ("By the first.", "By the second."), strict=True):
        page.get_by_role("textbox", name="Note", exact=True).fill(words)
    first, late = pages
    first.keyboard.press("Control+Enter")
    expect(note_on(first, "Two people")).to_contain_text("By the first.")
    late.keyboard.press("Control+Enter")
    expect(late.locator(".composer [data-stored]")).to_contain_text("By the first.")
    expect(late.get_by_role("alert").filter(visible=True)).to_contain_text("was changed since")
    expect(late.get_by_role("textbox", name="Note", exact=True)).to_have_value("By the second.")
    expect_below(note_on(late, "A third one", by="Bob"), late.locator(".composer"))
    late.get_by_role("textbox", name="Note", exact=True).press("Control+Enter")
    expect(note_on(late, "Two people")).to_contain_text("By the second.")


def test_who_was_signed_out_meanwhile_signs_in_and_goes_on(reader: Reader, address: str) -> None:
    page = reader("bob")
    page.goto(address)
    _write(page, "loses the session", "Written before")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    reason = page.get_by_role("alert").filter(visible=True)
    expect(reason).to_contain_text("What you chose is kept")
    reason.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name or e-mail").or_(page.locator("input[name=login]")).first.fill("bob")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(_unsaved(page)).to_contain_text("Written before")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Note", exact=True).press("Control+Enter")
    expect(note_on(page, "loses the session", by="Bob")).to_contain_text("Written before")


def test_a_page_whose_token_is_old_saves_all_the_same(reader: Reader, address: str) -> None:
    page = reader("alice")
    page.goto(address)
    _write(page, "sent too late", "Signed in anew")
    page.context.clear_cookies(name="csrftoken")
    page.evaluate("() => { document.cookie = `csrftoken=${'a'.repeat(32)}; path=/`; }")
    page.keyboard.press("Control+Enter")
    expect(note_on(page, "sent too late")).to_contain_text("Signed in anew")


def test_on_a_phone_a_sheet_that_was_closed_keeps_its_reply(reader: Reader, address: str) -> None:
    page = reader("alice", **PHONE)
    page.goto(address)
    press_on(page, "somebody asked")
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    sheet.get_by_role("textbox", name="Reply").fill("In two\nlines")
    page.touchscreen.tap(190, 60)
    expect(sheet).to_have_count(0)
    press_on(page, "somebody asked")
    expect(sheet.get_by_role("textbox", name="Reply")).to_have_value("In two\nlines")
    page.touchscreen.tap(190, 60)
    page.reload()
    page.locator(".toast").get_by_role("button", name="Go on").tap()
    expect(sheet.get_by_role("textbox", name="Reply")).to_have_value("In two\nlines")
    sheet.get_by_role("button", name="Save").tap()
    expect(sheet).to_have_count(0)
    expect(page.locator(".reply", has_text="In two")).to_have_count(1)


def test_on_a_phone_a_highlight_that_fails_can_be_tried_again(reader: Reader, address: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(address)
    refusal = {"error": "invalid", "message": "Not now."}
    page.route("**/annotations/", lambda route: route.fulfill(status=422, json=refusal))
    choose_by_touch(page, "left by a reload")
    page.locator(".touch-bar").get_by_role("button", name="Highlight").tap()
    failed = page.locator(".toast", has_text="Not now.")
    expect(failed).to_be_visible()
    page.unroute("**/annotations/")
    failed.get_by_role("button", name="Try again").tap()
    assert note_on(page, "left by a reload", by="Bob")
