"""A curator who never saw the command line adds a messy dump of two articles."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_of_colour, violations_on
from tests.browser.reading import follow

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_DISTANCE = """
([above, below]) => document.querySelector(below).getBoundingClientRect().top
  - document.querySelector(above).getBoundingClientRect().bottom
"""

# Two articles run together, with the furniture of a page between them.
DUMP = """Advertisement

The harbour lights of {0}

By Jane Smith

Nobody in {0} could say afterwards who had switched the lights off, but the fishermen who came
in that night remembered it for years and told it to anyone who would listen to them.

The council met twice about it and reached hisgoal <https://news.example/2016/x> in the end.

Pictures of the week, chosen by our readers

A letter from the hills of {0}

The road above {0} was closed for most of the winter, and the post came on foot with a boy who
knew the way and asked for nothing but a cup of tea and a dry pair of socks for the way back.

When it opened again there was so much to read that nobody in the village worked for a week.
"""


@pytest.mark.parametrize("has_scripts", [True, False])
def test_messy_dump_is_pasted_split_corrected_and_added(reader: Reader, has_scripts: bool) -> None:
    town = "Easthaven" if has_scripts else "Westhaven"
    page = reader("carol", java_script_enabled=has_scripts)
    page.goto("/")
    page.get_by_role("link", name="Add a text").first.click()
    page.get_by_label("Paste a text").fill(_dump(town))
    page.get_by_role("textbox", name="Note").fill(f"Dump from {town}")
    page.get_by_role("button", name="Read it").click()
    _wait_until_read(page, has_scripts=has_scripts)
    follow(page.get_by_role("link", name=re.compile("^Check")))

    letter = _piece(page, "A letter from the hills")
    _press(letter, "Split here")
    expect(page.get_by_text("Split in two.").first).to_be_visible()

    furniture = _piece(page, "Pictures of the week")
    _press(furniture, "Leave out")
    expect(_piece(page, "Pictures of the week")).to_have_attribute("data-state", "aside decided")
    _press(_piece(page, "The harbour lights"), "Take into the text")
    expect(_piece(page, "The harbour lights")).to_have_attribute("data-state", "text decided")
    page.locator(".review-bar").get_by_role("button", name="Undo").click()
    expect(_piece(page, "The harbour lights")).to_have_attribute("data-state", "aside")

    goal = _piece(page, "hisgoal")
    expect(goal.locator(".prose")).to_contain_text("his goal")
    _press(goal, "Leave as it was")
    expect(_piece(page, "hisgoal").locator(".prose")).to_contain_text("hisgoal")

    _correct(page, "Title", "Lights out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lights out")
    _correct(page, "Date", "2017-03")
    expect(page.locator("#fact-published")).to_contain_text("March 2017")
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_text("“Lights out” is in the library.")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A letter from the hills")
    page.get_by_role("button", name="Add to the library").click()
    page.get_by_role("link", name="The whole import").click()

    page.get_by_role("link", name=re.compile("^Read it ?: Lights out")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lights out")
    expect(page.locator(".prose")).to_contain_text("hisgoal")
    expect(page.locator(".prose")).not_to_contain_text("Pictures of the week")


def test_import_is_undone(reader: Reader) -> None:
    page = _given(reader, "Undone")
    page.get_by_role("button", name="Add it to the library").click()
    expect(page.get_by_text("1 article was added.")).to_be_visible()
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_text("1 article is out of the library.")).to_be_visible()


def test_article_is_checked_by_keys_as_fast_as_they_are_pressed(reader: Reader) -> None:
    page = _given(reader, "Keyhaven")
    follow(page.get_by_role("link", name=re.compile("^Check")))
    prose = _piece(page, "Nobody in Keyhaven")
    prose.focus()
    # The second x is pressed while the answer to the first is on its way.
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    council = _piece(page, "The council met")
    expect(council).to_have_attribute("data-state", "aside decided")
    expect(_piece(page, "Nobody in Keyhaven")).to_have_attribute("data-state", "aside decided")
    expect(council).to_be_focused()
    page.keyboard.press("u")
    expect(_piece(page, "The council met")).to_have_attribute("data-state", "text")
    page.keyboard.press("u")
    expect(_piece(page, "Nobody in Keyhaven")).to_have_attribute("data-state", "text")

    page.keyboard.press("k")
    page.keyboard.press("e")
    kinds = page.locator(".piece-kinds")
    expect(kinds).to_be_visible()
    assert violations_on(page) == []
    kinds.get_by_role("button", name="quotation").click()
    expect(page.locator(".piece .quotation")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Begin another article here")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_text("is in the library.").first).to_be_visible()


def test_repair_lights_up_on_both_sides(reader: Reader) -> None:
    page = _given(reader, "Lighthaven")
    follow(page.get_by_role("link", name=re.compile("^Check")))
    fix = page.locator(".fix", has_text="words parted")
    fix.hover()
    for side in (".piece-raw", ".piece-clean .prose", ".fixes"):
        expect(page.locator(f"{side} [data-lit]")).not_to_have_count(0)


def test_decision_on_an_old_page_is_refused_with_the_present_state(reader: Reader) -> None:
    page = _given(reader, "Stalehaven")
    follow(page.get_by_role("link", name=re.compile("^Check")))
    other = page.context.new_page()
    other.goto(page.url)
    _correct(other, "Title", "Decided in another window")
    expect(other.get_by_role("heading", level=1)).to_have_text("Decided in another window")
    _correct(page, "Title", "Mine")
    expect(page.get_by_text("Somebody else decided").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decided in another window")


def test_files_are_dropped_and_a_large_paste_goes_in_as_a_file(reader: Reader) -> None:
    page = reader("carol")
    page.goto("/imports/")
    dropped = page.evaluate_handle(
        """
        () => {
          const data = new DataTransfer();
          for (const name of ["one.txt", "two.txt"]) {
            data.items.add(new File([`Words of ${name} `.repeat(30)], name));
          }
          return data;
        }
        """
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    expect(page.locator("[data-chosen-files] li")).to_have_count(2)
    paragraph = f"{'A long line of words that goes on and on. ' * 20}\n\n"
    page.evaluate(
        "(text) => { document.querySelector('textarea[name=text]').value = text; }",
        paragraph * 3_100,
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url(re.compile("/imports/.+/"))
    expect(page.locator(".batch-file")).to_have_count(3)
    expect(page.get_by_role("heading", name=re.compile("^two.txt"))).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_accessible_in_every_theme_and_never_scroll_sideways(
    reader: Reader, width: int
) -> None:
    page = _given(reader, f"Widehaven {width}", viewport={"width": width, "height": 844})
    batch = page.url
    follow(page.get_by_role("link", name=re.compile("^Check")))
    review = page.url
    for address in (batch, review, "/imports/"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        # Targets that the bar covers in part while they scroll under it are not too small.
        page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
        assert violations_on(page) == []
        for theme in ("light", "dark", "sepia"):
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            assert violations_of_colour(page) == []
        assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width


def test_phone_shows_the_source_or_the_article(reader: Reader) -> None:
    page = _given(reader, "Phonehaven", viewport={"width": 390, "height": 844})
    follow(page.get_by_role("link", name=re.compile("^Check")))
    page.get_by_role("radio", name="Article").check()
    expect(page.locator(".piece-raw").first).to_be_hidden()
    expect(page.locator(".piece-clean").first).to_be_visible()
    # The choice stands where its effect is seen, and outlasts a decision.
    assert page.evaluate(_DISTANCE, [".review-panes", ".piece"]) < 100
    piece = _piece(page, "Nobody in Phonehaven")
    piece.focus()
    page.keyboard.press("x")
    expect(piece).to_have_attribute("data-state", "aside decided")
    expect(page.locator(".piece-raw").first).to_be_hidden()
    # The mark of the piece with the focus stands beside its words.
    words = piece.locator(".piece-kind").bounding_box()
    edge = piece.bounding_box()
    assert words
    assert edge
    assert words["x"] - edge["x"] >= 6
    page.get_by_role("radio", name="Source").check()
    expect(page.locator(".piece-raw").first).to_be_visible()


def test_text_that_is_given_again_is_not_offered_as_unsaved(reader: Reader) -> None:
    page = reader("carol")
    for _time in range(2):
        page.goto("/imports/")
        page.get_by_label("Paste a text").fill(_dump("Northhaven"))
        page.get_by_role("button", name="Read it").click()
        expect(page).to_have_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("Exactly this was given before.")).to_be_visible()
    page.goto("/imports/")
    expect(page.get_by_role("button", name="Choose a folder")).to_be_visible()
    expect(page.get_by_role("button", name="Go on with it")).to_have_count(0)


def _dump(town: str) -> str:
    """Return two articles on `town`, so often named that no other dump is nearly the same."""
    return re.sub(r"\b(who|and|for|with|but)\b", rf"\1 {town}", DUMP.format(town))


def _given(reader: Reader, town: str, **options: object) -> Page:
    """Return the page of an import of one dump, read."""
    page = reader("carol", **options)
    page.goto("/imports/")
    page.get_by_label("Paste a text").fill(_dump(town))
    page.get_by_role("button", name="Read it").click()
    _wait_until_read(page, has_scripts=True)
    return page


def _wait_until_read(page: Page, *, has_scripts: bool) -> None:
    """Wait for the import; a page without scripts is looked at again by its link."""
    check = page.get_by_role("link", name=re.compile("^Check"))
    while not has_scripts and not check.count():
        page.wait_for_timeout(200)
        page.reload()
    expect(check).to_be_visible()


def _piece(page: Page, words: str) -> Locator:
    return page.locator("[data-piece]", has=page.locator(".piece-raw", has_text=words))


def _press(piece: Locator, name: str) -> None:
    piece.hover()
    piece.locator("button:visible", has_text=re.compile(f"^{name}")).click()


def _correct(page: Page, fact: str, value: str) -> None:
    row = page.locator(".fact", has=page.get_by_role("heading", name=fact, exact=True))
    row.locator("summary").click()
    row.get_by_label(fact, exact=True).fill(value)
    row.get_by_role("button", name="Save").click()
