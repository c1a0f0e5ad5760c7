"""What texts that share words or addresses are found by: kept in step with the articles."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from corpus.access import viewer_of
from corpus.models import Article, ComparedText, PageAddress, TextRun
from corpus.permissions import Viewer
from corpus.services import comparison
from corpus.services.articles import edit_metadata
from corpus.services.imports import SourceBytes, import_source
from corpus.services.indexing import index_article
from corpus.services.metadata import metadata_of
from corpus.text.addresses import address_key
from corpus.text.runs import RUN_LENGTH, compared_words
from corpus.text.words import words_with_offsets
from tests.factories import add_version, make_article
from tests.samples import import_seeds

pytestmark = pytest.mark.django_db

PAGE = "https://paper.example/2017/hunt"


def test_an_imported_text_is_compared_by_its_own_words_and_addresses() -> None:
    article = _imported(f"One reads more of it elsewhere <{PAGE}?utm_source=x> these days.")
    compared = ComparedText.objects.get(article=article)
    assert compared.version == article.current_version
    assert compared.runs == compared.text_runs.count() > 0
    for run in compared.text_runs.all():
        words = compared.version.text[run.start : run.end]
        assert len(compared_words(words, words_with_offsets(words))) == RUN_LENGTH
    assert _addresses(article) == {(address_key(PAGE), False)}


def test_indexing_again_leaves_the_runs_as_they_are() -> None:
    article = _imported("Nothing of this text will change when it is indexed once again today.")
    before = set(TextRun.objects.values_list("pk", flat=True))
    assert article.current_version is not None
    index_article(article.current_version)
    assert set(TextRun.objects.values_list("pk", flat=True)) == before


def test_a_new_version_takes_the_place_of_the_old_one() -> None:
    article = make_article("The old words of this article were these and no others at all.")
    _index(article)
    before = set(TextRun.objects.values_list("hash", flat=True))
    add_version(article, ["Quite other words stand here today, and the former ones are gone."])
    _index(article)
    text = ComparedText.objects.get()
    assert text.version == article.current_version
    assert not before & set(text.text_runs.values_list("hash", flat=True))


def test_the_address_that_a_curator_sets_counts(carol: User) -> None:
    article = _imported("A text that stands somewhere on the web, and nobody has said where yet.")
    wanted = replace(metadata_of(article), canonical_url=PAGE)
    edit_metadata(viewer_of(carol), article, wanted, counter=article.counter)
    assert _addresses(article) == {(address_key(PAGE), True)}


def test_what_very_many_articles_have_is_kept_for_no_further_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparison, "COMMONPLACE", 2)
    line = f"Please support this paper <{PAGE}> because without you there is none of it at all."
    for number in range(4):
        _imported(f"Article {number} has words of its own before the ones below.\n\n{line}")
    assert PageAddress.objects.count() == 2
    by_hash = list(TextRun.objects.values_list("hash", flat=True))
    assert max(by_hash.count(value) for value in by_hash) == 2
    assert ComparedText.objects.filter(runs=0).count() == 0


def test_rebuilding_stores_the_same() -> None:
    import_seeds()
    _imported(f"One reads more of it elsewhere <{PAGE}> these days, and who would not.")
    before = _state()
    call_command("reindex")
    assert _state() == before


def test_articles_that_were_there_before_the_tables_are_compared_by_the_same() -> None:
    import_seeds("00[04]_*.txt")
    Article.objects.filter(title__startswith="One could").update(canonical_url=PAGE)
    call_command("reindex")
    before = _state()
    make_article(title="Only linked to", is_stub=True)
    ComparedText.objects.all().delete()
    Article.objects.filter(is_stub=True).update(current_version=None)
    import_module("corpus.migrations.0004_compare_articles").compare_articles(apps, None)
    assert _state() == before != (set(), set(), set())


def _imported(text: str) -> Article:
    source = SourceBytes("text.txt", text.encode())
    (outcome,) = import_source(Viewer(role="administrator"), source)
    return outcome.article


def _index(article: Article) -> None:
    assert article.current_version is not None
    index_article(article.current_version)


def _addresses(article: Article) -> set[tuple[int, bool]]:
    rows = PageAddress.objects.filter(text__article=article)
    return set(rows.values_list("key", "is_own"))


def _state() -> tuple[set[object], set[object], set[object]]:
    return (
        set(ComparedText.objects.values_list("article", "version", "runs")),
        set(TextRun.objects.values_list("text__article", "hash", "start", "end")),
        set(PageAddress.objects.values_list("text__article", "key", "is_own")),
    )
