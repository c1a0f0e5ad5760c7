"""A reader looks at how articles are linked, and finds the way to one of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DESKTOP
from tests.browser.reading import follow
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
import json
from datetime import date
from django.contrib.auth.models import User
from tests.factories import make_article, make_highlight, make_link
alice = User.objects.get(username="alice")
named = {name: make_article(title=f"Graphed {name}", slug=f"graphed-{name}",
                            published_on=day, published_precision="day" if day else "unknown")
         for name, day in {"early": date(2001, 5, 1), "middle": date(2009, 2, 3),
                           "late": date(2016, 7, 8), "undated": None}.items()}
mark = make_highlight(alice, named["middle"], claim="graphed claim")
make_link(alice, mark, named["early"], relation="contradicts")
make_link(alice, mark, named["late"], relation="supports")
make_link(alice, named["late"], named["undated"], relation="background")
print(json.dumps("/links/?around=graphed-middle"))
"""


@pytest.fixture(scope="session")
def around(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of the graph around an article that alice linked with two others."""
    assert "alice" in session_keys
    return str(site.made_by(_MAKE))


def test_the_graph_is_read_with_scripts(reader: Reader, around: str) -> None:
    page = reader("alice", **DESKTOP)
    page.goto(around)
    graph = page.locator("svg.graph")
    lefts = [left_of(graph, name) for name in ("early", "middle", "late", "undated")]
    assert lefts == sorted(lefts)
    early, undated = node(graph, "early"), node(graph, "undated")
    early.hover()
    expect(node(graph, "middle")).to_have_attribute("data-state", "lit")
    expect(undated).not_to_have_attribute("data-state", "lit")
    background = page.get_by_role("button", name="Background")
    background.click()
    expect(background).to_have_attribute("aria-pressed", "false")
    expect(graph.locator('[data-relation="background"]')).to_be_hidden()
    expect(graph.locator('[data-relation="supports"]')).to_be_visible()
    before = float(graph.get_attribute("width") or 0)
    page.get_by_role("button", name="Larger").click()
    assert float(graph.get_attribute("width") or 0) > before
    page.get_by_role("button", name="Fit").click()
    box = page.locator(".graph-scroll")
    assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth + 1")
    assert what_is_wrong(page, is_phone=False) == []
    undated.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/graphed-undated/")


def test_the_graph_is_limited_without_scripts(reader: Reader, around: str) -> None:
    page = reader("", java_script_enabled=False)
    page.goto(around)
    expect(page.locator(".graph-zoom")).to_be_hidden()
    page.get_by_label("Around").select_option(label="Graphed undated")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".node.is-middle")).to_have_attribute("data-node", "graphed-undated")
    follow(page.get_by_role("link", name="Background 1"))
    expect(page.locator(".edge")).to_have_count(1)
    page.locator(".edge").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Graphed undated").first).to_be_visible()


def node(graph: Locator, name: str) -> Locator:
    return graph.locator(f'[data-node="graphed-{name}"]')


def left_of(graph: Locator, name: str) -> float:
    box = node(graph, name).locator("rect.box").bounding_box()
    assert box is not None
    return box["x"]
