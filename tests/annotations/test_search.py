"""Notes and claims in search: who finds them."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Claim
from annotations.services import annotations, claims, merging, moderation
from annotations.services.annotations import Changes
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.models import Article, Group
from corpus.permissions import Viewer
from corpus.search import count, others, passages
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight, make_note, make_reply

ANYONE = Viewer()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def article(db: None) -> Article:
    """Return an indexed article."""
    made = make_article()
    assert made.current_version is not None
    index_article(made.current_version)
    return made


def test_a_note_is_found_as_soon_as_it_is_written(alice: User, article: Article) -> None:
    note = make_highlight(alice, article, note="Zeugma of the first order.")
    (hit,) = others(ANYONE, "notes", "zeugma order")
    assert hit.found.url == note.get_absolute_url()
    assert [piece.text for piece in hit.pieces if piece.is_match] == ["Zeugma", "order"]
    assert "Alice" in hit.found.meta


def test_replies_and_notes_on_whole_articles_are_found(alice: User, article: Article) -> None:
    note = make_note(alice, article, "A zeugma throughout.")
    make_reply(alice, note, "No zeugma at all.")
    assert count(ANYONE, "notes", "zeugma") == 2


def test_a_private_note_is_found_by_its_writer_alone(
    alice: User, dave: User, carol: User, ada: User, article: Article
) -> None:
    make_highlight(alice, article, note="Zeugma, I think.", audience="private")
    assert found_by(alice) == 1
    for other in (None, dave, carol, ada):
        assert found_by(other) == 0


def test_a_note_for_a_group_is_found_by_its_members(
    alice: User, bob: User, dave: User, group: Group, article: Article
) -> None:
    note = make_highlight(alice, article, note="Zeugma.", audience="groups", group_ids={group.pk})
    make_reply(bob, note, "Zeugma indeed.")
    assert found_by(bob) == 2
    assert found_by(dave) == 0


def test_a_note_in_an_article_one_may_not_read_is_not_found(
    alice: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, note="Zeugma.")
    Article.objects.filter(pk=article.pk).update(is_hidden=True)
    assert found_by(dave) == 0


def test_a_deleted_note_is_not_found_until_it_is_restored(alice: User, article: Article) -> None:
    note = make_highlight(alice, article, note="Zeugma.")
    annotations.delete(viewer_of(alice), note)
    assert found_by(alice) == 0
    annotations.restore(viewer_of(alice), note)
    assert found_by(alice) == 1


def test_a_hidden_note_is_found_by_its_writer_and_curators(
    alice: User, dave: User, carol: User, article: Article
) -> None:
    note = make_highlight(alice, article, note="Zeugma.")
    moderation.hide(viewer_of(carol), note)
    assert [found_by(user) for user in (None, dave, alice, carol)] == [0, 0, 1, 1]


def test_an_edited_note_is_found_by_its_new_words(alice: User, article: Article) -> None:
    note = make_highlight(alice, article, note="Zeugma.")
    annotations.edit(viewer_of(alice), note, Changes(note="Chiasmus."), counter=note.counter)
    assert found_by(alice) == 0
    assert count(ANYONE, "notes", "chiasmus") == 1


def test_a_claim_is_found_by_name_alias_statement_and_definition(
    alice: User, carol: User, article: Article
) -> None:
    make_highlight(alice, article, claim="deselection threat")
    claim = Claim.objects.get(name="deselection threat")
    changes = ClaimChanges(name="zeugma", statement="MPs fear it.", definition="Being dropped.")
    claims.edit(viewer_of(carol), claim, changes, counter=claim.counter)
    for typed in ("zeugma", "deselection threat", "fear", "dropped"):
        (hit,) = others(ANYONE, "claims", typed)
        assert hit.found.title == "Zeugma"
        assert hit.found.meta == "1 passage · 1 article"


def test_a_merged_claim_is_found_as_the_one_that_stayed(
    alice: User, carol: User, article: Article
) -> None:
    make_highlight(alice, article, claim="zeugma")
    make_highlight(alice, article, "members decide", claim="chiasmus")
    gone, kept = Claim.objects.get(name="zeugma"), Claim.objects.get(name="chiasmus")
    merging.merge(viewer_of(carol), gone, into=kept)
    (hit,) = others(ANYONE, "claims", "zeugma")
    assert hit.found.title == "Chiasmus"


def test_a_proposed_claim_on_a_private_highlight_is_not_found_by_others(
    alice: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, claim="zeugma", audience="private")
    assert count(viewer_of(alice), "claims", "zeugma") == 1
    assert count(viewer_of(dave), "claims", "zeugma") == 0


def test_a_passage_shows_the_highlights_one_may_see(
    alice: User, dave: User, article: Article
) -> None:
    make_highlight(alice, article, "The mood in the party", claim="zeugma", audience="private")
    slot = Claim.objects.get(name="zeugma").slot
    assert _tinted(viewer_of(alice)) == [("The mood in the ", slot), ("party", slot)]
    assert _tinted(viewer_of(dave)) == []


def found_by(user: User | None) -> int:
    """Return how many notes `user` finds; the list agrees with the count."""
    viewer = viewer_of(user)
    hits = others(viewer, "notes", "zeugma")
    assert count(viewer, "notes", "zeugma") == len(hits)
    return len(hits)


def _tinted(viewer: Viewer) -> list[tuple[str, int]]:
    (hit,) = passages(viewer, "party dark")
    return [(piece.text, piece.slot) for piece in hit.pieces if piece.slot is not None]
