"""What happens between pressing and being saved: nothing is lost, and nobody is disturbed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.devices import PHONE
from tests.browser.reading import LABOUR, choose_by_touch, drag_over, note_on, tag

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_REFUSAL = {"error": "invalid", "message": "The server will not have it."}


def _held(page: Page, address: str) -> list[Route]:
    """Let requests to `address` wait; return the list that they come to stand in."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(address, hold)
    return waiting


def _wait_for(page: Page, waiting: list[Route]) -> Route:
    for _ in range(100):
        if waiting:
            return waiting[0]
        page.wait_for_timeout(50)
    raise AssertionError("nothing was sent")


def _press_beside(page: Page) -> None:
    """Press at the edge of the window, over which nothing opens wherever the words stand."""
    page.mouse.click(2, page.evaluate("() => innerHeight / 2"))


def test_a_failed_highlight_stays_when_its_paragraph_is_drawn_anew(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.route("**/annotations/", lambda route: route.fulfill(status=422, json=_REFUSAL))
    drag_over(page, "lovebombing approach")
    page.keyboard.press("h")
    failed = page.locator(".note[data-state~=failed]")
    expect(failed).to_contain_text("The server will not have it.")
    page.unroute("**/annotations/")
    drag_over(page, "doorstep sessions")
    page.keyboard.press("h")
    note_on(page, "doorstep sessions")
    expect(failed).to_have_count(1)
    failed.get_by_role("button", name="Try again").click()
    note_on(page, "lovebombing approach")
    expect(failed).to_have_count(0)


def test_the_picker_stays_until_it_is_known_whether_the_claim_was_saved(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    waiting = _held(page, "**/annotations/")
    drag_over(page, "performs badly")
    page.keyboard.press("t")
    picker = page.get_by_role("dialog", name="Claim for this passage")
    picker.get_by_role("combobox", name="Claim").fill("Never saved")
    page.keyboard.press("Control+Enter")
    route = _wait_for(page, waiting)
    _press_beside(page)
    route.fulfill(status=422, json=_REFUSAL)
    expect(picker.get_by_role("alert")).to_contain_text("The server will not have it.")
    _press_beside(page)
    expect(picker).to_have_count(0)


def test_what_fails_after_its_form_was_put_away_is_told_all_the_same(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    waiting = _held(page, "**/annotations/")
    drag_over(page, "performs badly")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Note").fill("Put away too soon")
    page.keyboard.press("Control+Enter")
    route = _wait_for(page, waiting)
    page.keyboard.press("Escape")
    expect(page.locator("form.composer")).to_have_count(0)
    expect(page.locator("[data-unsaved]")).to_have_count(0)
    route.fulfill(status=422, json=_REFUSAL)
    expect(page.locator(".toast")).to_contain_text("The server will not have it.")
    expect(page.locator("[data-unsaved]")).to_contain_text("Put away too soon")


def test_nothing_is_written_into_what_is_being_saved_and_nothing_is_left_of_it(
    reader: Reader,
) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    waiting = _held(page, "**/annotations/")
    drag_over(page, "two very normal individuals")
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Note")
    field.fill("As it is sent")
    page.keyboard.press("Control+Enter")
    route = _wait_for(page, waiting)
    page.keyboard.type(" and more")
    expect(field).to_have_value("As it is sent")
    expect(field).not_to_be_editable()
    page.keyboard.press("Escape")
    expect(page.locator("form.composer")).to_have_count(0)
    route.continue_()
    expect(note_on(page, "two very normal individuals")).to_contain_text("As it is sent")
    expect(page.locator("[data-unsaved]")).to_have_count(0)
    page.reload()
    expect(note_on(page, "two very normal individuals")).to_be_visible()
    expect(page.locator("[data-unsaved]")).to_have_count(0)


def test_saving_takes_the_focus_from_nobody_who_writes_elsewhere(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    waiting = _held(page, "**/annotations/")
    words = "not a new problem"
    drag_over(page, "Ed Miliband")
    page.keyboard.press("h")
    route = _wait_for(page, waiting)
    page.keyboard.press("/")
    page.keyboard.type(words)
    route.continue_()
    note_on(page, "Ed Miliband")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value(words)


def test_pressing_twice_opens_one_form(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    words = "This sounds very sensible"
    drag_over(page, words)
    page.keyboard.press("h")
    note = note_on(page, words)
    note.get_by_role("link", name="Reply").click(click_count=2)
    expect(page.locator("form.composer")).to_have_count(1)
    field = page.get_by_role("textbox", name="Reply")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(page.locator("form.composer")).to_have_count(0)
    note.get_by_role("link", name="Reply").click()
    expect(page.get_by_role("textbox", name="Reply")).to_be_focused()


def test_a_sheet_that_is_pushed_away_keeps_the_words_and_shows_where_they_belong(
    reader: Reader,
) -> None:
    page = reader("bob", **PHONE)
    page.goto(LABOUR)
    choose_by_touch(page, "leadership contest rules")
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    sheet.get_by_role("textbox", name="Note").fill("Half a thought")
    painted = "() => CSS.highlights.get('pending').size"
    assert page.evaluate(painted) == 1
    page.touchscreen.tap(190, 60)
    expect(sheet).to_have_count(0)
    expect(page.get_by_role("button", name="Not saved yet")).to_be_visible()
    assert page.evaluate(painted) == 1
    choose_by_touch(page, "leadership contest rules")
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    expect(sheet.get_by_role("textbox", name="Note")).to_have_value("Half a thought")


def test_marking_keeps_the_limits_of_the_page_and_the_states_of_its_notes(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    words = "Arnie Graf"
    drag_over(page, words)
    page.keyboard.press("t")
    tag(page, "Only this claim", "Context")
    note_on(page, words)
    drag_over(page, "five million conversations")
    page.keyboard.press("n")
    page.locator("form.composer").get_by_label("Visible to").select_option("private")
    page.get_by_role("textbox", name="Note").fill("Mine")
    page.keyboard.press("Control+Enter")
    private = note_on(page, "five million conversations")

    drag_over(page, "teach the activists")
    page.locator(".selection-bar .bar-audience").click()
    page.keyboard.press("h")
    note_on(page, "teach the activists")
    assert "private" in str(private.get_attribute("data-state"))

    page.goto(f"{LABOUR}?claim=only-this-claim")
    before = page.locator(".note[id]").count()
    drag_over(page, "this spring")
    page.keyboard.press("h")
    expect(page.locator(".toast")).to_contain_text("It is not shown here")
    assert page.locator(".note[id]").count() == before
