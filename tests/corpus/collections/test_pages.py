"""The pages of collections: who sees what, and what their forms do without any script."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.models import Article, Collection, Event, Group
from tests.factories import make_article, make_collection, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

SignIn = Callable[[User | None], Client]


def titles(page: str) -> list[str]:
    """Return the titles of the rows on a page, in their order."""
    return re.findall(r"<h2><a href=[^>]+>([^<]+)</a></h2>", page)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def order(collection: Collection) -> str:
    return "".join(collection.items.order_by("position").values_list("article__slug", flat=True))


def test_the_list_counts_what_one_may_read(
    client: Client, curator: Client, three: list[Article]
) -> None:
    hidden = make_article(title="Hidden", is_hidden=True)
    make_collection(*three, hidden, title="To begin with", description="Why these.")
    page = text_of(client, "/collections/")
    assert titles(page) == ["To begin with"]
    assert "3 articles · 1 min in all" in page
    assert "Why these." in page
    assert "New collection" not in page
    assert "4 articles" in text_of(curator, "/collections/")


def test_a_collection_lists_what_one_may_read_in_its_order(
    client: Client, three: list[Article]
) -> None:
    members = make_article(title="For members", access=Article.Access.MEMBERS)
    make_collection(three[2], members, three[0], title="Mixed")
    make_collection(*three, title="Another order")
    page = text_of(client, "/collections/mixed/")
    assert titles(page) == ["Title c", "Title a"]
    assert re.findall(r'class="place"[^>]*>(\d+)<', page) == ["1", "2"]
    assert "For members" not in page
    assert "2 articles" in page
    assert 'href="/articles/c/?in=mixed"' in page
    assert "Take out" not in page
    assert "data-move-url" not in page


def test_collections_of_a_group_and_absent_ones_look_alike(
    alice: User, dave: User, group: Group, client_of: SignIn, three: list[Article]
) -> None:
    made = make_collection(*three, title="Of the group", group_id=group.pk)
    assert client_of(alice).get(made.get_absolute_url()).status_code == 200
    assert "for Tuesday readers" in text_of(client_of(alice), "/collections/")
    for stranger in (client_of(dave), client_of(None)):
        assert stranger.get(made.get_absolute_url()).status_code == 404
        assert stranger.get("/collections/nowhere/").status_code == 404
        assert "Of the group" not in text_of(stranger, "/collections/")
        assert "Of the group" not in text_of(stranger, "/")
        assert "Of the group" not in text_of(stranger, "/articles/a/?in=of-the-group")


def test_an_empty_collection_says_what_to_do(client: Client, curator: Client) -> None:
    make_collection(make_article(is_hidden=True), title="Nothing shown")
    make_collection(title="Nothing in it")
    assert "no article in it that you may read" in text_of(client, "/collections/nothing-shown/")
    assert "Choose some in the library" in text_of(curator, "/collections/nothing-in-it/")


def test_buttons_move_an_article_without_script(curator: Client, three: list[Article]) -> None:
    made = make_collection(*three)
    address = f"/collections/{made.slug}/"
    page = text_of(curator, address)
    assert re.findall(r'data-by="1" value="(\d)"', page) == ["2", "3", "4"]
    assert page.count(" disabled aria-label=") == 2
    answer = curator.post(f"{address}move/", {"article": "c", "to": "2", "counter": "1"})
    assert answer["Location"] == f"{address}?at=c&pressed=up"
    assert order(made) == "acb"
    answer = curator.post(
        f"{address}move/", {"article": "a", "to": "3", "counter": "1"}, follow=True
    )
    assert "This was changed since you opened it." in answer.content.decode()
    assert order(made) == "acb"
    answer = curator.post(f"{address}move/", {"article": "a", "counter": "2"}, follow=True)
    assert "Say at which place" in answer.content.decode()
    answer = curator.post(f"{address}move/", {"article": "a", "to": "up"}, follow=True)
    assert "Give it as a number." in answer.content.decode()


def test_scripts_are_answered_in_their_language(curator: Client, three: list[Article]) -> None:
    made = make_collection(*three)
    address = f"/collections/{made.slug}/move/"
    moved = {"article": "a", "to": "3", "counter": "1"}
    answer = curator.post(address, moved, headers={"accept": "application/json"})
    assert answer.json() == {"counter": 2, "place": 3, "message": "“Title a” is number 3 now."}
    answer = curator.post(address, moved, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (412, "stale")
    assert answer.json()["current"]["order"] == ["b", "c", "a"]


def test_what_is_taken_out_can_be_put_back_at_once(curator: Client, three: list[Article]) -> None:
    made = make_collection(*three)
    address = f"/collections/{made.slug}/"
    answer = curator.post(f"{address}remove/", {"article": "b", "counter": "1"}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{address}?removed=b&place=2"
    assert "“Title b” is taken out." in page
    assert titles(page) == ["Title a", "Title c"]
    back = {"article": "b", "to": "2", "counter": "2"}
    answer = curator.post(f"{address}put-back/", back, follow=True)
    assert titles(answer.content.decode()) == ["Title a", "Title b", "Title c"]
    assert "is taken out" not in text_of(curator, f"{address}?removed=b&place=2")


@pytest.mark.parametrize(
    ("article", "to", "focused"),
    [
        ("a", "2", "Move down “Title a”"),
        ("c", "2", "Move up “Title c”"),
        ("b", "3", "Move up “Title b”"),
        ("b", "1", "Move down “Title b”"),
    ],
)
def test_the_focus_stays_with_the_article_that_was_moved(
    article: str, to: str, focused: str, curator: Client, three: list[Article]
) -> None:
    made = make_collection(*three)
    sent = {"article": article, "to": to, "counter": "1"}
    page = curator.post(f"/collections/{made.slug}/move/", sent, follow=True).content.decode()
    assert re.findall(r'autofocus aria-label="([^"]+)"', page) == [focused]


def test_the_focus_goes_to_undo_and_from_it_to_what_came_back(
    curator: Client, three: list[Article]
) -> None:
    address = f"/collections/{make_collection(*three).slug}/"
    sent = {"article": "b", "counter": "1"}
    page = curator.post(f"{address}remove/", sent, follow=True).content.decode()
    assert re.findall(r"autofocus[^>]*>([^<]+)<", page) == ["Undo"]
    back = {"article": "b", "to": "2", "counter": "2"}
    page = curator.post(f"{address}put-back/", back, follow=True).content.decode()
    assert re.findall(r'autofocus aria-label="([^"]+)"', page) == ["Take out “Title b”"]


def test_nobody_else_is_offered_what_was_taken_out(client: Client, three: list[Article]) -> None:
    made = make_collection(three[0])
    assert "taken out" not in text_of(client, f"/collections/{made.slug}/?removed=b&place=1")


def test_words_are_edited_and_a_stale_form_shows_what_is_stored(curator: Client) -> None:
    make_collection(title="First")
    address = "/collections/first/edit/"
    assert 'value="First"' in text_of(curator, address)
    curator.post(address, {"title": "Second", "counter": "1"})
    answer = curator.post(address, {"title": "Third", "counter": "1"})
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Title: Second" in page
    assert 'value="Third"' in page
    assert curator.post(address, {"title": "Third", "counter": "2"}).status_code == 303
    assert Collection.objects.get().title == "Third"


def test_a_collection_is_taken_away_and_comes_back(
    curator: Client, client: Client, three: list[Article]
) -> None:
    make_collection(*three, title="Short lived")
    address = "/collections/short-lived/"
    assert "Take “Short lived” away?" in text_of(curator, f"{address}delete/")
    answer = curator.post(f"{address}delete/", {"counter": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{address}restore/"
    assert "“Short lived” is taken away." in answer.content.decode()
    for browser in (client, curator):
        assert browser.get(address).status_code == 404
        assert "Short lived" not in titles(text_of(browser, "/collections/"))
        assert "Short lived" not in text_of(browser, "/articles/a/")
    assert "Bring back “Short lived”" in text_of(curator, "/collections/")
    assert "Short lived" not in text_of(client, "/collections/")
    answer = curator.post(f"{address}restore/", follow=True)
    assert titles(answer.content.decode()) == ["Title a", "Title b", "Title c"]
    assert curator.get(f"{address}restore/")["Location"] == address


@pytest.mark.parametrize(
    "page", ["new", "add", "{}/edit", "{}/delete", "{}/restore", "{}/move", "{}/remove"]
)
def test_readers_write_nothing(
    page: str, alice: User, client_of: SignIn, three: list[Article]
) -> None:
    made = make_collection(*three)
    before = Event.objects.count()
    sent = {"title": "Mine", "article": "a", "to": "2", "counter": "1", "collection": made.slug}
    address = f"/collections/{page.format(made.slug)}/"
    assert client_of(alice).post(address, sent).status_code == 403
    assert client_of(None).post(address, sent)["Location"].startswith("/account/login/")
    assert Event.objects.count() == before
    assert order(made) == "abc"


def test_the_library_narrows_to_a_collection(client: Client, three: list[Article]) -> None:
    make_collection(three[0], three[2], title="Narrow")
    page = text_of(client, "/?collection=narrow")
    assert sorted(titles(page)) == ["Title a", "Title c"]
    assert "Collection: Narrow" in page
    assert "No article has all of these" in text_of(client, "/?collection=nowhere")


def test_curators_choose_rows_of_the_library_for_a_collection(
    client: Client, curator: Client
) -> None:
    make_article(title="A “quoted” title", slug="quoted")
    for reader, offers_it in ((curator, True), (client, False)):
        page = text_of(reader, "/")
        assert 'name="article" value="quoted" form="chosen-articles"' in page
        assert ("Add to a collection" in page) is offers_it
        assert ("Change topics" in page) is offers_it


def test_more_articles_or_collections_take_as_many_queries(
    alice: User, client: Client, three: list[Article]
) -> None:
    def fill() -> None:
        for _ in range(3):
            article = make_article()
            make_highlight(alice, article, claim="a claim")
            make_collection(article, *three)
            collection = Collection.objects.get(slug="grows")
            collection.items.create(article=article, position=collection.items.count() + 1)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = ("/collections/", "/collections/grows/", "/articles/a/?in=grows")
    make_collection(*three, title="Grows")
    fill()
    few = [asked(address) for address in addresses]
    fill()
    assert [asked(address) for address in addresses] == few
