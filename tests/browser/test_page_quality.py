"""What an audit of a page looks at, held for the pages that anybody may open.

Each test is named for one thing and says what it is good for: for those who search, for those
who read on a small screen or a slow line, and for those who are read to.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.devices import DESKTOP, PHONE
from tests.browser.reading import LABOUR
from tests.site import Site, complaints_of

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

CLAIM = "/claims/deselection-threat/"
PAGES = ("/", LABOUR, "/claims/", CLAIM, "/links/", "/search/?q=momentum")
TEN_YEARS = 10 * 365 * 24 * 3600
SMALL = 1_400
"""Bytes that fit one packet: smaller answers gain nothing by being compressed."""

_HEAD = """
() => ({
  lang: document.documentElement.lang,
  title: document.title,
  description: document.querySelector("meta[name=description]")?.content ?? "",
  viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
  canonical: document.querySelector("link[rel=canonical]")?.href ?? "",
  charset: document.characterSet,
  mode: document.compatMode,
})
"""
_HEADINGS = """
() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]))
"""
# Pictures without a text, links and buttons without a name that says where they lead.
_NAMELESS = """
() => {
  const nameOf = (element) => (element.getAttribute("aria-label") ?? element.textContent).trim();
  const vague = new Set(["", "here", "click here", "more", "link", "read more"]);
  const links = [...document.querySelectorAll("a[href]")]
    .filter((link) => vague.has(nameOf(link).toLowerCase()) && !link.closest("[aria-hidden=true]"));
  return [...document.querySelectorAll("img:not([alt])"), ...links]
    .map((element) => element.outerHTML.slice(0, 120));
}
"""


@pytest.fixture(scope="session")
def heads(site: Site, chromium: Any) -> dict[str, dict[str, str]]:
    """Return what the head of each page says."""
    page = chromium.new_page(base_url=site.url)
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = page.evaluate(_HEAD)
    page.close()
    return found


@pytest.mark.parametrize("address", PAGES)
def test_head_tells_what_the_page_is(heads: dict[str, dict[str, str]], address: str) -> None:
    """A title and a description of its own are what a search result or a shared link shows."""
    head = heads[address]
    assert head["lang"] == "en-gb"
    assert head["charset"] == "UTF-8"
    assert head["mode"] == "CSS1Compat"
    assert "width=device-width" in head["viewport"]
    assert "maximum-scale" not in head["viewport"]
    assert "user-scalable" not in head["viewport"]
    assert 5 < len(head["title"]) <= 160
    assert 20 <= len(head["description"]) <= 320


def test_titles_tell_pages_apart(heads: dict[str, dict[str, str]]) -> None:
    assert len({head["title"] for head in heads.values()}) == len(PAGES)


@pytest.mark.parametrize("address", [LABOUR, CLAIM])
def test_what_is_found_by_others_describes_itself_and_has_one_address(
    heads: dict[str, dict[str, str]], site: Site, address: str
) -> None:
    """Filters and places of a text are no pages of their own."""
    assert heads[address]["canonical"] == f"{site.url}{address}"
    assert heads[address]["description"] != heads["/"]["description"]


@pytest.mark.parametrize("address", PAGES)
def test_headings_go_down_by_one_step(onlooker: Reader, address: str) -> None:
    """A screen reader's list of headings is the page's table of contents."""
    page = onlooker("", **DESKTOP)
    page.goto(address)
    levels = page.evaluate(_HEADINGS)
    assert levels.count(1) == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps, default=0) <= 1, levels


@pytest.mark.parametrize("address", PAGES)
def test_pictures_and_links_have_names(onlooker: Reader, address: str) -> None:
    page = onlooker("", **PHONE)
    page.goto(address)
    assert page.evaluate(_NAMELESS) == []


@pytest.mark.parametrize("address", PAGES)
def test_everything_is_our_own_found_compressed_and_without_complaint(
    onlooker: Reader, site: Site, address: str
) -> None:
    """Nothing comes from elsewhere or is missing; text is sent small; what is hashed is kept."""
    page = onlooker("", **DESKTOP)
    answers: list[Response] = []
    complaints = complaints_of(page)
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a method of C
    page.goto(address, wait_until="networkidle")
    assert complaints == []
    assert {answer.url.split("/")[2] for answer in answers} == {site.url.split("/")[2]}
    assert [answer.url for answer in answers if answer.status >= 400] == []
    for answer in answers:
        kind = answer.headers.get("content-type", "")
        if "/static/" in answer.url:
            assert answer.headers["cache-control"] == f"max-age={TEN_YEARS}, public, immutable"
        # The stream of live updates has no end, and its short messages go out as they come.
        is_stream = kind.startswith("text/event-stream")
        if kind.startswith("text/") and not is_stream and len(answer.body()) > SMALL:
            assert answer.headers.get("content-encoding") in ("br", "gzip"), answer.url
