"""Words are marked without a pointer and without a selection: by the sentences of a paragraph."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.reading import drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from tests.factories import make_article
made = make_article(
    "Nobody marks this paragraph at all.",
    "One sentence stands here. Another follows it. A third ends the paragraph.",
    title="Sentence by sentence", slug="sentence-by-sentence",
)
print(made.get_absolute_url())
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article that only these tests mark."""
    return site.run_python(_MAKE).splitlines()[-1]


def test_sentences_are_chosen_from_a_list_and_the_reader_stands_at_the_new_highlight(
    reader: Reader, address: str
) -> None:
    page = reader("alice")
    page.goto(address)
    ways = page.locator(".add-note")
    expect(page.get_by_role("link", name="Add a note to paragraph 2")).to_have_count(1)
    page.wait_for_function("() => document.querySelector('.add-note').tabIndex === 0")
    assert [way.evaluate("way => way.tabIndex") for way in ways.all()] == [0, -1]
    before = page.locator("#p2").bounding_box()
    ways.first.focus()
    shown = ways.first.bounding_box()
    assert shown
    assert min(shown["width"], shown["height"]) >= 24
    assert page.locator("#p2").bounding_box() == before

    ways.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/annotations/?block=2")
    page.get_by_role("checkbox", name="One sentence stands here.").check()
    page.get_by_role("checkbox", name="Another follows it.").check()
    page.get_by_role("textbox", name="Note").fill("Two of *three*.")
    page.get_by_role("textbox", name="Claim").fill("sentences follow one another")
    page.get_by_role("radio", name="disputes").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("em")).to_have_text("three")
    assert violations_on(page) == []
    page.get_by_role("button", name="Highlight", exact=True).click()
    note = note_on(page, "One sentence")
    expect(note).to_contain_text("Sentences follow one another")
    name = str(note.get_attribute("id"))[1:]
    assert page.locator(f"mark[data-h='h{name}']").all_inner_texts() == [
        "One sentence stands here. Another follows it."
    ]
    expect(page.locator(f".ref[href='#n{name}']")).to_be_focused()
    # The way to mark is at hand where the reader stands now.
    assert [way.evaluate("way => way.tabIndex") for way in ways.all()] == [-1, 0]


def test_the_stances_stay_in_their_place_while_claims_are_offered(
    reader: Reader, address: str
) -> None:
    page = reader("bob")
    page.goto(address)
    drag_over(page, "Nobody marks")
    page.keyboard.press("t")
    picker = page.get_by_role("dialog", name="Claim for this passage")
    expect(picker.get_by_role("option").first).to_be_visible()
    stance = picker.locator(".segmented")
    before = stance.bounding_box()
    picker.get_by_role("combobox", name="Claim").fill("qqqq")
    expect(picker.get_by_role("option").filter(has_text="qqqq")).to_be_visible()
    assert stance.bounding_box() == before
    page.keyboard.press("Escape")
