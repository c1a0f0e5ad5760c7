"""Giving texts in the browser, and choosing among what they became."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from corpus.models import ImportBatch, ImportCandidate
from corpus.queries.batch_page import waiting_in
from tests.work import run_jobs


def give(browser: Client, text: str = "", *files: SimpleUploadedFile, **fields: str) -> Any:
    return browser.post(reverse("imports"), {"text": text, "files": files, **fields})


def given(browser: Client, *texts: str) -> ImportBatch:
    """Give files of these texts and read them; return their import."""
    files = [
        SimpleUploadedFile(f"{number}.txt", text.encode()) for number, text in enumerate(texts)
    ]
    answer = give(browser, "", *files)
    assert answer.status_code == 303
    run_jobs()
    return ImportBatch.objects.latest("created_at")


def choose(browser: Client, name: str, batch: ImportBatch, *chosen: ImportCandidate) -> Any:
    """Send the form of the import with some candidates chosen, or the button for all."""
    fields: dict[str, Any] = {"candidate": [f"{one.pk}:{one.counter}" for one in chosen]}
    if not chosen:
        fields["all"] = waiting_in(batch).state
    return browser.post(reverse(name, args=[batch.pk]), fields, follow=True)
