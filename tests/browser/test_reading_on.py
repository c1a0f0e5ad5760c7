"""A reader leaves an article in the middle, comes back, goes on, and has read it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DEVICES, PHONE
from tests.browser.reading import follow
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

# Each paragraph takes two looks to be seen, and a dozen of them several screens.
_MAKE = """
from tests.factories import make_article
said = "Paragraph {{}} says at some length what nobody would read twice, and then says so again. "
texts = [said.format(number) * 2 for number in range(1, {count} + 1)]
make_article(*texts, title="{title}", slug="{slug}")
"""
LONG = 24
SHORT = 3


def made(site: Site, title: str, count: int) -> str:
    """Return the address of a new article of `count` paragraphs."""
    slug = title.lower().replace(" ", "-")
    site.run_python(_MAKE.format(title=title, slug=slug, count=count))
    return f"/articles/{slug}/"


def is_told(response: Response) -> bool:
    """Say whether the page has told where its reader is."""
    return response.url.endswith("/reading/") and response.request.method == "POST"


def opened(page: Page, address: str) -> None:
    """Open the article under a clock of the test's own, and wait until it first told something."""
    page.clock.install()
    with page.expect_response(is_told):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.clock.run_for(10_000)


def go_to(page: Page, block: str) -> None:
    """Scroll so that `block` stands on top, for as long as it takes to be noted."""
    page.evaluate(
        """(id) => new Promise((resolve) => {
          addEventListener("scroll", resolve, { once: true });
          document.getElementById(id).scrollIntoView();
        })""",
        block,
    )
    page.clock.run_for(1_100)


def expect_on_top(page: Page, block: str) -> None:
    """Wait until `block` is the first that goes on where a link to a block puts it."""
    page.wait_for_function(
        """(id) => [...document.querySelectorAll("[data-start]")]
          .find((block) => block.getBoundingClientRect().bottom > 150).id === id""",
        arg=block,
    )


@pytest.mark.parametrize("device", DEVICES)
def test_who_comes_back_goes_on_where_they_left_off(
    reader: Reader, site: Site, device: str
) -> None:
    title = f"Left off on a {device}"
    address = made(site, title, LONG)
    page = reader("bob", **DEVICES[device])
    opened(page, address)
    expect(page.get_by_role("link", name="Continue where")).to_have_count(0)
    go_to(page, "p9")
    with page.expect_response(is_told) as told:
        page.clock.run_for(15_000)
    assert "place=9" in (told.value.request.post_data or "")
    go_to(page, "p12")
    page.goto("/")  # it is told as the page goes

    top = page.get_by_role("region", name="Continue reading")
    link = top.get_by_role("link", name=title)
    for _patience in range(20):
        if link.get_attribute("href") == f"{address}#p12":
            break
        page.reload()
    expect(link).to_have_attribute("href", f"{address}#p12")
    assert what_is_wrong(page, is_phone=device == "phone") == []
    follow(link)
    expect_on_top(page, "p12")

    opened(page, address)  # its first paragraphs are seen again, which loses no place
    page.reload()
    link = page.get_by_role("link", name="Continue where you left off: Paragraph 12 says at")
    expect(link).to_be_visible()
    assert page.evaluate("scrollY") == 0
    assert what_is_wrong(page, is_phone=device == "phone") == []
    link.click()
    page.wait_for_url("**#p12")
    expect_on_top(page, "p12")


def test_what_was_refused_for_now_is_told_later(reader: Reader, site: Site) -> None:
    address = made(site, "Told later", SHORT)
    page = reader("bob")
    page.route("**/reading/", lambda route: route.fulfill(status=429))
    opened(page, address)
    page.unroute("**/reading/")
    with page.expect_request(lambda sent: "seen=1" in (sent.post_data or "")):
        page.clock.run_for(16_000)


def test_what_stands_in_a_hidden_tab_is_not_read(reader: Reader, site: Site) -> None:
    page = reader("bob")
    page.clock.install()
    hide = "document, 'visibilityState', { value: 'hidden', configurable: true }"
    page.add_init_script(f"Object.defineProperty({hide})")
    told: list[str] = []
    page.on("request", lambda request: told.extend(re.findall("/reading/$", request.url)))
    page.goto(made(site, "Hidden from the eyes", SHORT))
    page.wait_for_load_state("networkidle")
    page.clock.run_for(60_000)
    assert told == []
    page.evaluate("() => delete document.visibilityState")
    with page.expect_response(is_told):
        page.clock.run_for(10_000)


def test_who_comes_to_the_end_has_read_it_and_may_say_otherwise(reader: Reader, site: Site) -> None:
    title = "Read to its end"
    address = made(site, title, SHORT)
    page = reader("bob")
    opened(page, address)
    form = page.locator("form.mark-read")
    expect(form.locator("[data-read]")).to_be_visible()
    expect(form.get_by_role("button", name="Mark as read")).to_be_hidden()

    form.get_by_role("button", name="Mark as unread").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_role("button", name="Mark as read")).to_be_focused()
    status = page.locator(".toasts")
    expect(status.get_by_text("Marked as unread.")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []
    status.get_by_role("button", name="Undo").click()
    expect(form.get_by_role("button", name="Mark as unread")).to_be_visible()

    page.goto("/?reading=read&sort=title")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title))
    expect(row.get_by_text("✓ Read")).to_be_visible()
    assert what_is_wrong(page, is_phone=False) == []
    page.goto("/?reading=unread")
    expect(page.get_by_role("link", name="Your reading: Unread")).to_be_visible()
    expect(page.get_by_role("link", name=title)).to_have_count(0)


@pytest.mark.parametrize("options", [{}, PHONE])
def test_without_scripts_a_form_says_that_it_is_read(
    reader: Reader, site: Site, options: dict[str, object]
) -> None:
    address = made(site, f"Read without scripts {len(options)}", LONG)
    page = reader("bob", java_script_enabled=False, **options)
    page.goto(address)
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("status").get_by_text("Marked as read.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Mark as read")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
