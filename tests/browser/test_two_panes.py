"""Two texts side by side: one height, a ribbon that follows, keys, tabs on a phone, no script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DESKTOP, PHONE
from tests.browser.reading import follow
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
import json
from corpus.models import Outlet
from corpus.services.indexing import index_article
from tests.factories import add_version, make_article
works = Outlet.objects.create(name="Glass works", slug="glass-works")
QUOTED = "panes of glass are cut by hand and nobody else in the yard has a word to say in it at all"
fill = [f"Filler {number} of this text, with words enough that the pane has to be scrolled through."
        for number in range(40)]
one = make_article(*fill[:25], f"He wrote: {QUOTED}.", *fill[25:], title="Glass by hand",
                   slug="glass-by-hand", outlet=works)
other = make_article(*[f"Stuffing of its own, piece by number {number}." for number in range(8)],
                     f"As they say, {QUOTED}!", title="Glass, quoted", slug="glass-quoted",
                     outlet=works)
old = list(fill)
edited = make_article(*old, title="Glass, edited", slug="glass-edited")
new = [*fill[:3], "A paragraph about the price of glass that nobody had thought of before.",
       *fill[3:30], fill[30].replace("words enough", "phrases enough"), *fill[31:]]
index_article(add_version(edited, new))
print(json.dumps({"one": one.slug, "other": other.slug, "edited": edited.slug}))
"""
# Where the first line of what is shown stands in each pane, and the edges of the ribbon.
_LEVELS = """
() => {
  const ends = [...document.querySelectorAll(".pane")].map((pane) =>
    pane.querySelector(".prose [data-state~=linked]").getClientRects()[0].top);
  const box = document.querySelector(".ribbon").getBoundingClientRect();
  const path = document.querySelector(".ribbon-fill").getAttribute("d");
  const [left, right] = [/^M0 ([-\\d.]+)/.exec(path)[1], / ([-\\d.]+)V/.exec(path)[1]];
  return [...ends, Number(left) + box.top, Number(right) + box.top];
}
"""


@pytest.fixture(scope="session")
def made(site: Site, session_keys: dict[str, str]) -> dict[str, str]:
    """Return the slugs of two articles with words in common, and of one with two versions."""
    assert "alice" in session_keys
    slugs: dict[str, str] = site.made_by(_MAKE)
    return slugs


@pytest.fixture
def panes(reader: Reader, made: dict[str, str]) -> Callable[..., Page]:
    """Return what opens the two articles side by side."""

    def open_page(**options: Any) -> Page:
        page = reader("", **{**DESKTOP, **options})
        page.goto(f"/side-by-side/?first={made['one']}&second={made['other']}")
        return page

    return open_page


def settled(page: Page) -> list[float]:
    """Return what _LEVELS measures, once the ribbon is drawn and rests."""
    page.evaluate("() => document.fonts.ready")
    page.wait_for_function("() => document.querySelector('.ribbon-fill').getAttribute('d')")
    before: list[float] = []
    while before != (levels := page.evaluate(_LEVELS)):
        before = levels
        page.wait_for_timeout(60)
    return before


def scrolled(pane: Locator) -> float:
    height: float = pane.evaluate("(it) => it.scrollTop")
    return height


def test_both_passages_open_at_one_height_and_the_ribbon_joins_them(
    panes: Callable[..., Page],
) -> None:
    page = panes()
    first, second, left, right = settled(page)
    assert first == pytest.approx(second, abs=2)
    assert [left, right] == pytest.approx([first, second], abs=3)
    assert what_is_wrong(page, is_phone=False) == []


def test_a_pane_scrolls_by_keys_alone_and_the_ribbon_follows(panes: Callable[..., Page]) -> None:
    page = panes()
    settled(page)
    pane, other = page.locator("#first"), page.locator("#second")
    before = scrolled(pane), scrolled(other)
    pane.focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "([pane, top]) => pane.scrollTop < top", arg=[pane.element_handle(), before[0]]
    )
    first, second, left, right = settled(page)
    assert scrolled(other) == before[1]
    assert first > second
    assert [left, right] == pytest.approx([first, second], abs=3)


def test_without_motion_asked_for_nothing_is_animated(panes: Callable[..., Page]) -> None:
    page = panes(reduced_motion="reduce")
    settled(page)
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_on_a_phone_the_panes_are_tabs_with_the_words_on_top(panes: Callable[..., Page]) -> None:
    page = panes(**PHONE)
    tabs = page.get_by_role("navigation", name="Articles").get_by_role("link")
    expect(tabs).to_have_count(2)
    expect(page.locator("#first")).to_be_visible()
    expect(page.locator("#second")).to_be_hidden()
    expect(page.locator("#first mark[data-state~=linked]")).to_be_in_viewport()
    expect(tabs.first).to_have_attribute("aria-current", "true")
    tabs.last.tap()
    expect(page.locator("#second")).to_be_visible()
    expect(tabs.last).to_have_attribute("aria-current", "true")
    expect(tabs.first).not_to_have_attribute("aria-current", "true")
    expect(page.locator("#first")).to_be_hidden()
    expect(page.locator("#second mark[data-state~=linked]")).to_be_in_viewport()
    assert what_is_wrong(page, is_phone=True) == []


def test_without_scripts_both_texts_and_the_anchors_to_the_words_are_there(
    panes: Callable[..., Page],
) -> None:
    page = panes(java_script_enabled=False)
    leads = page.get_by_role("navigation", name="Articles").get_by_role("link")
    for lead, name in ((leads.first, "first"), (leads.last, "second")):
        lead.click()
        expect(page.locator(f"#{name} mark[data-state~=linked]")).to_be_in_viewport()
    expect(page.locator("#first mark[data-state~=linked]")).to_be_in_viewport()
    page.set_viewport_size({"width": 700, "height": 900})
    leads.first.click()
    expect(page.locator("#first mark[data-state~=linked]")).to_be_in_viewport()
    expect(page.locator("#second")).to_be_hidden()


def test_on_paper_one_text_comes_after_the_other(panes: Callable[..., Page]) -> None:
    page = panes()
    page.emulate_media(media="print")
    expect(page.locator(".pane-bar")).to_be_hidden()
    first, second = page.locator("#first").bounding_box(), page.locator("#second").bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"] - 1
    last = page.locator("#first .prose [data-start]").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= second["y"]


def test_two_versions_scroll_together_until_that_is_switched_off(
    reader: Reader, made: dict[str, str]
) -> None:
    page = reader("", **DESKTOP)
    slug = made["edited"]
    page.goto(f"/side-by-side/?first={slug}&first_version=1&second={slug}&step=2")
    expect(page.get_by_text("Change 2 of 2")).to_be_visible()
    expect(page.locator("#second ins")).to_contain_text(["the price of glass", "phrases"])
    pane, other = page.locator("#first"), page.locator("#second")
    pane.hover()
    page.mouse.wheel(0, -400)
    place = "(it) => document.querySelector(it).getBoundingClientRect().top"
    # The twenty-first paragraph of the old text is the twenty-second of the new one.
    page.wait_for_function(
        f"() => Math.abs(({place})('#first-p21') - ({place})('#second-p22')) < 3"
    )
    page.get_by_label("Scroll together").uncheck()
    page.wait_for_timeout(300)
    before = scrolled(other)
    pane.hover()
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    assert scrolled(other) == before
    page.reload()
    expect(page.get_by_label("Scroll together")).not_to_be_checked()


def test_two_rows_of_the_library_are_read_side_by_side_and_left_again(
    reader: Reader, made: dict[str, str]
) -> None:
    page = reader("", **DESKTOP)
    page.goto("/?outlet=glass-works&sort=title")
    for title in ("Glass by hand", "Glass, quoted"):
        page.get_by_role("checkbox", name=f"Choose “{title}”").check()
    page.get_by_role("button", name="Side by side").click()
    titles = page.locator(".pane h2")
    expect(titles).to_have_text(["Glass by hand", "Glass, quoted"])
    page.get_by_role("link", name="Swap sides").click()
    expect(titles).to_have_text(["Glass, quoted", "Glass by hand"])
    page.get_by_role("link", name="Choose another (First article)").click()
    field = page.locator("main").get_by_role("searchbox", name="Search articles")
    field.fill("edited glass")
    field.press("Enter")
    follow(page.get_by_role("link", name="Glass, edited"))
    expect(titles).to_have_text(["Glass, edited", "Glass by hand"])
    follow(page.get_by_role("link", name="Back", exact=True))
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()
