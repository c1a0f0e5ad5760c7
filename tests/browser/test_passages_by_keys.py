"""Going through the passages of a claim by keys, and saying of each what it does to the claim."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import watch_requests
from tests.site import Site

pytestmark = pytest.mark.browser

PARAGRAPHS = ("The ferry runs late.", "“The ferry runs at night,” she said.", "It never ran.")
_TAGGED = """
import json
from django.contrib.auth.models import User
from corpus.models import Article
from tests.factories import make_highlight
article = Article.objects.get(slug={slug!r})
for name, words in (("alice", "ferry runs late"), ("alice", "ferry runs at night"),
                    ("bob", "It never ran")):
    make_highlight(User.objects.get(username=name), article, words, claim={claim!r})
print(json.dumps(True))
"""


def _tagged(site: Site, slug: str, claim: str) -> None:
    own_article(site, slug, PARAGRAPHS, {})
    site.made_by(_TAGGED.format(slug=slug, claim=claim))


def test_each_thing_said_of_the_claim_changes_by_one_key_on_the_passage_in_focus(
    site: Site, reader: Callable[..., Page]
) -> None:
    _tagged(site, "a-late-ferry", "ferry at night")
    page = reader("alice")
    watch_requests(page)
    page.goto("/claims/ferry-at-night/")
    rows = page.locator("#supports .passage")
    page.keyboard.press("y")
    expect(page.locator(".toast")).to_contain_text("Go to a passage first.")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.first).to_be_focused()
    page.keyboard.press("j")
    for key in "ouu":
        page.keyboard.press(key)
    expect(rows.nth(1)).to_contain_text("quoted (a guess) · fact · tagged as likely")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("i")
    expect(rows.nth(1)).to_contain_text("reported · fact · tagged as likely")

    page.keyboard.press("y")
    expect(rows.nth(1).locator(".passage-stance")).to_contain_text("Disputes")
    expect(page.locator("#disputes-heading .count")).to_have_text("1")
    expect(page.locator("#supports-heading .count")).to_have_text("2")
    assert violations_on(page) == []

    page.keyboard.press("j")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("y")
    expect(page.locator(".toast").last).to_contain_text("by somebody else")

    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys.get_by_role("heading", name="On the passages of a claim")).to_be_visible()
    expect(keys.locator("dd", has_text="its next stance")).to_be_visible()


def test_without_script_the_form_changes_it_and_leads_back_to_the_claim(
    site: Site, reader: Callable[..., Page]
) -> None:
    _tagged(site, "a-ferry-on-paper", "ferry on paper")
    page = reader("alice", java_script_enabled=False)
    page.goto("/claims/ferry-on-paper/")
    expect(page.locator(".passage").get_by_role("link", name="Edit")).to_have_count(2)
    page.locator(".passage").first.get_by_role("link", name="Edit").click()
    page.get_by_role("radio", name="disputes").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#disputes .passage:target")).to_have_count(1)
