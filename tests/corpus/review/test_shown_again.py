"""Articles that a curator shows again after their import was undone."""

import pytest

from corpus.models import Article
from corpus.permissions import SYSTEM, Viewer
from corpus.services import articles
from corpus.services.imports import import_source
from corpus.services.metadata import Metadata, is_curators
from corpus.services.sources import SourceBytes
from corpus.services.undoing import Undone, undo_batch
from tests.corpus.review.test_undoing import applied, decided, read
from tests.corpus.review.texts import article, changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def shown(curator: Viewer) -> Article:
    """Return an article with a decided title, shown again after its import was undone."""
    candidate = read(curator, article(1))
    decided(curator, candidate, "Decided")
    known = applied(curator, candidate)
    assert undo_batch(curator, candidate.batch) == Undone(withdrawn=1)
    known.refresh_from_db()
    assert not is_curators(known, "title")
    return articles.restore(curator, known)


def _imported(text: str) -> Article:
    (outcome,) = import_source(SYSTEM, SourceBytes("1.txt", text.encode()))
    return Article.objects.get(pk=outcome.article.pk)


def test_what_was_decided_for_the_undone_import_binds_the_next_one(shown: Article) -> None:
    again = _imported(changed(article(1)))
    assert again == shown
    assert (again.title, again.title_basis) == ("Decided", "curated")
    assert "is_undone" not in again.facts["title"]


def test_taken_out_again_it_is_as_free_as_before(curator: Viewer, shown: Article) -> None:
    hidden = articles.undo_restore(curator, shown)
    assert hidden.is_withdrawn
    assert not is_curators(hidden, "title")
    assert _imported(article(1)).title == "Headline number 1"


def test_what_was_set_by_hand_meanwhile_stays_when_it_is_taken_out_again(
    curator: Viewer, shown: Article
) -> None:
    articles.edit_metadata(curator, shown, Metadata(title="By hand"), counter=shown.counter)
    articles.undo_restore(curator, shown)
    assert _imported(article(1)).title == "By hand"
