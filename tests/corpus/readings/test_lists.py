"""What the library and collections tell readers of their own reading."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from corpus.access import viewer_of
from corpus.models import Article, Reading
from corpus.services.reading import mark_read, mark_unread
from tests.corpus.readings.told import page_of, read
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


def row_of(page: str, title: str) -> str:
    """Return the list's row of the article with this title."""
    rows: list[str] = re.findall(r'<li class="library-row".*?</li>', page)
    return next(row for row in rows if f">{title}</a>" in row)


def titles(page: str) -> list[str]:
    """Return the titles of the rows as they stand."""
    return re.findall(r'<li class="library-row".*?<h2><a [^>]*>(.*?)</a>', page)


def test_rows_of_the_library_say_how_far_one_came(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    other = make_article(title="Read through")
    read(alice, article, "1-4", place=4)
    mark_read(viewer_of(alice), other)
    page = page_of(client_of(alice), "/?sort=title")
    assert "40 % read" in row_of(page, "The exodus")
    assert "✓</span> Read" in row_of(page, "Read through")
    assert "read-state" not in row_of(page, "Noise")


def test_the_library_is_narrowed_to_unread_begun_and_read(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    other, third = make_article(title="Read through"), make_article(title="Opened by mistake")
    read(alice, article, "1-4", place=4)
    mark_read(viewer_of(alice), other)
    read(alice, third, "1", place=1)
    mark_unread(viewer_of(alice), third)
    client = client_of(alice)
    page = page_of(client, "/")
    counts = re.findall(r'reading=\w+"><span>(\w+)</span> <span class="count">(\d+)<', page)
    assert counts == [("Unread", "3"), ("Begun", "1"), ("Read", "1")]
    assert titles(page_of(client, "/?reading=unread&sort=title")) == [
        "More noise",
        "Noise",
        "Opened by mistake",
    ]
    assert titles(page_of(client, "/?reading=begun")) == ["The exodus"]
    assert titles(page_of(client, "/?reading=read")) == ["Read through"]
    assert titles(page_of(client, "/?reading=half")) == []


def test_what_was_begun_stands_on_top_of_the_library_alone(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    read(alice, article, "1-4", place=4)
    client = client_of(alice)
    top = page_of(client, "/").split("Continue reading")[1].split("</section>")[0]
    assert f'href="{article.get_absolute_url()}#p4"' in top
    assert "40 % read · 6 min left" in top
    assert "Continue reading" not in page_of(client, "/?reading=begun")
    mark_read(viewer_of(alice), article)
    assert "Continue reading" not in page_of(client, "/")


def test_no_more_than_three_stand_there_the_last_seen_first(
    alice: User, client_of: ClientOf
) -> None:
    articles = [make_article(title=f"Begun {name}") for name in "abcde"]
    for begun in articles:
        read(alice, begun, "1-2", place=2)
    top = page_of(client_of(alice), "/").split("Continue reading")[1].split("</section>")[0]
    assert re.findall(r"<b>(.*?)</b>", top) == ["Begun e", "Begun d", "Begun c"]


def test_a_collection_counts_what_is_read(
    alice: User, bob: User, article: Article, client_of: ClientOf
) -> None:
    other = make_article(title="Read through")
    make_collection(article, other, title="Both")
    mark_read(viewer_of(alice), other)
    page = page_of(client_of(alice), "/collections/both/")
    assert re.search(r'<p class="meta">2 articles · \d+ min in all · 1 read</p>', page)
    assert "✓</span> Read" in row_of(page, "Read through")
    for another in (bob, None):
        page = page_of(client_of(another), "/collections/both/")
        assert "read-state" not in page
        assert " read</p>" not in page


def test_what_one_may_not_read_any_more_is_not_offered(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    read(alice, article, "1-4", place=4)
    Article.objects.filter(pk=article.pk).update(access=Article.Access.GROUPS)
    client = client_of(alice)
    assert "The exodus" not in page_of(client, "/")
    assert "The exodus" not in page_of(client, "/nowhere/", 404)


def test_chosen_articles_are_marked_together_and_that_is_undone(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    other = make_article(title="Read already", slug="already")
    mark_read(viewer_of(alice), other)
    client, both = client_of(alice), f"article={article.slug}&article=already"
    page = page_of(client, f"/readings/?{both}")
    assert re.search(r'The exodus <span class="meta">Unread</span>', page)
    answer = client.post("/readings/", {"article": [article.slug, "already"], "step": "read"})
    assert answer["Location"] == f"/readings/?{both}&did=read&changed={article.slug}"
    page = page_of(client, answer["Location"])
    assert '<span role="status">1 article marked as read.</span>' in page
    assert page.count("✓</span> Read") == 2
    answer = client.post("/readings/", {"article": [article.slug], "step": "undo"})
    page = page_of(client, answer["Location"])
    assert '<span role="status">1 article is as it was.</span>' in page
    assert "✓" not in page
    assert 'value="undo"' not in page


def test_who_marked_what_they_chose_goes_back_to_the_list(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    client, back = client_of(alice), "/?topic=labour&page=2"
    sent = {"article": [article.slug, article.slug], "step": "read", "back": back}
    answer = client.post("/readings/", sent)
    page = page_of(client, f"{answer['Location']}&changed={article.slug}")
    assert f'href="{escape(back)}">Back</a>' in page
    assert '<span role="status">1 article marked as read.</span>' in page
    assert 'href="/">Back to the library' in page_of(
        client, f"/readings/?article={article.slug}&back=https://example.org/"
    )


def test_of_chosen_articles_only_readable_ones_are_marked(
    dave: User, article: Article, client_of: ClientOf
) -> None:
    Article.objects.filter(pk=article.pk).update(access=Article.Access.GROUPS)
    client = client_of(dave)
    client.post("/readings/", {"article": [article.slug], "step": "read"})
    assert not Reading.objects.exists()
    assert "No article is chosen." in page_of(client, f"/readings/?article={article.slug}")
    assert client.post("/readings/", {"article": [article.slug], "step": "x"}).status_code == 422


def test_choosing_what_is_read_is_offered_to_accounts_alone(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    offer = 'formaction="/readings/"'
    assert offer in page_of(client_of(alice), "/")
    assert offer not in page_of(client_of(None), "/")
