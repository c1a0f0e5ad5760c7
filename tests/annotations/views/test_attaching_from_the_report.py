"""From the report to the right words and back: what was done by hand, and where it is undone."""

from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from annotations.queries.orphans import likely_block
from annotations.services.reattaching import reattach
from corpus.access import viewer_of
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import make_article, make_highlight, passage_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]

OPENING = "It rained in the harbour all of that week, and nobody went out to sea."
LOST = "An old man mended nets by the wall until the light had gone from the sky."
NEIGHBOUR = "The boats lay on their sides in the mud, as they had lain the winter before."
LAST = "On the seventh day the wind turned, and the children ran down to look."
ADDED = tuple(f"In {year} a stranger wrote down what he saw there." for year in range(1990, 1996))


@pytest.fixture
def article() -> Article:
    return make_article(OPENING, LOST, NEIGHBOUR, LAST, title="The harbour")


@pytest.fixture
def orphan(alice: User, carol: User, article: Article) -> Annotation:
    """Return alice's highlight of words that went, behind six paragraphs that came."""
    mark = make_highlight(alice, article, "mended nets by the wall")
    rewrite(carol, article, *ADDED, OPENING, NEIGHBOUR, LAST)
    mark.refresh_from_db()
    assert (mark.anchor_state, mark.guess_start) == ("orphan", None)
    return mark


def report_of(client: Client, article: Article, number: int = 2) -> str:
    return " ".join(
        client.get(reverse("carried", args=[article.slug, number])).content.decode().split()
    )


def attach(user: User, orphan: Annotation, words: str = "lay on their sides") -> Annotation:
    article = Article.objects.select_related("current_version").get(pk=orphan.article_id)
    passage = passage_of(article, words)
    orphan.refresh_from_db()
    return reattach(viewer_of(user), orphan, passage, version=2, counter=orphan.counter)


def address(orphan: Annotation, name: str = "annotation_reattach") -> str:
    return reverse(name, args=[orphan.pk])


def test_the_report_says_what_was_attached_by_hand_by_whom_with_undo(
    client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    attach(carol, orphan)
    html = report_of(client_of(carol), article)
    assert '<tr role="row" data-state="by-hand">' in html
    assert "Attached by hand" in html
    assert "As they were" not in html
    assert '<span class="meta">carol, <time' in html
    assert f'action="{address(orphan, "annotation_reattach_undo")}"' in html


def test_undo_in_the_report_leads_back_to_it(
    client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    attach(carol, orphan)
    client = client_of(carol)
    answer = client.post(address(orphan, "annotation_reattach_undo"), {"from": "report"})
    report = reverse("carried", args=[article.slug, 2])
    assert (answer.status_code, answer.headers["Location"]) == (303, report)
    html = report_of(client, article)
    assert "It is back where it was." in html
    assert "Attached by hand" not in html
    assert '<tr role="row" data-state="orphan">' in html


def test_who_may_not_move_it_is_offered_no_undo(
    client_of: ClientOf, carol: User, dave: User, article: Article, orphan: Annotation
) -> None:
    attach(carol, orphan)
    html = report_of(client_of(dave), article)
    assert "Attached by hand" in html
    assert address(orphan, "annotation_reattach_undo") not in html


def test_a_later_version_makes_of_it_what_it_finds(
    client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    attach(carol, orphan)
    rewrite(carol, article, OPENING, NEIGHBOUR, LAST)
    later = report_of(client_of(carol), article, 3)
    assert "Attached by hand" not in later
    earlier = report_of(client_of(carol), article, 2)
    assert "Attached by hand" in earlier
    assert address(orphan, "annotation_reattach_undo") not in earlier


def test_the_page_that_confirms_leads_back_to_the_report(
    client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    client = client_of(carol)
    sent = {"from": "report", "version": "2", "counter": orphan.counter, "exact": "in the mud"}
    answer = client.post(address(orphan), sent)
    assert answer.headers["Location"].endswith("/reattach/undo/?from=report")
    page = client.get(answer.headers["Location"]).content.decode()
    report = reverse("carried", args=[article.slug, 2])
    assert f'href="{report}">Back to the report</a>' in page
    undone = client.post(answer.headers["Location"])
    assert undone.headers["Location"] == report


def test_choosing_words_leads_from_the_report_into_the_text_near_those_that_went(
    client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    client = client_of(carol)
    way = f"{article.get_absolute_url()}?attach={orphan.number}"
    assert f'href="{way}"' in report_of(client, article)
    page = unescape(client.get(way).content.decode())
    assert "Choose the words that “mended nets by the wall” belongs to." in page
    assert 'data-near="p7"' in page
    assert f'href="{address(orphan)}?from=report"' in page


def test_words_are_chosen_for_what_only_its_reader_sees_too(
    client_of: ClientOf, alice: User, carol: User, article: Article
) -> None:
    mark = make_highlight(alice, article, "mended nets by the wall", audience="private")
    rewrite(carol, article, *ADDED, OPENING, NEIGHBOUR, LAST)
    asked = {"attach": mark.number}
    page = client_of(alice).get(article.get_absolute_url(), asked).content.decode()
    assert "Choose the words that “mended nets by the wall” belongs to." in unescape(page)
    assert b"data-attach-now" not in client_of(carol).get(article.get_absolute_url(), asked).content


@pytest.mark.parametrize("asked", ["99", "x", "", "1" * 30, "-1"])
def test_an_address_that_names_no_lost_highlight_asks_for_nothing(
    asked: str, client_of: ClientOf, carol: User, article: Article, orphan: Annotation
) -> None:
    page = client_of(carol).get(article.get_absolute_url(), {"attach": asked})
    assert page.status_code == 200
    assert b"data-attach-now" not in page.content


def test_words_are_chosen_by_who_may_attach_them_alone(
    walkers: dict[str, Client], article: Article, orphan: Annotation
) -> None:
    way = f"{article.get_absolute_url()}?attach={orphan.number}"
    asked = {
        name for name, client in walkers.items() if b"data-attach-now" in client.get(way).content
    }
    assert asked == {"alice", "carol", "ada"}


def test_the_form_opens_the_paragraph_to_which_the_words_around_went(
    client_of: ClientOf, alice: User, article: Article, orphan: Annotation
) -> None:
    page = client_of(alice).get(address(orphan)).content.decode()
    assert "Choose the words in paragraph 7" in page
    version = Article.objects.get(pk=article.pk).current_version
    assert version is not None
    assert likely_block(orphan, version) == 7


def test_looking_at_another_paragraph_keeps_what_was_typed(
    client_of: ClientOf, alice: User, orphan: Annotation
) -> None:
    sent = {
        "version": "2",
        "block": "7",
        "counter": orphan.counter,
        "from_words": "The boats lay",
        "to_words": "in the mud",
        "other": "8",
        "show": "1",
    }
    answer = client_of(alice).post(address(orphan), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Choose the words in paragraph 8" in page
    assert 'value="The boats lay"' in page
    assert 'value="in the mud"' in page
    assert 'name="block" value="8"' in page
    orphan.refresh_from_db()
    assert orphan.anchor_state == "orphan"


def test_enter_in_a_field_attaches_and_does_not_look_elsewhere(
    client_of: ClientOf, alice: User, orphan: Annotation
) -> None:
    page = client_of(alice).get(address(orphan)).content.decode()
    form = page[page.index('name="from_words"') :]
    assert form.index("Attach here") < form.index('name="show"')
