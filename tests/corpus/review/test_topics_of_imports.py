"""Topics that an import brings: on new articles, on known ones, and when it is undone."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from corpus.models import Article, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.chosen import articles_of_search
from corpus.services import reviewing
from corpus.services.articles import set_topics
from corpus.services.imports import Together, import_source, import_sources
from corpus.services.metadata import is_curators
from corpus.services.sources import SourceBytes
from corpus.services.undoing import undo_batch
from tests.corpus.review.test_undoing import applied, read
from tests.corpus.review.texts import article as text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def record(tags: list[str], *, end: str = "", number: int = 0) -> str:
    """Return a record of the one page; another `end` makes it another text."""
    url = f"https://news.example/number-{number}"
    words = f"{text_of(number)}\n{end}\n"
    return json.dumps({"title": "Winter", "url": url, "text": words, "tags": tags})


def names(article: Article) -> list[str]:
    return sorted(Article.objects.get(pk=article.pk).topics.names())


def imported(words: str) -> Article:
    return import_source(SYSTEM, SourceBytes("pile", words.encode()))[0].article


def test_a_new_article_has_the_topics_that_its_source_gives(curator: Viewer) -> None:
    Tag.objects.create(name="ports")
    candidate = read(curator, record(["Ports", "Tea", "tea"]))
    article = applied(curator, candidate)
    # A topic that there is keeps the name that it has.
    assert names(article) == ["Tea", "ports"]
    fact = Article.objects.get(pk=article.pk).facts["topics"]
    assert (fact["basis"], fact["evidence"]) == ("given", "Topics: Ports; Tea; tea")
    assert articles_of_search(curator, "ports") == [article]


def test_a_curator_says_others_before_it_is_added(browser: Client, curator: Viewer) -> None:
    candidate = read(curator, record(["Advertisement", "Tea"]))
    page = reverse("candidate_facts", args=[candidate.batch_id, candidate.pk])
    sent = {"fact": "topics", "value": "Tea\nPorts ", "counter": candidate.counter}
    assert browser.post(page, sent).status_code == 303
    candidate.refresh_from_db()
    article = applied(curator, candidate)
    assert names(article) == ["Ports", "Tea"]
    assert is_curators(Article.objects.get(pk=article.pk), "topics")


def test_the_review_shows_them_with_their_evidence(browser: Client, curator: Viewer) -> None:
    candidate = read(curator, record(["Tea", "Ports"]))
    page = browser.get(reverse("candidate", args=[candidate.batch_id, candidate.pk]))
    shown = page.content.decode()
    assert "Tea, Ports" in shown
    assert "Topics: Tea; Ports" in shown


def test_an_update_brings_its_topics_and_takes_them_back(curator: Viewer) -> None:
    article = imported(record(["Tea", "Ports"]))
    before = Article.objects.get(pk=article.pk).facts
    candidate = read(curator, record(["Ports", "Fish"], end="More."))
    assert applied(curator, candidate) == article
    assert names(article) == ["Fish", "Ports"]
    undo_batch(curator, candidate.batch)
    assert names(article) == ["Ports", "Tea"]
    assert Article.objects.get(pk=article.pk).facts == before


def test_what_curators_chose_stays_through_updates(curator: Viewer) -> None:
    article = imported(record(["Tea", "Ports"]))
    stored = Article.objects.get(pk=article.pk)
    set_topics(curator, stored, ["Harbours"], counter=stored.counter)
    candidate = read(curator, record(["Fish"], end="More."))
    applied(curator, candidate)
    assert names(article) == ["Harbours"]
    undo_batch(curator, candidate.batch)
    assert names(article) == ["Harbours"]


def test_brought_back_with_others_it_has_these_alone(curator: Viewer) -> None:
    candidate = read(curator, record(["Advertisement"]))
    article = applied(curator, candidate)
    undo_batch(curator, candidate.batch)
    candidate.refresh_from_db()
    reviewing.set_fact(curator, candidate, "topics", ["Tea"], counter=candidate.counter)
    candidate.refresh_from_db()
    applied(curator, candidate)
    assert names(article) == ["Tea"]


def test_an_import_again_changes_no_topic() -> None:
    article = imported(record(["Tea"]))
    set_topics(SYSTEM, article, [], counter=Article.objects.get(pk=article.pk).counter)
    imported(record(["Tea"]))
    assert names(article) == []


def _queries_of(count: int, first: int) -> int:
    sources = [
        SourceBytes(f"pile, {n}", record(["Tea", "Ports"], number=n).encode())
        for n in range(first, first + count)
    ]
    with CaptureQueriesContext(
        connection,
    ) as taken:
        import_sources(SYSTEM, sources, Together("pile"))
    return sum("taggit" in query["sql"] or "topic" in query["sql"] for query in taken)


def test_topics_of_many_articles_are_stored_at_once() -> None:
    imported(record(["Tea", "Ports"], number=900))
    assert ImportCandidate.objects.exists()
    assert _queries_of(2, 100) == _queries_of(4, 200)
