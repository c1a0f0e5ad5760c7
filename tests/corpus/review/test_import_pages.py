"""The page of what an import proposes, and the list of imports."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus.access import viewer_of
from corpus.models import Article, ImportBatch, ImportCandidate, Job
from corpus.permissions import SYSTEM
from corpus.queries import batch_page
from corpus.queries.batch_page import waiting_in
from corpus.services import rejecting, reviewing
from corpus.services.applying import APPLIED_AT_ONCE
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.corpus.review.deciding import said
from tests.corpus.review.giving import choose, give, given
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User | None], Client]


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
    page = browser.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert page.count(f"{count} articles were added.") == 1


def test_what_became_of_all_is_told_on_the_page_of_the_import(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejecting, "REJECTED_AT_ONCE", 2)
    batch = given(browser, *(article(seed) for seed in range(3)))
    choose(browser, "candidates_reject", batch)
    run_jobs()
    address = reverse("import_batch", args=[batch.pk])
    [job] = Job.objects.filter(kind="import.reject")
    assert f"{job.told} <a" in browser.get(address).content.decode()


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


def test_one_article_alone_is_not_chosen_among_others(browser: Client) -> None:
    one, two = given(browser, article(1)), given(browser, article(2), article(3))
    alone, both = (
        browser.get(reverse("import_batch", args=[batch.pk])).content.decode()
        for batch in (one, two)
    )
    for choosing in ('name="candidate"', "Add the chosen ones", "Reject the chosen ones"):
        assert choosing in both
        assert choosing not in alone
    assert "Add it to the library" in alone


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
    for name in ("candidates_apply", "candidates_reject"):
        address = reverse(name, args=[batch.pk])
        answer = browser.post(address, {"candidate": [seen]}, follow=True)
        assert "Other: This was changed since you opened it." in said(answer)
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
    assert "Becomes a new version of" in page
    assert "already there" in page


def test_list_tells_what_became_of_each_import(browser: Client) -> None:
    given(browser, article(1), article(2))
    choose(browser, "candidates_apply", given(browser, article(3)))
    page = browser.get(reverse("imports")).content.decode()
    assert "2 to check" in page
    assert "1 in the library" in page


def test_import_by_the_command_is_called_by_its_articles(browser: Client) -> None:
    import_source(SYSTEM, SourceBytes("003_fd337d82.txt", article(1).encode()))
    several = f"{article(2)}\f{article(3)}"
    assert len(import_source(SYSTEM, SourceBytes("004_27cc92a2.txt", several.encode()))) == 2
    listed = browser.get(reverse("imports")).content.decode()
    assert ">Headline number 1\n</a>" in listed
    assert ">Headline number 2 and 1 more\n</a>" in listed
    assert "003_fd337d82.txt" not in listed
    one = ImportBatch.objects.get(note="Headline number 1")
    page = browser.get(reverse("import_batch", args=[one.pk])).content.decode()
    assert re.search(r"<h2[^>]*>003_fd337d82.txt", page)


def test_list_and_import_take_as_many_queries_for_more(browser: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    few = given(browser, article(1), article(10))
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


def test_page_looks_again_when_reading_ends_while_it_is_made(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_meanwhile(batch: ImportBatch, number: str, only: str) -> batch_page.BatchPage:
        shown = batch_page.batch_page(batch, number, only)
        run_jobs()
        return shown

    monkeypatch.setattr("corpus.views.importing.batch_page", read_meanwhile)
    answer = give(browser, article(1))
    page = browser.get(answer["Location"]).content.decode()
    assert "is being read" in page
    assert "batch-progress" in page
    assert "batch-progress" not in browser.get(answer["Location"]).content.decode()
