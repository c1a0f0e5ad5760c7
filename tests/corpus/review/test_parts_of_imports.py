"""A large import is looked at in parts: by what is doubtful, and by what became of it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corpus.importing.doubts import Doubt
from corpus.models import Article, ImportBatch, ImportCandidate
from corpus.queries import batch_page
from corpus.queries.batch_page import waiting_in
from corpus.services import rejecting
from tests.corpus.review.deciding import said
from tests.corpus.review.giving import give
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def _row(seed: int, **others: str | None) -> dict[str, str]:
    row = {
        "title": f"Story {seed}",
        "text": article(seed).split("\n\n", 1)[1],
        "author": "Ann Bell",
        "outlet": "Example News",
        "date": "2020-03-01",
        **others,
    }
    return {name: value for name, value in row.items() if value is not None}


def _given(browser: Client, *rows: dict[str, str], name: str = "pile.jsonl") -> ImportBatch:
    lines = "\n".join(json.dumps(row) for row in rows)
    give(browser, "", SimpleUploadedFile(name, lines.encode()))
    run_jobs()
    return ImportBatch.objects.latest("created_at")


def _page(browser: Client, batch: ImportBatch, query: str = "") -> str:
    answer = browser.get(reverse("import_batch", args=[batch.pk]) + query)
    return answer.content.decode()


def _send(browser: Client, name: str, batch: ImportBatch, only: str) -> Any:
    fields = {"all": waiting_in(batch, only).state, "only": only}
    return browser.post(reverse(name, args=[batch.pk]), fields, follow=True)


@pytest.fixture
def pile(browser: Client) -> ImportBatch:
    """Return an import with an article for each doubt, one without and a row without text."""
    return _given(
        browser,
        _row(1),
        _row(2, title=None),
        _row(3, author=None),
        _row(4, outlet=None),
        _row(5, date=None),
        _row(6, text=""),
    )


def test_each_doubt_is_a_part(browser: Client, pile: ImportBatch) -> None:
    whole = _page(browser, pile)
    parts = {
        "sure": "Story 1",
        "author": "Story 3",
        "outlet": "Story 4",
        "date": "Story 5",
    }
    for only, title in parts.items():
        assert f'?only={only}"' in whole
        page = _page(browser, pile, f"?only={only}")
        assert page.count('class="candidate"') == 1
        assert title in page
    assert "title derived" in _page(browser, pile, "?only=title")
    refused = _page(browser, pile, "?only=refused")
    assert 'class="candidate"' not in refused
    assert "pile.jsonl, 6" in refused
    assert "?only=known" not in whole
    assert _page(browser, pile, "?only=nonsense").count('class="candidate"') == 5


def test_a_part_is_added_and_another_rejected(browser: Client, pile: ImportBatch) -> None:
    answer = _send(browser, "candidates_apply", pile, "sure")
    assert answer.redirect_chain[-1][0].endswith("?only=sure")
    assert Article.objects.get().title == "Story 1"
    assert "Nothing is here any more" in answer.content.decode()

    answer = _send(browser, "candidates_reject", pile, "date")
    assert said(answer).startswith("1 article is rejected.")
    states = ImportCandidate.objects.order_by().values_list("state", flat=True)
    assert sorted(states) == ["applied", "pending", "pending", "pending", "rejected"]
    assert "Story 5" in _page(browser, pile, "?only=rejected")


def test_a_part_that_changed_meanwhile_is_left_alone(browser: Client, pile: ImportBatch) -> None:
    seen = waiting_in(pile, "sure").state
    ImportCandidate.objects.filter(doubts=Doubt.DATE).update(doubts=Doubt.NONE)
    for name in ("candidates_apply", "candidates_reject"):
        fields = {"all": seen, "only": "sure"}
        answer = browser.post(reverse(name, args=[pile.pk]), fields, follow=True)
        assert "was changed since you opened this page" in said(answer)
    assert ImportCandidate.objects.filter(state="pending").count() == 5


def test_many_are_rejected_in_the_background(
    browser: Client, pile: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejecting, "REJECTED_AT_ONCE", 1)
    _send(browser, "candidates_reject", pile, "")
    assert ImportCandidate.objects.filter(state="rejected").count() == 0
    run_jobs()
    assert ImportCandidate.objects.filter(state="rejected").count() == 5


def test_what_is_set_right_is_doubtful_no_more(browser: Client, pile: ImportBatch) -> None:
    undated = ImportCandidate.objects.get(batch=pile, doubts=Doubt.DATE)
    address = reverse("candidate", args=[pile.pk, undated.pk])
    page = browser.get(f"{address}?only=date").content.decode()
    assert 'name="only" value="date"' in page
    fields = {"fact": "published", "value": "2021", "counter": undated.counter, "only": "date"}
    answer = browser.post(reverse("candidate_facts", args=[pile.pk, undated.pk]), fields)
    assert "only=date" in answer["Location"]
    undated.refresh_from_db()
    assert undated.doubts == Doubt.NONE
    assert undated.proposal["facts"]["published"]["value"]["date"] == "2021"


def test_previous_and_next_stay_in_the_part(browser: Client) -> None:
    batch = _given(browser, _row(1, date=None), _row(2), _row(3, date=None))
    first, second, third = ImportCandidate.objects.filter(batch=batch).order_by(
        "source__arrivals__position"
    )

    def steps(at: ImportCandidate, query: str) -> set[str]:
        address = reverse("candidate", args=[batch.pk, at.pk])
        page = browser.get(address + query).content.decode()
        others = {"first": first, "second": second, "third": third}
        return {
            name
            for name, other in others.items()
            if f'href="{reverse("candidate", args=[batch.pk, other.pk])}{query}"' in page
        }

    assert steps(first, "?only=date") == {"third"}
    assert steps(third, "?only=date") == {"first"}
    assert steps(first, "") == {"second"}
    assert steps(second, "") == {"first", "third"}


def test_what_is_like_the_library_is_a_doubt(browser: Client) -> None:
    _send(browser, "candidates_apply", _given(browser, _row(1)), "")
    text = changed(article(1)).split("\n\n", 1)[1]
    for name, doubt, only in (
        ("pile.jsonl", Doubt.UPDATE, "update"),
        ("other.jsonl", Doubt.COPY, "copy"),
    ):
        batch = _given(browser, _row(1, text=text, title=f"A headline in {name}"), name=name)
        assert ImportCandidate.objects.get(batch=batch).doubts == doubt
        assert waiting_in(batch, only).counters
        assert not waiting_in(batch, "sure").counters


def test_a_page_reads_no_more_for_more_rows(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_page, "CANDIDATES_A_PAGE", 2)
    monkeypatch.setattr(batch_page, "EMPTY_FILES", 1)
    few = _given(browser, *(_row(n) for n in range(3)), _row(9, text=""))
    many = _given(
        browser,
        *(_row(n, title=f"Again {n}") for n in range(9)),
        *(_row(n, text="", title=f"Empty {n}") for n in range(4)),
    )

    def asked(batch: ImportBatch, query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page = _page(browser, batch, query)
        assert page.count('class="candidate"') == (0 if "refused" in query else 2)
        return len(queries)

    for query in ("", "?only=waiting", "?only=refused"):
        asked(few, query)
        assert asked(few, query) == asked(many, query)
    assert "3 more files could not be read" in _page(browser, many)
