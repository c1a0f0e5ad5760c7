"""Several tabs of one reader at the same moment, in real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections

from corpus.access import viewer_of
from corpus.models import Event, Reading
from corpus.permissions import SYSTEM
from corpus.services.reading import Noted, mark_read, note
from corpus.services.versions import make_version, text_of
from corpus.text.blocks import Block
from corpus.text.states import NewText
from tests.corpus.text_edits import current
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

TABS = 6
PARAGRAPHS = [f"Paragraph {name} says something of its own here." for name in "abcdef"]


def _at_once(write: Callable[[int], object]) -> None:
    start = Barrier(TABS, timeout=60)

    def run(number: int) -> None:
        start.wait(timeout=30)
        try:
            write(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TABS) as pool:
        list(pool.map(run, range(TABS)))


def test_what_each_tab_saw_is_kept(alice: User) -> None:
    article, viewer = make_article(*PARAGRAPHS), viewer_of(alice)

    _at_once(lambda tab: note(viewer, article, Noted(1, tab + 1, str(tab + 1))))

    stored = Reading.objects.get()
    assert (stored.seen, stored.percent) == ("1-6", 100)
    assert stored.furthest == current(article).blocks[5]["start"]
    assert stored.finished_at is not None


def test_an_article_is_said_to_be_read_once(alice: User) -> None:
    article, viewer = make_article(*PARAGRAPHS), viewer_of(alice)

    _at_once(lambda _: mark_read(viewer, article))

    assert Reading.objects.get().finished_at is not None
    assert Event.objects.filter(verb="reading.finished").count() == 1


def test_a_text_changed_in_between_loses_nothing_that_was_seen(alice: User) -> None:
    article, viewer = make_article(*PARAGRAPHS), viewer_of(alice)
    before = text_of(current(article))
    note(viewer, article, Noted(1, 1, "1"))

    def write(tab: int) -> None:
        if tab:
            note(viewer, article, Noted(1, tab + 1, str(tab + 1)))
            return
        more = NewText(f"{before.text}.", (*before.blocks[:-1], _longer(before)))
        make_version(SYSTEM, article, more, seen=1, reason="a full stop")

    _at_once(write)
    note(viewer, article, Noted(1, 1, "1"))

    stored = Reading.objects.get()
    assert (stored.version, stored.seen) == (2, "1-6")


def _longer(text: NewText) -> Block:
    last = text.blocks[-1]
    return replace(last, end=last.end + 1)
