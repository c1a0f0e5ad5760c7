"""The links in a reader's notebook: those at their highlights, and the others."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.queries import notebook_links
from annotations.queries.notebook import Wanted
from annotations.queries.notebook_links import all_links, other_links
from annotations.services import annotations
from corpus.access import viewer_of
from tests.factories import make_article, make_collection, make_highlight, make_link

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def linked(alice: User, bob: User) -> None:
    """Link two articles and a highlight of bob's for alice, and two articles for bob."""
    first = make_article(title="First", slug="first")
    second = make_article(title="Second", slug="second")
    make_link(alice, first, second, relation="contradicts", note="=Not so.\n```")
    make_link(alice, make_highlight(bob, first), second, audience="private")
    make_link(bob, second, first, note="Of bob.")


def notes(user: User, **wanted: Any) -> list[str]:
    """Return the notes on the other links of `user`, in their order."""
    return [link.note for link in other_links(viewer_of(user), Wanted(**wanted))]


def text_at(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    return b"".join(answer).decode()


@pytest.mark.usefixtures("linked")
def test_links_at_no_own_highlight_stand_at_the_end(alice: User, client_of: ClientOf) -> None:
    html = client_of(alice).get("/notebook/").text
    assert html.count('class="note-link-relation"') == 2
    assert "=Not so." in html
    assert "Of bob." not in html


@pytest.mark.usefixtures("linked")
def test_a_link_at_an_own_highlight_stands_with_it_and_nowhere_else(
    alice: User, client_of: ClientOf
) -> None:
    marked = make_highlight(alice, make_article())
    make_link(alice, marked, make_article(), note="At mine.")
    assert "At mine." not in notes(alice)
    assert client_of(alice).get("/notebook/").text.count("At mine.") == 1
    annotations.delete(viewer_of(alice), marked)
    assert "At mine." not in client_of(alice).get("/notebook/").text


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2),
        ({"words": "not so"}, 1),
        ({"words": "second"}, 2),
        ({"words": "third"}, 0),
        ({"claim": "noise"}, 0),
        ({"stance": "supports"}, 0),
        ({"has_note": True}, 1),
        ({"has_note": False}, 1),
        ({"until": date(2001, 1, 1)}, 0),
        ({"since": date(2001, 1, 1)}, 2),
    ],
)
def test_links_are_narrowed_as_the_notes_are(
    wanted: dict[str, object], count: int, alice: User
) -> None:
    assert len(notes(alice, **wanted)) == count


@pytest.mark.usefixtures("linked")
def test_links_are_narrowed_to_a_collection(alice: User) -> None:
    third, fourth = make_article(), make_article()
    make_link(alice, third, fourth, note="Collected.")
    assert notes(alice, within=make_collection(fourth)) == ["Collected."]


@pytest.mark.usefixtures("linked")
def test_links_are_taken_along(alice: User, client_of: ClientOf) -> None:
    first, second = other_links(viewer_of(alice), Wanted())
    markdown = text_at(client_of(alice), "/notebook/notebook.md")
    assert markdown.endswith(
        "\n## Other links\n"
        f"\n- “First” contradicts “Second” <http://testserver/links/{first.pk}/>\n"
        "\n  =Not so.\n  ```\n"
        f"\n- “First” background “Second” <http://testserver/links/{second.pk}/>\n"
    )
    table = text_at(client_of(alice), "/notebook/notebook.csv").removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [(line["Kind"], line["Title"], line["Links"]) for line in lines] == [
        ("link", "First", "contradicts: Second"),
        ("link", "First", "background: Second"),
    ]
    assert lines[0]["Note"] == "'=Not so.\n```"
    assert lines[1]["Highlight"] == "pray by their bedside"


def test_a_note_on_a_link_is_taken_along_with_its_passage(alice: User, client_of: ClientOf) -> None:
    make_link(alice, make_highlight(alice, make_article()), make_article(), note="At mine.")
    assert "\n\n  At mine.\n" in text_at(client_of(alice), "/notebook/notebook.md")
    assert ": At mine." in text_at(client_of(alice), "/notebook/notebook.csv")


def test_links_are_read_a_few_at_a_time(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        make_link(alice, make_article(), make_article(), note=str(number))
    wanted = other_links(viewer_of(alice), Wanted())

    def read(chunk: int) -> tuple[list[str], int]:
        monkeypatch.setattr(notebook_links, "CHUNK", chunk)
        with CaptureQueriesContext(connection) as captured:
            return [link.note for link in all_links(wanted)], len(captured)

    assert read(3)[0] == read(100)[0] == [str(number) for number in range(7)]
    assert read(100)[1] <= 4  # links, authorships, authors, and that there are no more


def test_only_links_are_a_notebook_too(alice: User, client_of: ClientOf) -> None:
    make_link(alice, make_article(title="From here"), make_article())
    html = client_of(alice).get("/notebook/").text
    assert "From here" in html
    assert "Your notebook is empty" not in html
