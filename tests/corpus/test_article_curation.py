"""Curators mend, confirm, hide and name articles; each change leaves one Event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from corpus.access import article_or_404, moved_article, viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Article, Authorship, Event, Outlet
from corpus.permissions import SYSTEM, Viewer
from corpus.search import articles as found_articles
from corpus.services import articles
from corpus.services.agents import named
from corpus.services.indexing import index_article
from corpus.services.metadata import facts_to_confirm, metadata_of
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

GUESSED = {"basis": "derived", "confidence": 0.4, "evidence": "first words", "rule": "first_line"}


@pytest.fixture
def curator(carol: User) -> Viewer:
    return viewer_of(carol)


@pytest.fixture
def article() -> Article:
    made = make_article(
        title="One could be idiosyncratic.",
        title_basis="derived",
        language="en",
        language_basis="inferred",
        facts={"title": {**GUESSED, "value": "One could be idiosyncratic."}},
    )
    assert made.current_version is not None
    index_article(made.current_version)
    return made


def edited(curator: Viewer, article: Article, **values: Any) -> Article:
    wanted = replace(metadata_of(article), **values)
    return articles.edit_metadata(curator, article, wanted, counter=article.counter)


def test_changed_title_is_curated_and_its_old_evidence_kept_in_the_event(
    curator: Viewer, article: Article
) -> None:
    stored = edited(curator, article, title="  The   Labour exodus ")
    assert (stored.title, stored.title_basis) == ("The Labour exodus", "curated")
    assert stored.facts["title"]["basis"] == "curated"
    event = Event.objects.get(verb="article.edited")
    assert event.before["title"] == "One could be idiosyncratic."
    assert event.before["evidence"]["title"]["rule"] == "first_line"
    assert event.after == {"title": "The Labour exodus"}
    assert (event.actor_id, event.article_id) == (curator.user_id, article.pk)


def test_what_was_not_changed_keeps_its_basis(curator: Viewer, article: Article) -> None:
    stored = edited(curator, article, byline="Jade Azim")
    assert (stored.title_basis, stored.language_basis) == ("derived", "inferred")
    assert stored.byline_basis == "curated"


def test_saving_without_a_change_leaves_no_event(curator: Viewer, article: Article) -> None:
    stored = edited(curator, article)
    assert stored.counter == article.counter
    assert not Event.objects.filter(article=article).exists()


def test_confirmed_fact_is_curated_and_keeps_its_evidence(
    curator: Viewer, article: Article
) -> None:
    stored = articles.confirm(curator, article, ["title"], counter=article.counter)
    assert stored.title_basis == "curated"
    assert stored.facts["title"]["evidence"] == "first words"
    assert facts_to_confirm(stored) == ["language"]
    event = Event.objects.get(verb="article.confirmed")
    assert event.before == {"basis": {"title": "derived"}}
    assert event.after == {"basis": {"title": "curated"}}


def test_fact_that_nobody_knows_cannot_be_confirmed(curator: Viewer, article: Article) -> None:
    stored = articles.confirm(curator, article, ["byline"], counter=article.counter)
    assert stored.byline_basis == "unknown"
    assert not Event.objects.filter(verb="article.confirmed").exists()


def test_confirmed_authors_are_curated(curator: Viewer, article: Article) -> None:
    agent = named(None, "Jade Azim")
    Authorship.objects.create(article=article, agent=agent, basis="inferred")
    articles.confirm(curator, article, ["authors"], counter=article.counter)
    assert article.authorships.get().basis == "curated"


def test_authors_are_set_in_order_and_nobody_is_made_twice(
    curator: Viewer, article: Article
) -> None:
    named(None, "Jade Azim")
    stored = edited(curator, article, authors=("Stephen Bush", " jade  azim ", ""))
    assert metadata_of(stored).authors == ("Stephen Bush", "Jade Azim")


def test_month_is_kept_as_its_first_day(curator: Viewer, article: Article) -> None:
    stored = edited(curator, article, published_on=date(2017, 3, 23), published_precision="month")
    assert stored.published() == "2017-03"
    assert (stored.published_on, stored.published_basis) == (date(2017, 3, 1), "curated")


def test_date_that_nobody_knows_is_taken_away_whole(curator: Viewer, article: Article) -> None:
    first = edited(curator, article, published_on=date(2017, 3, 23), published_precision="day")
    stored = edited(curator, first, published_on=None)
    assert (stored.published_on, stored.published_precision) == (None, "unknown")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 501}),
        ("title", {"title": "a\0b"}),
        ("canonical_url", {"canonical_url": "javascript:alert(1)"}),
        ("access", {"access": "nobody"}),
        ("published_precision", {"published_precision": "hour", "published_on": date(2017, 1, 1)}),
        (
            "published_not_after",
            {
                "published_not_before": date(2017, 2, 1),
                "published_not_after": date(2017, 1, 1),
            },
        ),
    ],
)
def test_what_cannot_be_stored_is_named_and_nothing_changes(
    curator: Viewer, article: Article, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        edited(curator, article, byline="Somebody", **values)
    assert field in refused.value.fields
    article.refresh_from_db()
    assert article.byline == ""


def test_second_of_two_editors_is_told_what_is_stored_now(
    curator: Viewer, article: Article
) -> None:
    edited(curator, article, title="First")
    with pytest.raises(Stale) as refused:
        edited(curator, article, title="Second")
    assert refused.value.current["title"] == "First"
    assert refused.value.current["counter"] == article.counter + 1


def test_search_finds_the_new_title_and_not_the_old_one(curator: Viewer, article: Article) -> None:
    edited(curator, article, title="Exodus")
    assert [hit.article.pk for hit in found_articles(curator, "exodus")] == [article.pk]
    assert not found_articles(curator, "idiosyncratic")


def test_search_finds_a_new_topic_and_outlet(curator: Viewer, article: Article) -> None:
    outlet = Outlet.objects.create(name="Zeitschrift", slug="zeitschrift")
    stored = edited(curator, article, outlet=outlet)
    articles.set_topics(curator, stored, ["Quinoa"], counter=stored.counter)
    for word in ("zeitschrift", "quinoa"):
        assert [hit.article.pk for hit in found_articles(curator, word)] == [article.pk]


def test_address_stays_when_the_title_changes(curator: Viewer, article: Article) -> None:
    assert edited(curator, article, title="Exodus").slug == article.slug


def test_new_address_lets_the_old_one_redirect(curator: Viewer, article: Article) -> None:
    stored = edited(curator, article, title="Exodus")
    moved = articles.readdress(curator, stored)
    assert moved.slug == "exodus"
    assert article_or_404(curator, "exodus") == article
    assert moved_article(curator, article.slug) == article
    assert Event.objects.filter(verb="article.readdressed", article=article).count() == 1


def test_article_takes_back_an_address_of_its_own(curator: Viewer, article: Article) -> None:
    first = articles.readdress(curator, edited(curator, article, title="Exodus"))
    second = articles.readdress(curator, edited(curator, first, title="Departure"))
    back = articles.readdress(curator, edited(curator, second, title="Exodus"))
    assert back.slug == "exodus"
    assert moved_article(curator, "exodus") is None
    assert moved_article(curator, "departure") == article


def test_hidden_article_is_gone_for_readers_and_comes_back(
    curator: Viewer, article: Article, alice: User
) -> None:
    reader = viewer_of(alice)
    articles.hide(curator, article)
    articles.hide(curator, article)
    assert not found_articles(reader, "idiosyncratic")
    assert found_articles(curator, "idiosyncratic")
    articles.restore(curator, article)
    assert found_articles(reader, "idiosyncratic")
    assert Event.objects.filter(article=article).count() == 2


def test_topics_are_set_without_regard_to_case(curator: Viewer, article: Article) -> None:
    stored = articles.set_topics(
        curator, article, ["Labour", " labour ", "Unions", ""], counter=article.counter
    )
    assert sorted(article.topics.names()) == ["Unions", "labour"]
    again = articles.set_topics(curator, stored, ["LABOUR", "unions"], counter=stored.counter)
    assert again.counter == stored.counter
    assert Event.objects.filter(verb="article.topics_set").count() == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda who, it: articles.edit_metadata(who, it, metadata_of(it), counter=1),
        lambda who, it: articles.confirm(who, it, ["title"], counter=1),
        lambda who, it: articles.set_topics(who, it, ["x"], counter=1),
        articles.readdress,
        articles.hide,
        articles.restore,
    ],
)
def test_readers_may_not_look_after_articles(
    write: Callable[[Viewer, Article], object], article: Article, alice: User
) -> None:
    for who in (viewer_of(alice), viewer_of(None)):
        with pytest.raises(NotAllowed):
            write(who, article)


def test_command_line_acts_under_nobodys_name(article: Article) -> None:
    articles.hide(SYSTEM, article)
    assert Event.objects.get(verb="article.hidden").actor is None
