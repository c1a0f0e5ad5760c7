"""Finding articles and passages: the same on every database."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.access import viewer_of
from corpus.models import Article, Group
from corpus.permissions import Viewer
from corpus.search import articles, count, passages
from corpus.search.vocabulary import nearest_terms
from corpus.services.indexing import index_article
from tests.factories import add_version, make_article

ANYONE = Viewer()

pytestmark = pytest.mark.django_db


@pytest.fixture
def exodus(noise: None) -> Article:
    """Return an article about people who leave."""
    return indexed(
        "Tristram Hunt’s decision surprised nobody. “I shall not stay,” he said to Élodie.",
        "Jamie Reed had left before him. The party, said Reed, was doomed. Momentum grew.",
        title="The exodus continues",
        byline="Ann Author",
    )


@pytest.fixture
def momentum(noise: None) -> Article:
    """Return an article about those who stay."""
    return indexed(
        "Momentum is no party. Hunt is not mentioned again; Tristram even less.",
        title="Momentum at a loss",
    )


def test_all_words_have_to_be_there(exodus: Article, momentum: Article) -> None:
    assert found("momentum") == {exodus, momentum}
    assert found("momentum doomed") == {exodus}
    assert found("momentum nowhere") == set()


def test_words_of_an_article_may_stand_in_different_paragraphs(exodus: Article) -> None:
    assert found("tristram jamie") == {exodus}
    assert passages(ANYONE, "tristram jamie") == []


def test_a_phrase_keeps_words_together(exodus: Article, momentum: Article) -> None:
    assert found("tristram hunt") == {exodus, momentum}
    assert found('"tristram hunt"') == {exodus}
    assert found('"hunt tristram"') == set()


def test_a_phrase_does_not_reach_from_the_title_into_the_text(momentum: Article) -> None:
    assert found('"a loss"') == {momentum}
    assert found('"loss momentum"') == set()


def test_a_minus_leaves_articles_out(exodus: Article, momentum: Article) -> None:
    assert found("momentum -doomed") == {momentum}
    assert found('momentum -"jamie reed"') == {momentum}
    assert found("-doomed") == set()


def test_a_star_finds_every_ending(exodus: Article, momentum: Article) -> None:
    assert found("mom*") == {exodus, momentum}
    assert found("mom") == set()
    assert found("decis*") == {exodus}


@pytest.mark.parametrize(
    "typed", ["elodie", "ÉLODIE", "Hunt's decision", "“Hunt‘s decision”", "hunt s decision"]
)
def test_accents_capitals_and_kinds_of_quotes_make_no_difference(
    exodus: Article, typed: str
) -> None:
    assert found(typed) == {exodus}


def test_titles_and_by_lines_are_searched(exodus: Article) -> None:
    assert found("continues") == {exodus}
    assert found("ann author") == {exodus}


def test_a_word_in_the_title_counts_for_more(exodus: Article, momentum: Article) -> None:
    hits = articles(ANYONE, "momentum")
    assert [hit.article for hit in hits] == [momentum, exodus]


def test_a_passage_is_the_sentence_with_the_words(exodus: Article) -> None:
    (hit,) = passages(ANYONE, "reed doomed")
    assert exodus.current_version is not None
    text = exodus.current_version.text
    assert hit.exact == "The party, said Reed, was doomed."
    assert text[hit.start : hit.end] == hit.exact
    assert hit.block == 2
    assert hit.url == f"{exodus.get_absolute_url()}?t={hit.start},{hit.end}#p2"
    assert [piece.text for piece in hit.pieces if piece.is_match] == ["Reed", "doomed"]
    assert "".join(piece.text for piece in hit.pieces) == hit.exact


def test_a_long_sentence_is_shown_round_its_match(noise: None) -> None:
    indexed("and so on " * 100 + "until Xanadu was reached " + "and further on " * 100)
    (hit,) = passages(ANYONE, "xanadu")
    shown = "".join(piece.text for piece in hit.pieces)
    assert "Xanadu" in shown
    assert len(shown) < 300
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_every_word_of_a_very_long_paragraph_is_found(noise: None) -> None:
    article = indexed(" ".join(f"word{number}" for number in range(5_000)))
    assert found("word4999") == {article}
    (hit,) = passages(ANYONE, '"word4998 word4999"')
    assert hit.block == 1
    assert "word4999" in hit.exact


def test_an_article_can_be_left_out(exodus: Article, momentum: Article) -> None:
    left = passages(ANYONE, "momentum", exclude_article=exodus.id)
    assert {hit.article for hit in left} == {momentum}
    assert count(ANYONE, "passages", "momentum", exclude_article=exodus.id) == 1


def test_a_new_version_replaces_the_old_words(exodus: Article) -> None:
    index_article(add_version(exodus, ["Nothing of that is true."]))
    assert found("doomed") == set()
    assert found("nothing true") == {exodus}
    assert nearest_terms(ANYONE, "domed") == []


@pytest.mark.parametrize("kind", ["articles", "passages"])
def test_what_one_may_not_read_is_neither_found_nor_counted(
    alice: User, dave: User, carol: User, group: Group, kind: str
) -> None:
    of_members = indexed("Secretword for members.", access=Article.Access.MEMBERS)
    of_group = indexed("Secretword for the group.", access=Article.Access.GROUPS)
    of_group.groups.add(group)
    hidden = indexed("Secretword for nobody.", is_hidden=True)
    seen = {
        None: set(),
        dave: {of_members},
        alice: {of_members, of_group},
        carol: {of_members, of_group, hidden},
    }
    search: Callable[..., list[object]] = {"articles": articles, "passages": passages}[kind]  # type: ignore[assignment]
    for user, expected in seen.items():
        viewer = viewer_of(user)
        hits = search(viewer, "secretword")
        assert {hit.article for hit in hits} == expected  # type: ignore[attr-defined]
        assert count(viewer, kind, "secretword") == len(expected)


def test_nearest_words_are_those_of_readable_articles(exodus: Article) -> None:
    indexed("Momentus is hidden.", is_hidden=True)
    assert nearest_terms(ANYONE, "momentun") == ["momentum"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60) | st.text(alphabet="ab\"'*-()&|!:<>^\\ \0’“", max_size=30))
def test_nothing_that_is_typed_makes_search_fail(exodus: Article, typed: str) -> None:
    for kind in ("articles", "passages", "no such kind"):
        assert count(ANYONE, kind, typed) >= 0
    passages(ANYONE, typed)
    articles(ANYONE, typed)
    nearest_terms(ANYONE, typed)


def indexed(*paragraphs: str, **facts: object) -> Article:
    """Return a stored and indexed article."""
    article = make_article(*paragraphs, **facts)  # type: ignore[arg-type]
    assert article.current_version is not None
    index_article(article.current_version)
    return article


def found(typed: str) -> set[Article]:
    """Return the articles that anyone finds; the count agrees."""
    hits = {hit.article for hit in articles(ANYONE, typed)}
    assert count(ANYONE, "articles", typed) == len(hits)
    return hits
