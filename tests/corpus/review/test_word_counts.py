"""An import and the article made of it tell the same number of words."""

import pytest

from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.importing import candidate_rows
from corpus.services import applying
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

PROSE = "The shop on the corner was closed – for a week, it seemed – and nobody could tell why."
# Lines that stand as they are, and no-break spaces, part words without a space.
TEXT = (
    f"{PROSE}\n\nRoses are red,\nviolets are blue,\nso are you.\n\n{PROSE} In\u00a0May\u00a02020."
)


def read(viewer: Viewer) -> ImportCandidate:
    batch = create_batch(viewer, [SourceBytes("a.txt", TEXT.encode())]).batch
    run_jobs()
    return ImportCandidate.objects.get(batch=batch)


def counted(candidate: ImportCandidate) -> int:
    (row,) = candidate_rows(ImportCandidate.objects.filter(pk=candidate.pk))
    return row.words


def test_the_words_of_an_import_are_counted_as_those_of_its_article(curator: Viewer) -> None:
    candidate = read(curator)
    before = counted(candidate)
    article = applying.apply_one(curator, candidate, counter=1).article
    assert article is not None
    assert article.current_version is not None
    assert article.current_version.word_count == before == len(article.current_version.text.split())


def test_the_words_of_an_import_from_before_are_counted_too(curator: Viewer) -> None:
    candidate = read(curator)
    expected = counted(candidate)
    del candidate.proposal["words"]
    candidate.save()
    assert counted(candidate) == expected
