"""A curator gives a web address that may not be asked, and follows a feed that cannot be found."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

PRIVATE = "http://127.0.0.1/of-this-machine"


def test_address_that_may_not_be_asked_ends_in_a_sentence_and_can_be_mended(
    reader: Reader,
) -> None:
    page = reader("carol")
    page.goto("/imports/")
    page.get_by_label("Or give a web address").fill(PRIVATE)
    page.get_by_label("Or give a web address").press("Enter")
    expect(page.get_by_text(re.compile("^Failed. 127.0.0.1 is not on the public"))).to_be_visible()
    assert violations_on(page) == []
    page.get_by_role("link", name="Give another address").click()
    expect(page.get_by_label("Or give a web address")).to_have_value(PRIVATE)
    expect(page.get_by_label("Or give a web address")).to_be_editable()


def test_feed_is_followed_paused_and_left_without_scripts(reader: Reader) -> None:
    page = reader("carol", java_script_enabled=False)
    page.goto("/imports/")
    page.get_by_role("link", name="Follow feeds").click()
    page.get_by_label("Address of the feed").fill("http://127.0.0.1/feed-without-scripts")
    page.get_by_label("Called").fill("Without scripts")
    page.get_by_role("button", name="Follow it").click()
    page.get_by_role("button", name="Pause Without scripts").click()
    page.get_by_role("button", name="Go on with Without scripts").click()
    expect(page.get_by_role("button", name="Pause Without scripts")).to_be_visible()
    page.get_by_role("button", name="Follow Without scripts no more").click()
    expect(page.get_by_text("/feed-without-scripts is followed no more")).to_be_visible()
    expect(page.get_by_role("heading", name="Without scripts")).to_have_count(0)
