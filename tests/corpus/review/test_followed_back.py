"""What follows the text of an article when an import of another text of it is undone."""

from dataclasses import replace

import pytest

from corpus.models import Article
from corpus.permissions import SYSTEM, Viewer
from corpus.services.articles import edit_metadata
from corpus.services.imports import import_source
from corpus.services.metadata import metadata_of
from corpus.services.sources import SourceBytes
from corpus.services.undoing import Undone, undo_batch
from tests.corpus.review.test_undoing import applied, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

PAGE = "https://news.example/2017/x"
WORDS = (
    "The members of the party left in great numbers over the winter and nobody at the top of "
    "it said why, so that the rest were left to guess at what had been the matter for so long."
)


def text(lead: str) -> str:
    return f"A headline of number one\n\nURL: {PAGE}\n\n{lead}\n\n{WORDS}\n\n{WORDS} So others.\n"


@pytest.fixture
def known(db: None) -> Article:
    """Return an article whose standfirst was read from its text."""
    file = SourceBytes("1.txt", text("Members leave fast").encode())
    article = Article.objects.get(pk=import_source(SYSTEM, file)[0].article.pk)
    assert article.standfirst == "Members leave fast"
    assert article.standfirst_basis != "curated"
    return article


def undone(curator: Viewer, lead: str) -> Article:
    candidate = read(curator, text(lead))
    article = applied(curator, candidate)
    assert undo_batch(curator, candidate.batch) == Undone(taken_back=1)
    article.refresh_from_db()
    return article


def test_standfirst_is_what_the_text_says_and_nobody_curated_it(
    curator: Viewer, known: Article
) -> None:
    back = undone(curator, "Members leave slowly now")
    assert back == known
    assert (back.standfirst, back.standfirst_basis) == (
        "Members leave fast",
        known.standfirst_basis,
    )
    fact = back.facts["standfirst"]
    assert (fact["value"], fact["basis"]) == ("Members leave fast", known.standfirst_basis)
    again = applied(curator, read(curator, text("Members leave no more")))
    assert (again, again.standfirst) == (known, "Members leave no more")


def test_standfirst_that_only_the_other_text_had_is_unknown_again(curator: Viewer) -> None:
    file = SourceBytes("1.txt", text(f"Again: {WORDS}").encode())
    known = import_source(SYSTEM, file)[0].article
    back = undone(curator, "Members leave fast")
    assert back == known
    assert (back.standfirst, back.standfirst_basis) == ("", "unknown")
    again = applied(curator, read(curator, text("They all go")))
    assert (again, again.standfirst) == (known, "They all go")


def test_standfirst_that_a_curator_set_stays_theirs(curator: Viewer, known: Article) -> None:
    facts = replace(metadata_of(known), standfirst="Members leave slowly now")
    edit_metadata(curator, known, facts, counter=known.counter)
    back = undone(curator, "Members leave slowly now")
    assert (back.standfirst, back.standfirst_basis) == ("Members leave fast", "curated")
