"""A pile with a file of every format: imported again, any way, it changes nothing at all."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from corpus.access import viewer_of
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile, Job
from corpus.permissions import Viewer
from corpus.services.applying import apply_some
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes
from tests.corpus.importing.books import book
from tests.corpus.importing.documents import pdf
from tests.corpus.importing.web_archives import answer, record
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

State = ImportCandidate.State
ARTICLES = 21
"""So many are in the whole pile."""


def page(number: int) -> str:
    title, *paragraphs = article(number).strip().split("\n\n")
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<meta charset=utf-8><title>{title}</title>"
    return f"<!doctype html><html><head>{head}</head><body><article>{words}</article></body></html>"


def saved(number: int) -> bytes:
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message["Snapshot-Content-Location"] = f"https://quay.example/{number}"
    message.make_related()
    message.add_related(page(number).encode(), "text", "html", cte="quoted-printable")
    return bytes(message).replace(message.get_boundary("").encode(), b"=_parts")


def table(delimiter: str, *numbers: int) -> bytes:
    written = io.StringIO()
    rows = [["title", "text"], *([f"Row {n}", article(n)] for n in numbers)]
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode()


def rows(*numbers: int) -> list[dict[str, str]]:
    return [{"title": f"Record {n}", "text": article(n)} for n in numbers]


def archive(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def pile() -> dict[str, bytes]:
    """Return a file of every format, by its name."""
    rss = f"<item><title>In a feed</title><description>{article(11)}</description></item>"
    atom = f"<entry><id>u:1</id><title>An entry</title><content>{article(12)}</content></entry>"
    plain, packed = (
        record(answer(page(n).encode()), url=f"https://quay.example/{n}") for n in (13, 14)
    )
    lines = "\n".join(json.dumps(row) for row in rows(15, 16))
    return {
        "plain.txt": article(1).encode(),
        "latin.txt": article(2).replace("The", "Thé").encode("cp1252"),
        "wide.txt": article(3).encode("utf-16"),
        "note.md": f"---\ntitle: A note\n---\n{article(4)}".encode(),
        "page.html": page(5).encode(),
        "saved.mhtml": saved(6),
        "paper.pdf": pdf(
            ["A paper", "The gate is shut again, and all went home."], title="A paper"
        ),
        "rows.csv": table(",", 7, 8),
        "rows.tsv": table("\t", 9, 10),
        "feed.rss": f"<rss><channel><title>Q</title>{rss}</channel></rss>".encode(),
        "feed.atom": f'<feed xmlns="http://www.w3.org/2005/Atom">{atom}</feed>'.encode(),
        "pages.warc": plain,
        "pages.warc.gz": gzip.compress(packed, mtime=0),
        "lines.jsonl": lines.encode(),
        "list.json": json.dumps(rows(17, 18)).encode(),
        "book.epub": book(f"<h1>One</h1><p>{article(19)}</p>"),
        "pile.zip": archive({"../a.txt": article(20).encode()}),
    }


def rows_of_everything() -> dict[str, int]:
    """Return how many rows each table of the corpus has."""
    models = apps.get_app_config("corpus").get_models()
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.fixture
def viewer() -> Viewer:
    """Return a curator."""
    return viewer_of(User.objects.create_user("cura", is_staff=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the pile."""
    for name, content in pile().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def added_in_the_browser(viewer: Viewer, files: Mapping[str, bytes]) -> ImportBatch:
    """Return the import of the files, all of it added."""
    sources = [SourceBytes(name, content) for name, content in files.items()]
    batch = create_batch(viewer, sources).batch
    run_jobs()
    waiting = batch.candidates.filter(state=State.PENDING)
    apply_some(viewer, batch, {row.pk: row.counter for row in waiting})
    run_jobs()
    return batch


def test_command_that_runs_again_changes_no_row(folder: Path) -> None:
    before = Article.objects.count()
    call_command("import_articles", str(folder), verbosity=0)
    assert Article.objects.count() == before + ARTICLES
    stored = rows_of_everything()
    call_command("import_articles", str(folder), verbosity=0)
    assert rows_of_everything() == stored


def test_pile_that_was_added_in_the_browser_is_known_to_both(viewer: Viewer, folder: Path) -> None:
    before = Article.objects.count()
    batch = added_in_the_browser(viewer, pile())
    assert not batch.files.filter(state=ImportFile.State.REFUSED).exists()
    assert Article.objects.count() == before + ARTICLES
    stored = rows_of_everything()
    assert added_in_the_browser(viewer, pile()) == batch
    call_command("import_articles", str(folder), verbosity=0)
    assert rows_of_everything() == stored


def test_pile_from_the_command_has_nothing_to_add_in_the_browser(
    viewer: Viewer, folder: Path
) -> None:
    call_command("import_articles", str(folder), verbosity=0)
    stored = rows_of_everything()
    batch = added_in_the_browser(viewer, pile())
    states = set(batch.candidates.values_list("state", flat=True))
    assert states == {State.DUPLICATE}
    kept = ("Article", "ArticleVersion", "SearchEntry", "SignatureTerm", "TextRun", "NearPair")
    assert {name: rows_of_everything()[name] for name in kept} == {n: stored[n] for n in kept}
    assert not Job.objects.filter(state=Job.State.FAILED).exists()
