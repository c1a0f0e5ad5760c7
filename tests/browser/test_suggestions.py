"""A reader works through suggestions by keys; another one by forms, without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MAKE = """
from django.contrib.auth.models import User
from annotations.models import Annotation, Claim
from annotations.services import annotations, suggesting
from annotations.services.annotations import Draft
from annotations.services.occurrences import Tagging
from annotations.anchoring import Passage
from corpus.access import viewer_of
from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source

alice = viewer_of(User.objects.get(username="alice"))
told = [
    "The {0} emptied the quay of {1} within a year.",
    "Nobody asked the skippers before the {0} were raised.",
    "Of the {0} nothing is left in the budget now.",
    "Whoever paid the {0} is sorry for it.",
]
for name, dues in (("Oxbow", "dredging levies"), ("Elver", "lantern tithes")):
    body = [f"What became of the {name} ferry is another story, told on page {number}."
            for number in range(3)]
    body += [line.format(dues, name) for line in told]
    text = f"The quays of {name}\\n\\nBy Jane Smith\\n\\n" + "\\n\\n".join(body)
    import_source(SYSTEM, SourceBytes(f"{name}.txt", text.encode()))
    article = Article.objects.get(title=f"The quays of {name}")
    for line in told[:2]:
        words = line.format(dues, name)
        start = article.current_version.text.index(words)
        passage = Passage(start, start + len(words), words)
        label = f"{dues} were a burden"
        annotations.create(alice, article, Draft(passage=passage, tags=(Tagging(label),)))
    suggesting.look_through(article)
print("{}")
"""


@pytest.fixture(scope="session")
def _dredged(site: Site, session_keys: dict[str, str]) -> None:
    """Let two claims have two passages each, and two more that have their words."""
    assert "alice" in session_keys
    site.made_by(_MAKE)


@pytest.mark.usefixtures("_dredged")
def test_suggestions_are_worked_through_by_keys(reader: Reader) -> None:
    page = reader("bob")
    page.goto("/suggestions/?claim=dredging-levies-were-a-burden")
    rows = page.locator("[data-suggestion]")
    count = page.locator("[data-kind-waiting=claim_passage]")
    expect(rows).to_have_count(2)
    expect(count).to_have_text("2")
    assert violations_on(page) == []
    page.keyboard.press("j")
    expect(rows.first.get_by_role("link").first).to_be_focused()
    first = rows.first.get_attribute("data-suggestion")
    page.keyboard.press("r")
    expect(rows).to_have_count(1)
    expect(count).to_have_text("1")
    expect(page.locator(".toasts")).to_contain_text("will not be suggested again")
    expect(rows.first.get_by_role("link").first).to_be_focused()
    page.keyboard.press("u")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_attribute("data-suggestion", str(first))
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page.locator(".chosen-count")).to_have_text("With the 2 chosen:")
    page.keyboard.press("a")
    expect(page.locator("#worked-through")).to_be_focused()
    expect(count).to_have_text("0")
    page.goto("/claims/dredging-levies-were-a-burden/")
    expect(page.locator("main")).to_contain_text("nothing is left in the budget now")
    expect(page.locator("main")).to_contain_text("is sorry for it")


@pytest.mark.usefixtures("_dredged")
def test_suggestions_are_worked_through_by_forms(reader: Reader) -> None:
    page = reader("bob", java_script_enabled=False)
    page.goto("/suggestions/?claim=lantern-tithes-were-a-burden")
    rows = page.locator("[data-suggestion]")
    expect(rows).to_have_count(2)
    rows.first.get_by_label("Stance").select_option("disputes")
    rows.first.get_by_role("button", name="Tag").click()
    expect(page.locator(".messages")).to_have_text(re.compile("1 accepted"))
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)
    for box in page.get_by_role("checkbox").all():
        box.check()
    bar = page.get_by_role("group", name="With the chosen ones")
    bar.get_by_role("button", name="Reject").click()
    expect(page.locator(".messages")).to_have_text(re.compile("2 rejected"))
    page.get_by_role("link", name="Decided").click()
    expect(rows.first).to_contain_text("Rejected by Bob")
