"""Old and crossed texts: an edit that another one overtook, an old version brought back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from tests.corpus.text_edits import current, edit_as, post, sent, words
from tests.factories import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.mark.parametrize("step", ["save", "preview"])
def test_edit_that_crossed_another_is_kept_beside_it(
    ada: User, client: Client, article: Article, step: str
) -> None:
    ada.first_name = "Ada"
    ada.save()
    mine = sent(article, TEXT[0], "My own second.", f"{TEXT[2]} My addition.", step=step)
    edit_as(ada, article, f"Their addition. {TEXT[0]}", "Their own second.", TEXT[2])
    answer = post(client, article, mine)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Version 2 was stored while you were writing" in page
    assert "Ada changed the text: a correction." in page
    assert "<ins>Their addition. </ins>" in page
    rows = answer.context["rows"]
    assert [(row.text, row.is_adopted, list(row.theirs)) for row in rows] == [
        (f"Their addition. {TEXT[0]}", True, []),
        ("My own second.", False, ["Their own second."]),
        (f"{TEXT[2]} My addition.", False, []),
    ]
    assert 'name="seen" value="2"' in page
    assert current(article).number == 2


def test_crossed_edit_is_saved_when_it_is_sent_again(
    ada: User, client: Client, article: Article
) -> None:
    mine = sent(article, *TEXT[:2], "Mine is the end.")
    edit_as(ada, article, "Theirs is the beginning.", *TEXT[1:])
    crossed = post(client, article, mine)
    again = sent(article, *words(crossed))
    assert again["seen"] == crossed.context["version"].number == 2
    assert post(client, article, again).status_code == 303
    assert current(article).text.split("\n\n") == [
        "Theirs is the beginning.",
        TEXT[1],
        "Mine is the end.",
    ]
    assert article.versions.count() == 3


def test_old_text_is_brought_back_after_a_look(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    page = client.get(url).content.decode()
    assert "<del>All is new.</del>" in page
    assert 'value="The text of version 1 again"' in page
    answer = client.post(url, {"seen": 2, "reason": "the new one was wrong"})
    assert answer.status_code == 303
    version = current(article)
    assert (version.number, version.text) == (3, "\n\n".join(TEXT))
    assert version.reason == "the new one was wrong"


def test_bringing_back_what_is_there_already_stores_nothing(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    edit_as(carol, article, *TEXT)
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    assert "The words and blocks are the same." in client.get(url).content.decode()
    answer = client.post(url, {"seen": 3, "reason": "why not"}, follow=True)
    assert "The text is the same already." in answer.content.decode()
    assert article.versions.count() == 3


def test_bringing_back_that_crossed_an_edit_asks_again(
    carol: User, client: Client, article: Article
) -> None:
    edit_as(carol, article, "All is new.")
    edit_as(carol, article, "All is new again.")
    url = f"{article.get_absolute_url()}versions/1/bring-back/"
    answer = client.post(url, {"seen": 2, "reason": "wrong"})
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Version 3 was stored meanwhile." in page
    assert 'name="seen" value="3"' in page
    assert current(article).number == 3


def test_current_text_needs_no_bringing_back(client: Client, article: Article) -> None:
    answer = client.get(f"{article.get_absolute_url()}versions/1/bring-back/")
    assert (answer.status_code, answer["Location"]) == (302, article.get_absolute_url())
