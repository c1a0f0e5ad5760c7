"""What the tests of the review page send, and what comes back."""

from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from corpus.importing.steps import STEPS
from corpus.models import ImportCandidate
from corpus.permissions import Viewer
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes, pasted
from tests.work import run_jobs

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
LINKED = "It was hisgoal <https://a.org/2016/x> then."
TEXT = f"The motion\n\nBy Jane Smith\n\nAdvertisement\n\n{PROSE}\n\n{LINKED}\n\n{PROSE[:90]}\n"


def proposed(viewer: Viewer, text: str = TEXT, name: str = "") -> ImportCandidate:
    """Return the one article that an import of `text`, pasted or in a file, proposes."""
    source = SourceBytes(name, text.encode()) if name else pasted(text)
    batch = create_batch(viewer, [source]).batch
    run_jobs()
    return ImportCandidate.objects.get(batch=batch)


def address(candidate: ImportCandidate, name: str = "candidate") -> str:
    return reverse(name, args=[candidate.batch_id, candidate.pk])


def show(browser: Client, candidate: ImportCandidate, query: str = "") -> str:
    return browser.get(f"{address(candidate)}{query}").content.decode()


def send(browser: Client, candidate: ImportCandidate, name: str, **fields: str) -> Any:
    """Send a form of the page as it was shown last; return the page that follows."""
    candidate.refresh_from_db()
    fields = {"counter": str(candidate.counter), **fields}
    answer = browser.post(address(candidate, name), fields, follow=True)
    assert answer.redirect_chain[0][1] == 303
    if ImportCandidate.objects.filter(pk=candidate.pk).exists():
        candidate.refresh_from_db()
    return answer


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def decided(candidate: ImportCandidate) -> dict[str, Any]:
    """Return what is decided about the candidate, without the steps that led there."""
    return {name: value for name, value in candidate.decisions.items() if name != STEPS}
