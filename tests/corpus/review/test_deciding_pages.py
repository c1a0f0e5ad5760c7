"""The page of a proposed article: what it shows, and deciding by its forms."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.access import viewer_of
from corpus.models import Article, ImportBatch, ImportCandidate
from corpus.permissions import Viewer
from corpus.queries import review_page
from corpus.services import articles, reviewing
from tests.corpus.review.deciding import (
    LINKED,
    PROSE,
    TEXT,
    address,
    decided,
    proposed,
    said,
    send,
    show,
)

pytestmark = pytest.mark.django_db


def text_of(candidate: ImportCandidate) -> str:
    return str(candidate.proposal["text"])


def key_of(candidate: ImportCandidate, words: str) -> str:
    return f"block:{TEXT.index(words)}"


def test_page_shows_source_article_facts_and_reasons(browser: Client, curator: Viewer) -> None:
    page = show(browser, proposed(curator))
    for words in ("The motion", "Jane Smith", "Advertisement", "words parted", "his goal"):
        assert words in page
    assert '<a class="cited" href="https://a.org/2016/x"' in page
    assert 'class="raw-address"' in page
    assert "not known" in page
    assert "given in the text" in page


def test_dropped_line_is_taken_in_and_left_out_again(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    key = key_of(candidate, "Advertisement")
    answer = send(browser, candidate, "candidate_decide", decide=f"{key}=paragraph")
    assert "Advertisement" in text_of(candidate)
    assert answer.redirect_chain[0][0].endswith(f"#r{key.partition(':')[2]}")
    page = answer.content.decode()
    assert f'name="undo" value="{key}" data-act="undo"' in page
    send(browser, candidate, "candidate_decide", withdraw=key)
    assert "Advertisement" not in text_of(candidate)
    assert decided(candidate) == {}


def test_buttons_say_which_line_or_piece_they_are_of(browser: Client, curator: Viewer) -> None:
    text = f"The motion\n\n- One for it\n- Two against it, {PROSE}\n\n{PROSE}\n\n> As\n> said\n"
    page = show(browser, proposed(curator, text))
    buttons = re.findall(r"<button ([^>]*data-act=[^>]*)>(.*?)</button>", page)
    of_pieces = [one for one in buttons if not re.search('data-act="(undo|apply)"', one[0])]
    labels = [re.findall('aria-label="([^"]+)"', one) or [words] for one, words in of_pieces]
    names = [re.sub("<[^>]+>", "", label) for (label,) in labels]
    assert "Leave out: Whatever the people in the hall may…" in names
    assert any(re.search("before this line: .*Two against it", name) for name in names)
    assert len(names) == len(set(names))
    # What a line does to the whole piece has a button of the piece already.
    of_lines = [one for one, _ in of_pieces if 'data-act="line"' in one]
    assert all(('tabindex="-1"' in one) == ('value="block:' in one) for one in of_lines)


def test_text_is_left_out_and_given_another_kind(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    key = key_of(candidate, "Whatever")
    opened = show(browser, candidate, f"?open=r{key.partition(':')[2]}")
    assert f'value="{key}=quotation"' in opened
    send(browser, candidate, "candidate_decide", decide=f"{key}=quotation")
    assert candidate.proposal["blocks"][0]["kind"] == "quotation"
    send(browser, candidate, "candidate_decide", decide=f"{key}=boilerplate")
    assert (
        "Whatever the people in the hall may have thought of it, the"
        not in text_of(candidate).partition("\n\n")[0]
    )


def test_repair_is_undone_and_made_again(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    found = re.search(r'value="(repair:words_parted:\d+)=undone"', show(browser, candidate))
    assert found
    answer = send(browser, candidate, "candidate_decide", decide=f"{found[1]}=undone")
    assert "hisgoal" in text_of(candidate)
    assert f'name="withdraw" value="{found[1]}"' in answer.content.decode()
    send(browser, candidate, "candidate_decide", withdraw=found[1])
    assert "his goal" in text_of(candidate)


def test_article_is_split_and_joined(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    answer = send(
        browser, candidate, "candidate_split", offset=key_of(candidate, LINKED).partition(":")[2]
    )
    assert "Split in two." in said(answer)
    second = ImportCandidate.objects.get(position=2)
    assert "his goal" in text_of(second)
    assert f'href="{address(second)}" rel="next"' in answer.content.decode()
    assert "Join with previous" in show(browser, second)
    answer = send(browser, second, "candidate_join")
    assert answer.redirect_chain[0][0] == address(candidate)
    assert ImportCandidate.objects.get() == candidate


def test_piece_that_was_joined_meanwhile_leads_to_the_import(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    gone = reverse("candidate_decide", args=[candidate.batch_id, uuid4()])
    answer = browser.post(gone, {"counter": "1", "decide": "block:0=title"}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("import_batch", args=[candidate.batch_id])
    assert "joined with another one" in said(answer)


def test_stale_decision_changes_nothing_and_shows_what_stands(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    seen = candidate.counter
    reviewing.set_fact(curator, candidate, "title", "Decided by another", counter=seen)
    key = key_of(candidate, "Whatever")
    answer = send(browser, candidate, "candidate_decide", counter=str(seen), decide=f"{key}=verse")
    assert "Somebody else decided about this article meanwhile." in said(answer)
    assert "Decided by another" in answer.content.decode()
    assert candidate.proposal["blocks"][0]["kind"] == "paragraph"


def test_article_is_added_and_nothing_more_can_be_decided(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    answer = send(browser, candidate, "candidate_apply")
    added = Article.objects.get(is_stub=False)
    assert said(answer) == "“The motion” is in the library."
    page = answer.content.decode()
    assert f'href="{added.get_absolute_url()}"' in page
    assert 'id="decisions"' not in page
    assert "data-act" not in page
    # Whoever still had the page open gets the same article, and no second one.
    again = send(browser, candidate, "candidate_apply", counter="1")
    assert "is in the library" in said(again)
    assert Article.objects.filter(is_stub=False).count() == 1


def test_page_says_that_a_hidden_article_stays_hidden(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    send(browser, candidate, "candidate_apply")
    words = "It stays hidden until a curator shows it."
    assert words not in show(browser, candidate)
    articles.hide(curator, Article.objects.get(is_stub=False))
    answer = send(browser, candidate, "candidate_apply", counter="1")
    assert answer.content.decode().count(words) == 2
    assert show(browser, candidate).count(words) == 1


def test_rejected_article_comes_back(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    page = send(browser, candidate, "candidate_reject").content.decode()
    assert "It is rejected" in page
    assert "Bring back" in page
    send(browser, candidate, "candidate_restore")
    assert candidate.state == ImportCandidate.State.PENDING


def test_script_gets_the_changing_part_alone_with_what_was_said(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    fields = {"counter": candidate.counter, "decide": "nothing"}
    headers = {"HX-Request": "true"}
    answer = browser.post(
        address(candidate, "candidate_decide"), fields, follow=True, headers=headers
    )
    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="review"')
    assert "There is nothing in this article" in page
    assert "no-store" in answer["Cache-Control"]


def test_long_source_is_shown_in_pages(
    browser: Client, curator: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_page, "ROWS_A_PAGE", 2)
    candidate = proposed(curator)
    assert show(browser, candidate).count("data-piece ") == 2
    second = show(browser, candidate, "?page=2")
    assert "Advertisement" in second
    key = key_of(candidate, "Advertisement")
    answer = send(browser, candidate, "candidate_decide", decide=f"{key}=paragraph", page="2")
    assert "page=2" in answer.redirect_chain[0][0]


@pytest.mark.parametrize(
    "query",
    ["?open=<b>&page=-1", "?page=a", "?compare=no-key", f"?open={'k,' * 5000}", "?open=r"],
)
def test_odd_addresses_show_the_page(browser: Client, curator: Viewer, query: str) -> None:
    page = show(browser, proposed(curator), query)
    assert "The motion" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "fields",
    [
        {"decide": "block:99999999999=paragraph"},
        {"decide": "nothing"},
        {"decide": "line:x=boilerplate"},
        {"withdraw": "block:"},
        {},
    ],
)
def test_senseless_decision_changes_nothing(
    browser: Client, curator: Viewer, fields: dict[str, str]
) -> None:
    candidate = proposed(curator)
    send(browser, candidate, "candidate_decide", **fields)
    assert decided(candidate) == {}


def test_strangers_decide_nothing(
    alice: User, curator: Viewer, client_of: Callable[[User | None], Client]
) -> None:
    candidate = proposed(curator)
    fields = {"counter": candidate.counter, "decide": "block:0=paragraph", "all": "1"}
    names = ("candidate_apply", "candidate_decide", "candidate_reject", "candidate_split")
    for name in names:
        assert client_of(alice).post(address(candidate, name), fields).status_code == 404
        assert client_of(None).post(address(candidate, name), fields).status_code == 302
    batch = ImportBatch.objects.get()
    for name in ("candidates_apply", "candidates_reject", "batch_undo"):
        sent = client_of(alice).post(reverse(name, args=[batch.pk]), fields)
        assert sent.status_code == 404
    assert viewer_of(alice).is_staff is False
    candidate.refresh_from_db()
    assert candidate.state == ImportCandidate.State.PENDING
