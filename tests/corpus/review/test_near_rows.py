"""Near copies on the page of an import: asked about and answered there."""

import re
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from corpus.models import Article, ImportBatch, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries import siblings
from corpus.services import reviewing
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from corpus.text.sketches import share_of
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


def told(page: str) -> list[str]:
    """Return the percentages and titles that rows tell of others in the same import."""
    said = r'(\d+) % of its words stand in <a href="[^"]+">([^<]+)</a>, which waits'
    return [f"{percent} {title}" for percent, title in re.findall(said, page)]


def test_near_copies_in_one_import_are_told_before_any_is_added(
    browser: Client, curator: Viewer
) -> None:
    again = changed(article(1)).replace("Headline number 1", "Told again")
    batch = given(browser, article(1), again, article(2))
    first, second = sorted(told(page_of(browser, batch)))
    assert re.fullmatch(r"9\d Headline number 1", first)
    assert re.fullmatch(r"9\d Told again", second)
    # What is put aside is no question any more.
    copy = ImportCandidate.objects.get(batch=batch, source__name="1.txt")
    reviewing.reject(curator, copy, counter=1)
    assert told(page_of(browser, batch)) == []


def test_many_near_copies_of_one_text_are_told_in_few_lines(browser: Client) -> None:
    words = ("altogether", "however", "indeed", "instead", "rather", "besides")
    page = page_of(browser, given(browser, *(changed(article(1), word) for word in words)))
    assert len(told(page)) == 3 * len(words)
    assert page.count("2 more in this import are like it too.") == len(words)


def test_text_that_was_changed_on_its_page_is_compared_as_it_is_now(
    browser: Client, curator: Viewer
) -> None:
    prose = article(1, 3).partition("\n\n")[2]
    text = f"{article(2, 2)}\n{prose}"
    batch = given(browser, article(1, 3), text)
    assert len(told(page_of(browser, batch))) == 2
    longer = ImportCandidate.objects.get(batch=batch, source__name="1.txt")
    for paragraph in prose.strip().split("\n\n"):
        key = f"block:{text.index(paragraph)}"
        longer = reviewing.decide(curator, longer, key, "boilerplate", counter=longer.counter)
    assert told(page_of(browser, batch)) == []


def test_only_texts_on_the_page_are_compared_with_the_others(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("altogether", "however", "indeed", "instead")
    batch = given(browser, *(changed(article(1), word) for word in words))
    one = ImportCandidate.objects.get(batch=batch, source__name="0.txt")
    compared: list[Sequence[int]] = []

    def counted(ours: Sequence[int], theirs: Sequence[int], *, fewest: int) -> float:
        compared.append(ours)
        return share_of(ours, theirs, fewest=fewest)

    monkeypatch.setattr(siblings, "share_of", counted)
    found = siblings.siblings_in(batch, [one.pk])
    assert compared == [one.sketch] * 3
    assert [(key, len(near)) for key, near in found.items()] == [(one.pk, 3)]
    assert siblings.siblings_in(batch, []) == {}
