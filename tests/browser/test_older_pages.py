"""A page that was open while the text became another one never mixes the two."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.own_article import own_article
from tests.browser.reading import drag_over, note_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_CAT, _DOGS = "The cat sat on a wall all day.", "Dogs bark at night when it rains."
_CHANGE = """
from corpus.models import Article
from tests.factories import add_version
add_version(Article.objects.get(slug={slug!r}), {paragraphs!r})
"""


def _texts(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("#text [data-start]").all_inner_texts()]


def test_a_page_left_open_keeps_its_text_and_marks_the_chosen_words(
    reader: Reader, site: Site
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "changed-under-it", [_CAT, _DOGS], {}))
    new = ["Something new begins the text.", _CAT, _DOGS]
    site.run_python(_CHANGE.format(slug="changed-under-it", paragraphs=new))
    before = _texts(page)
    for words in ("cat sat", "bark at night"):
        drag_over(page, words)
        page.keyboard.press("h")
        told = page.locator(".toast", has_text="The text was changed. Reload to go on.").last
        expect(told).to_be_visible()
        assert _texts(page) == before
        told.get_by_role("button", name="Reload").hover()
    page.locator(".toast").last.get_by_role("button", name="Reload").click()
    expect(page.locator("#text")).to_have_attribute("data-version", "2")
    for words in ("cat sat", "bark at night"):
        note = note_on(page, words)
        name = (note.get_attribute("id") or "").replace("n", "h")
        marked = page.locator(f"mark[data-h~='{name}']").first.evaluate(
            "(mark) => [...mark.childNodes].filter((node) => node instanceof Text)"
            ".map((node) => node.data).join('')"
        )
        assert marked == words


def test_what_was_written_on_the_older_text_is_kept_for_its_words(
    reader: Reader, site: Site
) -> None:
    page = reader("alice")
    page.goto(own_article(site, "written-on-the-older", [_CAT, _DOGS], {}))
    drag_over(page, "bark at night")
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Note").fill("On the older text")
    new = ["Something new begins the text.", _CAT, _DOGS]
    site.run_python(_CHANGE.format(slug="written-on-the-older", paragraphs=new))
    page.reload()
    page.get_by_role("button", name="Go on").click()
    field = page.get_by_role("textbox", name="Note")
    expect(field).to_have_value("On the older text")
    assert page.evaluate("() => CSS.highlights.get('pending')?.size ?? 0") == 0
    field.press("Control+Enter")
    expect(note_on(page, "bark at night")).to_contain_text("On the older text")
