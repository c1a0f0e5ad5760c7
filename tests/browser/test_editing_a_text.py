"""A curator changes a text, looks at the changes, saves, and reads the old version again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from django.contrib.auth.models import User
from corpus.access import viewer_of
from corpus.services.imports import SourceBytes, import_source

text = '''{title}

The first paragraph tells that nobody was asked about the plan.

The second paragraph holds two sentences. This is the other one.

Of “{title}” the third paragraph says that members decide.
'''
viewer = viewer_of(User.objects.get(username="carol"))
made = import_source(viewer, SourceBytes("{title}.txt", text.encode()))[0].article
print(made.get_absolute_url())
"""


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_text_is_edited_compared_and_read_as_it_was(
    reader: Reader, site: Site, session_keys: dict[str, str], has_scripts: bool
) -> None:
    assert "carol" in session_keys
    title = "A plan with scripts" if has_scripts else "A plan without scripts"
    place = site.run_python(_MAKE.format(title=title)).splitlines()[-1]
    page = reader("carol", java_script_enabled=has_scripts)
    page.goto(place)
    if not page.get_by_role("link", name="Edit the text").is_visible():
        page.locator(".rail > summary").click()
    page.get_by_role("link", name="Edit the text").click()

    words = page.get_by_role("textbox", name="Words of block 2")
    expect(words).to_have_value("The second paragraph holds two sentences. This is the other one.")
    words.fill("The second paragraph holds two sentences.\n\nThis is the other one, longer.")
    page.get_by_role("button", name="Move block 1 down").click()
    expect(page.get_by_role("textbox", name="Words of block 2")).to_have_value(
        "The first paragraph tells that nobody was asked about the plan."
    )
    page.get_by_role("combobox", name="Kind of block 3").select_option("Quotation")
    page.get_by_role("button", name="Add a block after block 3").click()
    page.get_by_role("textbox", name="Words of block 4").fill("A last paragraph is new.")
    if has_scripts:
        assert violations_on(page) == []

    page.get_by_role("button", name="Look at the changes").click()
    expect(page.get_by_role("heading", name="What your edit changes")).to_be_visible()
    expect(page.locator("ins", has_text="A last paragraph is new.")).to_be_visible()
    expect(page.get_by_text("Quotation, was: Paragraph")).to_be_visible()
    if has_scripts:
        assert violations_on(page) == []
    page.get_by_role("button", name="Go on editing").click()
    expect(page.get_by_role("textbox", name="Words of block 4")).to_have_value(
        "A last paragraph is new."
    )
    page.get_by_role("button", name="Look at the changes").click()
    page.get_by_role("textbox", name="Why is the text changed?").fill("the plan grew")
    page.get_by_role("textbox", name="Why is the text changed?").press("Enter")

    expect(page.get_by_role("heading", name="What changed in version 2")).to_be_visible()
    expect(page.get_by_text("Version 2 is saved.")).to_be_visible()
    expect(page.get_by_text("the plan grew")).to_be_visible()
    if has_scripts:
        assert violations_on(page) == []

    page.get_by_role("link", name="Read version 1").click()
    expect(page.get_by_text("You are reading version 1")).to_be_visible()
    expect(page.get_by_text("This is the other one.")).to_be_visible()
    expect(page.get_by_text("A last paragraph is new.")).to_have_count(0)
    if has_scripts:
        assert violations_on(page) == []

    page.get_by_role("link", name="All versions").click()
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("row", name="the plan grew").get_by_role("link", name="Text").click()
    expect(page).to_have_url(f"{site.url}{place}")
    expect(page.get_by_text("A last paragraph is new.")).to_be_visible()
    expect(page.get_by_role("link", name="Version 2")).to_be_visible()
