"""Marking with a mouse: highlight, note, claim, link, and what becomes of them."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import violations_on
from tests.browser.reading import (
    LABOUR,
    drag_over,
    expect_unmarked,
    lines,
    note_on,
    press_on,
    tag,
    watch_requests,
)

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


def _button(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Chosen words").get_by_role("button", name=name).click()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_bar_over_the_chosen_words_fits_the_window(reader: Reader, width: int) -> None:
    page = reader("alice", viewport={"width": width, "height": 800})
    page.goto(LABOUR)
    drag_over(page, "the boundary")
    bar = page.get_by_role("toolbar", name="Chosen words")
    for is_open in (False, True):
        if is_open:
            _button(page, "More")
        expect(bar.get_by_role("button", name="Mark every place")).to_be_visible(visible=is_open)
        boxes = [control.bounding_box() for control in bar.get_by_role("button").all()]
        assert len(boxes) >= (8 if is_open else 6)
        for box in boxes:
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width


def test_a_tagged_and_linked_passage_reaches_the_claim_page_and_another_reader(
    reader: Reader,
) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    words = "dead donkey"
    drag_over(page, words)
    _button(page, "Highlight")
    note = note_on(page, words)
    expect(page.locator("#announcements")).to_have_text("Highlighted.")
    note.get_by_role("link", name="Claim", exact=True).click()
    tag(page, "Deselection threat", "Disputes")
    expect(note.locator(".chip")).to_contain_text("Deselection threat")
    expect(note.locator(".chip")).to_contain_text("disputes")

    note.get_by_role("link", name="Link", exact=True).click()
    dialog = page.get_by_role("dialog", name="Link this passage")
    dialog.get_by_role("combobox").first.fill("deselect")
    dialog.get_by_role("option").filter(has_text="kowtow").click()
    dialog.get_by_label("Relation").select_option("same_event")
    dialog.get_by_role("button", name="Link", exact=True).click()
    expect(note.locator(".note-link")).to_contain_text("The Labour exodus continues")
    assert violations_on(page) == []

    note.locator(".chip").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Deselection threat")
    expect(page.locator("#disputes")).to_contain_text(words)

    other = reader("bob")
    other.goto(LABOUR)
    expect(note_on(other, words).locator(".chip")).to_contain_text("Deselection threat")
    press_on(other, words)  # beside many others a bare note is folded until its words are pressed
    note_on(other, words).locator(".note-link").click()
    other.wait_for_function(
        "() => { const [left, right] = [...document.querySelectorAll('.pane')].map((pane) =>"
        " pane.querySelector('mark[data-state~=linked]').getClientRects()[0].top);"
        " return Math.abs(left - right) < 2; }"
    )
    expect(other.locator(".ribbon-fill")).to_have_attribute("d", re.compile("^M0 .*C.*V.*C.*Z$"))


def test_a_note_for_oneself_is_not_shown_to_others(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    drag_over(page, "On the second question")
    _button(page, "Note")
    page.get_by_role("textbox", name="Note").fill("Only for *me*.")
    page.locator("form.composer").get_by_label("Visible to").select_option("private")
    page.locator("form.composer").get_by_role("button", name="Save").click()
    note = note_on(page, "On the second question")
    expect(note).to_contain_text("only you")
    expect(note.locator("em")).to_have_text("me")
    drag_over(page, "earlier today")
    expect(page.locator(".selection-bar .bar-audience")).to_have_text("Only me")
    page.locator(".selection-bar .bar-audience").click()
    expect(page.locator(".selection-bar .bar-audience")).to_have_text("Everyone")

    note.get_by_role("link", name="Edit").click()
    expect(page.locator("form.composer").get_by_label("Visible to")).to_have_value("private")
    page.keyboard.press("Control+Enter")
    expect(page.locator("form.composer")).to_have_count(0)
    drag_over(page, "earlier today")
    expect(page.locator(".selection-bar .bar-audience")).to_have_text("Everyone")

    other = reader("bob")
    other.goto(LABOUR)
    expect(other.locator("#text")).to_contain_text("On the second question")
    expect(other.locator("#text")).not_to_contain_text("Only for me")


def test_highlights_over_one_another_can_each_be_opened(reader: Reader) -> None:
    for name, words in (("alice", "one of the party’s new"), ("bob", "party’s new and")):
        page = reader(name)
        page.goto(LABOUR)
        drag_over(page, words)
        _button(page, "Highlight")
        note_on(page, words, by=name.title())
    opened = []
    for _ in range(4):
        press_on(page, "party’s new")
        opened.append(page.locator(".note[data-state~=active] b").first.inner_text())
    assert {"Alice", "Bob"} <= set(opened)
    assert not _overlapping(page.locator(".prose .note").all())


def test_a_deleted_highlight_comes_back_with_undo(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    words = "protect themselves"
    drag_over(page, words)
    _button(page, "Highlight")
    note_on(page, words)
    page.keyboard.press("d")
    expect_unmarked(page, words)
    expect(page.locator(".toast")).to_contain_text("Highlight deleted.")
    # The toasts are a live region of their own: said in the other as well, it is heard twice.
    expect(page.locator("#announcements")).to_have_text("Highlighted.")
    page.get_by_role("button", name="Undo").click()
    note_on(page, words)


def test_a_note_is_changed_and_answered_in_place(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    words = "unpalatable to the general"
    drag_over(page, words)
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Note").fill("First words")
    page.keyboard.press("Control+Enter")
    note = note_on(page, words)
    expect(note).to_contain_text("First words")
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Note").fill("Second words")
    page.keyboard.press("Control+Enter")
    expect(note).to_contain_text("Second words")
    expect(note).to_contain_text("edited")

    other = reader("bob")
    other.goto(LABOUR)
    note_on(other, words).click()
    note_on(other, words).get_by_role("link", name="Reply").click()
    other.get_by_role("textbox", name="Reply").fill("An answer")
    other.keyboard.press("Control+Enter")
    expect(note_on(other, words).locator(".reply")).to_contain_text("An answer")


def test_a_highlight_that_cannot_be_saved_is_kept_and_tried_again_with_the_same_id(
    reader: Reader,
) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    sent: list[str] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.abort()

    page.route("**/annotations/", refuse)
    drag_over(page, "local, London and Holyrood")
    _button(page, "Highlight")
    failed = page.locator(".note[data-state~=failed]")
    expect(failed).to_contain_text("The server did not answer")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    page.unroute("**/annotations/")
    with page.expect_request("**/annotations/") as again:
        failed.get_by_role("button", name="Try again").click()
    assert again.value.post_data == sent[0]
    expect(failed).to_have_count(0)
    note_on(page, "local, London and Holyrood")


def test_what_was_typed_stays_when_the_server_refuses_it(reader: Reader) -> None:
    page = reader("alice")
    watch_requests(page)
    page.goto(LABOUR)
    drag_over(page, "performs badly")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Note").fill("Typed with care")
    page.route("**/annotations/", _say_that_the_text_changed)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("Reload to mark it")
    page.reload()
    drag_over(page, "performs badly")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Typed with care")


def test_marking_words_moves_no_line_of_text(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    before = lines(page)
    for words in ("talk about the", "re-allocated", "big problem of how to get rid"):
        drag_over(page, words)
        page.keyboard.press("h")
        note_on(page, words)
    assert lines(page) == before


def _say_that_the_text_changed(route: Route) -> None:
    message = "This passage changed since you opened the page. Reload to mark it again."
    route.fulfill(status=409, json={"error": "text_changed", "message": message})


def _overlapping(notes: list[Locator]) -> bool:
    boxes = sorted(
        (box for note in notes if (box := note.bounding_box())), key=lambda box: box["y"]
    )
    return any(upper["y"] + upper["height"] > lower["y"] + 1 for upper, lower in pairwise(boxes))
