"""Who says what: a reader sees where sources disagree, a curator finds that two are one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DESKTOP
from tests.browser.reading import follow
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
import json
from django.contrib.auth.models import User
from tests.factories import make_article, make_highlight, make_tag
alice = User.objects.get(username="alice")
for speaker, stance in (("Wilma Oakenfold", "supports"), ("Wilma Oakenfold", "disputes"),
                        ("W. Oakenfold", "supports")):
    mark = make_highlight(alice, make_article(title=f"Oakenfold {stance}"))
    make_tag(alice, mark, "Oakenfold will run", stance=stance, speaker=speaker, voice="quoted")
print(json.dumps("/speakers/"))
"""


@pytest.fixture(scope="session")
def speakers(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of the list, with two names of a speaker on it."""
    assert "alice" in session_keys
    return str(site.made_by(_MAKE))


def test_two_names_of_a_speaker_become_one_and_two_again(reader: Reader, speakers: str) -> None:
    page = reader("carol", **DESKTOP)
    page.goto(f"{speakers}?q=oakenfold")
    expect(page.locator(".speaker-row")).to_have_count(2)
    follow(page.get_by_role("link", name="Wilma Oakenfold"))
    expect(page.get_by_role("heading", name="Where sources disagree")).to_be_visible()
    expect(page.locator(".said-column")).to_have_count(2)
    page.goto(f"{speakers}w-oakenfold/")
    follow(page.get_by_role("link", name="Merge"))
    follow(page.get_by_role("link", name="Wilma Oakenfold"))
    assert what_is_wrong(page, is_phone=False) == []
    page.get_by_role("button", name="Merge").click()
    page.wait_for_url("**/speakers/wilma-oakenfold/")
    expect(page.get_by_text("Also called: W. Oakenfold")).to_be_visible()
    page.goto(f"{speakers}w-oakenfold/")
    expect(page).to_have_url(re.compile("/speakers/wilma-oakenfold/$"))
    page.get_by_role("button", name="Take back").click()
    page.wait_for_url("**/speakers/w-oakenfold/")
    expect(page.get_by_text("is there again")).to_be_visible()
    expect(page.get_by_role("heading", name="W. Oakenfold", level=1)).to_be_visible()
