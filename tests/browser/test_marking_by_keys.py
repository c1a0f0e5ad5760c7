"""Everything that marking needs, without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import LABOUR, drag_over, note_on, press_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


def _focused(page: Page, attribute: str) -> str | None:
    found: str | None = page.evaluate(
        "(name) => document.activeElement.getAttribute(name)", attribute
    )
    return found


def test_a_sentence_is_chosen_and_tagged_by_keys_alone(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    assert "alice" in session_keys
    text = "The first of the sentences is tagged. What follows it is left alone."
    page = reader("alice")
    page.goto(own_article(site, "keys-alone", [text], {}))
    expect(page.locator("#text")).to_be_visible()
    page.keyboard.press("v")
    expect(page.locator("#announcements")).to_contain_text("Choosing by keys")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    bar = page.get_by_role("toolbar", name="Chosen words")
    expect(bar).to_be_visible()
    expect(page.locator("#announcements")).to_contain_text("characters chosen")
    page.keyboard.press("Tab")
    assert _focused(page, "data-action") == "highlight"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert _focused(page, "data-action") == "claim"
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="Claim")
    expect(field).to_be_focused()
    page.keyboard.type("Made by keys")
    expect(page.get_by_role("option", name="Create claim")).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Disputes")).to_be_checked()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    note = note_on(page, "The first of the sentences")
    expect(note.locator(".chip")).to_contain_text("Made by keys")
    expect(note).to_be_focused()
    assert violations_on(page) == []


def test_j_and_k_go_through_the_highlights_and_enter_and_escape_to_the_note_and_back(
    reader: Reader,
) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    refs = page.locator(".prose .ref")
    expect(refs.first).to_have_attribute("tabindex", "0")
    assert page.locator(".prose .ref[tabindex='0']").count() == 1
    page.keyboard.press("j")
    first = _focused(page, "href")
    assert first == refs.first.get_attribute("href")
    page.keyboard.press("j")
    second = _focused(page, "href")
    assert second != first
    page.keyboard.press("k")
    assert _focused(page, "href") == first
    page.keyboard.press("Enter")
    assert f"#{_focused(page, 'id')}" == first
    expect(page.locator(str(first))).to_have_attribute("data-state", "active")
    page.keyboard.press("Escape")
    assert _focused(page, "href") == first


def test_the_claim_picker_is_left_with_escape_and_the_focus_returns(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.keyboard.press("j")
    before = _focused(page, "href")
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Claim")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Claim for this passage")).to_have_count(0)
    assert _focused(page, "href") == before


def test_keys_can_be_listed_and_turned_off(reader: Reader) -> None:
    page = reader("")
    page.goto(LABOUR)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Next highlight")
    # Its beginning is what one sees, however long it is.
    assert dialog.evaluate("dialog => dialog.scrollTop") == 0
    assert violations_on(page) == []
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("j")
    assert _focused(page, "href") is None
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()


def test_a_new_highlight_among_many_has_its_note_unfolded_and_in_use(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    assert "alice" in session_keys
    words = [f"crowded{number}" for number in range(12)]
    page = reader("bob")
    page.goto(
        own_article(site, "a-crowd", [" ".join([*words, "newcomer"])], dict.fromkeys(words, ""))
    )
    expect(page.locator(".note-more")).to_be_visible()
    drag_over(page, "newcomer")
    page.keyboard.press("t")
    page.get_by_role("combobox", name="Claim").fill("Came last")
    page.keyboard.press("Control+Enter")
    expect(note_on(page, "newcomer", by="Bob")).to_be_focused()


def test_letters_typed_into_a_field_are_no_commands(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("jkhnt/?")
    expect(page.locator("#search")).to_have_value("jkhnt/?")


def test_a_click_beside_the_text_leaves_the_highlight(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.keyboard.press("j")
    expect(page.locator(".note[data-state~=active]")).to_have_count(1)
    press_on(page, "Pienaar")
    page.locator("#text h1").click()
    expect(page.locator(".note[data-state~=active]")).to_have_count(0)


def test_choosing_by_keys_ends_where_something_is_written(reader: Reader) -> None:
    page = reader("alice")
    page.goto(LABOUR)
    page.keyboard.press("v")
    expect(page.locator("#announcements")).not_to_be_empty()
    page.keyboard.press("v")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => getSelection().focusOffset") == 1
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("steps")
    expect(page.locator("#search")).to_have_value("steps")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("_")
    expect(page.locator("#search")).to_have_value("step_s")


def test_following_an_anchor_does_not_lead_back_to_the_passage_of_the_address(
    reader: Reader,
) -> None:
    page = reader("alice")
    page.goto(f"{LABOUR}?t=2700,2710")
    passage = page.locator("#text .prose .bk").last
    expect(passage).to_be_in_viewport()
    page.evaluate("() => { location.hash = '#bk1'; }")
    expect(page.locator("#bk1")).to_be_in_viewport()
    page.wait_for_timeout(300)
    expect(page.locator("#bk1")).to_be_in_viewport()
