"""What curators say of articles while a text is written, in real threads on a real database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace

import pytest
from django.db import connections, transaction
from taggit.models import Tag

from corpus.models import Agent, Article, NearPair, Outlet
from corpus.permissions import SYSTEM
from corpus.services import agent_curation, articles, copies, outlets, topics
from corpus.services.agents import named
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.imports import SourceBytes, import_source
from corpus.services.metadata import metadata_of
from corpus.services.outlets import OutletDetails, outlet_named
from tests.corpus.test_copies import WORDS
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

# Long enough for a write that waits for nobody, in seconds.
PATIENCE = 0.7


def _name_outlet() -> None:
    outlets.edit(SYSTEM, Outlet.objects.get(), OutletDetails("The Evening Bell"))


def _name_topic() -> None:
    topics.rename(SYSTEM, Tag.objects.get(), "Ballots")


def _name_agent() -> None:
    agent_curation.edit(SYSTEM, Agent.objects.get(), agent_curation.AgentDetails("Ann Ambler"))


def _set_topics() -> None:
    article = Article.objects.get()
    articles.set_topics(SYSTEM, article, ["votes", "courts"], counter=article.counter)


def _edit_title() -> None:
    article = Article.objects.get()
    wanted = replace(metadata_of(article), title="Another title")
    articles.edit_metadata(SYSTEM, article, wanted, counter=article.counter)


@pytest.mark.parametrize(
    "write", [_name_outlet, _name_topic, _name_agent, _set_topics, _edit_title]
)
def test_what_indexes_waits_until_a_text_is_written(write: Callable[[], None]) -> None:
    article = make_article(outlet=outlet_named("The Morning Bell"))
    article.authors.add(named(None, "Anne Ambler"))
    article.topics.add("votes")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            one_text_at_a_time()
            writing = pool.submit(_apart, write)
            assert not _is_done(writing)
            # A rebuild takes the article next: who holds its row now would wait in a circle.
            Article.objects.select_for_update(nowait=True).get(pk=article.pk)
        writing.result(timeout=30)


def test_a_verdict_sees_that_the_newer_article_was_hidden_at_that_moment() -> None:
    for number in range(2):
        content = f"Headline {number}\n\n{WORDS} He left {number} times.\n".encode()
        import_source(SYSTEM, SourceBytes(f"{number}.txt", content))
    pair = NearPair.objects.get()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            articles.hide(SYSTEM, pair.second)
            deciding = pool.submit(_apart, lambda: copies.say_same(SYSTEM, pair))
            assert not _is_done(deciding)
        deciding.result(timeout=30)

    pair.refresh_from_db()
    assert pair.verdict == NearPair.Verdict.SAME
    assert not pair.did_hide


def _apart(write: Callable[[], object]) -> None:
    try:
        write()
    finally:
        connections.close_all()


def _is_done(writing: Future[None]) -> bool:
    return bool(wait([writing], timeout=PATIENCE).done)
