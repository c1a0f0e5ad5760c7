"""Near copies on the page of an import: asked about and answered there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from corpus.models import Article, ImportBatch, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.services import reviewing
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.corpus.review.deciding import address, said
from tests.corpus.review.giving import given
from tests.corpus.review.texts import article, changed

pytestmark = pytest.mark.django_db

QUESTION = "Is it the same article?"


@pytest.fixture
def known() -> Article:
    """Return an article that is there."""
    return import_source(SYSTEM, SourceBytes("known.txt", article(1).encode()))[0].article


def page_of(browser: Client, batch: ImportBatch) -> str:
    return browser.get(reverse("import_batch", args=[batch.pk])).content.decode()


def press(browser: Client, page: str, verdict: str) -> str:
    """Press the button of `verdict` on the page of an import; return the page that follows."""
    button = re.search(rf'form="(judge-[^"]+)" name="verdict" value="({verdict}:[^"]+)"', page)
    assert button
    form = re.search(rf'<form id="{button[1]}" method="post" action="([^"]+)">(.*?)</form>', page)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    answer = browser.post(form[1], {**fields, "verdict": button[2]}, follow=True)
    candidate = button[1].removeprefix("judge-")
    assert answer.redirect_chain[0][0].endswith(f"#candidate-{candidate}")
    return f"{said(answer)} {answer.content.decode()}"


@pytest.mark.parametrize(
    ("verdict", "told", "follows"),
    [
        ("same", "added, it becomes a new version", "Becomes a new version of"),
        ("different", "added, it becomes an article of its own", "Add all"),
    ],
)
def test_question_is_answered_in_the_row(
    browser: Client, known: Article, verdict: str, told: str, follows: str
) -> None:
    page = page_of(browser, batch := given(browser, changed(article(1)), article(2)))
    assert page.count(QUESTION) == 1
    candidate = ImportCandidate.objects.get(batch=batch, source__name="0.txt")
    assert f'href="{address(candidate)}?compare={known.pk}#compared"' in page
    after = press(browser, page, verdict)
    assert told in after
    assert follows in after
    assert QUESTION not in after
    candidate.refresh_from_db()
    assert candidate.near[0]["verdict"] == verdict


def test_answer_to_an_old_page_changes_nothing(
    browser: Client, known: Article, curator: Viewer
) -> None:
    page = page_of(browser, batch := given(browser, changed(article(1))))
    candidate = ImportCandidate.objects.get(batch=batch)
    reviewing.set_fact(curator, candidate, "title", "Another", counter=1)
    after = press(browser, page, "same")
    assert "Somebody else decided" in after
    assert QUESTION in after


def test_row_that_is_decided_asks_nothing(browser: Client, known: Article, curator: Viewer) -> None:
    batch = given(browser, changed(article(1)))
    candidate = ImportCandidate.objects.get(batch=batch)
    reviewing.reject(curator, candidate, counter=1)
    page = page_of(browser, batch)
    assert QUESTION not in page
    assert 'id="judge-' not in page


def test_row_says_which_page_it_is_the_text_of(browser: Client) -> None:
    page = "https://paper.example/2017/jan/13/hunt-to-quit-as-an-mp"
    import_source(SYSTEM, SourceBytes("a.txt", f"Citing\n\nMore of it <{page}> here.\n".encode()))
    text = page_of(browser, given(browser, f"Hunt leaves\n\nURL: {page}\n\n{article(1)}"))
    assert "Becomes the text of" in text
