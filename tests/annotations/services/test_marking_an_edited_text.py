"""A mark made while the text is edited: in real threads, on a real database file or server."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections

from annotations.errors import TextChanged
from annotations.models import Annotation
from corpus.access import viewer_of
from corpus.errors import Stale
from corpus.models import Article
from corpus.services.versions import NewText, make_version, text_of
from corpus.text.blocks import Block
from tests.factories import TEXT, make_article, make_highlight

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5
MARKED = "pray by their bedside"


def edited(*paragraphs: str) -> NewText:
    text = "\n\n".join(paragraphs)
    starts = [sum(len(before) + 2 for before in paragraphs[:at]) for at in range(len(paragraphs))]
    blocks = [
        Block("paragraph", start, start + len(paragraph))
        for start, paragraph in zip(starts, paragraphs, strict=True)
    ]
    return NewText(text, blocks)


def mark(user: User, article: Article, start: Barrier) -> str:
    try:
        start.wait(timeout=30)
        make_highlight(user, article, MARKED)
        return "marked"
    except TextChanged as refused:
        return f"refused with {refused.current['version']}"
    finally:
        connections.close_all()


def edit(user: User, article: Article, new: NewText, start: Barrier) -> str:
    try:
        start.wait(timeout=30)
        make_version(viewer_of(user), article, new, seen=1, reason="a correction")
        return "edited"
    except Stale as refused:
        return f"refused with {refused.current['version']}"
    finally:
        connections.close_all()


@pytest.mark.parametrize("goes", [False, True])
def test_a_mark_made_during_an_edit_lands_on_its_words_or_is_refused(
    goes: bool, alice: User, carol: User
) -> None:
    words = "Nothing of it is left." if goes else f"It begins anew. {TEXT[1]}"
    for _ in range(ROUNDS):
        article = make_article()
        start = Barrier(2, timeout=60)
        with ThreadPoolExecutor(2) as pool:
            edits = pool.submit(
                edit, carol, article, edited("Another opening.", words, TEXT[2]), start
            )
            marks = pool.submit(mark, alice, article, start)
        assert edits.result() == "edited"
        stored = Article.objects.select_related("current_version").get(pk=article.pk)
        assert stored.current_version is not None
        assert stored.current_version.number == 2
        for found in Annotation.objects.filter(article=article).select_related("version"):
            assert found.start is not None
            assert found.version is not None
            assert found.version.text[found.start : found.end] == found.exact == MARKED
            is_carried = found.version == stored.current_version
            assert is_carried or found.anchor_state == Annotation.AnchorState.ORPHAN
            assert is_carried is not goes
        outcome = marks.result()
        assert outcome in ("marked", "refused with 2")
        assert Annotation.objects.filter(article=article).count() == (outcome == "marked")


def test_of_two_edits_at_once_one_is_kept_and_one_refused(carol: User, ada: User) -> None:
    article = make_article()
    start = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(edit, carol, article, edited("Words of carol."), start)
        second = pool.submit(edit, ada, article, edited("Words of ada."), start)
    assert sorted([first.result(), second.result()]) == ["edited", "refused with 2"]
    stored = Article.objects.select_related("current_version").get(pk=article.pk)
    assert stored.current_version is not None
    won = "Words of carol." if first.result() == "edited" else "Words of ada."
    assert text_of(stored.current_version).text == won
    assert article.versions.count() == 2


def test_edits_of_two_articles_with_the_same_words_do_not_wait_in_a_circle(
    carol: User, ada: User
) -> None:
    articles = [make_article(), make_article()]
    texts = [edited(*TEXT[::-1], "alpha omega"), edited(*TEXT, "omega alpha")]
    start = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(edit, user, article, new, start)
            for user, article, new in zip((carol, ada), articles, texts, strict=True)
        ]
    assert [outcome.result() for outcome in done] == ["edited", "edited"]
