"""Giving texts in the browser, and the page of what an import proposes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus.access import viewer_of
from corpus.models import Article, ImportBatch, ImportCandidate, ImportFile
from corpus.queries import batch_page
from corpus.queries.batch_page import waiting_in
from corpus.services import reviewing
from corpus.services.applying import APPLIED_AT_ONCE
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def browser(carol: User, client_of: ClientOf) -> Client:
    """Return the curator's browser."""
    return client_of(carol)


def give(browser: Client, text: str = "", *files: SimpleUploadedFile, **fields: str) -> Any:
    return browser.post(reverse("imports"), {"text": text, "files": files, **fields})


def given(browser: Client, *texts: str) -> ImportBatch:
    """Give files of these texts and read them; return their import."""
    files = [
        SimpleUploadedFile(f"{number}.txt", text.encode()) for number, text in enumerate(texts)
    ]
    answer = give(browser, "", *files)
    assert answer.status_code == 303
    run_jobs()
    return ImportBatch.objects.latest("created_at")


def choose(browser: Client, name: str, batch: ImportBatch, *chosen: ImportCandidate) -> Any:
    """Send the form of the import with some candidates chosen, or the button for all."""
    fields: dict[str, Any] = {"candidate": [f"{one.pk}:{one.counter}" for one in chosen]}
    if not chosen:
        fields["all"] = waiting_in(batch).state
    return browser.post(reverse(name, args=[batch.pk]), fields, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


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
        ({"text": " \n "}, "Paste a text or choose a file."),
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


def test_chosen_article_is_added_and_the_other_waits(browser: Client) -> None:
    batch = given(browser, article(1), article(2))
    first = batch.candidates.get(source__name="0.txt")
    answer = choose(browser, "candidates_apply", batch, first)
    assert said(answer) == "1 article was added."
    added = Article.objects.get()
    assert added.title == "Headline number 1"
    page = answer.content.decode()
    assert f'href="{added.get_absolute_url()}"' in page
    assert f"{reverse('collection_add')}?batch={batch.pk}" in page
    assert "1 article to check" in page


def test_all_are_added_at_once_or_as_a_job(browser: Client) -> None:
    count = APPLIED_AT_ONCE + 1
    batch = given(browser, *(article(seed) for seed in range(count)))
    choose(browser, "candidates_apply", batch)
    assert not Article.objects.exists()
    run_jobs()
    assert Article.objects.count() == count


def test_all_of_an_import_are_added_from_one_page_of_it(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_page, "CANDIDATES_A_PAGE", 2)
    batch = given(browser, *(article(seed) for seed in range(3)))
    address = reverse("import_batch", args=[batch.pk])
    first, second = (browser.get(f"{address}?page={number}").content.decode() for number in (1, 2))
    assert [page.count('name="candidate"') for page in (first, second)] == [2, 1]
    assert "Headline number 2" not in first
    assert "Headline number 2" in second
    for page in (first, second):
        assert "Add all 3" in page
        assert f'name="all" value="{waiting_in(batch).state}"' in page
    choose(browser, "candidates_apply", batch)
    assert Article.objects.count() == 3


def test_form_leads_back_to_its_page_and_sends_no_row_that_is_not_chosen(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_page, "CANDIDATES_A_PAGE", 1)
    batch = given(browser, article(1), article(2))
    page = browser.get(f"{reverse('import_batch', args=[batch.pk])}?page=2").content.decode()
    second = batch.candidates.get(source__name="1.txt")
    assert page.count(f"{second.pk}:{second.counter}") == 1
    assert '<input type="hidden" name="page" value="2">' in page
    fields = {"page": "2", "candidate": [f"{second.pk}:{second.counter}"]}
    answer = browser.post(reverse("candidates_apply", args=[batch.pk]), fields)
    assert answer["Location"].endswith("?page=2")
    assert Article.objects.get().title == "Headline number 2"


def test_all_are_not_added_once_one_of_them_was_changed(browser: Client, carol: User) -> None:
    batch = given(browser, article(1), article(2))
    seen = waiting_in(batch).state
    candidate = batch.candidates.all()[0]
    reviewing.set_fact(viewer_of(carol), candidate, "title", "Other", counter=candidate.counter)
    for state in (seen, "1"):
        address = reverse("candidates_apply", args=[batch.pk])
        answer = browser.post(address, {"all": state}, follow=True)
        assert "was changed since you opened this page" in said(answer)
    assert not Article.objects.exists()


def test_nothing_chosen_says_so(browser: Client) -> None:
    batch = given(browser, article(1))
    answer = browser.post(reverse("candidates_apply", args=[batch.pk]), follow=True)
    assert said(answer) == "Choose at least one article."
    assert not Article.objects.exists()


def test_rejected_article_adds_nothing_and_comes_back(browser: Client) -> None:
    batch = given(browser, article(1))
    candidate = batch.candidates.get()
    answer = choose(browser, "candidates_reject", batch, candidate)
    assert "1 article is rejected." in said(answer)
    candidate.refresh_from_db()
    assert candidate.state == ImportCandidate.State.REJECTED
    browser.post(
        reverse("candidate_restore", args=[batch.pk, candidate.pk]), {"counter": candidate.counter}
    )
    candidate.refresh_from_db()
    assert candidate.state == ImportCandidate.State.PENDING


def test_what_is_gone_meanwhile_stops_no_other_from_being_rejected(browser: Client) -> None:
    batch = given(browser, article(1), article(2))
    first, second = batch.candidates.order_by("source__name")
    seen = [f"{first.pk}:1", f"{uuid4()}:1", f"{second.pk}:1"]
    address = reverse("candidates_reject", args=[batch.pk])
    answer = browser.post(address, {"candidate": seen}, follow=True)
    assert answer.status_code == 200
    assert "2 articles are rejected." in said(answer)
    assert "Another curator joined this" in said(answer)


def test_article_that_somebody_changed_meanwhile_is_not_added(browser: Client, carol: User) -> None:
    batch = given(browser, article(1))
    candidate = batch.candidates.get()
    seen = f"{candidate.pk}:{candidate.counter}"
    reviewing.set_fact(viewer_of(carol), candidate, "title", "Other", counter=candidate.counter)
    fields = {"candidate": [seen]}
    answer = browser.post(reverse("candidates_apply", args=[batch.pk]), fields, follow=True)
    assert "was changed since you opened it" in said(answer)
    assert not Article.objects.exists()


def test_undo_takes_the_articles_out_and_says_so(browser: Client) -> None:
    batch = given(browser, article(1))
    choose(browser, "candidates_apply", batch)
    answer = browser.post(reverse("batch_undo", args=[batch.pk]), follow=True)
    assert "1 article is out of the library." in said(answer)
    assert Article.objects.get().is_hidden
    assert "This import was undone" in answer.content.decode()


def test_near_copy_and_known_text_are_told_on_the_page(browser: Client) -> None:
    choose(browser, "candidates_apply", given(browser, article(1)))
    batch = given(browser, changed(article(1)), f"{article(1)}\n \n")
    page = browser.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert "the same article?" in page
    assert "already there" in page


def test_list_tells_what_became_of_each_import(browser: Client) -> None:
    given(browser, article(1), article(2))
    choose(browser, "candidates_apply", given(browser, article(3)))
    page = browser.get(reverse("imports")).content.decode()
    assert "2 to check" in page
    assert "1 in the library" in page


def test_list_and_import_take_as_many_queries_for_more(browser: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    few = given(browser, article(1))
    listed, opened = queries(reverse("imports")), queries(reverse("import_batch", args=[few.pk]))
    many = given(browser, *(article(seed) for seed in range(2, 8)))
    given(browser, article(9))
    assert queries(reverse("imports")) == listed
    assert queries(reverse("import_batch", args=[many.pk])) == opened


def test_only_staff_are_invited(browser: Client, alice: User, client_of: ClientOf) -> None:
    address = f'href="{reverse("imports")}"'
    assert address in browser.get("/").content.decode()
    assert address not in client_of(alice).get("/").content.decode()
    assert address not in client_of(None).get("/").content.decode()
