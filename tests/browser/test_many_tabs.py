"""A browser with many tabs has one stream: all of them hear, and whoever stays goes on."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from tests.browser.newcomers import newcomers
from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

WORDS = ["A word that is marked first.", "Then another is.", "At the end a third."]
TABS = 5
TURNS = 300


@pytest.mark.usefixtures("session_keys")
def test_tabs_share_one_stream_and_the_next_goes_on_when_its_tab_is_closed(
    new_context: Any, site: Site
) -> None:
    writer, first = newcomers(new_context, site, "nele", "otto")
    article = own_article(site, "many-tabs", WORDS, {})
    streams = _streams_of(first.context)
    writer.goto(article)
    first.goto(article)
    expect(writer.locator(".here .avatar", has_text="O")).to_have_count(1)
    others = [first.context.new_page() for _ in range(TABS - 1)]
    for page in others:
        page.goto(article)
        assert len(streams) <= 2
        expect(page.locator(".here .avatar", has_text="N")).to_have_count(1)
    _wait_for_one(streams, writer)

    _mark(writer, "word that is marked")
    for page in (first, *others):
        expect(_marked(page, "word that is marked")).to_have_count(1)

    _close(first, streams)
    _mark(writer, "another is")
    for page in others:
        expect(_marked(page, "another is")).to_have_count(1)
    _mark(writer, "a third")
    for page in others:
        expect(_marked(page, "a third")).to_have_count(1)
        expect(_marked(page, "word that is marked")).to_have_count(1)
    _wait_for_one(streams, writer)
    expect(writer.locator(".here .avatar")).to_have_count(1)


def _streams_of(context: BrowserContext) -> set[Request]:
    """Return the streams that `context` has open, kept up to date."""
    streams: set[Request] = set()

    def begin(request: Request) -> None:
        if "/live/?" in request.url:
            streams.add(request)

    def end(request: Request) -> None:
        streams.discard(request)

    context.on("request", begin)
    context.on("requestfailed", end)
    context.on("requestfinished", end)
    return streams


def _close(page: Page, streams: set[Request]) -> None:
    """Close a tab; what it had open is not told to have ended."""
    theirs = {request for request in streams if request.frame.page == page}
    page.close()
    streams -= theirs


def _wait_for_one(streams: set[Request], page: Page) -> None:
    """Wait until one is left: a tab that opens has one of its own until it has caught up."""
    for _ in range(TURNS):
        if len(streams) == 1:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(streams)} streams are open")


def _mark(page: Page, words: str) -> None:
    drag_over(page, words)
    page.keyboard.press("h")
    note_on(page, words, "Nele")


def _marked(page: Page, words: str) -> Locator:
    return page.locator("#text mark", has_text=words)
