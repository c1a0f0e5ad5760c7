"""Saying who speaks: names follow the typing, the author is offered in the author's voice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, follow, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

WORDS = "The bridge will be closed"
_SPOKEN = """
import json
from django.contrib.auth.models import User
from corpus.models import Article, Authorship
from corpus.services import agents
from tests.factories import make_highlight, make_tag
article = Article.objects.get(slug={slug!r})
Authorship.objects.create(article=article, agent=agents.named(None, "Wanda Bridges"), basis="given")
alice = User.objects.get(username="alice")
other = make_highlight(alice, article, "Nobody objected")
make_tag(alice, other, "Bridge at peace", speaker="Beatrix Quayle", voice="reported")
mark = make_highlight(alice, article, {words!r})
make_tag(alice, mark, "Bridge closes {slug}")
print(json.dumps(True))
"""


def _spoken(site: Site, slug: str) -> str:
    """Return the address of an article by one author, in which alice tagged two passages."""
    address = own_article(site, slug, ["The bridge will be closed.", "Nobody objected."], {})
    site.made_by(_SPOKEN.format(slug=slug, words=WORDS))
    return address


def test_names_follow_the_typing_and_the_author_is_a_guess_in_their_own_voice(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("alice")
    page.goto(_spoken(site, "a-bridge-that-closes"))
    note = note_on(page, WORDS)
    note.locator("a.chip-edit").click()
    dialog = page.get_by_role("dialog")
    speaker, voice = dialog.get_by_role("combobox", name="Speaker"), dialog.get_by_label("Voice")
    expect(speaker).to_have_attribute("aria-expanded", "false")

    speaker.press_sequentially("quail")
    expect(dialog.get_by_role("option", name="Somebody new: “quail”")).to_be_visible()
    speaker.fill("B. Quayle")
    near = dialog.get_by_role("option", name="Beatrix Quayle")
    expect(near).to_contain_text("a name like it")
    expect(near).to_have_attribute("aria-selected", "true")
    assert violations_on(page) == []
    speaker.press("Enter")
    expect(speaker).to_have_value("Beatrix Quayle")
    expect(speaker).to_have_attribute("aria-expanded", "false")

    speaker.fill("")
    expect(dialog.get_by_role("option", name="Wanda Bridges")).to_contain_text("author")
    voice.select_option("author")
    expect(speaker).to_have_value("Wanda Bridges")
    expect(dialog.get_by_role("status")).to_contain_text("Guessed: the author")
    voice.select_option("quoted")
    expect(speaker).to_have_value("")
    expect(dialog.get_by_role("status")).to_be_empty()

    speaker.fill("quay")
    expect(dialog.get_by_role("option", name="Beatrix Quayle")).to_be_visible()
    speaker.press("Escape")
    expect(speaker).to_have_attribute("aria-expanded", "false")
    speaker.press("ArrowDown")
    expect(speaker).to_have_attribute("aria-expanded", "true")
    speaker.press("Control+Enter")  # saves what is typed, and takes no name from the list
    expect(dialog).to_have_count(0)
    follow(note_on(page, WORDS).get_by_role("link", name="quay"))
    expect(page.get_by_role("heading", level=1)).to_have_text("quay")


def test_the_picker_offers_who_may_speak_behind_more(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("alice")
    page.goto(_spoken(site, "a-bridge-picked"))
    drag_over(page, "objected")
    page.keyboard.press("t")
    picker = page.get_by_role("dialog", name="Claim for this passage")
    picker.get_by_role("combobox", name="Claim").fill("nobody minds")
    expect(picker.get_by_role("option", name="Create claim")).to_be_visible()
    picker.get_by_text("More", exact=True).click()
    speaker = picker.get_by_role("combobox", name="Speaker")
    speaker.fill("wan")
    expect(picker.get_by_role("option", name="Wanda Bridges")).to_contain_text("author")
    assert violations_on(page) == []
    speaker.press("Escape")
    expect(speaker).to_have_attribute("aria-expanded", "false")
    speaker.fill("")
    expect(picker.get_by_role("option", name="Beatrix Quayle")).to_contain_text("in this article")
    picker.get_by_label("Voice").select_option("author")
    expect(speaker).to_have_value("Wanda Bridges")
    picker.get_by_role("button", name="Save").click()
    expect(picker).to_have_count(0)
    expect(note_on(page, "objected").get_by_role("link", name="Wanda Bridges")).to_be_visible()


def test_without_script_names_stand_in_a_list_and_a_double_is_asked_about(
    site: Site, reader: Callable[..., Page]
) -> None:
    page = reader("alice", java_script_enabled=False)
    page.goto(_spoken(site, "a-bridge-on-paper"))
    page.locator("a.chip-edit").first.click()
    names = page.locator("datalist option")
    expect(names.first).to_have_attribute("value", "Wanda Bridges")
    expect(names.nth(1)).to_have_attribute("value", "Beatrix Quayle")
    page.get_by_label("Speaker").fill("Wanda Bridge")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("may be “Wanda Bridges”")).to_be_visible()
    page.get_by_label("Speaker").fill("Wanda Bridges")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".note", has_text="Wanda Bridges")).to_have_count(1)
