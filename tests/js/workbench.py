"""A page of our own in a real Chromium, with the scripts as they are and no server behind it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from annotations.marks import Highlight, HighlightOverlay
from corpus.text.blocks import BLOCK_SEPARATOR, Block
from corpus.text.markup import block_html

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
ORIGIN = "http://bench.test"
WORDS = "".join(f'<span data-word="{name}">{name}</span>' for name in ("failed", "offline", "undo"))


class Workbench:
    """Loads scripts into a page and calls what they export."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, body: str) -> None:
        """Put `body` into the page in place of what was there; scripts stay loaded."""
        self.page.evaluate(
            "(body) => { document.body.innerHTML = body; }",
            f"<template data-words>{WORDS}</template>{body}",
        )

    def call(self, module: str, code: str, argument: Any = None) -> Any:
        """Run `code` with what `module` exports as `m` and `argument`; return its result."""
        return self.page.evaluate(
            f"async (argument) => {{ const m = await import('/js/{module}.js'); {code} }}", argument
        )


@pytest.fixture(scope="session")
def bench_page(chromium: Browser) -> Iterator[Page]:
    """Open one page for all tests of scripts; each test puts its own body into it."""
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.route(f"{ORIGIN}/**", _serve)
    page.goto(f"{ORIGIN}/")
    yield page
    page.context.close()


@pytest.fixture
def bench(bench_page: Page) -> Workbench:
    """Give the workbench, its page empty."""
    bench = Workbench(bench_page)
    bench.show("")
    return bench


def text_of(paragraphs: Sequence[str]) -> tuple[str, list[Block]]:
    """Return the article text of `paragraphs` and its blocks."""
    blocks: list[Block] = []
    start = 0
    for words in paragraphs:
        blocks.append(Block("paragraph", start, start + len(words)))
        start += len(words) + len(BLOCK_SEPARATOR)
    return BLOCK_SEPARATOR.join(paragraphs), blocks


def article_html(paragraphs: Sequence[str], *spans: tuple[int, int]) -> str:
    """Return the reading page's markup of `paragraphs`, with a highlight on each span.

    Between the blocks stand notes and what else the page has that is not article text.
    """
    text, blocks = text_of(paragraphs)
    overlay = HighlightOverlay(
        Highlight(number, start, end, 1, 1, f"Reader {number}")
        for number, (start, end) in enumerate(spans, start=1)
    )
    parts = ["<h1>A title that is not text</h1><div class='prose'>"]
    for number, block in enumerate(blocks, start=1):
        words = block_html(text, block, [], overlay)
        parts.append(
            f"<div class='bk' id='bk{number}'>"
            f"<p id='p{number}' data-start='{block.start}'>{words}</p>"
            f"<a class='pill' href='#n1' data-skip>2</a>"
            f"<div class='notes'><div class='note'><p>A note.</p></div></div></div>"
        )
    return f"<article id='text' data-version='1'>{''.join(parts)}</div></article>"


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path.startswith("/js/"):
        script = SCRIPTS / path.removeprefix("/js/")
        route.fulfill(body=script.read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><body></body>", content_type="text/html; charset=utf-8")
