"""Near copies of an article whose text was taken away again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from corpus.access import viewer_of
from corpus.models import Article, ComparedText, NearPair
from corpus.permissions import SYSTEM
from corpus.services import copies
from corpus.services.emptying import empty
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.corpus.test_copies import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]
PAGE = "https://paper.example/2017/seat"
NEWER = f"The second headline\n\nURL: {PAGE}\n\n{WORDS} He said no more.\n"


@pytest.fixture
def pair(db: None) -> NearPair:
    """Return two articles with nearly the same text; the newer one was linked to before."""
    _imported(f"A citing headline\n\nOne reads more of it elsewhere <{PAGE}> these days.\n")
    Article.objects.filter(is_stub=True).update(created_at="2030-01-01T00:00Z")
    _imported(f"The first headline\n\n{WORDS}\n")
    newer = _imported(NEWER)
    pair = NearPair.objects.get()
    assert pair.second == newer
    return pair


def _imported(text: str) -> Article:
    name = text.partition("\n")[0]
    (outcome,) = import_source(SYSTEM, SourceBytes(f"{name}.txt", text.encode()))
    return Article.objects.get(pk=outcome.article.pk)


def _emptied(user: User, pair: NearPair) -> Article:
    with transaction.atomic():
        one_text_at_a_time()
        article = Article.objects.get(pk=pair.second_id)
        empty(viewer_of(user), article)
    return article


def test_emptied_article_is_a_near_copy_no_more(
    carol: User, pair: NearPair, client_of: Clients
) -> None:
    article = _emptied(carol, pair)
    assert not NearPair.objects.exists()
    assert not ComparedText.objects.filter(article=article).exists()
    third = _imported(f"The third headline\n\n{WORDS} He says no more.\n")
    near = NearPair.objects.get()
    assert {near.first_id, near.second_id} == {pair.first_id, third.pk}
    assert article.title not in client_of(carol).get("/copies/").content.decode()


def test_one_whose_runs_are_still_kept_makes_no_pair(carol: User, pair: NearPair) -> None:
    Article.objects.filter(pk=pair.second_id).update(is_stub=True)
    third = _imported(f"The third headline\n\n{WORDS} He says no more.\n")
    made = NearPair.objects.exclude(pk=pair.pk).get()
    assert {made.first_id, made.second_id} == {pair.first_id, third.pk}


def test_pair_that_was_decided_waits_for_a_verdict_when_there_is_a_text_again(
    carol: User, pair: NearPair, client_of: Clients
) -> None:
    copies.say_different(viewer_of(carol), pair)
    article = _emptied(carol, pair)
    copies.undo(viewer_of(carol), pair)
    client = client_of(carol)
    assert "The first headline" not in client.get("/copies/").content.decode()
    address = f"/copies/{pair.pk}/"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}decide/", {"verdict": "same"}).status_code == 404
    article.refresh_from_db()
    assert (article.is_stub, article.is_hidden) == (True, False)
    assert _imported(NEWER) == article
    assert "The first headline" in client.get("/copies/").content.decode()
    assert client.get(address).status_code == 200
