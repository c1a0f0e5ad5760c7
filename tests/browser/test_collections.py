"""A curator collects articles and puts them in order; a reader reads through them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

TITLES = """
() => [...document.querySelectorAll(".library-row h2 a")].map((title) => title.textContent)
"""
_COLLECT = """
from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.services import collection_making
from corpus.services.collection_details import CollectionDetails
articles = Article.objects.filter(is_stub=False).order_by("title")[:4]
print(collection_making.create(SYSTEM, CollectionDetails("{title}"), articles).slug)
"""


def titles(page: Page) -> list[str]:
    """Return the titles of the rows as they stand."""
    found: list[str] = page.evaluate(TITLES)
    return found


def made(site: Site, title: str) -> str:
    """Return the address of a new collection of four articles."""
    slug = site.run_python(_COLLECT.replace("{title}", title)).split()[-1]
    return f"/collections/{slug}/"


def test_a_search_becomes_a_collection_that_is_read_through(reader: Reader) -> None:
    page = reader("carol")
    page.goto("/search/?q=momentum")
    page.get_by_role("link", name="Collect these articles").click()
    found = page.locator(".chosen-articles li").all_inner_texts()
    assert len(found) > 2
    page.get_by_label("Title").fill("Momentum, as found")
    page.get_by_role("button", name="Make collection").click()
    expect(page.get_by_role("heading", name="Momentum, as found")).to_be_visible()
    assert titles(page) == found
    assert violations_on(page) == []

    other = reader("bob")
    other.goto("/collections/")
    other.get_by_role("link", name="Momentum, as found").click()
    other.get_by_role("link", name="Read from the beginning").click()
    bar = other.get_by_role("navigation", name="Collection")
    for place, title in enumerate(found, start=1):
        expect(other.get_by_role("heading", level=1)).to_have_text(title)
        expect(bar).to_contain_text(f"{place} of {len(found)} in Momentum, as found")
        other.wait_for_load_state()  # until then no key is listened for
        other.keyboard.press("]")
    expect(bar.get_by_role("link", name="Next")).to_have_count(0)
    expect(other.get_by_role("status").get_by_text("This is the last article")).to_be_visible()
    assert violations_on(other) == []
    other.keyboard.press("[")
    expect(other.get_by_role("heading", level=1)).to_have_text(found[-2])

    bar.get_by_role("link", name="Momentum, as found").click()
    other.get_by_role("link", name="Claims in it").click()
    expect(other.get_by_role("link", name="Collection: Momentum, as found")).to_be_visible()
    inside = other.locator(".claim-row").count()
    other.get_by_role("link", name="Collection: Momentum, as found").click()
    expect(other.get_by_role("link", name="Collection:")).to_have_count(0)
    assert other.locator(".claim-row").count() >= inside


def test_articles_are_put_in_order_by_keys_and_announced(reader: Reader, site: Site) -> None:
    page = reader("carol")
    address = made(site, "Ordered by keys")
    page.goto(address)
    first, second, third, fourth = titles(page)
    said = page.locator("#announcements")
    handle = page.get_by_role("button", name=f"Move “{first}”")

    handle.focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("is held, number 1 of 4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text("Number 3 of 4.")
    assert violations_on(page) == []
    page.keyboard.press("Escape")
    expect(said).to_have_text(f"“{first}” stays number 1.")
    assert titles(page) == [first, second, third, fourth]

    expect(handle).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(said).to_have_text(f"“{first}” is number 4 now.")
    expect(handle).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(said).to_have_text(f"“{first}” is number 3 now.")
    assert titles(page) == [second, third, first, fourth]
    page.reload()
    assert titles(page) == [second, third, first, fourth]


def test_an_order_changed_by_another_is_shown_instead_of_overwritten(
    reader: Reader, site: Site
) -> None:
    page, other = reader("carol"), reader("ada")
    address = made(site, "Ordered by two")
    page.goto(address)
    other.goto(address)
    first, second, third, fourth = titles(page)
    other.get_by_role("button", name="Move down").first.click()
    expect(other.get_by_role("status").first).to_contain_text("is number 2 now")

    page.get_by_role("button", name=f"Move “{fourth}”").focus()
    for key in ("Space", "Home", "Space"):
        page.keyboard.press(key)
    expect(page.locator(".toast")).to_contain_text("This was changed since you opened it")
    page.wait_for_function(f"(first) => ({TITLES})()[0] === first", arg=second)
    assert titles(page) == [second, first, third, fourth]
    page.get_by_role("button", name=f"Move “{fourth}”").focus()
    for key in ("Space", "Home", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#announcements")).to_have_text(f"“{fourth}” is number 1 now.")


def test_articles_are_dragged_to_another_place(reader: Reader, site: Site) -> None:
    page = reader("carol")
    address = made(site, "Ordered by mouse")
    page.goto(address)
    first, second, third, fourth = titles(page)
    start = page.get_by_role("button", name=f"Move “{first}”").bounding_box()
    end = page.get_by_role("button", name=f"Move “{second}”").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] - 40, steps=5)
    page.mouse.move(end["x"] + 10, end["y"] + 120, steps=10)
    page.mouse.up()
    expect(page.locator("#announcements")).to_have_text(f"“{first}” is number 2 now.")
    assert titles(page) == [second, first, third, fourth]
    assert page.locator(".place").all_inner_texts() == ["1", "2", "3", "4"]
    page.reload()
    assert titles(page) == [second, first, third, fourth]


def test_a_finger_drags_by_the_handle(reader: Reader, site: Site) -> None:
    page = reader("carol", viewport={"width": 390, "height": 844}, has_touch=True)
    address = made(site, "Ordered by finger")
    page.goto(address)
    first, second, third, fourth = titles(page)
    handle = page.get_by_role("button", name=f"Move “{first}”")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    row = page.locator(".library-row").nth(1).bounding_box()
    assert box
    assert row
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": box["x"] + 10, "y": place} for place in places]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", box["y"] + 10)
    for step in range(1, 11):
        goal = row["y"] + row["height"] * 0.7
        touch("touchMove", box["y"] + (goal - box["y"]) * step / 10)
    touch("touchEnd")
    expect(page.locator("#announcements")).to_have_text(f"“{first}” is number 2 now.")
    assert titles(page) == [second, first, third, fourth]


def test_all_of_it_works_without_scripts(reader: Reader, site: Site) -> None:
    page = reader("carol", java_script_enabled=False)
    address = made(site, "Ordered by buttons")
    page.goto(address)
    rows = page.locator(".library-row")
    first, second = rows.nth(0).locator("h2").inner_text(), rows.nth(1).locator("h2").inner_text()
    rows.nth(0).get_by_role("button", name="Move down").click()
    expect(rows.nth(0).locator("h2")).to_have_text(second)
    rows.nth(1).get_by_role("button", name="Take out").click()
    expect(page.get_by_text(f"“{first}” is taken out.")).to_be_visible()
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(rows.nth(1).locator("h2")).to_have_text(first)
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Take this collection away").click()
    expect(page.get_by_role("heading", name="is taken away")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(4)


def test_rows_of_the_library_are_chosen_by_keys(reader: Reader) -> None:
    page = reader("carol")
    page.goto("/?sort=title")
    first, second = titles(page)[:2]
    for key in ("j", "x", "j", "j", "k", "x"):
        page.keyboard.press(key)
    expect(page.locator(".chosen-count")).to_have_text("2 articles chosen")
    assert violations_on(page) == []
    page.get_by_role("button", name="Add to a collection").click()
    expect(page.locator(".chosen-articles li")).to_have_text([first, second])
