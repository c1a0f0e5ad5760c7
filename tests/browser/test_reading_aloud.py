"""What a screen reader is told of a marked text: its words, who marked them, then the notes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.reading import LABOUR
from tests.site import Site

pytestmark = pytest.mark.browser

Node = dict[str, Any]

_MAKE = """
from django.contrib.auth.models import User
from annotations.services.resolving import resolve
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_reply
made = make_article("A plain start. Here words are marked, and here others.", slug="aloud")
alice, bob = (User.objects.get(username=name) for name in ("alice", "bob"))
first = make_highlight(alice, made, "words are marked", note="Why these?", claim="reading aloud")
make_reply(bob, first, "Because.")
resolve(viewer_of(bob), make_highlight(bob, made, "here others", note="Settled."))
print(made.get_absolute_url())
"""


@pytest.fixture(scope="session")
def address(site: Site, session_keys: dict[str, str]) -> str:
    """Return the address of a short article with two highlights."""
    return site.run_python(_MAKE).splitlines()[-1]


def _told(page: Page) -> list[tuple[str, str]]:
    """Return the role and the name of all that is told, in its order."""
    nodes: list[Node] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")[
        "nodes"
    ]
    by_id = {node["nodeId"]: node for node in nodes}
    told: list[tuple[str, str]] = []

    def walk(node: Node) -> None:
        role = node.get("role", {}).get("value", "")
        if not node.get("ignored") and role not in ("generic", "InlineTextBox", "none"):
            told.append((role, node.get("name", {}).get("value", "")))
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    return told


def test_a_marked_paragraph_is_told_once_and_in_its_order(
    onlooker: Callable[..., Page], address: str
) -> None:
    page = onlooker("alice")
    page.goto(address)
    page.wait_for_selector("[data-placed]")

    told = _told(page)
    start = told.index(("StaticText", "A plain start. Here "))
    end = told.index(("comment", "Reply by Bob"))

    assert told[start : start + 8] == [
        ("StaticText", "A plain start. Here "),
        ("mark", ""),
        ("StaticText", "words are marked"),
        ("link", "Alice: Reading aloud, supports"),
        ("StaticText", ", and "),
        ("mark", ""),
        ("StaticText", "here others"),
        ("link", "Bob: Settled., resolved"),
    ]
    assert ("group", "Notes on paragraph 1") in told[start:end]
    note = told[told.index(("comment", "Alice on Reading aloud")) : end]
    # Who wrote it is the name of the note; it is not told a second time.
    assert ("StaticText", "Alice") not in note
    assert ("StaticText", "Why these?") in note


def test_headings_details_and_links_of_highlights_lead_somewhere(
    onlooker: Callable[..., Page],
) -> None:
    page = onlooker("alice")
    page.goto(LABOUR)
    page.wait_for_selector("[data-placed]")

    assert page.locator("h1").count() == 1
    found = page.evaluate(
        """
        () => ({
          details: [...document.querySelectorAll("[aria-details]")].map((mark) =>
            document.getElementById(mark.getAttribute("aria-details"))?.role),
          refs: [...document.querySelectorAll(".prose .ref")].map((ref) => [
            ref.textContent, ref.ariaLabel !== "", document.querySelector(ref.hash) !== null]),
          named: [...document.querySelectorAll("[role=comment]")].map((note) => note.ariaLabel),
          stops: [...document.querySelectorAll("[tabindex]")].filter((stop) => stop.tabIndex > 0),
        })
        """
    )
    assert set(found["details"]) == {"comment"}
    assert all(ref == ["", True, True] for ref in found["refs"])
    assert all(found["named"])
    assert found["stops"] == []
