"""Answering in a thread."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from annotations.errors import NotFound
from annotations.services import annotations
from annotations.services.annotations import Reply
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Group
from tests.factories import (
    make_article,
    make_highlight,
    make_reply,
)

pytestmark = pytest.mark.usefixtures("noise")


def test_a_reply_is_for_whom_it_answers(alice: User, bob: User, group: Group) -> None:
    article = make_article()
    asked = make_highlight(alice, article, audience="groups", group_ids=frozenset({group.pk}))

    answer = make_reply(bob, asked)

    assert (answer.article, answer.parent, answer.audience) == (article, asked, "groups")
    assert list(answer.groups.all()) == [group]
    assert answer.start is None


def test_an_answer_to_an_answer_joins_the_same_thread(alice: User, bob: User) -> None:
    asked = make_highlight(alice, make_article())

    answer = make_reply(alice, make_reply(bob, asked))

    assert answer.parent == asked


def test_a_stranger_cannot_reply_to_what_they_do_not_see(alice: User, dave: User) -> None:
    private = make_highlight(alice, make_article(), audience="private")

    with pytest.raises(NotFound):
        make_reply(dave, private)


def test_the_same_reply_twice_is_stored_once(alice: User, bob: User) -> None:
    asked, answer = make_highlight(alice, make_article()), Reply("Yes.", client_id=uuid4())

    first = annotations.reply(viewer_of(bob), asked, answer)
    second = annotations.reply(viewer_of(bob), asked, answer)

    assert first == second
    assert asked.replies.count() == 1


@pytest.mark.parametrize("note", [" ", " \u200b\n\u2060"])
def test_a_reply_that_shows_nothing_is_refused(alice: User, note: str) -> None:
    with pytest.raises(Invalid):
        make_reply(alice, make_highlight(alice, make_article()), note)
