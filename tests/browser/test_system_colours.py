"""Marks where the reader's system has colours of its own, as in a contrast theme."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.reading import LABOUR

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

# The colours of an element's words and of what is behind them, in a state.
_COLOURS = """
(element, state) => {
  if (state) element.dataset.state = state;
  const { color, backgroundColor } = getComputedStyle(element);
  return [color, backgroundColor];
}
"""


def test_marked_words_stay_legible_in_the_colours_of_the_system(reader: Reader) -> None:
    """A tint of ours under the black of a system's marks was dark on dark."""
    page = reader("")
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.goto(LABOUR)
    mark = page.locator("#text mark").first
    rest = mark.evaluate(_COLOURS, "")
    assert rest[0] != rest[1]
    for state in ("active", "draft", "linked", "saving"):
        assert mark.evaluate(_COLOURS, state) == rest
    ink = page.locator("#text h1").evaluate(_COLOURS, "")[0]
    assert mark.evaluate(_COLOURS, "resolved")[0] == ink != rest[0]
