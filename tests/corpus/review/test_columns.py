"""A curator says what the columns of a data set mean, and the records are read by that."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from corpus.errors import Invalid
from corpus.importing.columns import (
    columns_in,
    guessed_mapping,
    mapping_in,
    mapping_of,
    written,
)
from corpus.importing.errors import NotText
from corpus.models import Article, Event, ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.permissions import SYSTEM
from corpus.services import reviewing
from corpus.services.mapping import map_columns
from tests.corpus.review.deciding import said
from tests.corpus.review.giving import give
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def _words(seed: int) -> str:
    return article(seed).split("\n\n", 1)[1]


def _rows(*seeds: int) -> list[dict[str, str]]:
    return [
        {
            "title": f"Number {seed}",
            "kicker": f"Story {seed}",
            "text": f"A few words about {seed}.",
            "body of it": _words(seed),
            "seen": "2019-02-03",
        }
        for seed in seeds
    ]


def _table(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _lines(rows: list[dict[str, str]]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def _given(browser: Client, content: bytes, name: str = "pile.jsonl") -> ImportFile:
    give(browser, "", SimpleUploadedFile(name, content))
    run_jobs()
    return ImportFile.objects.filter(within=None).latest("batch__created_at")


def _address(file: ImportFile) -> str:
    return reverse("import_columns", args=[file.batch_id, file.pk])


def _sent(*meanings: str) -> dict[str, str]:
    return {f"column-{at}": meaning for at, meaning in enumerate(meanings)}


def _titles(batch: ImportBatch) -> set[str]:
    rows = ImportCandidate.objects.filter(batch=batch)
    return {row.proposal["facts"]["title"]["value"] for row in rows}


SAID = _sent("", "title", "", "text", "date")


@pytest.mark.parametrize("write", [_lines, _table])
def test_columns_are_shown_tried_and_then_read_so(browser: Client, write: Any) -> None:
    file = _given(browser, write(_rows(1, 2, 3, 4)))
    assert file.state == "opened"
    assert f'href="{_address(file)}"' in browser.get(f"/imports/{file.batch_id}/").content.decode()
    assert _titles(file.batch) == {"Number 1", "Number 2", "Number 3", "Number 4"}

    page = browser.get(_address(file)).content.decode()
    assert "A few words about 2." in page
    assert "in 4 of 4" in page
    assert page.count("by its name") == 2
    tried = browser.get(_address(file), SAID).content.decode()
    assert "Story 3" in tried
    assert "by its name" not in tried
    assert "3 February 2019" in tried
    assert "Story 4" not in tried.split("The first articles")[1]
    assert ImportFile.objects.get(pk=file.pk).columns == {}

    answer = browser.post(_address(file), SAID)
    assert answer.status_code == 303
    run_jobs()
    assert _titles(file.batch) == {"Story 1", "Story 2", "Story 3", "Story 4"}
    candidate = ImportCandidate.objects.filter(batch=file.batch).first()
    assert candidate is not None
    assert candidate.proposal["text"].startswith("The ")
    assert candidate.proposal["facts"]["published"]["value"]["date"] == "2019-02-03"
    assert Event.objects.filter(verb="import.mapped").count() == 1
    assert "It was read so already" in said(browser.post(_address(file), SAID, follow=True))


def test_a_table_whose_columns_tell_nothing_is_read_once_they_are_said(browser: Client) -> None:
    rows = [["c1", "c2", "c3"], *([str(n), f"Story {n}", f"The {n}th bell."] for n in (1, 2))]
    text = "\n".join(";".join(row) for row in rows)
    file = _given(browser, text.encode("cp1252"), "odd.csv")
    page = browser.get(f"/imports/{file.batch_id}/").content.decode()
    assert page.count("holds the text of an article") == len(rows) - 1
    assert f'href="{_address(file)}"' in page
    assert "Story 2" in browser.get(_address(file)).content.decode()
    browser.post(_address(file), _sent("", "title", "text"))
    run_jobs()
    assert _titles(file.batch) == {"Story 1", "Story 2"}
    page = browser.get(f"/imports/{file.batch_id}/").content.decode()
    assert "holds the text of an article" not in page


@pytest.mark.parametrize("write", [_lines, _table])
def test_a_data_set_of_one_record_is_an_article(browser: Client, write: Any) -> None:
    file = _given(browser, write(_rows(1)))
    assert _titles(file.batch) == {"Number 1"}
    assert ImportFile.objects.filter(batch=file.batch, state="refused").count() == 0
    page = browser.get(f"/imports/{file.batch_id}/").content.decode()
    assert "Number 1" in page


def test_columns_of_a_table_of_one_row_can_be_said(browser: Client) -> None:
    file = _given(browser, _table(_rows(1)))
    browser.post(_address(file), SAID)
    run_jobs()
    assert _titles(file.batch) == {"Story 1"}


def test_what_was_decided_about_stays(browser: Client) -> None:
    file = _given(browser, _lines(_rows(1, 2, 3)))
    first = ImportCandidate.objects.get(source__name="pile.jsonl, 1")
    reviewing.set_fact(SYSTEM, first, "title", "Set by hand", counter=1)
    second = ImportCandidate.objects.get(source__name="pile.jsonl, 2")
    reviewing.reject(SYSTEM, second, counter=1)
    browser.post(_address(file), SAID)
    run_jobs()
    assert _titles(file.batch) == {"Set by hand", "Number 2", "Story 3"}
    assert file.members.count() == 3


def test_columns_of_the_same_names_are_read_so_again(browser: Client) -> None:
    browser.post(_address(_given(browser, _lines(_rows(1, 2)))), SAID)
    run_jobs()
    later = _given(browser, _lines(_rows(5, 6)), "later.jsonl")
    assert _titles(later.batch) == {"Story 5", "Story 6"}
    assert "it holds for later files" in browser.get(_address(later)).content.decode()
    other = [{**row, "more": "x"} for row in _rows(7, 8)]
    assert _titles(_given(browser, _lines(other), "other.jsonl").batch) == {"Number 7", "Number 8"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (_sent("title"), "Say which column holds the text."),
        (_sent("text", "", "text"), "cannot both be the same thing"),
        (_sent("text", "nonsense"), "A column cannot be “nonsense”."),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    browser: Client, sent: dict[str, str], sentence: str
) -> None:
    file = _given(browser, _lines(_rows(1, 2)))
    answer = browser.post(_address(file), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sentence in browser.get(_address(file), sent).content.decode()
    assert _titles(file.batch) == {"Number 1", "Number 2"}


def test_only_data_sets_have_columns(browser: Client) -> None:
    file = _given(browser, article(1).encode(), "one.txt")
    assert browser.get(_address(file)).status_code == 404
    with pytest.raises(Invalid, match="There is no column"):
        map_columns(SYSTEM, file, {"text": "body"})


def test_while_it_is_read_nothing_else_is_said(browser: Client) -> None:
    file = _given(browser, _lines(_rows(1, 2)))
    browser.post(_address(file), SAID)
    answer = browser.post(_address(file), _sent("title", "", "", "text"))
    assert answer.status_code == 422
    assert "being read just now" in answer.content.decode()


def test_a_mapping_is_written_and_read_again() -> None:
    names = ["a=b&c", "d ü"]
    mapping = mapping_of([("text", "d ü"), ("title", "a=b&c")], names)
    assert mapping_in(written(mapping)) == mapping
    assert mapping_in("text") is None
    for pairs in ([("text", "x")], [("text", "d ü"), ("title", "d ü")], []):
        with pytest.raises(NotText):
            mapping_of(pairs, names)
    with pytest.raises(NotText, match="too long"):
        mapping_of([("text", "a" * 2_000)], ["a" * 2_000])


def test_columns_are_guessed_by_their_names_or_the_longest_words() -> None:
    fields = {"Headline": "x", "Story-Text": "y" * 300, "Pub Date": "2020"}
    assert guessed_mapping(fields) == {
        "text": "Story-Text",
        "title": "Headline",
        "date": "Pub Date",
    }


def test_the_command_line_reads_by_columns(tmp_path: Any, capsys: Any) -> None:
    pile = tmp_path / "pile.csv"
    pile.write_bytes(_table(_rows(1, 2)))
    call_command("import_articles", str(pile), "--dry-run")
    assert "title=title, text=text" in capsys.readouterr().out
    call_command("import_articles", str(pile), "--columns", "text=body of it,title=kicker")
    assert set(Article.objects.values_list("title", flat=True)) == {"Story 1", "Story 2"}
    count = SourceFile.objects.count()
    call_command("import_articles", str(pile), "--columns", "text=body of it,title=kicker")
    assert SourceFile.objects.count() == count
    for wrong in ("text=nothing", "text", "words=body of it"):
        with pytest.raises(CommandError):
            call_command("import_articles", str(pile), "--columns", wrong)


def test_column_that_few_records_have_is_not_taken_for_that_of_most() -> None:
    rows: list[dict[str, object]] = [{"author": "Ann Lee", "text": "Words."} for _ in range(5)]
    rows[2] = {"authors": ["Ann Lee", "Tom Baker"], "text": "Words."}
    columns = columns_in(json.dumps(row).encode() for row in rows)
    assert {column.name: column.meaning for column in columns} == {
        "author": "author",
        "text": "text",
        "authors": None,
    }
