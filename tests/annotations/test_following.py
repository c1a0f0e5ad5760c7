"""The list of what a reader follows tells what others added, and nothing that is not theirs."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Claim, Follow
from annotations.queries.followed import followed
from annotations.services import following
from corpus.access import viewer_of
from corpus.models import Agent, Article, Authorship, Group
from tests.factories import make_article, make_collection, make_highlight, make_note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]


def _say(user: User, article: Article | None = None, **draft: str) -> None:
    """Tag the claim, in words of the speaker, on an article."""
    mark = make_highlight(user, article or make_article(), claim="tides", **draft)
    mark.occurrences.update(speaker=Agent.objects.get_or_create(name="Jo Dee", slug="jo-dee")[0])


def _new(user: User) -> dict[str, tuple[int, int]]:
    shown = followed(viewer_of(user))
    rows = (*shown.claims, *shown.speakers, *shown.articles, *shown.collections)
    return {str(row.thing): (row.passages, row.articles) for row in rows}


def test_what_others_added_since_is_new_until_it_is_looked_at(alice: User, bob: User) -> None:
    article = make_article(title="Waters")
    _say(bob, article)
    viewer = viewer_of(alice)
    collection = make_collection(article, title="Sea")
    for thing in (Claim.objects.get(name="tides"), Agent.objects.get(), article, collection):
        following.follow(viewer, thing)
    nothing = {"tides": (0, 0), "Jo Dee": (0, 0), "Waters": (0, 0), "Sea": (0, 0)}
    assert _new(alice) == nothing

    _say(bob, article)
    make_note(bob, article)
    _say(alice)
    wrote = make_article()
    Authorship.objects.create(article=wrote, agent=Agent.objects.get())
    new = {"tides": (1, 0), "Jo Dee": (1, 1), "Waters": (2, 0), "Sea": (2, 0)}
    assert _new(alice) == new

    shown_at = timezone.now()
    _say(bob)
    assert following.look_through(viewer, shown_at) == 4
    assert _new(alice) == nothing | {"tides": (1, 0), "Jo Dee": (1, 0)}
    assert following.look_through(viewer, shown_at - timedelta(days=1)) == 0
    assert _new(bob) == {}


def test_what_one_may_not_see_is_neither_listed_nor_counted(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    article = make_article(title="Waters")
    _say(bob, article)
    collection = make_collection(article, title="Sea")
    for user in (alice, dave):
        for thing in (Claim.objects.get(name="tides"), Agent.objects.get(), article, collection):
            following.follow(viewer_of(user), thing)
    before = _new(dave)
    _say(bob, article, audience="private")
    hidden = make_article(access="groups")
    hidden.groups.add(group)
    _say(bob, hidden)
    Authorship.objects.create(article=hidden, agent=Agent.objects.get())
    assert _new(dave) == before
    assert _new(alice)["Jo Dee"] == (1, 1)

    Article.objects.filter(pk=article.pk).update(access="groups")
    assert "Waters" not in _new(dave)


def test_the_page_lists_marks_as_seen_and_unfollows(
    alice: User, bob: User, client_of: Clients
) -> None:
    article = make_article(title="Waters", slug="waters")
    client, this = client_of(alice), "/following/this/?article=waters"
    assert "You follow nothing yet" in client.get("/following/").content.decode()
    assert client.post(this).status_code == 303
    make_note(bob, article)
    page = client.get("/following/").content.decode()
    assert "1 new highlight or note" in page
    until = page.split('name="until" value="')[1].split('"')[0]
    client.post("/following/", {"until": until})
    assert "There is nothing new" in client.get("/following/").content.decode()
    for until in ("nonsense", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert client.post("/following/", {"until": until}).status_code == 303
    assert "You follow “Waters”" in client.get(this).content.decode()
    client.post(this, {"unfollow": "1"})
    assert not Follow.objects.filter(reader=alice).exists()


def test_who_unfollows_from_the_list_stays_with_it(
    alice: User, bob: User, client_of: Clients
) -> None:
    _say(bob, make_article(title="Waters", slug="waters"))
    client, viewer = client_of(alice), viewer_of(alice)
    things = (
        Claim.objects.get(name="tides"),
        Agent.objects.get(),
        Article.objects.get(slug="waters"),
    )
    for thing in things:
        following.follow(viewer, thing)
    page = client.get("/following/").content.decode()
    forms = re.findall(r'action="([^"]+)">.*?name="back" value="([^"]+)"', page)
    assert len(forms) == len(things)
    for action, back in forms:
        answer = client.post(action, {"unfollow": "1", "back": back})
        assert answer["Location"] == "/following/"
    assert "no more" in client.get("/following/").content.decode()
    elsewhere = client.post("/claims/tides/unfollow/", {"back": "https://example.org/"})
    assert elsewhere["Location"] == "/claims/tides/"


def test_twice_as_much_is_listed_with_as_many_queries(alice: User, client_of: Clients) -> None:
    client, counts = client_of(alice), []
    for _round in range(2):
        for _number in range(3):
            article = make_article()
            following.follow(viewer_of(alice), article)
            following.follow(viewer_of(alice), make_collection(article, title=article.title))
        with CaptureQueriesContext(connection) as queries:
            client.get("/following/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
