"""On a phone, what stands alone is at least 24 px high and wide. Source: WCAG 2.2, 2.5.8."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.devices import PHONE
from tests.browser.reading import LABOUR

pytestmark = pytest.mark.browser

PAGES = (
    LABOUR,
    f"{LABOUR}versions/",
    f"{LABOUR}source/",
    f"{LABOUR}edit/",
    "/claims/",
    "/claims/deselection-threat/",
    "/links/",
    "/jobs/",
    "/imports/",
    "/search/?q=momentum",
)
# Links within a sentence and those for screen readers alone are let off, and so are the curves of
# a graph, broad as their touch is: a box does not measure it, and the table below leads there too.
_SMALL = """
() => [...document.querySelectorAll("main :is(a[href], button, summary)")].filter((target) => {
  const box = target.getBoundingClientRect();
  if (box.width < 2 || target.closest(".prose p, .visually-hidden, .message, .edge")) return false;
  return box.width < 24 || box.height < 24;
}).map((target) => `${target.parentElement.className}: ${target.textContent.trim()}`)
"""


def test_targets_on_a_phone_are_large_enough(onlooker: Callable[..., Page]) -> None:
    page = onlooker("carol", **PHONE)
    small = {}
    for address in PAGES:
        page.goto(address)
        small[address] = page.evaluate(_SMALL)
    assert {address: found for address, found in small.items() if found} == {}


def test_no_bar_lies_over_what_is_edited_on_a_phone(onlooker: Callable[..., Page]) -> None:
    page = onlooker("carol", **PHONE)
    page.goto(f"{LABOUR}edit/")
    first, last = page.locator(".edited-tools").first, page.locator(".edit-foot")
    first.scroll_into_view_if_needed()
    tools, bar = first.bounding_box(), last.bounding_box()
    assert tools
    assert bar
    assert bar["y"] > page.evaluate("() => innerHeight")
    page.get_by_role("button", name="Look at the changes").first.click()
    page.get_by_text("Nothing is changed yet.").wait_for()
