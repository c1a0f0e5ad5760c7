"""The background worker: it goes on where it was, also when it was killed in the middle."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Bookmark, Notification
from annotations.services.notifying import EVENTS_AT_ONCE, tell_of_some, tell_readers
from tests.annotations.notifications.telling import kinds_of
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_is_killed_in_the_middle_of_storing_tells_all_the_next_time_and_once(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_readers()
    make_reply(bob, make_highlight(alice, make_article()))
    with monkeypatch.context() as broken:
        broken.setattr(Bookmark, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            tell_readers()
    assert Notification.objects.count() == 0

    tell_readers()
    tell_readers()
    assert kinds_of(alice) == ["reply"]


def test_more_than_is_read_at_once_is_told_in_several_turns(alice: User, bob: User) -> None:
    tell_readers()
    highlight = make_highlight(alice, make_article())
    for number in range(EVENTS_AT_ONCE + 1):
        make_reply(bob, highlight, f"Reply {number}.")

    assert tell_of_some()
    tell_readers()
    assert kinds_of(alice) == ["reply"] * (EVENTS_AT_ONCE + 1)


def test_looking_in_vain_writes_nothing(alice: User) -> None:
    make_highlight(alice, make_article())
    tell_readers()

    with CaptureQueriesContext(connection) as looked:
        tell_readers()

    assert len(looked) <= 4
    assert all(query["sql"].startswith("SELECT") for query in looked)


def killed(bookmark: Bookmark, **_options: object) -> None:
    """Stand in for what a kill interrupts."""
    raise KeyboardInterrupt
