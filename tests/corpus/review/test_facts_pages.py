"""What a curator says of a proposed article as a whole: its facts, and whether it is known."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from corpus.permissions import Viewer
from corpus.services import applying
from tests.corpus.review.deciding import address, proposed, said, send, show
from tests.corpus.review.texts import article, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the curator's browser."""
    return client_of(carol)


@pytest.mark.parametrize(
    ("name", "fields", "value", "shown"),
    [
        ("title", {"value": "  A better  title "}, "A better title", "A better title"),
        ("authors", {"value": "Ann Lee\n\nBo Li"}, ["Ann Lee", "Bo Li"], "Ann Lee, Bo Li"),
        ("outlet", {"value": ""}, None, "not known"),
        ("url", {"value": "https://news.example/x"}, "https://news.example/x", "news.example"),
    ],
)
def test_fact_is_corrected(
    browser: Client, curator: Viewer, name: str, fields: dict[str, str], value: Any, shown: str
) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_facts", fact=name, **fields)
    assert candidate.proposal["facts"][name]["value"] == value
    assert shown in answer.content.decode()
    send(browser, candidate, "candidate_decide", withdraw=f"fact:{name}")
    assert candidate.decisions == {}


@pytest.mark.parametrize(
    ("typed", "precision", "shown"),
    [
        ("2017-03-23", "day", "23 March 2017"),
        ("2017-03", "month", "March 2017"),
        ("2017", "year", "2017"),
    ],
)
def test_date_is_as_exact_as_it_is_written(
    browser: Client, curator: Viewer, typed: str, precision: str, shown: str
) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_facts", fact="published", value=typed)
    stored = candidate.proposal["facts"]["published"]["value"]
    assert (stored["date"], stored["precision"]) == (typed, precision)
    assert shown in answer.content.decode()


def test_unknown_date_may_have_bounds(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    fields = {"fact": "published", "value": "", "not_before": "2017-01-02"}
    send(browser, candidate, "candidate_facts", **fields)
    assert candidate.proposal["facts"]["published"]["value"]["not_before"] == "2017-01-02"


@pytest.mark.parametrize(
    ("fact", "value", "sentence"),
    [
        ("title", " ", "An article needs a title."),
        ("published", "last spring", "Give the date as exactly"),
        ("published", "2017-02-30", "There is no such day."),
        ("url", "nowhere", "begins with http"),
        ("colour", "red", "no such fact"),
    ],
)
def test_impossible_fact_is_refused_with_a_sentence(
    browser: Client, curator: Viewer, fact: str, value: str, sentence: str
) -> None:
    candidate = proposed(curator)
    before = candidate.counter
    answer = send(browser, candidate, "candidate_facts", fact=fact, value=value)
    assert sentence in said(answer)
    assert candidate.counter == before


def test_near_copy_is_compared_and_judged(browser: Client, curator: Viewer) -> None:
    known = proposed(curator, article(1))
    known = applying.apply_one(curator, known, counter=known.counter)
    assert known.article
    candidate = proposed(curator, changed(article(1)), "another.txt")
    page = show(browser, candidate, f"?compare={known.article.pk}")
    assert "<ins> altogether</ins>" in page or "<ins>altogether </ins>" in page
    refused = send(browser, candidate, "candidate_apply")
    assert "Say first whether it is the same article." in said(refused)

    same = f"same:{known.article.slug}"
    page = send(browser, candidate, "candidate_judge", verdict=same).content.decode()
    assert "Add as a new version" in page
    different = f"different:{known.article.slug}"
    page = send(browser, candidate, "candidate_judge", verdict=different).content.decode()
    assert "it becomes an article of its own" in page
    send(browser, candidate, "candidate_judge", verdict=same)
    send(browser, candidate, "candidate_apply")
    assert Article.objects.get().versions.count() == 2


@pytest.mark.parametrize("by", ["slug", "address", "title"])
def test_curator_names_the_article_that_gets_a_new_version(
    browser: Client, curator: Viewer, by: str
) -> None:
    known = proposed(curator, article(1))
    target = applying.apply_one(curator, known, counter=known.counter).article
    assert target
    candidate = proposed(curator)
    words = {
        "slug": target.slug,
        "address": f"https://postil.example{target.get_absolute_url()}?in=x",
        "title": target.title.upper(),
    }[by]
    answer = send(browser, candidate, "candidate_target", article=words)
    assert candidate.updates == target
    assert "A curator said so." in answer.content.decode()
    send(browser, candidate, "candidate_target", article="")
    assert candidate.updates is None


def test_unknown_article_is_no_target(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_target", article="Nothing like it")
    assert "No article here has the address or the title “Nothing like it”." in said(answer)
    assert candidate.updates is None


def test_comparison_with_nothing_is_not_there(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    assert browser.get(f"{address(candidate)}?compare={uuid4()}").status_code == 404
