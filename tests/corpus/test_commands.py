"""The palette of commands: what is found by name, by whom."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.queries.commands import found_by_name
from corpus.text.typed import parts_of, rank, words_of
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


def _found(user: User | None, typed: str) -> dict[str, list[str]]:
    kinds = found_by_name(viewer_of(user), typed)
    return {kind.finder.key: [match.name for match in kind.matches] for kind in kinds}


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("Labour’s few", "labour's", ["Labour’s"]),
        ("The rise and fall", "FA ri", ["ri", "fa"]),
        ("Élections à l’Œuvre", "elections l'", ["Élections", "l’"]),
        ("Ele\u0301ments", "ele", ["Ele\u0301"]),
        ("Straße", "as", ["aß"]),
        ("A.B (c)", ". (", [".", "("]),
        ("Nothing", "", []),
        ("", "x", []),
    ],
)
def test_typed_words_are_marked_in_a_name(name: str, typed: str, marked: list[str]) -> None:
    parts = parts_of(name, typed)
    assert "".join(text for text, _ in parts) == name
    assert [text for text, is_typed in parts if is_typed] == marked


def test_names_that_begin_with_what_was_typed_are_nearest() -> None:
    names = ["Deserted", "The serious", "Serious", "x"]
    assert sorted(names, key=lambda name: rank(name, "ser")) == [
        "Serious",
        "The serious",
        "Deserted",
        "x",
    ]


def test_words_are_folded_and_stand_once() -> None:
    assert words_of("  few\u00a0 few “many” ") == ["few", '"many"']


def test_articles_are_found_by_all_words_of_their_titles(alice: User) -> None:
    make_article(title="Herring and the sea", slug="herring")
    make_article(title="Herring alone", slug="alone")
    assert _found(alice, "sea herr")["articles"] == ["Herring and the sea"]
    assert _found(alice, "herr")["articles"][0] == "Herring alone"
    assert _found(alice, "   ") == {}


@pytest.mark.parametrize("typed", ["leader's", "LEADER’S", "leader’s elect", "élections", "ELECT"])
def test_quotes_case_and_accents_are_as_one_likes_to_type_them(typed: str) -> None:
    make_article(title="Élections: the leader’s speech")
    assert _found(None, typed)["articles"] == ["Élections: the leader’s speech"]


def test_the_nearest_of_many_are_offered_whenever_they_were_made() -> None:
    make_article(title="Herring")
    for number in range(45):
        make_article(title=f"About herring {number}")
    found = _found(None, "herring")["articles"]
    assert len(found) == 5
    assert found[0] == "Herring"


def test_articles_for_others_are_not_found(alice: User, carol: User) -> None:
    make_article(title="Herring for members", access="members")
    make_article(title="Herring out of sight", is_hidden=True)
    assert _found(None, "herring") == {}
    assert _found(alice, "herring")["articles"] == ["Herring for members"]
    assert len(_found(carol, "herring")["articles"]) == 2


def test_a_sign_that_databases_give_a_meaning_is_a_sign_like_others() -> None:
    make_article(title="All of 100% wool")
    make_article(title="All of 100 sheep")
    assert _found(None, "100%")["articles"] == ["All of 100% wool"]


def test_the_page_lists_what_its_viewer_may_open(
    alice: User, carol: User, client_of: ClientOf
) -> None:
    pages = {
        user: client_of(user).get("/commands/").content.decode() for user in (None, alice, carol)
    }
    assert 'href="/collections/"' in pages[None]
    assert 'href="/notebook/"' not in pages[None]
    assert 'href="/notebook/"' in pages[alice]
    assert 'href="/jobs/"' not in pages[alice]
    assert 'href="/jobs/"' in pages[carol]


def test_found_names_are_escaped_and_marked(client_of: ClientOf) -> None:
    make_article(title="Herring & <chips>", slug="chips")
    part = client_of(None).get("/commands/found/?q=herr").content.decode()
    assert '<a href="/articles/chips/">' in part
    assert "<b>Herr</b>ing &amp; &lt;chips&gt;" in part
    assert "<html" not in part
    page = client_of(None).get("/commands/?q=nothinglikeit").content.decode()
    assert "Nothing is called “nothinglikeit”." in page
