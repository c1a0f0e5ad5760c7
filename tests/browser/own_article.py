"""An article of one test's own, which nobody else marks."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.site import Site

_MAKE = """
import json
from django.contrib.auth.models import User
from tests.factories import make_article, make_highlight
article = make_article(*{paragraphs!r}, title={title!r}, slug={slug!r}, **{facts!r})
for words, note in {marked!r}.items():
    mark = make_highlight(User.objects.get(username="alice"), article, words, note=note)
print(json.dumps(article.get_absolute_url()))
"""

_WORDS = """
(name) => [...document.querySelectorAll("[data-start]")].map((block) => {
  return [...block.querySelectorAll(`mark[data-h~="${name}"]`)].map((mark) => {
    const copy = mark.cloneNode(true);
    for (const other of copy.querySelectorAll("[data-skip]")) other.remove();
    return copy.textContent;
  }).join("");
}).filter(Boolean).join("|")
"""


def own_article(
    site: Site, slug: str, paragraphs: Sequence[str], marked: dict[str, str], **facts: str
) -> str:
    """Return the address of a new article in which alice marked words, each with its note.

    `facts` are what is known of it, by the names of its fields.
    """
    title = slug.replace("-", " ").capitalize()
    made = _MAKE.format(
        paragraphs=tuple(paragraphs), title=title, slug=slug, marked=marked, facts=facts
    )
    return str(site.made_by(made))


def expect_words(page: Page, number: int, words: str) -> None:
    """Wait until highlight `number` marks `words`, what stands in two blocks parted by "|"."""
    page.wait_for_function(
        f"([name, words]) => ({_WORDS})(name) === words", arg=[f"h{number}", words]
    )
