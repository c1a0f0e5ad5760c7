"""A reader marks every place with the same words, and copies a quote with its source."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.devices import PHONE
from tests.browser.own_article import expect_words, own_article
from tests.browser.reading import choose_by_touch, drag_over
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]
TEXT = (
    "A party is a party. Some parties end late.",
    "The Party of one: no party at all, but a “third‑party” view.",
    *(f"Paragraph {number} names the party too." for number in range(10)),
)
_COPIED = """
async () => {
  const [item] = await navigator.clipboard.read();
  const blobs = await Promise.all(["text/plain", "text/html"].map((type) => item.getType(type)));
  return Promise.all(blobs.map((blob) => blob.text()));
}
"""


def test_every_place_is_looked_at_marked_and_taken_back(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "every-place", TEXT, {"end late": ""}))
    drag_over(page, "third‑party")
    page.keyboard.press("Escape")
    drag_over(page, "party")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="Mark every place with these words")
    expect(dialog.get_by_text("15 places to mark.")).to_be_visible()
    assert violations_on(page) == []
    dialog.get_by_label("Capitals count").check()
    expect(dialog.get_by_text("14 places to mark.")).to_be_visible()
    dialog.get_by_label("Note").fill("Which one?")
    dialog.get_by_label("Words", exact=True).fill("parties")
    expect(dialog.get_by_text("1 place to mark.")).to_be_visible()
    dialog.get_by_label("Words", exact=True).fill("party")
    expect(dialog.get_by_text("14 places to mark.")).to_be_visible()
    dialog.get_by_role("checkbox", name="Paragraph 3 names").uncheck()
    dialog.get_by_role("button", name="Highlight 13 places").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("13 places highlighted.").last).to_be_visible()
    page.wait_for_function("() => document.querySelectorAll('.prose mark').length === 14")
    expect(page.locator(".note .note-text").filter(has_text="Which one?")).to_have_count(13)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => document.querySelectorAll('.prose mark').length === 1")
    expect_words(page, 1, "end late")


def test_the_same_is_done_from_a_note_without_script(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice", java_script_enabled=False)
    page.goto(own_article(site, "every-place-by-form", TEXT[:2], {"end late": "So late."}))
    note = page.locator("#n1")
    note.get_by_text("More", exact=True).click()
    note.get_by_role("link", name="Mark every place").click()
    expect(page.get_by_text("No place to mark. 1 is left out")).to_be_visible()
    page.get_by_label("Words", exact=True).fill("Party")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("So late.")
    page.get_by_label("The Party of one").first.uncheck()
    page.get_by_role("button", name="Highlight these places").click()
    expect(page.get_by_role("heading", name="4 places highlighted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("4 highlights are taken back.")).to_be_visible()
    expect(page.locator("mark")).to_have_count(1)


def test_on_a_phone_both_stand_behind_more(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice", **PHONE | {"viewport": {"width": 320, "height": 640}})
    page.goto(own_article(site, "every-place-by-touch", TEXT[:2], {}))
    choose_by_touch(page, "Some parties")
    bar = page.locator(".touch-bar")
    more = bar.get_by_role("button", name="More")
    more.tap()
    expect(more).to_have_attribute("aria-expanded", "true")
    boxes = [button.bounding_box() for button in bar.get_by_role("button").all()]
    assert len(boxes) == 9
    assert all(box and box["height"] >= 44 and box["x"] >= 0 for box in boxes)
    assert all(box and box["x"] + box["width"] <= 320 for box in boxes)
    bar.get_by_role("button", name="Mark every place").tap()
    dialog = page.get_by_role("dialog", name="Mark every place with these words")
    dialog.get_by_role("button", name="Highlight 1 place").tap()
    expect(page.get_by_text("1 place highlighted.").last).to_be_visible()
    expect_words(page, 1, "Some parties")


def test_a_quote_is_copied_with_what_is_known_of_its_source(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("alice")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    known = {"byline": "Ann & Co", "published_on": "2017-03-01", "published_precision": "month"}
    address = own_article(site, "quoted", TEXT[:2], {"end late": "So late."}, **known)
    page.goto(address)
    drag_over(page, "“third‑party” view")
    page.locator(".selection-bar").get_by_role("button", name="More").click()
    page.locator(".selection-bar").get_by_role("button", name="Copy quote").click()
    expect(page.get_by_text("Quote copied with its source.").last).to_be_visible()
    text, html = page.evaluate(_COPIED)
    quote, source, link = text.split("\n")
    assert quote == "““third‑party” view”"
    assert source == "— Ann & Co, Quoted, March 2017"
    assert link.startswith(f"{site.url}{address}?t=")
    assert "<blockquote><p>“third‑party” view</p></blockquote>" in html
    assert ">Quoted</a></cite>, March 2017" in html
    page.keyboard.press("Escape")
    note = page.locator("#n1")
    note.click()
    note.get_by_text("More", exact=True).click()
    note.get_by_role("button", name="Copy quote").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).includes('end late')"
    )


def test_who_is_not_signed_in_copies_too_and_nothing_is_made_up(
    reader: Reader, site: Site, session_keys: dict[str, str]
) -> None:
    page = reader("")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(own_article(site, "quoted-by-anybody", TEXT[:2], {}))
    drag_over(page, "no party at all")
    page.keyboard.press("q")
    expect(page.get_by_text("Quote copied with its source.").last).to_be_visible()
    text, _html = page.evaluate(_COPIED)
    assert text.split("\n")[:2] == ["“no party at all”", "— Quoted by anybody"]
