"""A reader changes and takes away what is theirs, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations_on
from tests.site import Site

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]

_MARK = """
import json
from django.contrib.auth.models import User
from annotations.anchoring import Passage
from annotations.services import annotations, links
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.models import Article

viewer = viewer_of(User.objects.get(username="alice"))
# Not the article that the other stories are told on: more notes would fold theirs away.
texts = Article.objects.filter(slug__startswith="the-", is_stub=False)
article, other = texts.order_by("created_at")[:2]
text = article.current_version.text
made = annotations.create(viewer, article, annotations.Draft(
    passage=Passage(900, 940, text[900:940]), version=1,
    note="A long thought. " * 1000 + "Its end.",
    tags=(Tagging("Own claim", speaker="Ann Coffey"),)))
link = links.create(viewer, from_=links.End(article, annotation=made), to=links.End(other),
                    draft=links.LinkDraft())
print(json.dumps({"place": article.get_absolute_url(), "note": made.number, "link": str(link.pk)}))
"""


@pytest.mark.parametrize("has_scripts", [True, False])
def test_own_notes_claims_and_links_are_opened_changed_and_taken_away(
    reader: Reader, site: Site, session_keys: dict[str, str], has_scripts: bool
) -> None:
    assert "alice" in session_keys
    made = site.made_by(_MARK)
    page = reader("alice", java_script_enabled=has_scripts)
    page.goto(made["place"])
    note = page.locator(f"#n{made['note']}")

    note.get_by_text("Show all").click()
    expect(note.get_by_text("Its end.")).to_be_visible()
    note.get_by_text("Show less").click()
    expect(note.get_by_text("Its end.")).to_be_hidden()

    note.get_by_role("link", name="Edit claim “Own claim”").click()
    if has_scripts:
        dialog = page.get_by_role("dialog", name="Own claim")
        expect(dialog).to_be_visible()
        assert violations_on(page) == []
    page.get_by_role("radio", name="disputes").check()
    page.get_by_role("button", name="Save").click()
    expect(note.get_by_role("link", name="disputes: Own claim")).to_be_visible()
    expect(note.get_by_text("Ann Coffey")).to_be_visible()
    if has_scripts:
        assert violations_on(page) == []
    note.get_by_role("link", name="Edit claim “Own claim”").click()
    page.get_by_role("button", name="Take this claim away").click()
    if has_scripts:
        # Beside the text that is read on: the toast is all that says so.
        expect(page.get_by_role("status").get_by_text("“Own claim” is taken away.")).to_be_visible()
        expect(note.get_by_text("Own claim")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(note.get_by_role("link", name="disputes: Own claim")).to_be_visible()
    expect(note.get_by_text("Ann Coffey")).to_be_visible()
    note.get_by_role("link", name="Edit claim “Own claim”").click()
    page.get_by_role("button", name="Take this claim away").click()
    if not has_scripts:
        page.get_by_role("link", name="Back to the article").click()
    expect(note.get_by_text("Own claim")).to_have_count(0)

    page.goto(f"/links/{made['link']}/")
    page.get_by_role("button", name="Delete link").click()
    expect(page.get_by_role("heading", name="Link deleted.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Edit link").click()
    page.get_by_label("Relation").select_option("same_event")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".pane-relation")).to_contain_text("Same event")
