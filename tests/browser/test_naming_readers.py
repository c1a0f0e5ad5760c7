"""Behind an @ in a note those are offered who will see it, by keys and by pointer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

_MAKE = """
from django.contrib.auth.models import User
from annotations.services.profiles import introduce
for number in (1, 2):
    user = User.objects.create_user(f"quentin{number}")
    introduce(user.pk, f"Quentin {number}")
print(number)
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of an article on which readers are named, two of whom begin alike."""
    site.run_python(_MAKE)
    return own_article(site, "naming-readers", ["Who will see what is said here?"], {})


def test_a_reader_is_chosen_by_keys_and_named(reader: Callable[..., Page], address: str) -> None:
    page = reader("alice")
    page.goto(address)
    drag_over(page, "will see")
    page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Note", exact=True)
    field.fill("Look, ")
    field.press_sequentially("@quen")
    options = _offered(page)
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert violations_on(page) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Look, @quentin2 ")
    expect(options).to_have_count(0)
    field.press_sequentially("and @quen")
    expect(options).to_have_count(2)
    # The list alone is closed by the first Escape, what is written stays open.
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("t")
    options.filter(has_text="Quentin 1").click()
    expect(field).to_have_value("Look, @quentin2 and @quentin1 ")
    field.press("Control+Enter")
    note = note_on(page, "will see")
    expect(note.get_by_role("link", name="Quentin 2")).to_be_visible()
    expect(note.get_by_role("link", name="Quentin 1")).to_be_visible()


def test_nobody_is_offered_where_only_the_writer_reads(
    reader: Callable[..., Page], address: str
) -> None:
    page = reader("alice")
    page.goto(address)
    drag_over(page, "is said")
    page.keyboard.press("n")
    page.locator("form.composer select[name=audience]").select_option(label="Only me")
    field = page.get_by_role("textbox", name="Note", exact=True)
    with page.expect_response(lambda answer: "/reader-names/" in answer.url):
        field.press_sequentially("@quen")
    expect(_offered(page)).to_have_count(0)
    field.press("Control+Enter")
    expect(note_on(page, "is said")).to_contain_text("@quen")


def _offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Readers who will see this").get_by_role("option")
