"""Files of annotations: who gets what, and how they are sent."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.queries import entries
from corpus.models import Article
from tests.factories import make_article, make_collection, make_highlight, make_note

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
NOTEBOOK = ("/notebook/notebook.md", "/notebook/notebook.csv")


def text_at(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    assert isinstance(answer, StreamingHttpResponse)
    return answer.getvalue().decode()


@pytest.mark.parametrize("address", NOTEBOOK)
def test_a_notebook_is_taken_along_by_its_reader_alone(
    address: str, alice: User, bob: User, carol: User, client_of: ClientOf
) -> None:
    make_highlight(alice, make_article(), note="For me.", claim="hers", audience="private")
    make_highlight(bob, make_article(), note="Of bob.")
    assert "For me." in text_at(client_of(alice), address)
    assert "Of bob." not in text_at(client_of(alice), address)
    for user in (bob, carol):
        theirs = text_at(client_of(user), address)
        assert "For me." not in theirs
        assert "Hers" not in theirs
    assert client_of(None).get(address)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", NOTEBOOK)
def test_a_file_is_kept_by_nobody_and_never_shown_as_a_page(
    address: str, alice: User, client_of: ClientOf
) -> None:
    answer = client_of(alice).get(address)
    assert answer["Content-Disposition"].startswith('attachment; filename="notebook-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"].split(";")[0] in {"text/markdown", "text/csv"}


@pytest.mark.parametrize("address", NOTEBOOK)
def test_a_file_holds_what_the_page_is_narrowed_to(
    address: str, alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    make_highlight(alice, article, note="One.", claim="prayer")
    make_highlight(alice, article, "members decide", note="Two.")
    file = text_at(client_of(alice), f"{address}?claim=prayer&by=claim")
    assert "One." in file
    assert "Two." not in file


def test_a_file_is_read_a_few_at_a_time_while_it_is_sent(
    alice: User, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "CHUNK", 3)
    days = {"published_precision": Article.Precision.DAY}
    for day in range(1, 11):
        article = make_article(published_on=date(2015, 1, day), **days)
        make_highlight(alice, article, note=f"Number {day}.")
    answer: Any = client_of(alice).get("/notebook/notebook.csv")
    parts = iter(answer)
    with CaptureQueriesContext(connection) as captured:
        begun = [next(parts) for _ in range(4)]  # the head and one chunk
    assert len(begun) == 4
    assert not any("Number 4." in part.decode() for part in begun)
    of_one = len(captured)
    with CaptureQueriesContext(connection) as captured:
        rest = list(parts)
    assert len(rest) == 7
    assert len(captured) <= 3 * (of_one + 1) + 1  # and the links that stand elsewhere


def test_the_page_offers_what_it_shows_as_files(alice: User, client_of: ClientOf) -> None:
    make_highlight(alice, make_article(), note="One.", claim="prayer")
    html = client_of(alice).get("/notebook/?claim=prayer&note=").content.decode()
    for address in NOTEBOOK:
        assert f'href="{address}?claim=prayer"' in html
    assert 'data-copy-from="/notebook/notebook.md?claim=prayer"' in html


@pytest.fixture
def discussed(alice: User, bob: User) -> Article:
    """Return an article in which alice and bob wrote, each of them once in private."""
    article = make_article(slug="discussed", title="Discussed")
    for user in (alice, bob):
        name = user.username
        make_highlight(user, article, claim="prayer", note=f"{name} for all.")
        make_highlight(user, article, claim="prayer", note=f"{name} alone.", audience="private")
    make_note(bob, article, "bob of the whole.")
    return article


@pytest.mark.usefixtures("discussed")
@pytest.mark.parametrize("address", ["/articles/discussed/highlights", "/claims/prayer/passages"])
@pytest.mark.parametrize("ending", ["md", "csv"])
def test_an_article_and_a_claim_are_taken_along_as_the_viewer_sees_them(
    address: str, ending: str, alice: User, carol: User, client_of: ClientOf
) -> None:
    for user in (None, carol):
        file = text_at(client_of(user), f"{address}.{ending}")
        assert "alice for all." in file
        assert "bob for all." in file
        assert "alone." not in file
    own = text_at(client_of(alice), f"{address}.{ending}")
    assert "alice alone." in own
    assert "bob alone." not in own
    assert ("bob of the whole." in own) == address.startswith("/articles")
    assert alice.profile.display_name in own


@pytest.mark.usefixtures("discussed")
def test_a_claim_is_taken_along_of_one_collection(
    alice: User, discussed: Article, client: Client
) -> None:
    other = make_article()
    make_highlight(alice, other, claim="prayer", note="Elsewhere.")
    collection = make_collection(other)
    within = text_at(client, f"/claims/prayer/passages.md?in={collection.slug}")
    assert "Elsewhere." in within
    assert "for all." not in within
    html = client.get(f"/claims/prayer/?in={collection.slug}").content.decode()
    assert f'href="/claims/prayer/passages.csv?in={collection.slug}"' in html
    assert 'href="/claims/prayer/passages.md"' in client.get("/claims/prayer/").content.decode()
    assert "/articles/discussed/highlights.md" in (
        client.get(discussed.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("ending", ["md", "csv"])
def test_what_one_may_not_see_is_not_there_to_be_taken_along(
    ending: str, alice: User, client_of: ClientOf, client: Client, dave: User
) -> None:
    make_highlight(alice, make_article(slug="secret"), claim="prayer")
    Article.objects.filter(slug="secret").update(access=Article.Access.GROUPS)
    make_highlight(alice, make_article(), claim="hers alone", audience="private")
    for visitor in (client, client_of(dave)):
        for address in (
            "/articles/secret/highlights",
            "/claims/prayer/passages",
            "/claims/hers-alone/passages",
            "/articles/nowhere/highlights",
        ):
            assert visitor.get(f"{address}.{ending}").status_code == 404


def test_an_article_without_notes_offers_no_files(client: Client) -> None:
    assert "highlights.md" not in client.get(make_article().get_absolute_url()).text
