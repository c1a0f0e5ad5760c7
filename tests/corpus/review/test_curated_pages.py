"""Saying on the review page what a line is: its fact is filled, whatever it was before."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from tests.corpus.review.deciding import PROSE, proposed, send, show

pytestmark = pytest.mark.django_db

TEXT = f"The motion\n\nHow it went\nAnn Lee, in the hall\n\n{PROSE}\n\n{PROSE[:90]}\n"


@pytest.fixture
def browser(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the curator's browser."""
    return client_of(carol)


def fact(candidate: ImportCandidate, name: str) -> tuple[object, str]:
    found = candidate.proposal["facts"][name]
    return found["value"], found["basis"]


def test_line_left_out_by_its_number_is_made_the_standfirst_by_the_menu(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator, TEXT)
    start = TEXT.index("How it went")
    key = f"line:{start}"
    assert f'name="decide" value="{key}=boilerplate"' in show(browser, candidate)
    send(browser, candidate, "candidate_decide", decide=f"{key}=boilerplate")
    assert f'value="{key}=standfirst"' in show(browser, candidate, f"?open=r{start}")
    page = send(browser, candidate, "candidate_decide", decide=f"{key}=standfirst")
    assert "could be decided so" not in page.content.decode()
    assert fact(candidate, "standfirst") == ("How it went", "curated")
    send(browser, candidate, "candidate_decide", decide=f"line:{TEXT.index('Ann')}=by_line")
    assert fact(candidate, "authors") == (["Ann Lee"], "curated")


def test_replaced_title_shows_as_left_out_and_is_kept_by_its_button(
    browser: Client, curator: Viewer
) -> None:
    candidate = proposed(curator, TEXT)
    key = f"line:{TEXT.index('How it went')}"
    page = send(browser, candidate, "candidate_decide", decide=f"{key}=title").content.decode()
    assert fact(candidate, "title") == ("How it went", "curated")
    assert "it was taken for the title before another line was chosen" in page
    assert 'name="decide" value="block:0=paragraph" data-act="toggle"' in page
    assert not candidate.proposal["text"].startswith("The motion")
    send(browser, candidate, "candidate_decide", decide="block:0=paragraph")
    assert candidate.proposal["text"].startswith("The motion")
