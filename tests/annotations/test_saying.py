"""In whose voice a tagged passage is said, how sure its reader is, and why it was tagged."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, ClaimOccurrence
from annotations.services import occurrences
from annotations.services.occurrences import MAX_REASON, Said
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.models import Article
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]
GUESSED, CONFIRMED = ClaimOccurrence.VoiceBasis.GUESSED, ClaimOccurrence.VoiceBasis.CONFIRMED


@pytest.fixture
def article() -> Article:
    """An article in which somebody is quoted."""
    return make_article("He leaves today.", "She said: “We will win, and soon.” Nobody laughed.")


def test_words_in_quotation_marks_are_taken_for_quoted(article: Article, alice: User) -> None:
    quoted = make_highlight(alice, article, "We will win", claim="winning").occurrences.get()
    plain = make_highlight(alice, article, "Nobody laughed", claim="winning").occurrences.get()
    assert (quoted.voice, quoted.voice_basis) == ("quoted", GUESSED)
    assert (plain.voice, plain.voice_basis) == ("", "")


def test_what_a_reader_says_of_the_voice_is_no_guess(article: Article, alice: User) -> None:
    marked = make_highlight(alice, article, "We will win")
    tagged = make_tag(alice, marked, "winning", voice="reported")
    assert (tagged.voice, tagged.voice_basis) == ("reported", CONFIRMED)


def test_a_guess_stays_one_until_it_is_confirmed(
    article: Article, alice: User, client_of: ClientOf
) -> None:
    marked = make_highlight(alice, article, "We will win", claim="winning")
    page = client_of(alice).get(article.get_absolute_url()).content.decode()
    assert "quoted (a guess)" in page
    again = make_tag(alice, marked, "winning", mode="prediction")
    assert (again.voice_basis, again.mode) == (GUESSED, "prediction")

    address = reverse("occurrence_edit", args=[marked.pk, "winning"])
    form = client_of(alice).get(address)
    assert "Guessed from the quotation marks" in form.content.decode()
    sent = {name: value or "" for name, value in form.context["form"].initial.items()}
    client_of(alice).post(address, sent)
    assert _tagged(marked).voice_basis == CONFIRMED
    page = client_of(alice).get(article.get_absolute_url()).content.decode()
    assert "quoted (a guess)" not in page


def test_a_guess_that_is_wrong_is_taken_away(article: Article, alice: User) -> None:
    marked = make_highlight(alice, article, "We will win", claim="winning")
    marked.refresh_from_db()
    said = Said(voice="")
    occurrences.edit(viewer_of(alice), _tagged(marked), said, counter=marked.counter)
    assert (_tagged(marked).voice, _tagged(marked).voice_basis) == ("", "")


def test_doubt_and_reason_are_kept_shown_and_come_back(
    article: Article, alice: User, client_of: ClientOf
) -> None:
    marked = make_highlight(alice, article, "We will win")
    address = reverse("annotation_claims", args=[marked.pk])
    sent = {"claim": "winning", "confidence": "unsure", "reason": "She may be joking."}
    client_of(alice).post(address, sent)
    tagged = _tagged(marked)
    assert (tagged.confidence, tagged.note) == ("unsure", "She may be joking.")
    page = client_of(alice).get(article.get_absolute_url()).content.decode()
    assert "quoted (a guess) · tagged in doubt · She may be joking." in page

    occurrences.untag(viewer_of(alice), marked, tagged.tag)
    occurrences.restore(viewer_of(alice), marked, tagged.tag)
    restored = _tagged(marked)
    assert (restored.confidence, restored.note) == ("unsure", "She may be joking.")
    assert restored.voice_basis == GUESSED


def test_a_reason_that_is_too_long_is_refused(article: Article, alice: User) -> None:
    marked = make_highlight(alice, article, "We will win")
    with pytest.raises(Invalid):
        make_tag(alice, marked, "winning", note="x" * (MAX_REASON + 1))
    assert not marked.occurrences.exists()


def _tagged(marked: Annotation) -> ClaimOccurrence:
    found: ClaimOccurrence = marked.occurrences.get()
    return found


def test_who_comes_from_the_page_of_a_claim_goes_back_there(
    article: Article, alice: User, dave: User, client_of: ClientOf
) -> None:
    marked = make_highlight(alice, article, "He leaves", claim="leaving")
    tagged = _tagged(marked)
    own, others = (client_of(user).get("/claims/leaving/") for user in (alice, dave))
    address = f"{reverse('occurrence_edit', args=[marked.pk, 'leaving'])}?from=claim"
    assert f'href="{address}"' in own.content.decode()
    assert "?from=claim" not in others.content.decode()

    sent = {"stance": "disputes", "counter": marked.counter}
    assert f'id="o{tagged.pk}"' in client_of(alice).get(address).content.decode()
    assert client_of(alice).post(address, sent).headers["Location"] == (
        f"/claims/leaving/#o{tagged.pk}"
    )
