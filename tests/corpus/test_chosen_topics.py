"""Curators give several articles a topic at once, take one from them, and undo either."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, Event
from corpus.permissions import Viewer
from corpus.search import articles as found_articles
from corpus.services import chosen_topics
from corpus.services.articles import set_topics
from corpus.services.topics import MAX_TOPIC
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

UNDO = ">Undo</button>"

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def curator(carol: User) -> Viewer:
    return viewer_of(carol)


@pytest.fixture
def client(carol: User, client_of: ClientOf) -> Client:
    return client_of(carol)


@pytest.fixture
def three(curator: Viewer) -> list[Article]:
    """Return three articles, the second of which has the topic “Votes”."""
    made = [make_article(title=f"Title {letter}", slug=letter) for letter in "abc"]
    set_topics(curator, made[1], ["Votes"], counter=1)
    return made


def topics(articles: list[Article]) -> list[list[str]]:
    return [sorted(article.topics.names()) for article in articles]


def test_a_topic_is_added_to_those_that_have_it_not(curator: Viewer, three: list[Article]) -> None:
    before = Event.objects.count()
    changed = chosen_topics.add_to(curator, three, "  votes ")
    assert changed == [three[0], three[2]]
    assert topics(three) == [["Votes"]] * 3
    told = Event.objects.order_by("id")[before:]
    assert [(event.verb, event.article) for event in told] == [
        ("article.topics_set", three[0]),
        ("article.topics_set", three[2]),
    ]
    assert told[0].before == {"topics": []}
    assert told[0].after == {"topics": ["Votes"]}
    found = {hit.article for hit in found_articles(curator, "votes", limit=9)}
    assert found == set(three)


def test_each_undoes_the_other(curator: Viewer, three: list[Article]) -> None:
    set_topics(curator, three[0], ["unions"], counter=1)
    before = topics(three)
    changed = chosen_topics.add_to(curator, three, "Votes")
    assert chosen_topics.take_from(curator, changed, "VOTES") == changed
    assert topics(three) == before
    assert chosen_topics.take_from(curator, three, "votes") == [three[1]]
    assert topics(three) == [["unions"], [], []]


def test_what_changes_nothing_leaves_no_event(curator: Viewer, three: list[Article]) -> None:
    before = Event.objects.count()
    assert chosen_topics.add_to(curator, [three[1]], "votes") == []
    assert chosen_topics.take_from(curator, three, "unions") == []
    assert Event.objects.count() == before


@pytest.mark.parametrize("topic", ["", " \n", "x" * (MAX_TOPIC + 1)])
def test_what_is_no_topic_is_refused(curator: Viewer, three: list[Article], topic: str) -> None:
    with pytest.raises(Invalid):
        chosen_topics.add_to(curator, three, topic)
    assert topics(three) == [[], ["Votes"], []]


def test_readers_change_no_topics(alice: User, three: list[Article], client_of: ClientOf) -> None:
    with pytest.raises(NotAllowed):
        chosen_topics.add_to(viewer_of(alice), three, "unions")
    browser = client_of(alice)
    assert "/topics/" not in browser.get("/").content.decode()
    sent = {"article": "a", "topic": "unions", "step": "add"}
    assert browser.post("/topics/", sent).status_code == 403
    assert topics(three) == [[], ["Votes"], []]


def test_curator_adds_a_topic_and_undoes_it(client: Client, three: list[Article]) -> None:
    assert 'formaction="/topics/"' in client.get("/").content.decode()
    page = client.get("/topics/?article=a&article=b&article=nowhere").content.decode()
    assert re.findall(r"<li>(Title .)</li>", page) == ["Title a", "Title b"]
    assert "1 of 2 articles" in page
    assert '<option value="Votes">' in page
    assert UNDO not in page
    sent = {"article": ["a", "b"], "topic": "votes", "step": "add"}
    answer = client.post("/topics/", sent, follow=True)
    assert answer.redirect_chain[0][1] == 303
    page = answer.content.decode()
    assert "1 article got the topic “votes”." in page
    assert "2 of 2 articles" in page
    undo = page[page.index("undo-line") : page.index(UNDO)]
    fields = dict(re.findall(r'name="(article|topic|step)" value="([^"]+)"', undo))
    assert fields == {"article": "a", "topic": "votes", "step": "take"}
    page = client.post("/topics/", fields, follow=True).content.decode()
    assert "1 article lost the topic “votes”." in page
    assert topics(three) == [[], ["Votes"], []]


def test_pages_say_when_nothing_was_changed_or_chosen(client: Client, three: list[Article]) -> None:
    sent = {"article": ["b"], "topic": "votes", "step": "add"}
    page = client.post("/topics/", sent, follow=True).content.decode()
    assert "All of them had the topic “votes” already." in page
    assert UNDO not in page
    sent |= {"topic": "unions", "step": "take"}
    page = client.post("/topics/", sent, follow=True).content.decode()
    assert "None of them had the topic “unions”." in page
    assert "No article is chosen." in client.get("/topics/").content.decode()
    refused = client.post("/topics/", {"article": ["b"], "topic": " ", "step": "add"})
    assert refused.status_code == 422
    assert "Title b" in refused.content.decode()


def test_the_page_takes_as_many_queries_for_many_articles(
    client: Client, three: list[Article]
) -> None:
    def queries(*slugs: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/topics/", {"article": slugs})
        return len(captured)

    queries("a")
    assert queries("a", "b") == queries("a", "b", "c")
