"""Orphans under the article, the page and the answers that put them on the right words."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from corpus.models import Article
from tests.annotations.services.editing import rewrite
from tests.factories import TEXT, make_article, make_highlight, passage_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
JSON = {"Accept": "application/json"}


@pytest.fixture
def article() -> Article:
    return make_article(title="Moods")


@pytest.fixture
def orphan(alice: User, carol: User, article: Article) -> Annotation:
    """Return alice's highlight of “dark”, which became “bright”."""
    mark = make_highlight(alice, article, "dark", note="Very.", claim="gloom")
    rewrite(carol, article, TEXT[0].replace("dark", "bright"), *TEXT[1:])
    mark.refresh_from_db()
    return mark


def address(orphan: Annotation, name: str = "annotation_reattach") -> str:
    return reverse(name, args=[orphan.pk])


def fields_of(html: str, form: int) -> dict[str, str]:
    """Return the hidden fields of the nth form that attaches."""
    found = re.findall(r"<form[^>]*data-attach>(.*?)</form>", html, re.S)[form]
    inputs = re.findall(r'name="(\w+)" value="([^"]*)"', found)
    areas = re.findall(r'<textarea name="(\w+)" hidden>\n?(.*?)</textarea>', found, re.S)
    return {name: unescape(value) for name, value in [*inputs, *areas]}


def test_an_orphan_stands_under_the_article_with_its_words_and_the_best_guess(
    client_of: ClientOf, alice: User, article: Article, orphan: Annotation
) -> None:
    html = client_of(alice).get(article.get_absolute_url()).content.decode()
    under = html[html.index("Could not be placed") :]
    assert "Marked in version 1:" in under
    assert "<p>dark</p>" in under
    assert "<p>bright</p>" in under
    assert "Very." in under
    assert f'id="n{orphan.number}"' in under
    assert 'data-h="h1"' not in html


def test_only_who_may_attach_it_is_offered_to(
    client_of: ClientOf, walkers: dict[str, Client], article: Article, orphan: Annotation
) -> None:
    offered = {
        name: b"Attach to these words" in client.get(article.get_absolute_url()).content
        for name, client in walkers.items()
    }
    assert offered == {
        "anonymous": False,
        "dave": False,
        "alice": True,
        "carol": True,
        "ada": True,
    }


def test_a_private_orphan_is_shown_to_its_reader_alone(
    walkers: dict[str, Client], article: Article, orphan: Annotation
) -> None:
    Annotation.objects.filter(pk=orphan.pk).update(audience="private")
    for name, client in walkers.items():
        page = client.get(article.get_absolute_url())
        assert (b"Could not be placed" in page.content) == (name == "alice")
        answer = client.get(address(orphan))
        expected = {"alice": 200, "anonymous": 302}.get(name, 404)
        assert answer.status_code == expected


def test_the_guess_is_taken_by_a_press_and_undone_by_another(
    client_of: ClientOf, alice: User, article: Article, orphan: Annotation
) -> None:
    client = client_of(alice)
    html = client.get(article.get_absolute_url()).content.decode()
    answer = client.post(address(orphan), fields_of(html, 0))
    undo = address(orphan, "annotation_reattach_undo")
    assert (answer.status_code, answer.headers["Location"]) == (303, undo)
    orphan.refresh_from_db()
    assert orphan.exact == "bright"
    shown = client.get(undo).content.decode()
    assert "Attached to the new words." in shown
    assert re.findall(r'class="button button-primary" href[^>]*>([^<]+)<', shown) == [
        "Back to the article"
    ]
    assert '<button class="button">Undo</button>' in shown
    assert b'data-h="h1"' in client.get(article.get_absolute_url()).content
    client.post(undo)
    orphan.refresh_from_db()
    assert (orphan.exact, orphan.anchor_state) == ("dark", "orphan")
    assert client.get(undo).status_code == 302


def test_words_are_chosen_without_a_script(
    client_of: ClientOf, alice: User, orphan: Annotation
) -> None:
    client = client_of(alice)
    page = client.get(address(orphan), {"block": "3"}).content.decode()
    assert "Choose the words in paragraph 3" in page
    assert "He said it twice: members decide." in page
    sent = {"block": "3", "version": "2", "counter": orphan.counter}
    nothing = client.post(address(orphan), sent)
    assert nothing.status_code == 422
    assert b"Choose a sentence" in nothing.content
    client.post(address(orphan), sent | {"sentences": ["1"]})
    orphan.refresh_from_db()
    assert orphan.exact == "He said it twice: members decide."


def test_a_script_sends_chosen_words_and_hears_where_they_stand(
    client_of: ClientOf, alice: User, article: Article, orphan: Annotation
) -> None:
    client = client_of(alice)
    passage = passage_of(Article.objects.get(pk=article.pk), "members decide")
    sent = {
        "version": 2,
        "counter": orphan.counter,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
    }
    answer = client.post(address(orphan), sent, headers=JSON)
    undo = address(orphan, "annotation_reattach_undo")
    assert answer.json() == {
        "id": str(orphan.pk),
        "number": orphan.number,
        "counter": orphan.counter + 1,
        "blocks": [3],
        "url": undo,
        "restore_url": undo,
        "message": "Attached to the new words.",
    }
    stale = client.post(address(orphan), sent, headers=JSON)
    assert stale.status_code == 412
    assert stale.json()["current"]["exact"] == "members decide"
    undone = client.post(undo, {}, headers=JSON)
    assert undone.json()["blocks"] == [3]


def test_words_that_are_gone_are_refused_and_the_page_says_so(
    client_of: ClientOf, alice: User, orphan: Annotation
) -> None:
    sent = {"version": 2, "counter": orphan.counter, "start": 0, "end": 3, "exact": "xyz"}
    answer = client_of(alice).post(address(orphan), sent, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (409, "text_changed")
    page = client_of(alice).post(address(orphan), sent)
    assert page.status_code == 409
    assert b"This passage changed since you opened the page" in page.content


def test_what_stands_on_its_words_is_led_to_its_place(
    client_of: ClientOf, alice: User, article: Article
) -> None:
    mark = make_highlight(alice, article, "The mood")
    answer = client_of(alice).get(address(mark))
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#h{mark.number}"


def test_a_note_on_changed_words_says_so(
    client_of: ClientOf, alice: User, carol: User, article: Article
) -> None:
    make_highlight(alice, article, "pray by their bedside that nobody")
    rewrite(carol, article, TEXT[0], TEXT[1].replace("by their", "at their"), TEXT[2])
    html = client_of(alice).get(article.get_absolute_url()).content.decode()
    assert html.count("words changed") == 1


def test_the_lasting_address_of_an_orphan_leads_to_its_note(
    client_of: ClientOf, alice: User, article: Article, orphan: Annotation
) -> None:
    answer = client_of(alice).get(orphan.get_absolute_url())
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#n{orphan.number}"


def test_its_claim_quotes_it_as_words_of_an_earlier_version(
    client_of: ClientOf, alice: User, orphan: Annotation
) -> None:
    html = client_of(alice).get("/claims/gloom/").content.decode()
    assert "words of an earlier version" in html
    assert f"#n{orphan.number}" in html
