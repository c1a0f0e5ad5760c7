"""The report on the highlights of a version, and old versions with what was marked in them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Annotation
from annotations.queries import carried
from annotations.services import annotations, carrying
from corpus.access import viewer_of
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import TEXT, make_article, make_highlight, make_link
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
NEW = (TEXT[0].replace("dark", "bright"), TEXT[1].replace("by their", "at their"), TEXT[2])


@pytest.fixture
def article(alice: User) -> Article:
    """Return an article whose marked words go, change and stay."""
    made = make_article(title="Moods")
    make_highlight(alice, made, "dark")
    make_highlight(alice, made, "pray by their bedside that nobody")
    make_highlight(alice, made, "The leader said")
    return made


def page_of(client: Client, article: Article, number: int, **query: str) -> str:
    answer = client.get(reverse("carried", args=[article.slug, number]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_report_lists_each_highlight_with_old_and_new_words(
    client_of: ClientOf, carol: User, article: Article
) -> None:
    rewrite(carol, article, *NEW)
    make_highlight(carol, article, "members decide")
    html = page_of(client_of(carol), article, 2)
    assert "3 highlights were made in earlier versions." in html
    assert "pray <del>by</del> <ins>at</ins> their bedside that nobody" in html
    assert "The leader said" in html
    assert html.count('<tr role="row"') == 3
    assert html.index('data-state="orphan"') < html.index('data-state="changed"')
    assert "Perhaps these words now: <q>bright</q>" in html
    assert html.count("Choose the words") == 2


def test_it_is_limited_to_a_state(client_of: ClientOf, carol: User, article: Article) -> None:
    rewrite(carol, article, *NEW)
    html = page_of(client_of(carol), article, 2, state="changed")
    assert html.count('<tr role="row"') == 1
    assert 'aria-current="page">Words changed' in html
    assert page_of(client_of(carol), article, 2, state="nonsense").count('<tr role="row"') == 3


def test_each_version_has_a_report_of_its_own(
    client_of: ClientOf, carol: User, article: Article
) -> None:
    rewrite(carol, article, *NEW)
    rewrite(carol, article, *TEXT)
    earlier = page_of(client_of(carol), article, 2)
    assert 'data-state="orphan"' in earlier
    assert "Choose the words" not in earlier
    assert 'data-state="orphan"' not in page_of(client_of(carol), article, 3)
    first = client_of(carol).get(reverse("carried", args=[article.slug, 1])).content
    assert b"There were no highlights in the versions before this one." in first
    assert client_of(carol).get(reverse("carried", args=[article.slug, 9])).status_code == 404


def test_only_what_came_into_the_shown_versions_is_worked_out(
    client_of: ClientOf, carol: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        rewrite(carol, article, f"{number}.", *TEXT)
    rewrite(carol, article, *NEW)
    made = []
    whole = carried._Came

    def counted(*given: Any) -> Any:
        made.append(given)
        return whole(*given)

    monkeypatch.setattr(carried, "_Came", counted)
    html = page_of(client_of(carol), article, 6)
    assert "pray <del>by</del> <ins>at</ins> their bedside that nobody" in html
    assert len(made) == 3
    assert {before for _pk, _state, before in made} == {5}


def test_others_see_what_is_shared_and_may_attach_nothing(
    client_of: ClientOf, alice: User, carol: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, "Others have left", audience="private")
    gone = make_highlight(alice, article, "He said it twice")
    annotations.delete(viewer_of(alice), gone)
    rewrite(carol, article, *NEW)
    assert page_of(client_of(alice), article, 2).count('<tr role="row"') == 4
    html = page_of(client_of(dave), article, 2)
    assert html.count('<tr role="row"') == 3
    assert "Choose the words" not in html


def test_the_list_of_versions_leads_to_it(
    client_of: ClientOf, carol: User, article: Article
) -> None:
    rewrite(carol, article, *NEW)
    html = client_of(carol).get(reverse("article_versions", args=[article.slug])).content.decode()
    assert "3 highlights: 1 changed, 1 not placed" in html
    assert reverse("carried", args=[article.slug, 2]) in html


def test_an_old_version_is_shown_with_the_highlights_it_had(
    client_of: ClientOf, alice: User, carol: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, "Others have left", audience="private")
    rewrite(carol, article, *NEW)
    make_highlight(alice, article, "bright")
    old = reverse("article_version", args=[article.slug, 1])
    html = client_of(alice).get(old).content.decode()
    for words in ("dark", "pray by their bedside that nobody", "The leader said"):
        assert f">{words}</mark>" in html
    assert ">Others have left</mark>" in html
    assert "Could not be placed in the current version" in html
    assert html.count("Where it stands now") == 3
    assert ">Others have left</mark>" not in client_of(dave).get(old).content.decode()
    present = client_of(alice).get(reverse("article_version", args=[article.slug, 2]))
    assert present.headers["Location"] == article.get_absolute_url()


def test_highlights_that_wait_for_the_background_are_nowhere_painted_wrongly(
    client_of: ClientOf, carol: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "MOST_AT_ONCE", 2)
    rewrite(carol, article, *NEW)
    client = client_of(carol)
    reading = client.get(article.get_absolute_url()).content.decode()
    assert "Highlights are being carried over to this version." in reading
    assert "3 are still to be placed" in reading
    assert "data-h=" not in reading
    assert "Could not be placed" not in reading
    assert page_of(client, article, 2).count('data-state="waiting"') == 3
    assert (
        "data-h=" in client.get(reverse("article_version", args=[article.slug, 1])).content.decode()
    )
    run_jobs()
    reading = client.get(article.get_absolute_url()).content.decode()
    assert "Highlights are being carried over" not in reading
    assert reading.count("<mark ") == 2


def test_pages_take_as_many_queries_for_many_highlights(
    client_of: ClientOf, alice: User, carol: User
) -> None:
    def queries(count: int) -> dict[str, int]:
        article = make_article()
        for _number in range(count):
            make_highlight(alice, article, "dark")
            make_highlight(alice, article, "pray by their bedside that nobody")
        rewrite(carol, article, *NEW)
        client = client_of(carol)
        pages = {
            "report": reverse("carried", args=[article.slug, 2]),
            "old": reverse("article_version", args=[article.slug, 1]),
            "versions": reverse("article_versions", args=[article.slug]),
            "reader": article.get_absolute_url(),
        }
        taken = {}
        for name, url in pages.items():
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            taken[name] = len(captured)
        return taken

    queries(1)  # from now on the others have an article that is like them
    assert queries(2) == queries(6)


def test_a_link_to_lost_words_says_so(
    client_of: ClientOf, alice: User, carol: User, article: Article
) -> None:
    mark = Annotation.objects.get(article=article, exact="dark")
    link = make_link(alice, mark, make_article(title="Elsewhere"))
    rewrite(carol, article, *NEW)
    sides = client_of(alice).get(link.get_absolute_url()).content.decode()
    assert "The linked words are not in this version of the article:" in sides
    assert "could not be placed" in client_of(alice).get(reverse("links")).content.decode()


def test_the_notice_of_carrying_over_goes_on_by_itself(
    client_of: ClientOf, carol: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "MOST_AT_ONCE", 2)
    rewrite(carol, article, *NEW)
    client = client_of(None)
    address = reverse("carrying_over", args=[article.slug])
    reading = client.get(article.get_absolute_url()).content.decode()
    assert f'hx-get="{address}"' in reading
    assert "htmx-2.min.js" in reading
    assert 'max="3" value="0"' in reading
    assert client.get(address).headers["Location"] == article.get_absolute_url()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "3 are still to be placed" in part
    assert 'id="announcements"' not in part
    run_jobs()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert part.count("All highlights are carried over to this version.") == 2
    assert "htmx" not in client.get(article.get_absolute_url()).content.decode()


def test_only_who_reads_an_article_learns_how_far_its_highlights_are(
    client_of: ClientOf, dave: User, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(is_hidden=True)
    address = reverse("carrying_over", args=[article.slug])
    assert client_of(dave).get(address, headers={"HX-Request": "true"}).status_code == 404
