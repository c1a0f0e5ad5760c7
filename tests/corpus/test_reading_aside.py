"""Large imports are read by a second process: what comes of them is the same."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from corpus.importing.aside import Aside, Asked, ReadingEnded
from corpus.management import ahead
from corpus.management.commands import import_articles
from corpus.models import (
    Article,
    ArticleVersion,
    ImportCandidate,
    NearPair,
    SearchEntry,
    Signature,
    SignatureTerm,
    TextRun,
)
from tests.corpus.review.texts import article

pytestmark = pytest.mark.django_db

PLAIN = b"A headline\n\nOne sentence stands here, and another one follows.\n"


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data set of which three records are imported at once, and only those are read here.

    In it are texts that are nearly the same, one that comes twice and one that is none.
    """
    monkeypatch.setattr(import_articles, "AT_ONCE", 3)
    monkeypatch.setattr(ahead, "STARTED_AFTER", 3)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    texts = [article(seed).split("\n\n", 1)[1] for seed in range(10)]
    texts[5] += "\n\nAnd there is one line more than “there was before, of all that was said here”."
    texts += [f"{texts[4]}\n\nIt has an end.", texts[2], " "]
    rows = [
        {"title": f"Łódź {place}", "text": text, "url": f"https://a.example/{place}"}
        for place, text in enumerate(texts)
    ]
    path = tmp_path / "pile.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def stored() -> dict[str, list[Any]]:
    """Return what an import stored, without keys and times."""
    by_slug = "article__slug"
    return {
        "articles": [*Article.objects.order_by("slug").values_list("slug", "title", "digest")],
        "texts": [
            *ArticleVersion.objects.order_by(by_slug).values_list(
                by_slug, "text", "blocks", "marks", "paratext", "flags", "word_count", "is_basic"
            )
        ],
        "entries": [
            *SearchEntry.objects.order_by(by_slug, "kind", "block", "start").values_list(
                by_slug, "kind", "block", "start", "end"
            )
        ],
        "names": [*Signature.objects.order_by(by_slug).values_list(by_slug, "names")],
        "terms": [
            *SignatureTerm.objects.order_by(by_slug, "term__word").values_list(
                by_slug, "term__word", "weight"
            )
        ],
        "runs": [
            *TextRun.objects.order_by("text__article__slug", "start", "hash").values_list(
                "text__article__slug", "hash", "start", "end"
            )
        ],
        "pairs": [*NearPair.objects.order_by("share").values_list("first__slug", "share")],
        "proposals": [
            *ImportCandidate.objects.order_by("source__name", "position").values_list(
                "source__name", "position", "proposal", "digest", "state"
            )
        ],
    }


def imported(path: Path) -> dict[str, list[Any]]:
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("import_articles", str(path), verbosity=0)
    return stored()


def test_two_processes_store_what_one_does(
    pile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        with_two = imported(pile)
        told = capsys.readouterr().err
        transaction.set_rollback(True)
    monkeypatch.setattr(ahead, "STARTED_AFTER", 1_000)
    assert not Article.objects.exists()
    assert imported(pile) == with_two
    assert capsys.readouterr().err == told
    assert len(with_two["articles"]) == 11
    assert with_two["pairs"]


def test_process_that_was_ended_leaves_what_was_imported(
    pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ended(Aside):
        def answer(self) -> Any:
            pid = self._process.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            self._process.join()
            return super().answer()

    monkeypatch.setattr(ahead, "Aside", Ended)
    with pytest.raises(CommandError, match="was ended from outside"):
        call_command("import_articles", str(pile), verbosity=0)
    assert Article.objects.count() == 3
    monkeypatch.setattr(ahead, "Aside", Aside)
    assert len(imported(pile)["articles"]) == 11


def test_what_cannot_be_read_leaves_the_others() -> None:
    aside = Aside()
    try:
        aside.ask([Asked(b" \n", "empty.txt", "", ""), Asked(PLAIN, "plain.txt", "", "")])
        nothing, readings = aside.answer()
    finally:
        aside.close()
    assert nothing is None
    assert readings is not None
    (found,) = readings
    assert found.proposal.title.value == "A headline"
    assert found.cut.folded[:2] == ["one", "sentence"]
    with pytest.raises(ReadingEnded):
        aside.ask([])
