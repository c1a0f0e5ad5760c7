"""The reading page: what stands beside an article, for whom."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.forms import LinkForm, MarkForm
from annotations.models import Annotation, Link
from annotations.services import annotations, moderation
from annotations.services.links import MAX_LINK_NOTE
from corpus.access import viewer_of
from corpus.models import Article, ArticleSlug
from tests.annotations.services.editing import rewrite
from tests.factories import add_version, make_article, make_highlight, make_link, make_note
from tests.factories import make_reply as answer_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def article() -> Article:
    """Return an article that nobody has marked yet."""
    return make_article(title="The exodus")


def _page(client: Client, article: Article, query: str = "") -> str:
    answer = client.get(article.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_highlight_shows_its_words_its_claim_and_its_note(
    alice: User, article: Article, client: Client
) -> None:
    made = make_highlight(alice, article, claim="deselection threat", note="Said *plainly*.")
    page = _page(client, article)
    assert f'<mark id="h{made.number}"' in page
    assert ">pray by their bedside</mark>" in page
    assert "<em>plainly</em>" in page
    assert "Deselection threat" in page


def test_private_highlight_is_nowhere_on_the_page_of_others(
    alice: User, dave: User, carol: User, article: Article, client_of: ClientOf
) -> None:
    make_highlight(alice, article, claim="secret claim", note="Mine.", audience="private")
    own = _page(client_of(alice), article)
    assert "only you" in own
    for user in (None, dave, carol):
        page = _page(client_of(user), article)
        assert "<mark" not in page
        assert "ecret claim" not in page
        assert 'class="tick' not in page


def test_hidden_highlight_is_shown_to_its_reader_and_to_curators_only(
    alice: User, carol: User, dave: User, article: Article, client_of: ClientOf
) -> None:
    made = make_highlight(alice, article)
    moderation.hide(viewer_of(carol), made)
    assert "<mark" in _page(client_of(alice), article)
    assert "<mark" in _page(client_of(carol), article)
    assert "<mark" not in _page(client_of(dave), article)


def test_deleted_highlight_with_a_reply_leaves_its_place_but_not_its_words(
    alice: User, bob: User, article: Article, client: Client
) -> None:
    made = make_highlight(alice, article, claim="withdrawn claim", note="I take it back.")
    answer_to(bob, made, "But it is true.")
    annotations.delete(viewer_of(alice), made)
    page = _page(client, article)
    assert "Deleted by its author" in page
    assert "But it is true." in page
    assert "I take it back." not in page
    assert "ithdrawn claim" not in page
    # Neither do its colours, one the same in the text, the margin and the density bar.
    coloured = re.findall(r'<(?:mark|path|div) (?:[^>]* )?class="(?:note |tick )?k0 p0\b', page)
    assert len(coloured) == 3


def test_deleted_highlight_without_replies_is_gone(
    alice: User, article: Article, client: Client
) -> None:
    made = make_highlight(alice, article)
    annotations.delete(viewer_of(alice), made)
    assert "<mark" not in _page(client, article)


def test_address_limits_the_marks_to_a_claim_a_reader_or_a_stance(
    alice: User, bob: User, article: Article, client: Client
) -> None:
    first = make_highlight(alice, article, claim="deselection threat")
    second = make_highlight(bob, article, "members decide", claim="party rule", stance="disputes")
    assert _marked(_page(client, article, "?claim=party-rule")) == {second.number}
    assert _marked(_page(client, article, "?by=alice")) == {first.number}
    assert _marked(_page(client, article, "?stance=disputes")) == {second.number}
    assert _marked(_page(client, article, "?claim=unheard-of")) == set()


def test_filters_never_reach_the_tables(article: Article, client: Client) -> None:
    _page(client, article, "?creator__password__startswith=a&by=password&notes=99999999999")


def test_note_on_the_whole_article_stands_behind_the_text(
    alice: User, article: Article, client: Client
) -> None:
    make_note(alice, article, "A fair account, on the whole.")
    page = _page(client, article)
    assert page.index("A fair account") > page.index("On the whole article")


def test_link_is_shown_at_both_ends(alice: User, article: Article, client: Client) -> None:
    other = make_article(title="The answer")
    near = make_highlight(alice, article)
    make_link(alice, near, other, relation="responds_to")
    assert "The answer" in _page(client, article)
    assert "The exodus" in _page(client, other)


def test_highlight_that_is_not_carried_over_yet_is_told_of_and_not_misplaced(
    alice: User, article: Article, client: Client
) -> None:
    make_highlight(alice, article)
    add_version(article, ["Something else altogether."])
    page = _page(client, article)
    assert "<mark" not in page
    assert "Highlights are being carried over to this version. 1 is still to be placed" in page


def test_highlight_whose_words_went_is_listed_and_not_misplaced(
    alice: User, carol: User, article: Article, client: Client
) -> None:
    make_highlight(alice, article)
    rewrite(carol, article, "Something else altogether.")
    page = _page(client, article)
    assert "<mark" not in page
    assert "Could not be placed" in page
    assert "pray by their bedside" in page


def test_former_address_redirects_for_ever(article: Article, client: Client) -> None:
    ArticleSlug.objects.create(slug="older-name", article=article)
    answer = client.get("/articles/older-name/")
    assert (answer.status_code, answer["Location"]) == (301, article.get_absolute_url())
    answer = client.get("/articles/older-name/?t=members%20decide&claim=x")
    assert answer["Location"] == f"{article.get_absolute_url()}?t=members%20decide&claim=x"


def test_block_is_the_same_as_in_the_page(alice: User, article: Article, client: Client) -> None:
    make_highlight(alice, article)
    part = client.get(f"{article.get_absolute_url()}blocks/2/").content.decode()
    assert part.strip() in _page(client, article)


def test_block_that_is_not_there_is_not_found(article: Article, client: Client) -> None:
    assert client.get(f"{article.get_absolute_url()}blocks/0/").status_code == 404
    assert client.get(f"{article.get_absolute_url()}blocks/99/").status_code == 404


def test_notes_beyond_a_hundred_wait_behind_a_count(
    alice: User, article: Article, client: Client
) -> None:
    for _ in range(103):
        make_highlight(alice, article)
    page = _page(client, article)
    assert page.count('role="comment"') == 100
    assert "+3 highlights" in page
    assert _page(client, article, "?notes=2").count('role="comment"') == 103
    filtered = _page(client, article, "?by=alice&t=1,2")
    assert 'href="?by=alice&amp;notes=2#p2"' in filtered


def test_lasting_address_leads_to_the_place(alice: User, article: Article, client: Client) -> None:
    made = make_highlight(alice, article)
    answer = client.get(made.get_absolute_url())
    assert answer["Location"] == f"{article.get_absolute_url()}#h{made.number}"


def test_members_article_is_not_found_by_strangers(client_of: ClientOf, alice: User) -> None:
    closed = make_article(access=Article.Access.MEMBERS)
    assert client_of(None).get(closed.get_absolute_url()).status_code == 404
    assert client_of(alice).get(closed.get_absolute_url()).status_code == 200


def _marked(page: str) -> set[int]:
    return {row.number for row in Annotation.objects.all() if f'<mark id="h{row.number}"' in page}


def test_scripts_find_the_fields_of_the_forms_with_their_words_and_limits(
    alice: User, article: Article, client_of: ClientOf
) -> None:
    page = _page(client_of(alice), article)
    mark, link = MarkForm(), LinkForm()
    for name in ("stance", "voice", "mode", "audience"):
        assert str(mark[name].label) in page
        assert all(f'value="{value}"' in page for value, _ in mark.fields[name].choices)  # type: ignore[attr-defined]
    assert all(f'<option value="{value}"' in page for value in Link.Relation.values)
    dialog = page.partition('id="link-dialog-part"')[2]
    assert f'maxlength="{MAX_LINK_NOTE}"' in dialog
    assert 'value="background" selected' in dialog
    assert str(link["relation"].label) in dialog
    nobody = UUID(int=0)
    assert f'data-link-url="{reverse("annotation_link", args=[nobody])}"' in dialog
