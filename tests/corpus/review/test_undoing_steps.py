"""Taking decisions on a proposed article back one by one."""

import re

import pytest
from django.test import Client

from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from corpus.services import reviewing
from tests.corpus.review.deciding import TEXT, decided, proposed, said, send, show

pytestmark = pytest.mark.django_db


def undoes(page: str) -> str:
    """Return the key of what the page offers to undo, "" for nothing."""
    found = re.search(r'name="undo" value="([^"]+)" data-act="undo"', page)
    return found[1] if found else ""


def test_undo_goes_back_through_the_decisions_in_their_order(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    first, second = (f"block:{TEXT.index(words)}" for words in ("Whatever", "Advertisement"))
    assert undoes(show(browser, candidate)) == ""
    send(browser, candidate, "candidate_decide", decide=f"{first}=quotation")
    send(browser, candidate, "candidate_decide", decide=f"{second}=paragraph")
    send(browser, candidate, "candidate_facts", fact="title", value="Another")
    # The page is opened anew each time: what can be undone is not lost with the address.
    assert undoes(show(browser, candidate)) == "fact:title"
    send(browser, candidate, "candidate_decide", undo="fact:title")
    assert undoes(show(browser, candidate)) == second
    send(browser, candidate, "candidate_decide", undo=second)
    assert undoes(show(browser, candidate)) == first
    send(browser, candidate, "candidate_decide", undo=first)
    assert undoes(show(browser, candidate)) == ""
    assert candidate.decisions == {}


def test_what_is_decided_again_is_undone_first(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    first = f"block:{TEXT.index('Whatever')}"
    send(browser, candidate, "candidate_decide", decide=f"{first}=quotation")
    send(browser, candidate, "candidate_facts", fact="title", value="Another")
    send(browser, candidate, "candidate_decide", decide=f"{first}=verse")
    assert undoes(show(browser, candidate)) == first


def test_split_is_undone(browser: Client, curator: Viewer) -> None:
    candidate = proposed(curator)
    before = candidate.proposal
    send(browser, candidate, "candidate_facts", fact="outlet", value="Herald")
    offset = TEXT.index("It was")
    send(browser, candidate, "candidate_split", offset=str(offset))
    assert ImportCandidate.objects.count() == 2
    assert undoes(show(browser, candidate)) == f"split:{offset}"
    answer = send(browser, candidate, "candidate_decide", undo=f"split:{offset}")
    assert said(answer) == "Joined: both are one article now."
    assert ImportCandidate.objects.get() == candidate
    assert candidate.proposal["text"] == before["text"]
    assert undoes(show(browser, candidate)) == "fact:outlet"


def test_split_is_not_undone_once_the_second_article_is_decided(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    offset = TEXT.index("It was")
    send(browser, candidate, "candidate_split", offset=str(offset))
    second = ImportCandidate.objects.get(position=2)
    reviewing.reject(curator, second, counter=1)
    assert undoes(show(browser, candidate)) == ""
    answer = send(browser, candidate, "candidate_decide", undo=f"split:{offset}")
    assert "can no longer be undone" in said(answer)
    assert ImportCandidate.objects.count() == 2


def test_decisions_from_before_steps_were_kept_are_undone_one_by_one(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator)
    read = candidate.proposal
    reviewing.set_fact(curator, candidate, "title", "One", counter=1)
    reviewing.set_fact(curator, candidate, "outlet", "The Herald", counter=2)
    candidate.refresh_from_db()
    candidate.decisions = decided(candidate)
    candidate.save()
    send(browser, candidate, "candidate_facts", fact="title", value="Two")
    send(browser, candidate, "candidate_decide", undo="fact:title")
    assert candidate.proposal["facts"]["title"]["value"] == "One"
    for key in ("fact:outlet", "fact:title"):
        assert undoes(show(browser, candidate)) == key
        send(browser, candidate, "candidate_decide", undo=key)
    assert (candidate.proposal, candidate.decisions) == (read, {})
