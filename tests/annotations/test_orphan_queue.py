"""The queue of highlights that could not be placed, for curators."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation
from annotations.queries.orphan_queue import PER_PAGE
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import TEXT, make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
NEW = (TEXT[0].replace("dark", "bright"), *TEXT[1:])


def lose(reader: User, curator: User, title: str, **draft: str) -> Annotation:
    """Return the highlight of a word that went with the second version of a new article."""
    article = make_article(title=title)
    mark = make_highlight(reader, article, "dark", **draft)
    rewrite(curator, article, *NEW)
    mark.refresh_from_db()
    return mark


def queue(client: Client, page: str = "") -> str:
    answer = client.get("/orphans/", {"page": page} if page else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_was_lost_last_comes_first_with_its_report_and_its_guess(
    client_of: ClientOf, alice: User, carol: User
) -> None:
    first, second = lose(alice, carol, "Moods"), lose(alice, carol, "Tempers")
    html = queue(client_of(carol))
    assert "2 highlights wait" in html
    assert html.index("Tempers") < html.index("Moods")
    for mark in (first, second):
        address = mark.article.get_absolute_url()
        assert f'href="{address}versions/2/highlights/?state=orphan"' in html
        assert f'href="{address}?attach={mark.number}"' in html
    assert html.count("Perhaps these words now:</p>") == 0
    assert html.count("Perhaps these words now: <q>bright</q>") == 2
    assert html.count("not placed in version 2,") == 2


def test_it_waits_no_more_when_its_words_are_back(
    client_of: ClientOf, alice: User, carol: User
) -> None:
    mark = lose(alice, carol, "Moods")
    rewrite(carol, mark.article, *TEXT)
    assert "Every highlight stands on its words." in queue(client_of(carol))


def test_what_is_private_or_in_a_hidden_article_is_left_out(
    client_of: ClientOf, alice: User, carol: User
) -> None:
    lose(alice, carol, "Secrets", audience="private")
    hidden = lose(alice, carol, "Unseen")
    Article.objects.filter(pk=hidden.article_id).update(is_hidden=True)
    html = queue(client_of(carol))
    assert "Every highlight stands on its words." in html


def test_only_curators_see_it(walkers: dict[str, Client]) -> None:
    answered = {name: client.get("/orphans/").status_code for name, client in walkers.items()}
    assert answered == {"anonymous": 302, "dave": 403, "alice": 403, "carol": 200, "ada": 200}
    offered = {
        name for name, client in walkers.items() if b'href="/orphans/"' in client.get("/").content
    }
    assert offered == {"carol", "ada"}


def test_a_long_queue_stands_on_pages_and_asks_no_more_often(
    client_of: ClientOf, alice: User, carol: User
) -> None:
    client = client_of(carol)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            queue(client)
        return len(captured)

    lose(alice, carol, "Moods 1")
    lose(alice, carol, "Moods 2")
    few = queries()
    for number in range(3, PER_PAGE + 2):
        lose(alice, carol, f"Moods {number}")
    assert queries() == few
    assert "Moods 1<" not in queue(client)
    assert "Moods 1<" in queue(client, "2")
