"""Changing who sees many of one's highlights and notes at once, from the notebook."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.audience_fields import value_for
from annotations.models import Annotation
from annotations.services import publishing
from corpus.access import viewer_of
from corpus.errors import Invalid, SignInNeeded
from corpus.models import Article, Event, Group
from corpus.permissions import Viewer
from tests.factories import make_article, make_highlight, make_note, make_reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
URL = "/notebook/audience/"
WORDS = ("The mood", "Some MPs", "members decide")


@pytest.fixture
def article() -> Article:
    """Return an article to mark."""
    return make_article(slug="read", title="The exodus")


@pytest.fixture
def made(alice: User, article: Article) -> list[Annotation]:
    """Return three highlights that alice keeps to herself."""
    return [make_highlight(alice, article, words, audience="private") for words in WORDS]


def _seen_by(client: Client, made: list[Annotation]) -> list[bool]:
    page = client.get("/articles/read/").text
    return [str(one.pk) in page for one in made]


def test_many_are_published_to_a_group_and_replies_follow(
    alice: User, bob: User, dave: User, group: Group, made: list[Annotation], client_of: ClientOf
) -> None:
    answer = make_reply(alice, made[0], "To myself.")
    client = client_of(alice)
    page = client.get(URL).text
    assert re.findall(r'value="([^"]+)" id="one-', page) == [str(one.pk) for one in reversed(made)]
    assert '<option value="" selected>' in page
    sent = {"annotations": [str(one.pk) for one in made[:2]], "audience": value_for([group.pk])}
    page = client.post(URL, sent, follow=True).text
    assert "2 highlights and notes are seen by whom you chose." in page
    assert _seen_by(client_of(bob), made) == [True, True, False]
    assert _seen_by(client_of(bob), [answer]) == [True]
    assert _seen_by(client_of(dave), made) == [False] * 3
    assert Event.objects.filter(verb="annotation.edited").count() == 2
    assert "Tuesday readers" in client.get(URL).text


def test_the_filters_of_the_notebook_hold(
    alice: User, made: list[Annotation], client_of: ClientOf
) -> None:
    client = client_of(alice)
    assert f"{URL}?q=mood" in client.get("/notebook/?q=mood").text
    page = client.get(f"{URL}?q=mood").text
    assert re.findall(r'value="([^"]+)" id="one-', page) == [str(made[0].pk)]
    sent = {"annotations": [str(made[0].pk)], "audience": "public"}
    assert client.post(f"{URL}?q=mood", sent)["Location"] == "/notebook/?q=mood"
    assert "There is nothing of yours here" in client.get(f"{URL}?q=xyzzy").text


def test_what_others_answered_stays_in_their_sight(
    alice: User, dave: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    answered, free = make_note(alice, article), make_note(alice, article)
    make_reply(dave, answered)
    sent = {"annotations": [str(answered.pk), str(free.pk)], "audience": value_for([group.pk])}
    page = client_of(alice).post(URL, sent, follow=True).text
    assert "1 highlight or note is seen" in page
    assert "1 stays as it was" in page
    answered.refresh_from_db()
    free.refresh_from_db()
    assert (answered.audience, free.audience) == ("public", "groups")


def test_nobody_publishes_what_is_not_theirs(
    alice: User, bob: User, made: list[Annotation], client_of: ClientOf
) -> None:
    before = Event.objects.count()
    sent = {"annotations": [str(one.pk) for one in made], "audience": "public"}
    page = client_of(bob).post(URL, sent, follow=True).text
    assert "3 stay as they were" in page
    assert Event.objects.count() == before
    keys = [one.pk for one in made]
    with pytest.raises(SignInNeeded):
        publishing.publish(Viewer(), keys, "public", frozenset())
    assert set(Annotation.objects.filter(pk__in=keys).values_list("audience")) == {("private",)}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"annotations": []}, "Choose at least one"),
        ({"annotations": ["no key"]}, "valid"),
        ({"audience": ""}, "required"),
        ({"audience": "groups:x"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(
    alice: User, made: list[Annotation], client_of: ClientOf, sent: dict[str, str], sentence: str
) -> None:
    chosen = {"annotations": [str(made[0].pk)], "audience": "public", **sent}
    answer = client_of(alice).post(URL, chosen)
    assert answer.status_code == 422
    assert sentence in answer.text
    kept = re.findall(r'id="one-([^"]+)" checked', answer.text)
    assert kept == ([] if "annotations" in sent else [str(made[0].pk)])


def test_too_many_at_once_are_refused(alice: User, made: list[Annotation]) -> None:
    keys = [one.pk for one in made] + [make_article().pk for _ in range(publishing.MOST_AT_ONCE)]
    with pytest.raises(Invalid, match="At most"):
        publishing.publish(viewer_of(alice), keys, "public", frozenset())


def test_the_page_asks_the_database_no_more_for_more_of_them(
    alice: User, group: Group, client_of: ClientOf
) -> None:
    ids = frozenset({group.pk})

    def queries() -> int:
        for _ in range(5):
            make_highlight(alice, make_article(), audience="groups", group_ids=ids)
        with CaptureQueriesContext(connection) as asked:
            assert client_of(alice).get(URL).status_code == 200
        return len(asked)

    assert queries() == queries()
