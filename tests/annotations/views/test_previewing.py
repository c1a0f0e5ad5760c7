"""A note is shown as readers would see it before it is stored, and nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from annotations.services.guards import MAX_NOTE
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
URL = "/notes/preview/"
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def mark(alice: User) -> Annotation:
    return make_highlight(alice, make_article(), note="As it was.")


def test_what_is_typed_is_drawn_and_cleaned(alice: User, client_of: ClientOf) -> None:
    note = "*So* <script>x</script>\n\n- one\n\n[bad](javascript:alert(1))"
    html = client_of(alice).post(URL, {"note": note}).content.decode()
    assert "<em>So</em>" in html
    assert "<li>one</li>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert not Annotation.objects.filter(note__contains="So").exists()


def test_nothing_typed_says_so(alice: User, client_of: ClientOf) -> None:
    assert "Nothing is written yet." in client_of(alice).post(URL, {"note": " "}).content.decode()


def test_only_accounts_have_notes_drawn(client_of: ClientOf) -> None:
    stranger = client_of(None)
    assert stranger.post(URL, {"note": "x"}, headers=JSON).status_code == 401
    assert stranger.get(URL).status_code == 405


def test_what_is_too_long_is_refused_in_words(alice: User, client_of: ClientOf) -> None:
    sent = {"note": "x" * (MAX_NOTE + 1)}
    answer = client_of(alice).post(URL, sent, headers=JSON)
    assert answer.status_code == 422
    assert str(MAX_NOTE) in answer.json()["message"]


def test_without_script_a_form_shows_the_preview_and_keeps_what_was_typed(
    alice: User, mark: Annotation, client_of: ClientOf
) -> None:
    sent = {"note": "Now *so*.", "audience": "private", "counter": "1", "preview": "note"}
    answer = client_of(alice).post(f"/annotations/{mark.pk}/edit/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<p>Now <em>so</em>.</p>" in page
    assert "Now *so*.</textarea>" in page
    assert '<option value="private" selected>' in page
    mark.refresh_from_db()
    assert (mark.note, mark.audience) == ("As it was.", "public")


def test_a_paragraph_form_keeps_its_sentences_words_and_claim(
    alice: User, mark: Annotation, client_of: ClientOf
) -> None:
    sent = {
        "block": "2",
        "version": "1",
        "sentences": "1",
        "from_words": "Others have",
        "note": "> quoted",
        "claim": "a claim",
        "stance": "disputes",
        "preview": "note",
    }
    url = f"{mark.article.get_absolute_url()}annotations/"
    page = client_of(alice).post(url, sent).content.decode()
    assert "<blockquote>" in page
    for kept in ('value="Others have"', 'value="a claim"', "&gt; quoted</textarea>"):
        assert kept in page
    for name, value in (("sentences", "1"), ("stance", "disputes")):
        field = page.split(f'name="{name}" value="{value}"')[1].split(">")[0]
        assert "checked" in field
    assert Annotation.objects.filter(article=mark.article).count() == 1


def test_an_empty_reply_is_previewed_without_being_sent(
    bob: User, mark: Annotation, client_of: ClientOf
) -> None:
    make_reply(bob, mark)
    url = f"/annotations/{mark.pk}/reply/"
    page = client_of(bob).post(url, {"note": "", "preview": "note"}).content.decode()
    assert "Nothing is written yet." in page
    assert mark.replies.count() == 1


def test_forms_without_a_note_have_no_preview(
    alice: User, mark: Annotation, client_of: ClientOf
) -> None:
    page = client_of(alice).get(f"/annotations/{mark.pk}/delete/").content.decode()
    assert 'name="preview"' not in page
