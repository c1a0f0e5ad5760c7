"""Related articles: their order, their reasons, and who sees them."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from corpus.models import Article, Term
from corpus.permissions import Viewer
from corpus.related import Related, related_articles
from corpus.search import articles
from corpus.services.indexing import index_article
from corpus.services.rebuilding import settle_signatures
from tests.factories import make_article, make_highlight, make_link
from tests.samples import import_seeds

ANYONE = Viewer()

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus() -> dict[str, Article]:
    """Return the six articles of the seeds by their seed."""
    import_seeds()
    return {article.title[:12]: article for article in Article.objects.filter(is_stub=False)}


def test_two_reports_of_one_event_lead_each_others_list(corpus: dict[str, Article]) -> None:
    essay, report = corpus["One could be"], corpus["The Labour e"]
    assert _related(essay)[0].article == report
    assert _related(report)[0].article == essay


def test_a_text_that_was_never_indexed_stops_no_other(corpus: dict[str, Article]) -> None:
    make_article("Zugzwang stands alone here.", title="Never indexed")
    settle_signatures()
    essay, report = corpus["One could be"], corpus["The Labour e"]
    assert _related(essay)[0].article == report


def test_rare_shared_names_explain_it(corpus: dict[str, Article]) -> None:
    reason = _related(corpus["One could be"])[0].reason
    assert reason.startswith("both mention ")
    assert "Tristram Hunt" in reason
    assert "Jamie Reed" in reason


def test_a_small_corpus_is_ranked_and_not_cut_off(corpus: dict[str, Article]) -> None:
    for article in corpus.values():
        related = _related(article)
        assert {item.article for item in related} == set(corpus.values()) - {article}
        scores = [item.score for item in related]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score < 1 for score in scores)
        assert all(item.reason for item in related)


def test_what_readers_linked_stands_above(alice: User, corpus: dict[str, Article]) -> None:
    essay = corpus["One could be"]
    last = _related(essay)[-1].article
    make_link(alice, essay, last, relation="background")
    first = _related(essay)[0]
    assert first.article == last
    assert first.score > 1
    assert first.reason.startswith("linked by readers: background; both mention")
    make_link(alice, essay, corpus["Losing Momen"], audience="private")
    assert "linked" not in " ".join(item.reason for item in _related(essay)[1:])


def test_links_within_an_article_relate_it_to_nothing(
    alice: User, corpus: dict[str, Article]
) -> None:
    essay = corpus["One could be"]
    make_link(
        alice, make_highlight(alice, essay, "suicidal"), make_highlight(alice, essay, "moderates")
    )
    assert essay not in {item.article for item in _related(essay)}


def test_articles_one_may_not_read_are_not_related(corpus: dict[str, Article]) -> None:
    report = corpus["The Labour e"]
    Article.objects.filter(pk=report.pk).update(is_hidden=True)
    assert report not in {item.article for item in _related(corpus["One could be"])}


def test_words_explain_where_no_name_does() -> None:
    first = _indexed("the xylophone and the glockenspiel were tuned")
    _indexed("a glockenspiel beside a xylophone")
    (item,) = _related(first)
    assert item.reason == "both use the words glockenspiel, xylophone"


def test_addresses_numbers_and_verbs_of_speech_explain_nothing() -> None:
    first = _indexed("he says https www example 2017 glockenspiel")
    second = _indexed("she says https www elsewhere 2017 glockenspiel")
    third = _indexed("he says https www com")
    reasons = {item.article: item.reason for item in _related(first)}
    assert reasons[second] == "both use the word glockenspiel"
    assert reasons.get(third, "") == ""


def test_export_tells_each_article_its_related(corpus: dict[str, Article], tmp_path: Path) -> None:
    output = tmp_path / "related.jsonl"
    call_command("export_related", limit=2, output=output, verbosity=0)
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert {row["id"] for row in rows} == {str(item.id) for item in corpus.values()}
    for row in rows:
        assert len(row["related"]) == 2
        assert all(set(item) == {"id", "reason", "score"} for item in row["related"])
    assert [path.name for path in tmp_path.iterdir()] == ["related.jsonl"]


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_export_refuses_a_limit_that_is_none(limit: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a number from 1 up"):
        call_command("export_related", f"--limit={limit}", "--output", str(tmp_path / "x"))


def test_reindex_changes_nothing_that_is_found(corpus: dict[str, Article]) -> None:
    before = _state(corpus)
    call_command("reindex")
    call_command("reindex")
    assert _state(corpus) == before


def test_importing_again_counts_no_word_twice(corpus: dict[str, Article]) -> None:
    import_seeds()
    assert Term.objects.get(word="tristram").articles == 2


def _state(corpus: dict[str, Article]) -> object:
    found = [hit.article for hit in articles(ANYONE, "labour momentum")]
    counts = list(Term.objects.order_by("word").values_list("word", "articles"))
    return found, counts, [item.article for item in _related(corpus["One could be"])]


def _related(article: Article) -> list[Related]:
    return related_articles(ANYONE, article)


def _indexed(text: str) -> Article:
    article = make_article(text)
    assert article.current_version is not None
    index_article(article.current_version)
    return article
