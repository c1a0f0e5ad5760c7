"""Every key of the design's section 8, by keys alone; and keys that a reader changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.reading import LABOUR, note_on
from tests.browser.tricky import make_tricky
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return an article of these tests alone: alice tagged "edges" in it, bob wrote notes."""
    assert "alice" in session_keys
    return make_tricky(site, "every-key")


@pytest.fixture
def page(reader: Reader, address: str) -> Page:
    """Return the article as bob opens it, ready for keys."""
    page = reader("bob")
    page.goto(address)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    return page


def _focused(page: Page) -> str:
    href: str = page.evaluate("() => document.activeElement.getAttribute('href') ?? ''")
    return href


def _said(page: Page, words: str) -> None:
    expect(page.locator("#announcements")).to_contain_text(words)


def _choose(page: Page, words: str) -> None:
    """Choose the sentence that begins with `words`, by keys."""
    page.evaluate(
        """
        (words) => {
          const blocks = [...document.querySelectorAll("#text [data-start]")];
          const block = blocks.find((found) => found.textContent.includes(words));
          block.tabIndex = -1;
          block.focus();
        }
        """,
        words,
    )
    page.keyboard.press("v")
    _said(page, "Choosing by keys")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Chosen words")).to_be_visible()


def _own_note(page: Page, words: str) -> Locator:
    return note_on(page, words, by="Bob")


def test_j_k_and_their_capitals_enter_and_escape_go_round(page: Page) -> None:
    refs = page.locator(".prose .ref")
    page.keyboard.press("j")
    first = _focused(page)
    assert first == refs.first.get_attribute("href")
    page.keyboard.press("j")
    assert _focused(page) not in {"", first}
    page.keyboard.press("k")
    assert _focused(page) == first
    page.keyboard.press("Shift+J")
    assert _focused(page) in {first, refs.nth(1).get_attribute("href")}
    page.keyboard.press("Shift+K")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.className.startsWith('note')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.getAttribute('href')?.startsWith('#n')")


def test_h_n_t_l_c_act_on_chosen_words_and_r_e_d_on_what_is_there(page: Page) -> None:
    _choose(page, "Roses are red")
    page.keyboard.press("c")
    expect(page.locator(".toast").filter(has_text="Link copied.")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_role("dialog", name="Link this passage")).to_be_visible()
    page.keyboard.press("Escape")
    _choose(page, "Roses are red")
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Claim")).to_be_focused()
    page.keyboard.press("Escape")
    _choose(page, "Roses are red")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.keyboard.type("A note by keys.")
    page.keyboard.press("Control+Enter")
    note = _own_note(page, "Roses are red")
    expect(note).to_contain_text("A note by keys.")
    note.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("textbox", name="Reply")).to_be_focused()
    page.keyboard.press("Escape")
    note.focus()
    page.keyboard.press("e")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("A note by keys.")
    page.keyboard.press("Escape")
    note.focus()
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    _choose(page, "Over and over")
    page.keyboard.press("h")
    expect(_own_note(page, "Over and over")).to_be_visible()
    page.keyboard.press("d")


def test_numbers_tag_chosen_words_and_else_show_only_that_claim(page: Page, address: str) -> None:
    row = page.locator(".rail [data-number]").filter(has_text="Edges")
    number = row.get_attribute("data-number") or ""
    expect(row).to_have_attribute("aria-keyshortcuts", number)
    _choose(page, "They wrote")
    page.keyboard.press(number)
    expect(_own_note(page, "They wrote").locator(".chip")).to_contain_text("Edges")
    _said(page, "Tagged: Edges.")
    _choose(page, "A thumb")
    page.keyboard.press(".")
    expect(_own_note(page, "A thumb").locator(".chip")).to_contain_text("Edges")

    page.goto(address)
    number = row.get_attribute("data-number") or ""
    page.keyboard.press(number)
    page.wait_for_url("**/?claim=edges")
    expect(row).to_have_attribute("aria-current", "true")
    page.keyboard.press("0")
    page.wait_for_url(lambda url: "claim=" not in url)
    page.keyboard.press("0")
    toasts = page.locator(".toast")
    expect(toasts.last).to_have_text("All highlights are shown.")
    page.keyboard.press("h")
    expect(toasts.last).to_have_text("Choose words first, or go to a highlight.")


def test_y_i_o_u_say_what_a_highlight_does_to_its_claim_and_how(page: Page) -> None:
    _choose(page, "The first of a list")
    page.keyboard.press("t")
    page.get_by_role("combobox", name="Claim").fill("edges")
    page.keyboard.press("Enter")
    note = _own_note(page, "The first of a list")
    expect(note.locator(".chip")).to_contain_text("supports:")
    note.focus()
    page.keyboard.press("y")
    expect(note.locator(".chip")).to_contain_text("disputes:")
    _said(page, "Stance: disputes")
    note.focus()
    # Pressed fast, each goes on from what the one before it stored.
    for key in ("i", "i", "o", "u", "u"):
        page.keyboard.press(key)
    expect(note).to_contain_text("quoted · fact · tagged as likely")
    expect(note.locator(".chip")).to_contain_text("disputes:")

    page.locator(".prose .ref").first.focus()  # alice's
    page.keyboard.press("y")
    expect(page.locator(".toast").last).to_have_text(
        "That works on a highlight of your own with a claim."
    )


def test_a_claim_sticks_to_every_new_highlight_until_it_is_ended(page: Page, address: str) -> None:
    page.locator(".prose .ref").first.focus()
    page.keyboard.press("*")
    bar = page.get_by_role("region", name="Claim of new highlights")
    expect(bar).to_contain_text("every new highlight gets “Edges”")
    _said(page, "every new highlight gets “Edges”")
    assert what_is_wrong(page, is_phone=False) == []
    _choose(page, "Soft")
    page.keyboard.press("h")
    expect(_own_note(page, "Soft").locator(".chip")).to_contain_text("Edges")
    page.goto(address)
    expect(bar).to_be_visible()
    page.keyboard.press("*")
    expect(bar).to_have_count(0)
    _said(page, "no claim by themselves any more")
    _choose(page, "A crowd")
    page.keyboard.press("h")
    expect(_own_note(page, "A crowd").locator(".chip")).to_have_count(0)


def test_m_shows_notes_in_the_margin_inline_and_not_at_all(reader: Reader, address: str) -> None:
    page = reader("")  # where notes stand is a setting, and the others are shared
    page.goto(address)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    root = page.locator("html")
    for mode in ("inline", "hidden", "margin"):
        page.keyboard.press("m")
        expect(root).to_have_attribute("data-notes", mode)
        _said(page, f"Notes: {mode.title()}")


def test_s_opens_both_articles_side_by_side(reader: Reader) -> None:
    page = reader("bob")
    page.goto(LABOUR)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    note = page.locator(".note:has(a.note-link)").first
    page.locator(f".prose .ref[href='#{note.get_attribute('id')}']").focus()
    page.keyboard.press("s")
    page.wait_for_url("**/links/**")


def test_slash_question_mark_and_control_k_open_what_they_name(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("#text h1").click()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Tag claim 8, or show only it")
    assert what_is_wrong(page, is_phone=False) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()


def test_a_changed_key_works_in_place_of_the_usual_one_and_is_shown(reader: Reader) -> None:
    page = reader("")
    page.goto(LABOUR)
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").get_by_role("link", name="Change keys").click()
    field = page.get_by_label("Next highlight", exact=True)
    field.focus()
    page.keyboard.press("k")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“k” does “previous highlight” already.")).to_be_visible()
    field.focus()
    page.keyboard.press("z")
    page.get_by_label("Highlight", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The keys work like this from now on.")).to_be_visible()

    page.goto(LABOUR)
    expect(page.locator(".prose .ref").first).to_have_attribute("tabindex", "0")
    page.keyboard.press("j")
    assert _focused(page) == ""
    page.keyboard.press("z")
    assert _focused(page).startswith("#n")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.locator("dt").filter(has_text="z")).to_have_count(1)
    expect(keys.get_by_text("Highlight", exact=True)).to_have_count(0)
    page.keyboard.press("Escape")

    page.goto("/account/keys/")
    page.get_by_role("button", name="next highlight: back to j").click()
    expect(field).to_have_value("j")


def test_keys_are_changed_and_turned_off_without_scripts(reader: Reader) -> None:
    page = reader("", java_script_enabled=False)
    page.goto("/account/keys/")
    page.get_by_label("Single keys do what stands here").uncheck()
    page.get_by_label("Search", exact=True).fill("z")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The keys work like this from now on.")).to_be_visible()
    expect(page.get_by_label("Search", exact=True)).to_have_value("z")
    expect(page.locator("html")).to_have_attribute("data-keys-off", "")
    page.get_by_role("button", name="All as they were").click()
    expect(page.get_by_label("Search", exact=True)).to_have_value("/")
