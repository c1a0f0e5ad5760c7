"""Highlights in an article that is only linked to again, and when it has a text again."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from annotations.models import Annotation
from annotations.services import deletion
from corpus.access import viewer_of
from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.services.emptying import empty
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.factories import make_article, make_highlight, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
State = Annotation.AnchorState

PAGE = "https://paper.example/2017/moods"
WORDS = "Some pray by their bedside that nobody deselects them, and others have left already."


@pytest.fixture
def emptied(alice: User, carol: User) -> Annotation:
    """Return a highlight, brought back by alice after its article was made empty."""
    _imported(f"A citing headline\n\nOne reads more of it elsewhere <{PAGE}> these days.\n")
    article = _imported(f"Moods\n\nURL: {PAGE}\n\n{WORDS}\n")
    mark = make_highlight(alice, article, claim="gloom", note="So they say.")
    make_link(alice, mark, make_article())
    deletion.delete(viewer_of(alice), mark)
    with transaction.atomic():
        one_text_at_a_time()
        article.refresh_from_db()
        empty(viewer_of(carol), article)
    deletion.restore(viewer_of(alice), mark)
    mark.refresh_from_db()
    return mark


@pytest.mark.parametrize("state", [State.EXACT, State.ORPHAN])
def test_what_is_brought_back_without_a_text_breaks_no_page(
    client_of: ClientOf, alice: User, carol: User, emptied: Annotation, state: str
) -> None:
    Annotation.objects.filter(pk=emptied.pk).update(anchor_state=state)
    article = Article.objects.get(pk=emptied.article_id)
    assert article.is_stub
    for user in (None, alice, carol):
        client = client_of(user)
        for address in (
            "/",
            "/claims/",
            "/claims/gloom/",
            "/links/",
            f"/links/{emptied.links_from.get().pk}/",
            "/search/?q=say",
            f"/annotations/{emptied.pk}/",
            article.get_absolute_url(),
            f"{article.get_absolute_url()}carrying/",
            f"{article.get_absolute_url()}versions/",
            f"{article.get_absolute_url()}versions/1/",
            f"{article.get_absolute_url()}versions/1/highlights/",
            "/exports/",
        ):
            answer = client.get(address, follow=True)
            assert answer.status_code in {200, 403, 404}, address
    assert "Every highlight stands on its words." in _orphans(client_of(carol))


def _imported(text: str) -> Article:
    (outcome,) = import_source(SYSTEM, SourceBytes("1.txt", text.encode()))
    return Article.objects.get(pk=outcome.article.pk)


def _orphans(client: Client) -> str:
    answer = client.get("/orphans/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_brought_back_stands_on_its_words_when_the_text_is_back(
    client_of: ClientOf, alice: User, emptied: Annotation
) -> None:
    article = _imported(f"Moods\n\nURL: {PAGE}\n\nThe text is longer now.\n\n{WORDS}\n")
    assert article.pk == emptied.article_id
    emptied.refresh_from_db()
    assert emptied.version == article.current_version
    assert (emptied.anchor_state, emptied.exact) == (State.EXACT, "pray by their bedside")
    page = client_of(alice).get(article.get_absolute_url()).content.decode()
    assert f'id="h{emptied.number}"' in page
    assert f"{article.get_absolute_url()}carrying/" not in page


def test_what_is_brought_back_after_the_text_stands_on_its_words(
    alice: User, emptied: Annotation
) -> None:
    deletion.delete(viewer_of(alice), emptied)
    article = _imported(f"Moods\n\nURL: {PAGE}\n\n{WORDS}\n")
    assert article.current_version is not None
    assert article.current_version.number == 2
    deletion.restore(viewer_of(alice), emptied)
    emptied.refresh_from_db()
    assert (emptied.version, emptied.anchor_state) == (article.current_version, State.EXACT)
