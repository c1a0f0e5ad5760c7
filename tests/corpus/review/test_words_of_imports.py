"""What importing says stands in one table, and reaches the pages through it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from corpus import import_words
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.import_words import SENTENCES, in_words
from corpus.importing.errors import ImportRefused
from corpus.models import ImportFile
from corpus.permissions import Viewer
from corpus.services import reviewing
from corpus.services.batches import create_batch
from tests.corpus.review.deciding import proposed, show
from tests.corpus.review.test_batches import files
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

SENTENCE = re.compile(r"[A-Z%].* .*[.]")
# Why a line is left out.
WHY = re.compile(r"(?:it|a curator) [a-z].*")


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings that are no descriptions; what is put together gives its parts."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in alone:
            yield str(node.value)


def _said() -> set[str]:
    folder = Path(settings.BASE_DIR) / "corpus" / "importing"
    paths = [path for path in folder.rglob("*.py") if path.name != "describe.py"]
    found = [text for path in paths for text in _strings(ast.parse(path.read_text()))]
    return {text for text in found if SENTENCE.fullmatch(text) or WHY.fullmatch(text)}


def test_every_sentence_of_importing_stands_in_the_table() -> None:
    assert _said() - SENTENCES == set()


def test_no_sentence_stands_in_the_table_that_nobody_says() -> None:
    folders = ("corpus/importing", "corpus/services")
    paths = [path for folder in folders for path in Path(settings.BASE_DIR, folder).rglob("*.py")]
    known = {text for path in paths for text in _strings(ast.parse(path.read_text()))}
    assert SENTENCES - known == set()


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put each sentence of the table into signs of its own, as another language would."""
    monkeypatch.setattr(import_words, "gettext", lambda text: f"‹{text}›")


@pytest.mark.usefixtures("translated")
def test_refused_files_are_told_in_the_language_of_the_page(curator: Viewer, carol: User) -> None:
    batch = create_batch(curator, files(b"%PDF-1.7", article(1), article(1))).batch
    run_jobs()
    browser = Client()
    browser.force_login(carol)
    page = browser.get(f"/imports/{batch.pk}/").content.decode()
    assert "‹1.txt is a PDF document that is damaged; nothing was imported.›" in page
    assert "‹3.txt is the same as 2.txt, which is read once.›" in page
    refused = batch.files.get(position=1)
    assert refused.problem == "%(name)s is a PDF document that is damaged; nothing was imported."


def test_files_that_were_refused_before_keep_their_sentence() -> None:
    old = ImportFile(problem="100 %s of it is no text; nothing was imported.")
    assert old.problem_in_words == old.problem
    assert in_words("") == ""


@pytest.mark.usefixtures("translated")
def test_review_is_told_in_the_language_of_the_page(carol: User) -> None:
    text = f"Photo: Getty Images\n\n{article(2)}\n\nA no-break space: 20\u00a0years.\n"
    viewer = viewer_of(carol)
    candidate = proposed(viewer, text)
    browser = Client()
    browser.force_login(carol)
    page = show(browser, candidate)
    assert "‹No-break spaces kept as they came: 1.›" in page
    assert "‹it credits an image›" in page
    with pytest.raises(Invalid, match="‹There is nothing in this article"):
        reviewing.decide(viewer, candidate, "block:99999", "title", counter=1)
    with pytest.raises(Invalid) as refused:
        reviewing.set_facts(viewer, candidate, {"title": "x" * 501}, counter=1)
    assert refused.value.fields == {"title": "‹At most 500 characters can be kept.›"}


def test_command_line_reads_plain_english() -> None:
    assert str(ImportRefused("100 % of it is empty.")) == "100 % of it is empty."
    assert str(ImportRefused("%(name)s is empty.", name="a.txt")) == "a.txt is empty."
