"""A title or a standfirst that stands in the text changes with it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, Event
from corpus.services.editing import edit_text
from corpus.services.imports import SourceBytes, import_source
from corpus.services.versions import take_back
from corpus.text.editing import EditedBlock
from tests.corpus.text_edits import current
from tests.factories import TEXT, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
TITLE = "The exodus from the party"
LEAD = "Members leave, and nobody at the top says why."


def blocks(title: str = TITLE, lead: str = LEAD) -> list[EditedBlock]:
    found = [EditedBlock("heading", title, 2)] if title else []
    found += [EditedBlock("standfirst", lead)] if lead else []
    return [*found, *(EditedBlock("paragraph", words) for words in TEXT)]


@pytest.fixture
def article(carol: User) -> Article:
    """Return an article whose title and standfirst stand in its text."""
    made = make_article(title=TITLE)
    edit(carol, made, blocks())
    made.refresh_from_db()
    return made


def edit(carol: User, article: Article, to: list[EditedBlock]) -> None:
    edit_text(viewer_of(carol), article, current(article), to, reason="corrected")


def test_standfirst_is_known_once_it_stands_in_the_text(article: Article) -> None:
    assert (article.title, article.standfirst, article.standfirst_basis) == (
        TITLE,
        LEAD,
        "curated",
    )


def test_both_change_with_their_blocks_and_one_event_tells(article: Article, carol: User) -> None:
    count = Event.objects.count()
    edit(carol, article, blocks("The exodus from the club", "Members stay."))
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("The exodus from the club", "Members stay.")
    assert article.title_basis == "curated"
    event = Event.objects.latest("id")
    assert Event.objects.count() == count + 1
    assert (event.verb, event.before["title"], event.after["title"]) == (
        "article.changed",
        TITLE,
        "The exodus from the club",
    )


def test_title_that_is_worded_anew_in_its_place_is_followed(article: Article, carol: User) -> None:
    edit(carol, article, blocks("Zebras"))
    article.refresh_from_db()
    assert article.title == "Zebras"


def test_title_stays_when_its_heading_goes(article: Article, carol: User) -> None:
    edit(carol, article, blocks("", ""))
    article.refresh_from_db()
    assert (article.title, article.standfirst) == (TITLE, "")


def test_what_a_curator_set_otherwise_stays(article: Article, carol: User) -> None:
    Article.objects.filter(pk=article.pk).update(title="My own title", standfirst="My own lead.")
    edit(carol, article, blocks("The exodus from the club", "Members stay."))
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("My own title", "My own lead.")


def test_bringing_back_an_old_text_brings_back_what_it_said(article: Article, carol: User) -> None:
    old = current(article)
    edit(carol, article, blocks("The exodus from the club", "Members stay."))
    take_back(viewer_of(carol), article, old, seen=3)
    article.refresh_from_db()
    assert (article.title, article.standfirst) == (TITLE, LEAD)


def test_paragraph_that_becomes_longer_than_a_standfirst_may_be_is_none(
    article: Article, carol: User
) -> None:
    edit(carol, article, blocks(lead="word " * 2_100))
    article.refresh_from_db()
    assert article.standfirst == LEAD


def test_import_says_itself_what_is_known(carol: User) -> None:
    text = f"{TITLE}\n\n{LEAD}\n\n" + "\n\n".join(TEXT)
    imported = import_source(viewer_of(carol), SourceBytes("one.txt", text.encode()))[0].article
    assert imported.title == TITLE


def test_preview_tells_what_follows(article: Article, carol: User, client_of: ClientOf) -> None:
    fields = {
        "kind": ["heading-2", "standfirst", *["paragraph"] * len(TEXT)],
        "text": ["The exodus from the club", "Members stay.", *TEXT],
        "seen": 2,
        "first": 0,
        "stop": 2 + len(TEXT),
        "step": "preview",
    }
    page = client_of(carol).post(f"{article.get_absolute_url()}edit/", fields).content.decode()
    assert "Its title will be “The exodus from the club”." in page
    assert "Its standfirst will be “Members stay.”." in page
