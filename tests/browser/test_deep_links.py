"""What an address leads to is brought into sight, put in use, and has the focus."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.devices import DESKTOP, PHONE
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

# More highlights than notes are sent with a page, most of them in crowds without words.
_MAKE = """
import json
from django.contrib.auth.models import User
from annotations.services import annotations
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_note, make_reply
alice, bob = User.objects.get(username="alice"), User.objects.get(username="bob")
words = [[f"word{row}x{place}" for place in range(12)] for row in range(12)]
article = make_article(*(f"In paragraph {row} {' and '.join(line)}." for row, line in
    enumerate(words)), "Here a note is answered.", "Here one is deleted.", "Here one is private.",
    title="Where links lead", slug="where-links-lead")
first = make_highlight(bob, article, "word0x0")
for word in [word for line in words for word in line][1:]:
    last = make_highlight(bob, article, word)
noted = make_highlight(alice, article, "note is answered", note="What is said.")
replied = make_reply(bob, noted)
deleted = make_highlight(alice, article, "one is deleted")
annotations.delete(viewer_of(alice), deleted)
private = make_highlight(alice, article, "one is private", audience="private")
whole = make_note(alice, article, "On the whole.")
found = {"noted": noted, "reply": replied, "deleted": deleted, "private": private, "whole": whole,
         "waiting": first, "folded": last}
print(json.dumps({name: row.number for name, row in found.items()}))
"""
# What comes late, from before the day in which changes are told, lets pages be drawn anew.
_MARK_LONG_AGO = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from corpus.models import Article, Event
from tests.factories import make_highlight
article = Article.objects.get(slug="where-links-lead")
with transaction.atomic():
    late = make_highlight(User.objects.get(username="alice"), article, "Here one")
    long_ago = timezone.now() - timedelta(days=9)
    Event.objects.filter(subject_id=late.pk).update(at=long_ago)
"""
_LATE_FRAMES = """
window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 500);
window.cancelAnimationFrame = clearTimeout;
"""
ADDRESS = "/articles/where-links-lead/"
Numbers = dict[str, int]


@pytest.fixture(scope="session")
def numbers(site: Site, session_keys: dict[str, str]) -> Numbers:
    """Return the numbers of the highlights that links lead to, by what is special about each."""
    assert session_keys
    made: Numbers = site.made_by(_MAKE)
    return made


@pytest.fixture
def opened(onlooker: Reader, numbers: Numbers) -> Reader:
    """Return what opens the article at what the name stands for: ("h", "noted")."""

    def open_at(kind: str, name: str, *, who: str = "bob", **options: Any) -> Page:
        page = onlooker(who, **(options or DESKTOP))
        page.goto(f"{ADDRESS}#{kind}{numbers[name]}")
        return page

    return open_at


def expect_in_sight(locator: Locator) -> None:
    """Hold what `locator` finds to be in sight, under no bar."""
    expect(locator).to_be_in_viewport()
    box = locator.bounding_box()
    assert box is not None
    assert box["y"] >= 48


@pytest.mark.parametrize("name", ["noted", "waiting", "folded"])
@pytest.mark.parametrize("kind", ["h", "n"])
def test_a_link_to_a_highlight_opens_it_and_its_note(
    opened: Reader, numbers: Numbers, kind: str, name: str
) -> None:
    page = opened(kind, name)
    number = numbers[name]
    note = page.locator(f".note#n{number}")
    expect(note).to_have_attribute("data-state", re.compile("active"))
    expect(note).to_be_visible()
    expect(page.locator(f"#h{number}")).to_have_attribute("data-state", re.compile("active"))
    expect_in_sight(page.locator(f"#h{number}"))
    focused = f".ref[href='#n{number}']" if kind == "h" else f"#n{number}"
    expect(page.locator(f"{focused}:focus")).to_have_count(1)


@pytest.mark.parametrize("name", ["noted", "folded"])
def test_a_note_is_gone_to_although_the_margin_is_not_laid_out_yet(
    onlooker: Reader, numbers: Numbers, name: str
) -> None:
    page = onlooker("bob", **DESKTOP)
    page.add_init_script(_LATE_FRAMES)
    page.goto(f"{ADDRESS}#n{numbers[name]}")
    expect(page.locator(f"#n{numbers[name]}:focus")).to_have_count(1)
    expect(page.locator(".prose[data-placed]")).to_have_count(1)
    expect_in_sight(page.locator(f"#n{numbers[name]}"))


@pytest.mark.parametrize("name", ["noted", "waiting"])
def test_a_note_that_was_gone_to_stays_when_the_page_is_drawn_anew(
    onlooker: Reader, numbers: Numbers, site: Site, name: str
) -> None:
    page = onlooker("bob", **DESKTOP)
    page.goto(f"{ADDRESS}#n{numbers[name]}")
    note = page.locator(f"#n{numbers[name]}:focus")
    expect(note).to_have_count(1)
    page.evaluate("document.querySelectorAll('.bk').forEach((block) => block.dataset.old = '')")
    site.run_python(_MARK_LONG_AGO)
    expect(page.locator("[data-old]")).to_have_count(0)
    expect(note).to_have_attribute("data-state", re.compile("active"))
    expect(note).to_be_visible()


def test_a_link_to_a_reply_opens_the_note_that_it_answers(opened: Reader, numbers: Numbers) -> None:
    page = opened("n", "reply", who="alice")
    expect(page.locator(f"#n{numbers['reply']}:focus")).to_have_count(1)
    expect_in_sight(page.locator(f"#n{numbers['reply']}"))
    note = page.locator(f"#n{numbers['noted']}")
    expect(note).to_have_attribute("data-state", re.compile("active"))


def test_a_link_to_a_note_on_the_whole_leads_below_the_text(
    opened: Reader, numbers: Numbers
) -> None:
    page = opened("n", "whole")
    expect(page.locator(f"#n{numbers['whole']}:focus")).to_have_count(1)
    expect_in_sight(page.locator(f"#n{numbers['whole']}"))


@pytest.mark.parametrize("name", ["deleted", "private"])
@pytest.mark.parametrize("kind", ["h", "n"])
def test_a_link_to_what_is_not_there_says_so(opened: Reader, kind: str, name: str) -> None:
    page = opened(kind, name)
    expect(page.locator(".toast")).to_contain_text("it was deleted, or not everyone may see it")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_its_author_opens_what_is_private(opened: Reader, numbers: Numbers) -> None:
    page = opened("h", "private", who="alice")
    expect(page.locator(f".ref[href='#n{numbers['private']}']:focus")).to_have_count(1)


@pytest.mark.parametrize(
    "asked", ["#t=5", "#t=a,b", "#t=7,7", "?t=99999,100000", "#h99999999999", "#p999", "#t="]
)
def test_an_address_that_makes_no_sense_does_no_harm(
    reader: Reader, numbers: Numbers, asked: str
) -> None:
    page = reader("bob")
    page.goto(f"{ADDRESS}{asked}")
    if asked != "#t=":
        expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".density .viewport")).to_have_count(1)


def test_a_link_to_a_paragraph_leads_there(onlooker: Reader, numbers: Numbers) -> None:
    page = onlooker("", **DESKTOP)
    page.goto(f"{ADDRESS}#p13")
    expect(page.locator("#p13:focus")).to_have_count(1)
    expect_in_sight(page.locator("#p13"))


_PAINTED = "() => [...(CSS.highlights.get('found') ?? [])].map(String).join('')"
_CHOSEN = "() => String(getSelection())"


@pytest.mark.parametrize("asked", ["#t={},{}", "?t={},{}#p13", "?t={},{}#p13:~:text=note%20is"])
@pytest.mark.parametrize("who", ["", "bob"])
def test_a_link_to_words_marks_them(
    onlooker: Reader, numbers: Numbers, who: str, asked: str
) -> None:
    page = onlooker(who, **DESKTOP)
    page.goto(ADDRESS)
    start = int(page.locator("#p13").get_attribute("data-start") or "")
    page.goto("about:blank")
    page.goto(ADDRESS + asked.format(start + 7, start + 14))
    page.wait_for_function(f"() => ({_PAINTED})() === 'note is'")
    expect(page.locator("#p13:focus")).to_have_count(1)
    expect_in_sight(page.locator("#p13"))
    if who:
        assert page.evaluate(_CHOSEN) == "note is"
        expect(page.locator(".selection-bar")).to_be_visible()


def test_words_are_chosen_again_after_signing_in(reader: Reader, numbers: Numbers) -> None:
    page = reader("")
    page.goto(ADDRESS)
    start = int(page.locator("#p13").get_attribute("data-start") or "")
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#p13'))")
    page.get_by_role("link", name="Sign in to mark").click()
    page.get_by_label("Username").fill("bob")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(rf"\?t={start}%2C\d+#p13$"))
    page.wait_for_function(f"() => ({_CHOSEN})() === 'Here a note is answered.'")
    expect_in_sight(page.locator("#p13"))


def test_back_and_forward_go_between_highlights(opened: Reader, numbers: Numbers) -> None:
    page = opened("h", "noted")
    active = page.locator(".note[id][data-state~=active]")
    expect(active).to_have_id(f"n{numbers['noted']}")
    page.evaluate("(number) => { location.hash = `#h${number}`; }", numbers["folded"])
    expect(active).to_have_id(f"n{numbers['folded']}")
    page.go_back()
    expect(active).to_have_id(f"n{numbers['noted']}")
    expect_in_sight(page.locator(f"#h{numbers['noted']}"))
    page.go_forward()
    expect(active).to_have_id(f"n{numbers['folded']}")


def test_on_a_phone_a_link_to_a_note_opens_the_sheet(opened: Reader, numbers: Numbers) -> None:
    page = opened("n", "reply", who="alice", **PHONE)
    sheet = page.get_by_role("dialog", name="Notes on this passage")
    expect(sheet).to_contain_text("I see it otherwise.")
    page.go_back()
    expect(sheet).to_have_count(0)
    expect_in_sight(page.locator(f"#h{numbers['noted']}"))


def test_on_a_phone_a_link_to_a_highlight_shows_its_words(opened: Reader, numbers: Numbers) -> None:
    page = opened("h", "waiting", **PHONE)
    expect(page.locator(f"#h{numbers['waiting']}")).to_have_attribute(
        "data-state", re.compile("active")
    )
    expect_in_sight(page.locator(f"#h{numbers['waiting']}"))
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("device", [DESKTOP, PHONE])
def test_without_scripts_the_browser_leads_there_and_says_where(
    onlooker: Reader, numbers: Numbers, device: dict[str, Any]
) -> None:
    # Carol has marked nothing here: what others wrote is among the notes sent with her page.
    page = onlooker("carol", java_script_enabled=False, **device)
    for place in (f"h{numbers['noted']}", f"n{numbers['noted']}", f"h{numbers['waiting']}", "p13"):
        page.goto("about:blank")
        page.goto(f"{ADDRESS}?t=1,2#{place}" if place == "p13" else f"{ADDRESS}#{place}")
        expect_in_sight(page.locator(f"#{place}"))
        expect(page.locator(f"#{place}")).to_have_css("outline-style", "solid")
