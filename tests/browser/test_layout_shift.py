"""Nothing moves under the eyes of a reader: not as the page comes, and not as marks and notes do.

What is asserted is the browser's own score of moved areas (CLS), which is 0 where nothing moves
that the reader did not move. Source: Layout Instability API.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.devices import DESKTOP, DEVICES
from tests.browser.own_article import own_article
from tests.browser.reading import LABOUR, choose_by_touch, drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

# Counts every shift, also those soon after a key or a click, which the score itself lets off.
_WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join();
    const moved = sources.map(({ node, previousRect, currentRect }) =>
      `${node?.nodeName}.${node?.className ?? ""} ${place(previousRect)} to ${place(currentRect)}`);
    window.shifts.push([value, moved.join("; ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
_MAKE = """
from tests.factories import make_article
print(make_article(*(f"Nothing moves in paragraph {row}, whose words stay{row} where they were "
    "when they were read first, whatever is put upon them." for row in range(9)),
    title="What stays where it is", slug="what-stays").get_absolute_url())
"""

# Gives scripts their first frame only when the page has been seen without them for a while.
_LATE = """
const { requestAnimationFrame: next } = window;
window.requestAnimationFrame = (act) =>
  performance.now() < 600 ? setTimeout(() => next(act), 600) : next(act);
"""


@pytest.fixture(scope="session")
def still_address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article for this file's readers alone."""
    assert session_keys
    return site.run_python(_MAKE).splitlines()[-1]


def shifts(page: Page) -> list[list[object]]:
    """Return what moved so far and by how much, once two frames have gone by."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)))")
    found: list[list[object]] = page.evaluate("() => window.shifts")
    return found


def watched(page: Page, address: str) -> Page:
    """Open `address` and count what moves from its first moment on."""
    page.add_init_script(_WATCH)
    page.goto(address)
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    expect(page.locator(".density .viewport")).to_have_count(1)
    return page


@pytest.mark.parametrize("device", DEVICES)
def test_nothing_moves_as_the_page_comes(
    reader: Reader, site: Site, session_keys: dict[str, str], device: str
) -> None:
    assert "alice" in session_keys
    paragraphs = ["Few words with much beside them.", "The next paragraph stays where it is."]
    marked = {"Few words": "A long note. " * 30, "much": "Another. " * 30}
    address = own_article(site, f"still-{device}", paragraphs, marked)
    page = reader("alice", **DEVICES[device])
    page.goto(address)  # brings the faces of the type, which may come late to the first page only
    page.evaluate("() => document.fonts.ready.then(() => undefined)")

    page.add_init_script(_LATE)
    assert shifts(watched(page, address)) == []


def test_notes_are_seen_even_if_no_script_ever_comes(reader: Reader) -> None:
    page = reader("alice", **DESKTOP)
    page.route("**/reader*.js", lambda route: route.abort())
    page.goto(LABOUR)
    notes = page.locator(".prose .notes").first
    expect(notes).to_have_css("content-visibility", "visible")
    box = notes.bounding_box()
    assert box is not None
    assert box["height"] > 0


@pytest.mark.parametrize("key", ["h", "n"])
def test_no_word_moves_when_a_mark_and_its_note_come(
    reader: Reader, still_address: str, key: str
) -> None:
    page = watched(reader("alice", **DESKTOP), still_address)
    words = {"h": "stay2", "n": "stay5"}[key]
    drag_over(page, words)
    page.evaluate("() => { window.shifts = []; }")
    page.keyboard.press(key)
    if key == "n":
        page.get_by_role("textbox", name="Note").fill("It stays.")
        page.keyboard.press("Control+Enter")
    note_on(page, words)
    # The button that was pressed says that it is saving.
    assert [shift for shift in shifts(page) if "BUTTON.button" not in str(shift)] == []


def test_no_word_moves_when_one_is_marked_on_a_phone(reader: Reader, still_address: str) -> None:
    page = watched(reader("bob", **DEVICES["phone"]), still_address)
    choose_by_touch(page, "stay7")
    page.evaluate("() => { window.shifts = []; }")
    page.locator(".touch-bar").get_by_role("button", name="Highlight").tap()
    note_on(page, "stay7", by="Bob")
    assert shifts(page) == []
