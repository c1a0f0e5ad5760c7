"""The page of an article that is only linked to, and the way from a text to our own copy."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.models import Article, ArticleSlug, OutboundLink
from corpus.queries.review_page import article_meant
from tests.corpus.cited_texts import CITED, CITING, PAGE, imported
from tests.factories import add_version, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]


def test_stub_says_what_it_is_and_where_it_is_cited(client: Client) -> None:
    article = imported(CITING)
    answer = client.get("/articles/hunt-to-quit-as-an-mp/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Only linked to so far" in page
    assert re.search(rf'<a href="{PAGE}" rel="[^"]*noopener', page)
    link = OutboundLink.objects.get(version__article=article)
    place = f"{article.get_absolute_url()}?t={link.start},{link.end}#p1"
    assert f'<a href="{place}">' in page
    assert f"<b>{link.text}</b>" in page
    assert "Add its text" not in page


def test_curator_adds_the_text_from_there(client_of: Clients, carol: User) -> None:
    imported(CITING)
    page = client_of(carol).get("/articles/hunt-to-quit-as-an-mp/").content.decode()
    assert "/imports/?address=https%3A%2F%2Fpaper.example%2F2017" in page
    assert "Add its text" in page


def test_stub_that_nobody_readable_cites_is_not_there(
    client: Client, client_of: Clients, dave: User, carol: User
) -> None:
    article = imported(CITING)
    Article.objects.filter(pk=article.pk).update(access="groups")
    stub = Article.objects.get(is_stub=True)
    ArticleSlug.objects.create(slug="called-so-before", article=stub)
    for address in (stub.get_absolute_url(), "/articles/called-so-before/"):
        assert client.get(address).status_code == 404
        assert client_of(dave).get(address).status_code == 404
    assert client_of(carol).get(stub.get_absolute_url()).status_code == 200
    assert client_of(carol).get("/articles/called-so-before/").status_code == 301


def test_stub_that_was_cited_before_says_so(client: Client) -> None:
    article = imported(CITING)
    add_version(article, ["Words without a link."])
    page = client.get("/articles/hunt-to-quit-as-an-mp/").content.decode()
    assert "No text that you may read cites it now." in page


def test_pages_below_a_stub_are_not_there(client_of: Clients, carol: User) -> None:
    imported(CITING)
    stub = Article.objects.get(is_stub=True).get_absolute_url()
    for place in ("source/", "versions/", "edit/", "blocks/1/", "annotations/", "link/"):
        assert client_of(carol).get(stub + place).status_code == 404


def test_filled_stub_is_read_at_its_new_address(client: Client) -> None:
    imported(CITING)
    filled = imported(CITED)
    answer = client.get("/articles/hunt-to-quit-as-an-mp/?t=1,2")
    assert answer.status_code == 301
    assert answer["Location"] == f"{filled.get_absolute_url()}?t=1,2"


def test_no_list_or_count_knows_of_stubs(client: Client) -> None:
    imported(CITING)
    assert "/articles/hunt-to-quit" not in client.get("/").content.decode()
    assert "/articles/hunt-to-quit" not in client.get("/search/?q=quit").content.decode()


def test_page_of_a_stub_asks_as_often_for_many_citations_as_for_few(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/articles/hunt-to-quit-as-an-mp/").status_code == 200
        return len(asked)

    for number in range(2):
        imported(CITING.replace("A citing", f"Citing {number}"))
    few = queries()
    for number in range(2, 8):
        imported(CITING.replace("A citing", f"Citing {number}"))
    assert queries() == few


def test_cited_words_lead_outside_and_to_our_copy_as_well(client: Client, alice: User) -> None:
    article, cited = imported(CITING), imported(CITED)
    make_highlight(alice, article, "in a paper that he left")
    for address in (article.get_absolute_url(), f"{article.get_absolute_url()}blocks/1/"):
        page = client.get(address).content.decode()
        assert f'href="{PAGE}"' in page
        assert page.count('class="our-copy"') == 1
        (copy,) = re.findall(r'<a class="our-copy"[^>]*></a>', page)
        assert f'href="{cited.get_absolute_url()}"' in copy
        assert "data-skip" in copy
        assert 'aria-label="Read “Hunt leaves the Commons for a museum” here"' in copy


def test_what_is_only_linked_to_or_not_readable_has_no_copy_here(client: Client) -> None:
    article = imported(CITING)
    assert "our-copy" not in client.get(article.get_absolute_url()).content.decode()
    cited = imported(CITED)
    Article.objects.filter(pk=cited.pk).update(access="members")
    assert "our-copy" not in client.get(article.get_absolute_url()).content.decode()


def test_curator_names_a_stub_as_what_a_text_is_of(carol: User) -> None:
    imported(CITING)
    stub = Article.objects.get(is_stub=True)
    for words in (
        PAGE,
        stub.title.upper(),
        stub.slug,
        f"http://testserver{stub.get_absolute_url()}",
    ):
        assert article_meant(viewer_of(carol), words) == stub


def test_list_of_articles_in_the_admin_shows_stubs_when_they_are_asked_for(
    client_of: Clients, carol: User
) -> None:
    imported(CITING)
    client, address = client_of(carol), "/admin/corpus/article/"
    assert "Hunt to quit" not in client.get(address).content.decode()
    assert "Hunt to quit" not in client.get(f"{address}?state=confirm").content.decode()
    assert "Hunt to quit" in client.get(f"{address}?state=stub").content.decode()
    stub = Article.objects.get(is_stub=True)
    assert client.get(f"{address}{stub.pk}/change/").status_code == 200
