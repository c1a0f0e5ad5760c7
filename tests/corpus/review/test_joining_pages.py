"""Joining a piece of a proposed article with the one above, by its form, and parting it again."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from tests.corpus.review.deciding import PROSE, decided, proposed, send, show

pytestmark = pytest.mark.django_db

FIRST = f"{PROSE} They went to the is-"
TEXT = f"The motion\n\n{FIRST}\n\nAdvertisement\n\nland, and stayed.\n\n{PROSE}\n"
KEY = f"join:{TEXT.index('land, and')}"


@pytest.fixture
def browser(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the curator's browser."""
    return client_of(carol)


@pytest.fixture
def candidate(curator: Viewer) -> ImportCandidate:
    """Return an article with a paragraph that an advertisement cuts in two."""
    return proposed(curator, TEXT)


def test_every_piece_of_the_text_but_the_first_can_be_joined(
    browser: Client, candidate: ImportCandidate
) -> None:
    page = show(browser, candidate)
    assert page.count('=above" data-act="join"') == 2
    assert f'name="decide" value="{KEY}=above" data-act="join"' in page
    assert f"join:{TEXT.index(FIRST)}=" not in page


def test_piece_is_joined_and_parted_again(browser: Client, candidate: ImportCandidate) -> None:
    before = candidate.proposal
    answer = send(browser, candidate, "candidate_decide", decide=f"{KEY}=above")
    text = str(candidate.proposal["text"])
    assert text == f"{PROSE} They went to the island, and stayed.\n\n{PROSE}"
    page = answer.content.decode()
    anchor = f"fix-join-{KEY.partition(':')[2]}"
    assert answer.redirect_chain[0][0].endswith(f"#{anchor}")
    assert page.count(f'id="{anchor}"') == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "It goes on in the piece above." in page
    assert "<del>is-land</del> <ins>island</ins>" in page
    assert f'name="withdraw" value="{KEY}" data-said="parted_again">Part again</button>' in page
    send(browser, candidate, "candidate_decide", withdraw=KEY)
    assert (candidate.proposal, decided(candidate)) == (before, {})


def test_joining_is_the_step_that_undo_takes_back(
    browser: Client, candidate: ImportCandidate
) -> None:
    page = send(browser, candidate, "candidate_decide", decide=f"{KEY}=above").content.decode()
    assert f'name="undo" value="{KEY}" data-act="undo"' in page


def test_first_piece_is_joined_with_nothing(browser: Client, candidate: ImportCandidate) -> None:
    key = f"join:{TEXT.index(FIRST)}"
    answer = send(browser, candidate, "candidate_decide", decide=f"{key}=above")
    assert "nothing in this article that could be decided so" in answer.content.decode()
    assert decided(candidate) == {}
