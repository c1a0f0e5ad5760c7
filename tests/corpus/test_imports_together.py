"""Sources that are imported in one go: each as if it came alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.importing.errors import ImportRefused
from corpus.models import Article, ImportBatch, NearPair
from corpus.permissions import SYSTEM
from corpus.services.imports import Outcome, SourceBytes, Together, import_source, import_sources
from corpus.services.slugs import free_slug
from tests.corpus.review.texts import article
from tests.factories import make_article

pytestmark = pytest.mark.django_db

TEXT = "A plain headline\n\nThe first paragraph says one thing.\n\nThe second says another.\n"
ANOTHER = "Other\n\nQuite another text stands here, and it is short.\n"


def together(*texts: str, note: str = "pile") -> list[list[Outcome] | ImportRefused]:
    """Return what became of the texts, imported in one go."""
    sources = [SourceBytes(f"{note}, {n}", text.encode()) for n, text in enumerate(texts)]
    return import_sources(SYSTEM, sources, Together(note))


def kinds(found: list[list[Outcome] | ImportRefused]) -> list[str]:
    return [
        "refused" if isinstance(some, ImportRefused) else "new" if some[0].is_new else "known"
        for some in found
    ]


def test_one_that_is_refused_does_not_keep_the_others_out() -> None:
    assert kinds(together(TEXT, " \n", ANOTHER)) == ["new", "refused", "new"]
    assert ImportBatch.objects.get().files.count() == 2


def test_text_that_comes_twice_is_stored_once() -> None:
    assert kinds(together(TEXT, ANOTHER, TEXT)) == ["new", "new", "known"]
    assert Article.objects.count() == 2


def test_all_again_makes_no_import() -> None:
    together(TEXT, ANOTHER)
    assert kinds(together(TEXT, ANOTHER, note="again")) == ["known", "known"]
    assert ImportBatch.objects.count() == 1


def test_near_copy_of_one_just_before_it_is_found() -> None:
    text = article(1)
    together(text, f"{text}\nThere is one line more than there was before.\n")
    pair = NearPair.objects.get()
    assert {pair.first, pair.second} == set(Article.objects.all())


def test_withdrawn_article_comes_back_once() -> None:
    (outcome,) = import_source(SYSTEM, SourceBytes("a.txt", TEXT.encode()))
    Article.objects.filter(pk=outcome.article.pk).update(is_withdrawn=True, is_hidden=True)
    assert kinds(together(TEXT, TEXT)) == ["new", "known"]
    assert not Article.objects.get().is_hidden


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_many_of_one_title_are_numbered_without_a_gap(count: int) -> None:
    for _ in range(count):
        make_article("x", slug=free_slug("The Vote"))
    wanted = {"the-vote"} | {f"the-vote-{number}" for number in range(2, count + 1)}
    assert set(Article.objects.values_list("slug", flat=True)) == wanted


def test_address_of_a_title_that_others_begin_with_is_found_by_two_queries() -> None:
    for number in range(20):
        make_article("x", slug=f"the-vote-of-{number}")
    with CaptureQueriesContext(connection) as asked:
        assert free_slug("The Vote of") == "the-vote-of"
    assert len(asked) == 2
