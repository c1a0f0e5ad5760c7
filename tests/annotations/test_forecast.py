"""Before a text is changed its curator reads what becomes of the highlights in it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.queries import forecast
from annotations.services import profiles
from corpus.access import viewer_of
from corpus.extensions import Foretold
from corpus.models import Article
from tests.factories import TEXT, make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
MOVING = "Nobody who was asked on Tuesday wanted to be named in this article at all."


@pytest.fixture
def article(alice: User) -> Article:
    made = make_article(*TEXT, MOVING)
    make_highlight(alice, made, "The mood in the party")
    make_highlight(alice, made, "pray by their bedside that nobody deselects them")
    make_highlight(alice, made, "He said it twice: members decide.")
    make_highlight(alice, made, MOVING)
    return made


def foretold(user: User, article: Article, *paragraphs: str) -> Foretold | None:
    version = article.current_version
    assert version is not None
    return forecast.forecast(viewer_of(user), version, "\n\n".join(paragraphs))


def told(user: User, article: Article, *paragraphs: str) -> list[str]:
    found = foretold(user, article, *paragraphs)
    return list(found.sentences) if found else []


def changes(user: User, article: Article, *paragraphs: str) -> list[tuple[str, str, str]]:
    """Return the name of each highlight that is shown, its words before, and its new ones."""
    found = foretold(user, article, *paragraphs)
    assert found is not None
    return [
        (
            change.name,
            "".join(piece.text for piece in change.pieces if piece.state != "added"),
            "".join(piece.text for piece in change.pieces if piece.state != "removed"),
        )
        for change in found.changes
    ]


def test_text_that_only_grows_keeps_every_highlight(carol: User, article: Article) -> None:
    assert told(carol, article, "New.", *TEXT, MOVING) == [
        "All 4 highlights in this text stay as they are."
    ]
    assert changes(carol, article, "New.", *TEXT, MOVING) == []


def test_moved_changed_and_lost_ones_are_counted(carol: User, article: Article) -> None:
    changed = TEXT[1].replace("pray by their bedside", "pray by their own bedside")
    assert told(carol, article, MOVING, TEXT[0], changed) == [
        "There are 4 highlights in this text:",
        "1 stays as it is.",
        "1 goes along to another place with its words.",
        "1 stays, its words change.",
        "1 loses its words: it will stand under the article until it is attached again.",
    ]


def test_lost_and_changed_ones_are_shown_with_their_words(carol: User, article: Article) -> None:
    changed = TEXT[1].replace("pray by their bedside", "pray by their own bedside")
    old = "pray by their bedside that nobody deselects them"
    assert changes(carol, article, MOVING, TEXT[0], changed) == [
        ("Highlight", "He said it twice: members decide.", ""),
        ("Highlight", old, old.replace("their bedside", "their own bedside")),
    ]


def test_of_very_many_changed_ones_some_are_shown(
    carol: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "MOST_SHOWN", 1)
    found = foretold(carol, article, "All is new.")
    assert found is not None
    assert (len(found.changes), found.left_out) == (1, 3)


def test_text_without_highlights_tells_nothing(carol: User) -> None:
    article = make_article()
    assert told(carol, article, "All is new.") == []


def test_private_highlights_of_others_are_not_counted(
    alice: User, carol: User, article: Article
) -> None:
    make_highlight(alice, article, "members decide", audience="private")
    assert told(carol, article, *TEXT, MOVING)[0].startswith("All 4 ")
    assert told(alice, article, *TEXT, MOVING)[0].startswith("All 5 ")


def test_very_many_highlights_are_not_foretold(
    carol: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast, "MOST_FORETOLD", 3)
    (sentence,) = told(carol, article, "All is new.")
    assert "in the background" in sentence


def test_preview_tells_it(carol: User, article: Article, client_of: ClientOf) -> None:
    fields = {
        "kind": ["paragraph"] * 3,
        "text": list(TEXT),
        "seen": 1,
        "first": 0,
        "stop": 4,
        "step": "preview",
    }
    page = client_of(carol).post(f"{article.get_absolute_url()}edit/", fields).content.decode()
    assert "There are 4 highlights in this text:" in page
    assert f"<del>{MOVING}</del>" in page


def test_forecast_takes_as_many_queries_for_many_highlights(
    alice: User, carol: User, article: Article
) -> None:
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            told(carol, article, *TEXT)
        counts.append(len(captured))
        for _number in range(4):
            make_highlight(alice, article, "members decide")
    assert counts[0] == counts[1]


def test_versions_are_listed_under_the_names_that_others_see(
    carol: User, article: Article, client_of: ClientOf
) -> None:
    profiles.ensure(carol.pk)
    profiles.rename(viewer_of(carol), "Carol Curates")
    client = client_of(carol)
    fields = {
        "kind": ["paragraph"],
        "text": ["All is new."],
        "seen": 1,
        "first": 0,
        "stop": 4,
        "step": "save",
        "reason": "why not",
    }
    client.post(f"{article.get_absolute_url()}edit/", fields)
    page = client_of(None).get(f"{article.get_absolute_url()}versions/").content.decode()
    assert "<td>Carol Curates</td>" in page
