"""A reader chooses which highlights are shown, what their colours mean and where notes stand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DESKTOP, DEVICES, PHONE
from tests.browser.reading import LABOUR, drag_over
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TABLET: dict[str, Any] = {"viewport": {"width": 1000, "height": 900}}

# The account's settings stay with it: this reader is in no other story.
_ELLA = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
user, made = User.objects.get_or_create(username="ella", defaults={"first_name": "Ella"})
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(json.dumps(session.session_key))
"""

_COLOURS = """
() => {
  const style = (element) => getComputedStyle(element);
  // A thread that was resolved rests without a tint.
  const marks = [...document.querySelectorAll("mark[id]:not([data-state~=resolved])")];
  return marks.map((mark) => {
    const number = mark.id.slice(1);
    const note = document.querySelector(`#n${number}`);
    const tick = document.querySelector(`.tick[data-h~="${mark.id}"]`);
    return {
      claim: [...mark.classList].find((name) => /^k[1-8]$/.test(name)) ?? "",
      person: [...mark.classList].find((name) => /^p[1-8]$/.test(name)) ?? "",
      stance: mark.dataset.stance ?? "",
      tint: style(mark).backgroundColor,
      line: style(mark).textDecorationColor,
      pattern: `${style(mark).textDecorationStyle} ${style(mark).textDecorationThickness}`,
      stripe: note && getComputedStyle(note, "::before").borderInlineStartColor,
      tick: style(tick).fill,
    };
  });
}
"""


_TICKS = """() => [...document.querySelectorAll(".tick")]
    .reduce((sum, path) => sum + path.dataset.h.split(" ").length, 0)"""


@pytest.fixture(scope="session")
def ella(site: Site, session_keys: dict[str, str]) -> str:
    """Return what signs in a reader whose settings are in nobody's way."""
    assert session_keys
    return str(site.made_by(_ELLA))


def _with_settings(reader: Reader, settings: str, **options: Any) -> Page:
    page = reader("", **options)
    page.context.add_cookies(
        [{"name": "appearance", "value": settings, "domain": "127.0.0.1", "path": "/"}]
    )
    return page


def _choose(page: Page, name: str) -> None:
    """Choose a setting in the open menu of text and theme, and wait until the server has it."""
    with page.expect_response(lambda answer: "/account/appearance/" in answer.url):
        page.get_by_role("radio", name=name, exact=True).check(force=True)


def _open_settings(page: Page) -> None:
    page.locator("summary", has_text="Text and theme").click()


def _words_in_place(page: Page) -> list[float]:
    """Return where each paragraph stands on the page."""
    places: list[float] = page.evaluate(
        "() => [...document.querySelectorAll('[data-start]')]"
        ".map((block) => block.getBoundingClientRect().top + scrollY)"
    )
    return places


@pytest.mark.parametrize("by", ["person", "stance"])
def test_colours_tell_apart_what_they_are_chosen_for_and_nothing_else(
    reader: Reader, by: str
) -> None:
    page = _with_settings(reader, f"colour={by}")
    page.goto(LABOUR)
    marks = page.evaluate(_COLOURS)
    looks = {
        key: {(mark["tint"], mark["line"], mark["pattern"]) for mark in marks if mark[by] == key}
        for key in {mark[by] for mark in marks}
    }
    assert len(looks) > 2
    assert all(len(look) == 1 for look in looks.values()), looks
    assert len(set.union(*looks.values())) == len(looks)
    # Never by colour alone: the line has another pattern too. What is of none rests in grey.
    named = [next(iter(look))[2] for key, look in looks.items() if key]
    assert len(set(named)) == len(named)
    for mark in marks:
        assert mark["tick"] == mark["line"]
        assert mark["stripe"] in (mark["line"], None)


@pytest.mark.parametrize(
    ("by", "heading"), [("claim", "Claims here"), ("person", "Readers"), ("stance", "Stances")]
)
def test_the_rail_tells_what_the_colours_mean(reader: Reader, by: str, heading: str) -> None:
    page = _with_settings(reader, f"colour={by}")
    page.goto(LABOUR)
    for section in page.locator(".rail section", has=page.locator(".legend")).all():
        shown = section.locator(".swatch:visible")
        is_it = section.locator("h2").inner_text() == heading
        assert (shown.count() == section.locator(".legend-row:not(.legend-own)").count()) == is_it
        assert shown.count() == 0 or is_it
    tints = page.evaluate(
        "() => [...document.querySelectorAll('.rail .swatch')].filter("
        "(one) => one.offsetWidth).map((one) => getComputedStyle(one)"
        ".backgroundColor)"
    )
    used = {mark["tint"] for mark in page.evaluate(_COLOURS) if mark[by]}
    assert used
    assert used <= set(tints)


@pytest.mark.parametrize("by", ["person", "stance"])
@pytest.mark.parametrize("device", DEVICES)
def test_every_way_to_colour_is_readable(reader: Reader, by: str, device: str) -> None:
    page = _with_settings(reader, f"colour={by}", **DEVICES[device])
    page.goto(f"{LABOUR}?claim=deselection-threat")
    assert what_is_wrong(page, is_phone=device == "phone") == []


def test_choices_apply_at_once_and_follow_the_account(
    reader: Reader, ella: str, site: Site
) -> None:
    page = reader("")
    page.context.add_cookies([{"name": "sessionid", "value": ella, "url": site.url}])
    page.goto(LABOUR)
    marks = page.locator("mark").count()
    before = _words_in_place(page)[-1]
    assert marks > 5

    _open_settings(page)
    _choose(page, "Person")
    expect(page.locator("article")).to_have_attribute("data-colour", "person")
    _choose(page, "None")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator(".tick")).to_have_count(0)
    expect(page.get_by_text("Highlights are not shown.")).to_be_visible()
    page.keyboard.press("Escape")

    drag_over(page, "awful racists")
    page.keyboard.press("h")
    expect(page.locator(".toast", has_text="leaves some highlights out")).to_be_visible()

    _open_settings(page)
    _choose(page, "Mine")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("mark[id]")).to_have_count(1)
    expect(page.locator("mark[id]")).to_have_text("awful racists")

    page.goto("/")
    page.goto(LABOUR)
    expect(page.locator("mark[id]")).to_have_count(1)
    expect(page.locator("article")).to_have_attribute("data-colour", "person")
    page.get_by_role("button", name="Show all highlights").click()
    expect(page.locator("mark").nth(5)).to_be_visible()
    assert _words_in_place(page)[-1] == pytest.approx(before, abs=1)


def test_an_address_of_a_highlight_that_is_left_out_says_so_and_leads_on(reader: Reader) -> None:
    page = reader("")
    page.goto(LABOUR)
    marks = page.locator("mark[id]")
    number = next(
        mark.get_attribute("id")
        for mark in marks.all()
        if mark.get_attribute("data-stance") == "supports"
    )
    page.goto(f"{LABOUR}?stance=disputes#{number}")
    said = page.get_by_text("The highlight that this address leads to is not among those shown.")
    expect(said).to_be_visible()
    way = page.get_by_role("link", name="Show all highlights")
    expect(way).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(f"{LABOUR}#{number}"))
    expect(page.locator(f"#{number}")).to_be_visible()
    expect(said).to_be_hidden()


@pytest.mark.parametrize("screen", [DESKTOP, TABLET, PHONE])
def test_previous_and_next_are_at_hand_wherever_one_reads(
    reader: Reader, screen: dict[str, Any]
) -> None:
    page = reader("", **screen)
    page.goto(LABOUR)
    press = "tap" if screen is PHONE else "click"
    onward = page.get_by_role("link", name="Next highlight")
    order = page.evaluate("() => [...document.querySelectorAll('.prose .ref')].map(r => r.hash)")
    for number in order[:3]:
        getattr(onward, press)()
        expect(page.locator(f".ref[href='{number}']")).to_be_focused()
        expect(page.locator(f"mark[data-h~=h{number[2:]}]").first).to_have_attribute(
            "data-state", re.compile("active")
        )
        box = onward.bounding_box()
        assert box is not None
        assert 0 < box["y"] < screen["viewport"]["height"] - box["height"]
        assert box["height"] >= (44 if screen is PHONE else 24)
    getattr(page.get_by_role("link", name="Previous"), press)()
    expect(page.locator(f".ref[href='{order[1]}']")).to_be_focused()


def test_notes_after_the_article_come_and_go_at_once(reader: Reader) -> None:
    page = reader("")
    page.goto(LABOUR)
    count = page.locator(".prose .note").count()
    _open_settings(page)
    _choose(page, "At end")
    expect(page.locator(".prose .note")).to_have_count(0)
    expect(page.locator(".after-text .note")).to_have_count(count)
    page.keyboard.press("Escape")

    # Passages may lie over one another: the first to end need not be the first to begin.
    ref = page.locator(".prose .ref").first
    ref.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f".after-text {ref.get_attribute('href')}")).to_be_focused()
    page.keyboard.press("Escape")
    expect(ref).to_be_focused()
    assert what_is_wrong(page, is_phone=False) == []

    _open_settings(page)
    _choose(page, "Margin")
    expect(page.locator(".prose .note")).to_have_count(count)
    expect(page.locator(".after-text .note")).to_have_count(0)


def test_everything_is_chosen_without_scripts(reader: Reader) -> None:
    page = reader("", java_script_enabled=False)
    page.goto(LABOUR)
    _open_settings(page)
    page.get_by_role("radio", name="Stance").check(force=True)
    page.get_by_role("radio", name="At end").check(force=True)
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("article")).to_have_attribute("data-colour", "stance")
    expect(page.locator(".prose .note")).to_have_count(0)
    expect(page.locator(".after-text .note").first).to_be_visible()

    page.locator(".rail").get_by_role("link", name="Disputes").click()
    shown = page.evaluate(_TICKS)
    expect(page.get_by_text(f"{shown} of")).to_be_visible()
    page.get_by_role("link", name=re.compile("Disputes .show others too")).click()
    assert page.evaluate(_TICKS) > shown

    page.get_by_role("link", name="Next highlight").click()
    first = page.locator("mark[id]").first.get_attribute("id")
    assert page.url.endswith(f"#{first}")

    _open_settings(page)
    page.get_by_role("radio", name="None").check(force=True)
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Show all highlights").click()
    expect(page.locator("mark").first).to_be_visible()
