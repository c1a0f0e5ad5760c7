"""Changing who sees many of one's highlights and notes at once, from the notebook."""

import re
from collections.abc import Callable
from uuid import uuid4

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
    back = client.post(f"{URL}?q=mood", sent)["Location"]
    assert back.startswith("/notebook/?q=mood&changed=")
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
        publishing.publish(Viewer(), keys, "public", frozenset(), press=uuid4())
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
        publishing.publish(viewer_of(alice), keys, "public", frozenset(), press=uuid4())


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


def test_a_change_of_many_is_undone_once_and_spares_what_was_changed_since(
    alice: User, bob: User, group: Group, made: list[Annotation], client_of: ClientOf
) -> None:
    client = client_of(alice)
    ids = frozenset({group.pk})
    publishing.publish(viewer_of(alice), [made[0].pk], "groups", ids, press=uuid4())
    sent = {"annotations": [str(one.pk) for one in made], "audience": "public"}
    page = client.post(URL, sent, follow=True)
    found = re.search(r'action="(/notebook/audience/[^"]+/undo/)"', page.text)
    assert found
    publishing.publish(viewer_of(alice), [made[2].pk], "groups", ids, press=uuid4())

    assert client_of(bob).post(found[1]).status_code == 404
    assert client.get(found[1]).status_code == 405
    for _attempt in range(2):
        said = client.post(found[1], follow=True).text
        assert "seen again by whom they were seen before" in said
        assert "1 stays as it was" in said
        assert _audiences(made) == ["groups", "private", "groups"]
    made[0].refresh_from_db()
    assert list(made[0].groups.all()) == [group]
    assert "/undo/" not in client.get(f"/notebook/?changed={uuid4()}").text


def test_undoing_hides_from_nobody_what_they_answered_meanwhile(
    alice: User, dave: User, made: list[Annotation]
) -> None:
    press = uuid4()
    publishing.publish(
        viewer_of(alice), [one.pk for one in made], "public", frozenset(), press=press
    )
    make_reply(dave, made[1])
    done = publishing.take_back(viewer_of(alice), press)
    assert (done.changed, done.refused) == (2, 1)
    assert _audiences(made) == ["private", "public", "private"]


def _audiences(made: list[Annotation]) -> list[str]:
    for one in made:
        one.refresh_from_db()
    return [one.audience for one in made]
