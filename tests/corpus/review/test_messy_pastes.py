"""A messy paste, on the pages where a curator looks through it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.models import ImportBatch, ImportCandidate
from corpus.services.batches import create_batch
from corpus.services.sources import pasted
from tests.corpus.review.deciding import PROSE, proposed, send, show
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

FIRST = f"The motion\n\nBy Jane Smith\n\n{PROSE}\n\n{PROSE}\n\nSign up for our newsletter\n\n"
SECOND = f"A second motion in the hall\n3 May 2019\n\n{PROSE} It was late.\n\n{PROSE} It rained.\n"
MAIL = (
    "From: Tom Lee\nDate: 7 May 2019\nSubject: Fwd: A second motion\n\n"
    "> The second motion fell, since nobody in the hall could be found who\n"
    "> would speak for it; and those who had come for the vote went home to\n"
    "> their streets. It was late by then, and the rain had not stopped yet.\n"
    ">\n"
    "> The chairman said that there would be another vote in the autumn.\n"
)


@pytest.fixture
def browser(carol: User) -> Client:
    client = Client()
    client.force_login(carol)
    return client


def candidates(batch: ImportBatch) -> list[ImportCandidate]:
    return list(ImportCandidate.objects.filter(batch=batch).order_by("position"))


def test_what_may_be_a_second_article_is_told_and_split_off(browser: Client, carol: User) -> None:
    candidate = proposed(viewer_of(carol), FIRST + SECOND)
    page = show(browser, candidate)
    row = f"r{len(FIRST)}"
    note = "if another one begins at “A second motion in the hall”, split it there."
    assert f'<a href="#{row}">This may be two articles: {note}</a>' in page
    assert f'id="{row}"' in page
    send(browser, candidate, "candidate_split", offset=str(len(FIRST)))
    first, second = candidates(candidate.batch)
    assert "This may be two articles" not in show(browser, first) + show(browser, second)
    assert second.proposal["facts"]["title"]["value"] == "A second motion in the hall"
    assert second.proposal["facts"]["published"]["value"]["date"] == "2019-05-03"


def test_mail_below_an_article_is_a_proposal_of_its_own(browser: Client, carol: User) -> None:
    batch = create_batch(viewer_of(carol), [pasted(FIRST + MAIL)]).batch
    run_jobs()
    first, second = candidates(batch)
    assert first.proposal["text"] == f"{PROSE}\n\n{PROSE}"
    page = show(browser, second)
    assert "the subject of the mail that it came in" in page
    assert "it belongs to the mail that the text came in" in page
    assert "signs of quoted mail taken off" in page
    assert "would speak for it; and those who had come" in page


def test_signs_of_mail_are_put_back_and_a_quoted_line_is_left_out(
    browser: Client, carol: User
) -> None:
    candidate = proposed(viewer_of(carol), MAIL)
    sign = MAIL.index("> The second")
    send(browser, candidate, "candidate_decide", decide=f"repair:unquoted:{sign}=undone")
    assert "\n> would speak for it" in candidate.proposal["text"]
    send(browser, candidate, "candidate_decide", withdraw=f"repair:unquoted:{sign}")
    assert ">" not in candidate.proposal["text"]
    line = MAIL.index("would speak")
    page = show(browser, candidate)
    assert f'value="line:{line}=boilerplate"' in page
    send(browser, candidate, "candidate_decide", decide=f"line:{line}=boilerplate")
    assert "would speak" not in candidate.proposal["text"]
    assert f'value="line:{line}"' in show(browser, candidate)
    send(browser, candidate, "candidate_decide", withdraw=f"line:{line}")
    assert "would speak" in candidate.proposal["text"]
