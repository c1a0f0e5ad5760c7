"""A reader's walk through the article on a phone, with the touches that a screen sends."""

import re
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.devices import PHONE
from tests.browser.reading import choose_by_touch, note_on, tag
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]
Point = tuple[float, float]

LANDSCAPE = PHONE | {"viewport": {"width": 844, "height": 390}}
FAR_ENOUGH, TOO_SHORT = 140, 30
KEYBOARD, KEYBOARD_ON_ITS_SIDE = 320, 190

_MAKE = """
from tests.factories import make_article
print(make_article(*(f"On the way number {row} one reads words{row}, and after that further ones, "
    "until the line has ended and the next begins in its turn." for row in range(12)),
    title="A walk", slug="a-walk").get_absolute_url())
"""
# A keyboard on the screen lies over the page: what is in sight is less high, the page is not.
_SHOW_KEYBOARD = """
(height) => {
  Object.defineProperty(visualViewport, "height", { get: () => innerHeight - height });
  visualViewport.dispatchEvent(new Event("resize"));
}
"""


@pytest.fixture(scope="session")
def walk(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article that only this file's readers mark."""
    assert session_keys
    return site.run_python(_MAKE).splitlines()[-1]


def touch(page: Page, points: Sequence[Point]) -> None:
    """Put a finger down, draw it over `points`, and take it up."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, places: Sequence[Point]) -> None:
        dots = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": dots})

    send("touchStart", points[:1])
    for point in points[1:]:
        send("touchMove", [point])
    send("touchEnd", [])
    session.detach()


def draw_down(page: Page, sheet: Locator, way: float) -> None:
    """Draw the sheet down by its grip."""
    box = sheet.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    touch(page, [(x, y + way * part / 5) for part in range(6)])


def sheet_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Notes on this passage")


def begin_note(page: Page, words: str, note: str) -> Locator:
    """Choose `words` by touch and write `note` on them; return the sheet that it is written in."""
    choose_by_touch(page, words)
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    sheet = sheet_of(page)
    sheet.get_by_role("textbox", name="Note").fill(note)
    return sheet


def scrolled(page: Page) -> float:
    place: float = page.evaluate("() => scrollY")
    return place


def expect_within(page: Page, locator: Locator, *, least: float = 0, covered: float = 0) -> None:
    """Hold `locator` to be within the window and at least `least` high; `covered` is its foot."""
    locator.wait_for()
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    box, size = locator.bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"] + 1
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"] - covered + 1
    assert box["height"] >= least


def mark(page: Page, words: str, by: str) -> Locator:
    """Highlight `words` by touch; return the note."""
    choose_by_touch(page, words)
    page.locator(".touch-bar").get_by_role("button", name="Highlight").tap()
    return note_on(page, words, by=by)


@pytest.mark.parametrize("screen", [PHONE, LANDSCAPE], ids=["upright", "on its side"])
def test_bar_is_at_the_foot_and_the_page_does_not_jump(
    reader: Reader, walk: str, screen: dict[str, object]
) -> None:
    page = reader("bob", **screen)
    page.goto(walk)
    words = "words5" if screen is PHONE else "words6"
    choose_by_touch(page, words)
    before = scrolled(page)
    bar = page.locator(".touch-bar")
    expect(page.locator(".selection-bar")).to_be_hidden()
    box = bar.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(screen["viewport"]["height"], abs=1)  # type: ignore[index]
    for button in bar.locator("button:visible").all():
        expect_within(page, button, least=44)
    bar.get_by_role("button", name="Highlight").tap()
    note_on(page, words, by="Bob")
    expect(bar).to_be_hidden()
    assert scrolled(page) == pytest.approx(before, abs=2)
    expect(sheet_of(page)).to_have_count(0)


def test_sheet_is_put_away_in_each_way(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    name = mark(page, "words2,", "Bob").get_attribute("id")
    marked = page.locator(f"mark[data-h='h{str(name)[1:]}']")
    sheet = sheet_of(page)
    before = scrolled(page)

    marked.tap()
    draw_down(page, sheet, TOO_SHORT)
    expect(sheet).to_have_css("translate", "none")
    draw_down(page, sheet, FAR_ENOUGH)
    expect(sheet).to_have_count(0)

    marked.tap()
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)

    marked.tap()
    expect(sheet).to_be_visible()
    page.go_back()
    expect(sheet).to_have_count(0)
    assert page.url.endswith(walk)

    marked.tap()
    box = sheet.bounding_box()
    assert box is not None
    page.touchscreen.tap(200, box["y"] / 2)
    expect(sheet).to_have_count(0)
    assert scrolled(page) == pytest.approx(before, abs=2)
    assert page.evaluate("() => history.state?.isSheet ?? null") is None


def test_what_is_written_stays_above_the_keyboard(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    sheet = begin_note(page, "words4", "Typed with a keyboard on the screen.")
    page.evaluate(_SHOW_KEYBOARD, KEYBOARD)
    save = sheet.get_by_role("button", name="Save")
    expect_within(page, save, least=24, covered=KEYBOARD)
    save.tap()
    expect(sheet).to_have_count(0)
    note_on(page, "words4", by="Bob")


def test_claim_and_link_are_chosen_by_touch(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    choose_by_touch(page, "words7")
    page.locator(".touch-bar").get_by_role("button", name="Claim").tap()
    picker = page.get_by_role("dialog", name="Claim for this passage")
    expect_within(page, picker)
    page.evaluate(_SHOW_KEYBOARD, KEYBOARD)
    expect_within(page, picker.get_by_role("button", name="Save"), least=44, covered=KEYBOARD)
    touch(page, [(200, 130 - 15 * step) for step in range(5)])
    tag(page, "A walk is a claim", "Disputes")
    note = note_on(page, "words7", by="Bob")
    expect(note.locator(".chip")).to_contain_text("A walk is a claim")

    choose_by_touch(page, "words8")
    page.locator(".touch-bar").get_by_role("button", name="Link", exact=True).tap()
    dialog = page.get_by_role("dialog", name="Link this passage")
    dialog.get_by_role("combobox").first.fill("deselect")
    option = dialog.get_by_role("option").first
    expect(option).to_be_visible()
    expect_within(
        page, dialog.get_by_role("button", name="Link", exact=True), least=44, covered=KEYBOARD
    )
    option.tap()
    dialog.get_by_role("button", name="Link", exact=True).tap()
    expect(note_on(page, "words8", by="Bob").locator(".note-link")).to_have_count(1)


def test_pill_opens_the_notes_of_its_paragraph(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    mark(page, "words9", "Bob")
    before = scrolled(page)
    pill = page.locator("#bk10 .pill")
    pill.tap()
    sheet = sheet_of(page)
    expect(sheet.locator(".note")).to_have_count(1)
    for control in sheet.locator(".note-actions :is(a, button):visible").all():
        expect_within(page, control, least=44)
    draw_down(page, sheet, FAR_ENOUGH)
    expect(sheet).to_have_count(0)
    assert scrolled(page) == pytest.approx(before, abs=2)


def test_who_reads_a_long_sheet_with_a_finger_does_not_put_it_away(
    reader: Reader, walk: str
) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    page.evaluate("() => scrollTo(0, 200)")
    choose_by_touch(page, "words11")
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    sheet = sheet_of(page)
    sheet.get_by_role("textbox", name="Note").fill("A long one.\n\n" * 40)
    sheet.get_by_role("button", name="Save").tap()
    name = str(note_on(page, "words11", by="Bob").get_attribute("id"))
    mark(page, "way number 11", "Bob")
    page.locator("#bk12 .pill").tap()
    expect(sheet.locator("blockquote:visible")).to_have_text(["way number 11", "words11"])
    sheet.get_by_text("Show all").tap()
    before = scrolled(page)

    touch(page, [(200, 700), (200, 702), *((200, 700 - 60 * step) for step in range(1, 7))])
    page.wait_for_function("() => document.querySelector('.sheet').scrollTop > 100")
    for _ in range(3):
        touch(page, [(200, 300 + 90 * step) for step in range(6)])
    page.wait_for_function("() => document.querySelector('.sheet').scrollTop === 0")
    expect(sheet).to_be_visible()
    touch(page, [(200, 100 - 20 * step) for step in range(5)])
    assert scrolled(page) == pytest.approx(before, abs=2)

    touch(page, [(200, 700 - 60 * step) for step in range(7)])
    page.wait_for_function("() => document.querySelector('.sheet').scrollTop > 100")
    expect(sheet.locator(f"[data-note={name}]")).to_contain_text("A long one.")
    draw_down(page, sheet, FAR_ENOUGH)
    expect(sheet).to_have_count(0)


def test_a_draft_waits_at_its_paragraph(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    sheet = begin_note(page, "words3", "Not done yet")
    draw_down(page, sheet, FAR_ENOUGH)
    expect(sheet).to_have_count(0)
    page.reload()
    page.locator("#p4 .pill").tap()
    expect(sheet.get_by_role("textbox", name="Note")).to_have_value("Not done yet")
    sheet.get_by_role("button", name="Save").tap()
    note_on(page, "words3", by="Bob")
    expect(page.locator("#p4 .pill")).to_have_count(0)


def test_a_note_is_written_on_a_phone_on_its_side(reader: Reader, walk: str) -> None:
    page = reader("bob", **LANDSCAPE)
    page.goto(walk)
    choose_by_touch(page, "words10")
    page.locator(".touch-bar").get_by_role("button", name="Note").tap()
    field = page.get_by_role("textbox", name="Note", exact=True)
    field.fill("On its side.")
    page.evaluate(_SHOW_KEYBOARD, KEYBOARD_ON_ITS_SIDE)
    expect_within(page, field, least=43, covered=KEYBOARD_ON_ITS_SIDE)
    save = page.get_by_role("button", name="Save")
    expect_within(page, save, least=44, covered=KEYBOARD_ON_ITS_SIDE)
    save.tap()
    expect(note_on(page, "words10", by="Bob")).to_contain_text("On its side.")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 844

    choose_by_touch(page, "words11")
    page.locator(".touch-bar").get_by_role("button", name="Claim").tap()
    picker = page.get_by_role("dialog", name="Claim for this passage")
    for control in (
        picker.get_by_role("combobox", name="Claim"),
        picker.get_by_role("button", name="Save"),
    ):
        expect_within(page, control, covered=KEYBOARD_ON_ITS_SIDE)


def test_a_finger_that_scrolls_marks_nothing(reader: Reader, walk: str) -> None:
    page = reader("bob", **PHONE)
    page.goto(walk)
    touch(page, [(200, 700 - 60 * step) for step in range(8)])
    page.wait_for_function("() => scrollY > 100")
    expect(page.locator(".touch-bar")).to_be_hidden()
    expect(sheet_of(page)).to_have_count(0)
    assert not re.search("#", page.url)
