"""Links to articles that are only linked to: found, made, seen, and moved when the text comes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.access import is_readable, rights_of, visible_links
from annotations.models import Link
from annotations.permissions import can_read
from annotations.queries.link_targets import link_targets
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Article, Group
from corpus.related import related_articles
from corpus.services.articles import edit_metadata
from corpus.services.metadata import metadata_of
from tests.corpus.cited_texts import CITED, CITING, PAGE, imported
from tests.factories import make_article, make_highlight, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]


@pytest.fixture
def citing(db: None) -> Article:
    """Return an article that cites a page that is not here."""
    return imported(CITING)


@pytest.fixture
def stub(citing: Article) -> Article:
    """Return that page, as an article that is only linked to."""
    return Article.objects.get(is_stub=True)


@pytest.mark.parametrize(
    "words", ["hunt", "QUIT hunt", "paper.example", "“hunt” mp*", "hunt -museum"]
)
def test_stub_is_found_by_its_title_and_address(alice: User, stub: Article, words: str) -> None:
    found = link_targets(viewer_of(alice), words, kind="articles")
    assert [target.article for target in found.found][-1] == stub
    assert found.counts[1] == len(found.found)


@pytest.mark.parametrize("words", ["hunt gatherer", "hunt -quit", "100%"])
def test_stub_without_all_the_words_is_not_found(alice: User, stub: Article, words: str) -> None:
    found = link_targets(viewer_of(alice), words, kind="articles").found
    assert stub not in [target.article for target in found]


def test_stub_is_offered_to_none_but_those_who_may_know_of_it(
    client_of: Clients, dave: User, carol: User, citing: Article, stub: Article
) -> None:
    Article.objects.filter(pk=citing.pk).update(access="groups")
    address = "/links/search/?q=hunt&kind=articles"
    assert stub.title not in client_of(dave).get(address).content.decode()
    answer = client_of(carol).get(address).content.decode()
    assert stub.title in answer
    assert "not imported" in answer


def test_reader_links_a_passage_to_a_stub(
    client_of: Clients, alice: User, citing: Article, stub: Article
) -> None:
    marked = make_highlight(alice, citing, "in a paper")
    client = client_of(alice)
    page = client.get(f"/annotations/{marked.pk}/link/?q=hunt&kind=articles").content.decode()
    assert "not imported" in page
    sent = {"to_article": stub.slug, "relation": "background"}
    assert client.post(f"/annotations/{marked.pk}/link/", sent).status_code in {302, 303}
    link = Link.objects.get(from_annotation=marked)
    assert (link.to_article, link.to_annotation) == (stub, None)
    sides = client.get(link.get_absolute_url())
    assert sides.status_code == 200
    assert "Its text is not here, only its address:" in sides.content.decode()
    assert "not imported" in client.get("/links/").content.decode()
    assert stub.title in client.get(citing.get_absolute_url()).content.decode()


def test_words_of_a_stub_cannot_be_linked(
    client_of: Clients, alice: User, citing: Article, stub: Article
) -> None:
    marked = make_highlight(alice, citing, "in a paper")
    sent = {"to_article": stub.slug, "exact": "words", "start": 0, "end": 5, "version": 1}
    answer = client_of(alice).post(f"/annotations/{marked.pk}/link/", sent)
    assert answer.status_code == 404
    assert not Link.objects.filter(from_annotation=marked).exists()


def test_link_to_a_stub_is_seen_by_those_who_may_know_of_the_stub(
    alice: User, bob: User, dave: User, carol: User, group: Group, citing: Article, stub: Article
) -> None:
    other = make_article()
    link = make_link(alice, other, stub)
    Article.objects.filter(pk=citing.pk).update(access="groups")
    citing.groups.set([group])
    for user, is_seen in ((alice, True), (bob, True), (dave, False), (carol, True)):
        viewer = viewer_of(user)
        assert visible_links(viewer).filter(pk=link.pk).exists() == is_seen
        assert can_read(viewer, rights_of(viewer, link)) == is_seen
        assert is_readable(viewer, stub) == is_seen


def test_link_holds_when_the_text_is_imported(alice: User, citing: Article, stub: Article) -> None:
    link = make_link(alice, make_highlight(alice, citing, "in a paper"), stub)
    filled = imported(CITED)
    assert Link.objects.get(pk=link.pk).to_article == filled


def test_link_leads_to_the_article_that_the_stub_turns_out_to_be(
    alice: User, carol: User, citing: Article, stub: Article
) -> None:
    link = make_link(alice, make_highlight(alice, citing, "in a paper"), stub)
    article = make_article(title="Kept under another name")
    wanted = replace(metadata_of(article), canonical_url=PAGE)
    edit_metadata(viewer_of(carol), article, wanted, counter=article.counter)
    assert Link.objects.get(pk=link.pk).to_article == article
    assert not Article.objects.filter(is_stub=True).exists()


def test_article_does_not_become_the_stub_that_it_is_linked_to(
    alice: User, carol: User, citing: Article, stub: Article
) -> None:
    article = make_article(title="Linked to it")
    make_link(alice, make_highlight(alice, article), stub)
    wanted = replace(metadata_of(article), canonical_url=PAGE)
    with pytest.raises(Invalid, match="A link joins this article"):
        edit_metadata(viewer_of(carol), article, wanted, counter=article.counter)
    assert Article.objects.filter(is_stub=True).exists()
    assert Article.objects.get(pk=article.pk).canonical_url == ""


def test_stub_takes_no_place_among_related_articles(
    alice: User, citing: Article, stub: Article
) -> None:
    make_link(alice, make_highlight(alice, citing, "in a paper"), stub)
    related = related_articles(viewer_of(alice), citing, limit=1)
    assert stub not in [item.article for item in related]


def test_search_for_targets_asks_as_often_for_many_stubs_as_for_few(alice: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            link_targets(viewer_of(alice), "hunt", kind="articles")
        return len(asked)

    def cite(number: int) -> None:
        imported(CITING.replace("A citing", f"Citing {number}").replace("-mp>", f"-{number}>"))

    cite(0)
    few = queries()
    for number in range(1, 6):
        cite(number)
    assert Article.objects.filter(is_stub=True).count() == 6
    assert queries() == few
