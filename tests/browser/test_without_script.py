"""A reader's whole day by links and forms, with scripts off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.reading import LABOUR

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]


@pytest.fixture
def plain(reader: Reader) -> Page:
    """Return a page of alice's in a browser without scripts."""
    return reader("alice", java_script_enabled=False)


def test_article_is_found_by_claim_and_by_words(reader: Reader) -> None:
    page = reader("", java_script_enabled=False)
    page.goto("/")
    facet = page.locator(".facet", has_text="Deselection threat")
    told = int(facet.inner_text().split()[-1])
    facet.click()
    rows = page.locator(".library-row")
    expect(rows).to_have_count(told)
    rows.get_by_role("link", name="Labour MPs try to ward off deselection threat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Labour MPs try to ward off deselection threat"
    )
    expect(page.locator(".prose .note").first).to_be_visible()
    page.get_by_role("searchbox", name="Search articles").fill("dead donkey")
    page.get_by_role("searchbox", name="Search articles").press("Enter")
    page.get_by_role("link", name="dead donkey").first.click()
    expect(page.locator("[data-start]:target, mark:target")).to_contain_text("dead donkey")


def test_signing_in_leads_back_to_the_article(reader: Reader, session_keys: dict[str, str]) -> None:
    assert "bob" in session_keys
    page = reader("", java_script_enabled=False)
    page.goto(LABOUR)
    page.get_by_role("link", name="Sign in").first.click()
    page.locator("input[name=login]").fill("bob")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(f"{LABOUR}$"))
    expect(page.get_by_role("link", name="Add a note to paragraph 2")).to_be_visible()


def test_sentence_is_tagged_answered_deleted_and_brought_back(plain: Page) -> None:
    _open_paragraph(plain, 3)
    plain.get_by_role("checkbox").first.check()
    plain.get_by_role("textbox", name="Claim", exact=True).fill("A claim without scripts")
    plain.get_by_role("radio", name="Disputes").check()
    plain.get_by_role("button", name="Highlight").click()
    note = _note_with(plain, "A claim without scripts")
    expect(note.locator(".chip")).to_contain_text("disputes")
    expect(plain.locator("mark:target")).to_have_count(1)

    note.get_by_role("link", name="Reply").click()
    plain.get_by_label("Reply").fill("An answer without scripts")
    plain.locator("main form[method=post] .button-primary").click()
    expect(note.locator(".reply")).to_contain_text("An answer without scripts")

    note.get_by_role("button", name="Delete").last.click()
    expect(plain.get_by_role("link", name="A claim without scripts")).to_have_count(0)
    plain.get_by_role("button", name="Undo").click()
    expect(note.locator(".chip")).to_contain_text("A claim without scripts")


def test_passage_is_marked_from_one_word_to_another(plain: Page) -> None:
    _open_paragraph(plain, 1)
    plain.get_by_label("From the words").fill("Danczuk seems")
    plain.get_by_label("to the words").fill("the former")
    _note_field(plain).fill("From one to the other.")
    plain.get_by_role("button", name="Highlight").click()
    expect(_note_with(plain, "From one to the other.")).to_be_visible()
    marked = "".join(plain.locator("mark:target").all_text_contents())
    assert marked.startswith("Danczuk seems")

    _open_paragraph(plain, 1)
    plain.get_by_label("From the words").fill("words that stand elsewhere")
    _note_field(plain).fill("Kept while it is mended.")
    plain.get_by_role("button", name="Highlight").click()
    expect(plain.locator(".field-error, .errorlist, [role=alert]").first).to_be_visible()
    expect(_note_field(plain)).to_have_value("Kept while it is mended.")


def test_note_that_was_changed_meanwhile_shows_both_texts(plain: Page) -> None:
    _open_paragraph(plain, 4)
    plain.get_by_role("checkbox").first.check()
    _note_field(plain).fill("The first wording.")
    plain.get_by_role("button", name="Highlight").click()
    _note_with(plain, "The first wording.").get_by_role("link", name="Edit").click()

    meanwhile = plain.context.new_page()
    meanwhile.goto(plain.url)
    _note_field(meanwhile).fill("The wording of meanwhile.")
    meanwhile.get_by_role("button", name="Save").click()
    expect(_note_with(meanwhile, "The wording of meanwhile.")).to_be_visible()

    _note_field(plain).fill("The last wording.")
    plain.get_by_role("button", name="Save").click()
    stored = plain.get_by_role("region", name="What is stored now")
    expect(stored).to_contain_text("The wording of meanwhile.")
    expect(_note_field(plain)).to_have_value("The last wording.")
    plain.get_by_role("button", name="Save").click()
    expect(_note_with(plain, "The last wording.")).to_be_visible()


def test_link_to_a_passage_of_another_article_shows_at_both_ends_and_on_the_claim_page(
    plain: Page,
) -> None:
    _open_paragraph(plain, 2)
    plain.get_by_role("checkbox").first.check()
    plain.get_by_role("textbox", name="Claim", exact=True).fill("Linked without scripts")
    plain.get_by_role("button", name="Highlight").click()
    note = _note_with(plain, "Linked without scripts")
    note.get_by_role("link", name="Link", exact=True).click()
    plain.get_by_label("Find what to link to").fill("deselect")
    plain.get_by_role("button", name="Find").click()
    plain.get_by_role("radio", name="kowtow").check()
    plain.get_by_label("Relation").select_option("contradicts")
    plain.get_by_role("button", name="Link", exact=True).click()
    expect(note.locator(".note-link")).to_contain_text("Contradicts")
    note.locator(".note-link").click()
    expect(plain.locator(".pane")).to_have_count(2)
    expect(plain.locator(".pane mark[data-state~=linked]")).not_to_have_count(0)

    plain.get_by_role("link", name="Claims").first.click()
    plain.get_by_role("link", name="Linked without scripts").click()
    expect(plain.locator("#supports .passage")).to_have_count(1)


def _open_paragraph(page: Page, number: int) -> None:
    page.goto(LABOUR)
    page.get_by_role("link", name=f"Add a note to paragraph {number}", exact=True).click()


def _note_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Note", exact=True)


def _note_with(page: Page, words: str) -> Locator:
    return page.locator(".note", has_text=words)
