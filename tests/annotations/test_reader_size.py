"""How much the reading page weighs. Source: design brief 11."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from tests.factories import make_highlight
from tests.samples import import_seeds

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]
MOST_BYTES = 30_000  # gzipped
HIGHLIGHTS = 100
WORDS = range(1_400, 1_700)


@pytest.fixture
def marked(alice: User, bob: User) -> Article:
    """Return a real article with 100 highlights, each with a claim and every second with a note."""
    import_seeds("000_*.txt")
    article = Article.objects.get(is_stub=False)
    assert article.current_version is not None
    text = article.current_version.text
    for number in range(HIGHLIGHTS):
        start = text.index(" ", number * (len(text) - 200) // HIGHLIGHTS) + 1
        words = text[start : start + 20 + number % 100].strip()
        note = f"Why these words matter, in short: {number}." if number % 2 else ""
        claim = f"claim number {number % 12}"
        make_highlight((alice, bob)[number % 2], article, words, claim=claim, note=note)
    return article


@pytest.mark.parametrize("reader", [None, "alice"])
def test_an_article_with_a_hundred_highlights_stays_within_its_budget(
    reader: str | None, alice: User, marked: Article, client_of: ClientOf
) -> None:
    client = client_of(alice if reader else None)

    answer = client.get(marked.get_absolute_url(), headers={"accept-encoding": "gzip"})

    assert marked.current_version is not None
    assert marked.current_version.word_count in WORDS
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= MOST_BYTES
