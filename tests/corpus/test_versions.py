"""A changed text is a new version; the old ones stay as they were."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Article, ArticleVersion, Event, OutboundLink, SourceFile
from corpus.permissions import Viewer
from corpus.search import articles as found_articles
from corpus.services.imports import SourceBytes, import_source
from corpus.services.versions import NewText, make_version, take_back, text_of
from corpus.signals import version_made
from corpus.text.blocks import Block, Mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

SOURCE = "A plain headline\n\nThe first paragraph says one thing.\n\nThe second says another.\n"
FIRST, SECOND = "The first paragraph says nothing now.", "Zebras are new here 🦓."
NEW = NewText(
    f"{FIRST}\n\n{SECOND}",
    (Block("paragraph", 0, 37), Block("quotation", 39, 39 + len(SECOND))),
    (Mark("link", 4, 9, "https://example.org/first"), Mark("emphasis", 39, 45)),
)


@pytest.fixture
def curator(carol: User) -> Viewer:
    return viewer_of(carol)


@pytest.fixture
def article(curator: Viewer) -> Article:
    return import_source(curator, SourceBytes("plain.txt", SOURCE.encode()))[0].article


def made(curator: Viewer, article: Article, new: NewText = NEW, **options: Any) -> ArticleVersion:
    return make_version(curator, article, new, **{"seen": 1, "reason": "a correction", **options})


def current(article: Article) -> ArticleVersion:
    version = Article.objects.get(pk=article.pk).current_version
    assert version is not None
    return version


def test_new_text_becomes_the_current_version_and_the_old_one_stays(
    curator: Viewer, article: Article
) -> None:
    old = current(article)
    version = made(curator, article)
    assert current(article) == version
    assert (version.number, version.text, version.reason) == (2, NEW.text, "a correction")
    assert text_of(version) == replace(NEW, marks=tuple(NEW.marks), flags=[])
    assert (version.created_by_id, version.is_basic) == (curator.user_id, False)
    assert version.word_count == len(NEW.text.split())
    kept = ArticleVersion.objects.get(pk=old.pk)
    assert (kept.number, kept.text, kept.article_id) == (1, old.text, article.pk)


def test_article_is_counted_on_and_known_by_the_new_text(curator: Viewer, article: Article) -> None:
    version = made(curator, article)
    stored = Article.objects.get(pk=article.pk)
    assert stored.counter == article.counter + 1
    assert stored.digest == version.digest
    assert stored.title == article.title


def test_one_event_tells_both_versions_and_why(curator: Viewer, article: Article) -> None:
    before = Event.objects.count()
    made(curator, article)
    event = Event.objects.get(verb="article.changed")
    assert Event.objects.count() == before + 1
    assert (event.actor_id, event.article_id, event.audience) == (
        curator.user_id,
        article.pk,
        "public",
    )
    assert event.before["version"] == 1
    assert event.after == {"version": 2, "words": 11, "reason": "a correction"}


def test_search_finds_the_new_words_and_not_the_old(curator: Viewer, article: Article) -> None:
    assert [hit.article for hit in found_articles(curator, "another", limit=5)] == [article]
    made(curator, article)
    assert found_articles(curator, "another", limit=5) == []
    assert [hit.article for hit in found_articles(curator, "zebras", limit=5)] == [article]


def test_cited_addresses_belong_to_their_version(curator: Viewer, article: Article) -> None:
    version = made(curator, article)
    links = OutboundLink.objects.filter(version=version)
    assert [(link.url, link.text, link.start) for link in links] == [
        ("https://example.org/first", "first", 4)
    ]


def test_source_stays_that_of_the_version_before(curator: Viewer, article: Article) -> None:
    old = current(article)
    version = made(curator, article)
    assert version.source == old.source
    assert (version.source_start, version.source_end) == (old.source_start, old.source_end)


def test_changed_import_brings_its_own_source(curator: Viewer, article: Article) -> None:
    file = SourceFile.objects.create(sha256="b", name="later.txt", content=b"words", size=5)
    version = made(curator, article, source=file, source_start=0, source_end=5)
    assert (version.source, version.source_start, version.source_end) == (file, 0, 5)


def test_same_text_stores_nothing_however_often_it_is_sent(
    curator: Viewer, article: Article
) -> None:
    old = current(article)
    events = Event.objects.count()
    for _ in range(3):
        assert made(curator, article, text_of(old)) == old
    assert article.versions.count() == 1
    assert Event.objects.count() == events
    assert Article.objects.get(pk=article.pk).counter == article.counter


def test_change_of_a_kind_alone_is_a_new_version(curator: Viewer, article: Article) -> None:
    old = text_of(current(article))
    blocks = [replace(old.blocks[0], kind="quotation"), *old.blocks[1:]]
    version = made(curator, article, replace(old, blocks=blocks))
    assert (version.number, version.text) == (2, old.text)


def test_edit_of_a_version_that_is_no_longer_current_is_refused_with_its_number(
    curator: Viewer, article: Article
) -> None:
    made(curator, article)
    with pytest.raises(Stale) as refused:
        made(curator, article, replace(NEW, marks=()))
    assert refused.value.current == {"version": 2}
    assert article.versions.count() == 2


def test_readers_do_not_change_a_text(alice: User, article: Article) -> None:
    with pytest.raises(NotAllowed):
        made(viewer_of(alice), article)
    assert article.versions.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 201])
def test_reason_is_needed_and_short(curator: Viewer, article: Article, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        made(curator, article, reason=reason)
    assert set(refused.value.fields) == {"reason"}
    assert article.versions.count() == 1


def test_text_without_a_block_is_refused(curator: Viewer, article: Article) -> None:
    with pytest.raises(Invalid, match="at least one block"):
        made(curator, article, NewText("", ()))
    assert article.versions.count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        NewText("Cafe\u0301", (Block("paragraph", 0, 5),)),
        NewText("One\r\ntwo", (Block("paragraph", 0, 8),)),
        NewText("One", (Block("paragraph", 0, 4),)),
        NewText("One", (Block("paragraph", 2, 3), Block("paragraph", 0, 1))),
        NewText("One", (Block("paragraph", 0, 3),), (Mark("strong", 2, 2),)),
    ],
)
def test_text_that_breaks_the_offsets_contract_is_never_stored(
    curator: Viewer, article: Article, broken: NewText
) -> None:
    with pytest.raises(ValueError, match=r"."):
        made(curator, article, broken)
    assert article.versions.count() == 1


def test_signal_comes_inside_the_transaction_and_its_failure_undoes_all(
    curator: Viewer, article: Article
) -> None:
    heard: list[dict[str, Any]] = []

    def refuse(**told: Any) -> None:
        heard.append(told)
        raise ZeroDivisionError

    version_made.connect(refuse)
    try:
        with pytest.raises(ZeroDivisionError):
            made(curator, article)
    finally:
        version_made.disconnect(refuse)
    (told,) = heard
    assert (told["article"], told["before"].number, told["after"].number) == (article, 1, 2)
    assert told["actor_id"] == curator.user_id
    assert article.versions.count() == 1
    assert current(article).number == 1
    assert not Event.objects.filter(verb="article.changed").exists()


def test_old_text_comes_back_as_a_new_version_with_its_source(
    curator: Viewer, article: Article
) -> None:
    old = current(article)
    file = SourceFile.objects.create(sha256="b", name="later.txt", content=b"words", size=5)
    made(curator, article, source=file, source_start=0, source_end=5)
    version = take_back(curator, article, old, seen=2)
    assert (version.number, version.text, version.blocks) == (3, old.text, old.blocks)
    assert version.reason == "again:1"
    assert (version.source, version.source_start) == (old.source, old.source_start)
    assert [hit.article for hit in found_articles(curator, "another", limit=5)] == [article]


def test_stub_gets_its_first_version(curator: Viewer) -> None:
    stub = Article.objects.create(slug="stub", title="Only linked to", is_stub=True)
    version = made(curator, stub, seen=0)
    assert (version.number, current(stub)) == (1, version)
    assert Event.objects.get(verb="article.filled").before == {}
