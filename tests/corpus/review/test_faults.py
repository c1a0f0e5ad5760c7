"""A source that makes the rules fail in a way that nobody foresaw stops no other."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from corpus.importing import aside, pipeline
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile
from corpus.permissions import SYSTEM
from corpus.services import batches, proposing
from corpus.services.faults import faults_told
from corpus.services.sources import SourceBytes
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

BROKEN = "Broken headline\n\nThe rules fail at these words."


def _fails_at_broken(read: Any) -> Any:
    def reading(source: Any, *args: Any, **options: Any) -> Any:
        words = source if isinstance(source, bytes) else source.text.encode()
        if b"The rules fail" in words:
            raise IndexError
        return read(source, *args, **options)

    return reading


@pytest.fixture(autouse=True)
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules fail at one text."""
    monkeypatch.setattr(proposing, "interpret", _fails_at_broken(pipeline.interpret))
    reading = _fails_at_broken(pipeline.read_and_interpret)
    monkeypatch.setattr(aside, "read_and_interpret", reading)


def test_what_fails_is_refused_alone_and_the_rest_of_the_import_is_read() -> None:
    texts = {"a.txt": article(1), "b.txt": BROKEN, "c.txt": article(2)}
    sources = [SourceBytes(name, text.encode()) for name, text in texts.items()]
    batch: ImportBatch = batches.create_batch(SYSTEM, sources).batch
    run_jobs()
    states = dict(ImportFile.objects.filter(batch=batch).values_list("name", "state"))
    assert states == {"a.txt": "read", "b.txt": "refused", "c.txt": "read"}
    refused = ImportFile.objects.get(batch=batch, name="b.txt")
    assert refused.problem.startswith("%(name)s could not be read because of a fault")
    assert ImportCandidate.objects.filter(batch=batch).count() == len(texts) - 1


def test_the_command_goes_on_behind_what_fails(tmp_path: Any, capsys: Any) -> None:
    before = Article.objects.count()
    for name, text in (("a.txt", article(1)), ("b.txt", BROKEN), ("c.txt", article(2))):
        (tmp_path / name).write_text(text)
    with pytest.raises(CommandError, match="1 of 3"):
        call_command("import_articles", str(tmp_path))
    assert "could not be read because of a fault of this program" in capsys.readouterr().err
    assert Article.objects.count() == before + 2


def test_what_the_database_says_is_no_fault_of_the_source() -> None:
    with pytest.raises(OperationalError), faults_told("a.txt"):
        raise OperationalError
