"""Giving texts in the browser."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile, SourceFile
from tests.corpus.review.deciding import said
from tests.corpus.review.giving import choose, give
from tests.corpus.review.texts import article
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def test_pasted_text_becomes_an_import_that_proposes_an_article(browser: Client) -> None:
    answer = give(browser, article(1), note="From a friend")
    batch = ImportBatch.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == reverse("import_batch", args=[batch.pk])

    waiting = browser.get(answer["Location"]).content.decode()
    assert "From a friend" in waiting
    assert "is being read" in waiting
    run_jobs()
    page = browser.get(answer["Location"]).content.decode()
    assert "Headline number 1" in page
    assert "author unknown" in page
    assert "1 article to check" in page
    assert not Article.objects.exists()


def test_blanks_of_a_paste_are_kept(browser: Client) -> None:
    give(browser, f"\n  {article(1)}  \n")
    source = ImportFile.objects.get().source
    assert bytes(source.content).startswith(b"\n  Headline")
    assert bytes(source.content).endswith(b"  \n")


def test_files_and_a_paste_come_in_one_import(browser: Client) -> None:
    give(browser, article(1), SimpleUploadedFile("second.md", article(2).encode()))
    run_jobs()
    names = list(ImportFile.objects.values_list("name", flat=True))
    assert names[1:] == ["second.md"]
    assert ImportCandidate.objects.count() == 2


def test_a_file_is_read_as_what_the_curator_says(browser: Client) -> None:
    page = f"<!doctype html><html><body><p>{article(1)}</p></body></html>".encode()
    for chosen in ("", "text"):
        give(browser, "", SimpleUploadedFile("page.html", page), format=chosen)
        run_jobs()
        candidate = ImportCandidate.objects.latest("batch__created_at")
        assert ("</html>" in candidate.proposal["text"]) == bool(chosen)
        address = reverse("candidate", args=[candidate.batch_id, candidate.pk])
        assert browser.get(address).status_code == 200
    assert ImportBatch.objects.count() == SourceFile.objects.count() == 2
    refused = give(browser, "", address="https://news.example/", format="text")
    assert refused.status_code == 422
    assert "What is fetched is read as" in refused.content.decode()


def test_address_belongs_to_the_one_text(browser: Client) -> None:
    address = "https://news.example/2017/x"
    assert f'value="{address}"' in browser.get(f"/imports/?address={address}").content.decode()
    file = SimpleUploadedFile("second.md", article(2).encode())
    refused = give(browser, article(1), file, address=address)
    assert refused.status_code == 422
    assert "belongs to one text" in refused.content.decode()
    give(browser, article(1), address=address)
    assert ImportFile.objects.get().source.origin_url == address


def test_address_that_was_typed_is_shown_and_is_that_of_the_article(browser: Client) -> None:
    address = "https://news.example/2017/x"
    give(browser, article(1), address=address)
    run_jobs()
    batch = ImportBatch.objects.get()
    candidate = batch.candidates.get()
    page = browser.get(reverse("candidate", args=[batch.pk, candidate.pk])).content.decode()
    assert f'value="{address}"' in page
    assert "the address that was given with the text" in page
    choose(browser, "candidates_apply", batch, candidate)
    added = Article.objects.get()
    assert (added.canonical_url, added.canonical_url_basis) == (address, "given")
    give(browser, article(2), address=f"{address}?utm_source=y")
    run_jobs()
    again = ImportBatch.objects.latest("created_at").candidates.get()
    assert (again.updates, again.updates_reason) == (added, "url")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \n "}, "Paste a text, choose a file or give a web address."),
        ({"text": "x", "note": "n" * 201}, "at most 200 characters"),
        ({"text": "x", "address": "no address"}, "valid URL"),
    ],
)
def test_what_cannot_be_taken_is_told_and_what_was_typed_stays(
    browser: Client, fields: dict[str, str], sentence: str
) -> None:
    answer = browser.post(reverse("imports"), fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    for typed in fields.values():
        assert typed.strip() in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_too_large_file_is_refused_unread(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.services.batches.MAX_SOURCE_BYTES", 100)
    answer = give(browser, "", SimpleUploadedFile("large.txt", b"x" * 101))
    assert answer.status_code == 422
    assert "large.txt is larger than" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_same_paste_twice_leads_to_the_import_that_is_there(browser: Client) -> None:
    give(browser, article(1))
    answer = browser.post(reverse("imports"), {"text": article(1)}, follow=True)
    assert ImportBatch.objects.count() == 1
    assert "Exactly this was given before." in said(answer)


def test_binary_file_is_refused_with_its_sentence_and_the_other_is_read(browser: Client) -> None:
    files = (
        SimpleUploadedFile("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        SimpleUploadedFile("text.txt", article(1).encode()),
    )
    give(browser, "", *files)
    run_jobs()
    page = browser.get(reverse("import_batch", args=[ImportBatch.objects.get().pk]))
    assert ImportFile.objects.get(name="picture.txt").problem_in_words in page.content.decode()
    assert "could not be read" in page.content.decode()
    assert "Headline number 1" in page.content.decode()


@pytest.mark.parametrize(
    ("files", "megabytes", "sentence"),
    [
        (2_050, 0, "2050 files are too many at once; the most are 2000."),
        (4, 13, "These files are larger than 50 MB together; import them in parts."),
        (1, 21, "0.txt is larger than 20 MB; split it and import the parts."),
    ],
)
def test_more_than_is_taken_at_once_is_told_at_the_field_and_nothing_is_kept(
    browser: Client, files: int, megabytes: int, sentence: str
) -> None:
    answer = give(browser, "", *files_of(files, megabytes), note="From the attic")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="From the attic"' in page
    assert re.search(r'<input type="file"[^>]*aria-invalid="true"', page)
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize(
    ("files", "megabytes", "sentence"),
    [(2_101, 0, "These are too many files at once."), (5, 13, "60 MB")],
)
def test_more_than_a_request_holds_is_refused_before_it_is_read(
    browser: Client, files: int, megabytes: int, sentence: str
) -> None:
    answer = give(browser, "", *files_of(files, megabytes))
    assert answer.status_code == 413
    assert sentence in answer.content.decode()
    assert not SourceFile.objects.exists()


def files_of(count: int, megabytes: int) -> list[SimpleUploadedFile]:
    """Return files of so many megabytes each, of a few bytes for 0."""
    content = b"word " * (megabytes * 1024 * 1024 // 5 + 1)
    return [SimpleUploadedFile(f"{number}.txt", content) for number in range(count)]
