"""What a curator says of a proposed article as a whole: its facts, and whether it is known."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from corpus.models import Article, ImportCandidate
from corpus.permissions import Viewer
from corpus.services import applying, reviewing
from tests.corpus.review.deciding import TEXT, address, decided, proposed, said, send, show
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


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
    assert decided(candidate) == {}


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("2017-03-23", "2017-03-23", "23 March 2017"),
        ("14/3/2016", "2016-03-14", "14 March 2016"),
        ("March 2016", "2016-03", "March 2016"),
        ("2017", "2017", "2017"),
    ],
)
def test_date_is_as_exact_as_it_is_written_and_told_in_words(
    browser: Client, curator: Viewer, typed: str, stored: str, shown: str
) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_facts", fact="published", value=typed)
    assert candidate.proposal["facts"]["published"]["value"]["date"] == stored
    assert said(answer) == f"The date is taken as: {shown}."
    assert f'<p class="fact-value">{shown}</p>' in answer.content.decode()


def test_unknown_date_may_have_bounds(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    fields = {"fact": "published", "value": "", "not_before": "2017-01-02"}
    send(browser, candidate, "candidate_facts", **fields)
    assert candidate.proposal["facts"]["published"]["value"]["not_before"] == "2017-01-02"


@pytest.mark.parametrize(
    ("fact", "value", "sentence"),
    [
        ("title", " ", "An article needs a title."),
        ("published", "last spring", "This could not be read as a date."),
        ("published", "30/2/2017", "There is no such day."),
        ("url", "nowhere", "begins with http"),
    ],
)
def test_impossible_fact_is_refused_at_its_field_which_keeps_what_was_typed(
    browser: Client, curator: Viewer, fact: str, value: str, sentence: str
) -> None:
    candidate = proposed(curator)
    answer = refused(browser, candidate, fact=fact, value=value)
    page = answer.content.decode()
    assert re.search(rf'<p class="field-error" id="error-{fact}-value">[^<]*{sentence}', page)
    (field,) = re.findall(r"<input [^>]*aria-invalid[^>]*>", page)
    assert f'id="value-{fact}" name="value" value="{value}"' in field
    assert f'autofocus aria-describedby="error-{fact}-value' in field
    assert '<details class="fact-edit" open>' in page
    assert f'href="{address(candidate)}?open=' in page
    counter = candidate.counter
    candidate.refresh_from_db()
    assert candidate.counter == counter


def test_wrong_bound_is_told_at_its_field(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    fields = {"fact": "published", "value": "2016", "not_before": "soon"}
    page = refused(browser, candidate, **fields).content.decode()
    assert 'id="error-published-not_before"' in page
    (field,) = re.findall(r"<input [^>]*aria-invalid[^>]*>", page)
    assert 'id="not-before"' in field
    assert 'name="value" value="2016"' in page


def test_words_typed_on_an_old_page_stay_in_their_field_and_are_saved_next(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    seen = str(candidate.counter)
    reviewing.set_fact(curator, candidate, "title", "Theirs", counter=candidate.counter)
    answer = refused(browser, candidate, counter=seen, fact="title", value="Second title")
    page = answer.content.decode()
    assert "Somebody else decided about this article meanwhile." in said(answer)
    assert "<h1>Theirs</h1>" in page
    assert re.search(r'<details class="fact-edit" open>.*?value="Second title"', page, re.DOTALL)
    assert "it is not saved. Save it again" in page
    send(browser, candidate, "candidate_facts", fact="title", value="Second title")
    assert candidate.proposal["facts"]["title"]["value"] == "Second title"


def test_fact_that_there_is_not_is_refused(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_facts", fact="colour", value="red")
    assert "no such fact" in said(answer)


def test_script_gets_the_field_with_its_error_in_the_changing_part(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    browser.defaults["HTTP_HX_REQUEST"] = "true"
    page = refused(browser, candidate, fact="title", value="").content.decode()
    assert page.lstrip().startswith('<div class="review"')
    assert 'id="error-title-value"' in page


def test_basis_of_what_a_curator_set_is_said_once(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    send(browser, candidate, "candidate_facts", fact="outlet", value="The Herald")
    send(browser, candidate, "candidate_facts", fact="byline", value="")
    page = send(browser, candidate, "candidate_facts", fact="title", value="The motion")
    rows = dict(
        re.findall(r'(?s)<li class="fact" id="fact-(\w+)"(.*?)</li>', page.content.decode())
    )
    for name in ("outlet", "byline", "title"):
        assert rows[name].count("set by a curator") == 1
    assert 'href="#r0"' in rows["title"]
    send(browser, candidate, "candidate_apply")
    article = Article.objects.get(is_stub=False)
    source = browser.get(f"{article.get_absolute_url()}source/").content.decode()
    assert source.count("set by a curator") == 3


def test_address_that_was_given_stands_once(browser: Client, curator: Viewer) -> None:
    given = {"text": TEXT, "address": "https://news.example/2016/motion"}
    browser.post(reverse("imports"), given)
    run_jobs()
    page = show(browser, ImportCandidate.objects.get())
    (row,) = re.findall(r'(?s)<li class="fact" id="fact-url"(.*?)</li>', page)
    assert row.partition("<details")[0].count("news.example/2016/motion") == 1


def refused(browser: Client, candidate: ImportCandidate, **fields: str) -> Any:
    """Send a fact that cannot be; return the page that says so."""
    sent = {"counter": str(candidate.counter), **fields}
    answer = browser.post(address(candidate, "candidate_facts"), sent)
    assert answer.status_code == 422
    return answer


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
    # Asked once: what is said of the new version stands for the near copy too.
    assert page.count(f"compare={known.article.pk}") == 1
    assert 'name="verdict"' not in page
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


def test_words_that_run_to_the_left_do_so_where_they_are_checked(
    browser: Client, curator: Viewer
) -> None:
    hebrew = "מנהל הנמל אמר שהשער יישאר סגור עד סוף השבוע, ואיש לא ידע מדוע."
    page = show(browser, proposed(curator, f"{hebrew}\n\n{hebrew}"))
    assert page.count('<p dir="auto" data-start=') == 2
    assert page.count('<span class="raw-words" dir="auto">') >= 2
