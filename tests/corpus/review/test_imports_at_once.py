"""Several curators at the same moment, and workers that are killed in the middle of an import."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from corpus.errors import Stale
from corpus.models import Article, Event, ImportBatch, ImportCandidate, ImportFile, Job
from corpus.permissions import SYSTEM
from corpus.services import applying, parting, reviewing
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.corpus.review.texts import article
from tests.site import ROOT
from tests.work import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

CURATORS = 4
FILES = 30
SECONDS = 90
"""How long a test waits for what takes a second or two on a machine of its own."""

Begin = Callable[..., "subprocess.Popen[bytes]"]


def received(count: int = 1) -> ImportBatch:
    sources = [SourceBytes(f"{n}.txt", article(n).encode()) for n in range(count)]
    return create_batch(SYSTEM, sources).batch


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Return what `act` gives for each of several curators who begin together."""
    start = Barrier(CURATORS, timeout=60)

    def run(number: int) -> Any:
        start.wait(timeout=30)
        try:
            return act(number)
        except Stale as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CURATORS) as pool:
        return list(pool.map(run, range(CURATORS)))


def test_the_same_proposal_applied_at_once_is_one_article() -> None:
    batch = received()
    run_jobs()
    candidate = ImportCandidate.objects.get(batch=batch)
    kept = at_once(lambda _: applying.apply_one(SYSTEM, candidate, counter=1))
    assert len({row.article_id for row in kept}) == 1
    assert Article.objects.filter(is_stub=False).count() == 1
    assert Event.objects.filter(verb="import.applied").count() == 1


def test_of_two_decisions_at_once_one_is_kept_and_the_other_is_told() -> None:
    run = received()
    run_jobs()
    candidate = ImportCandidate.objects.get(batch=run)
    kept = at_once(
        lambda n: reviewing.set_fact(SYSTEM, candidate, "title", f"Title {n}", counter=1)
    )
    assert sum(isinstance(one, Stale) for one in kept) == CURATORS - 1
    candidate.refresh_from_db()
    assert candidate.counter == 2


def test_a_proposal_split_at_once_is_two_articles() -> None:
    text = f"{article(1)}\n{article(2)}"
    batch = create_batch(SYSTEM, [SourceBytes("two.txt", text.encode())]).batch
    run_jobs()
    candidate = ImportCandidate.objects.get(batch=batch)
    offset = text.index("Headline number 2")
    at_once(lambda _: parting.split(SYSTEM, candidate, offset, counter=1))
    places = ImportCandidate.objects.order_by("position").values_list("position", flat=True)
    assert list(places) == [1, 2]


def test_the_same_files_at_once_are_one_import() -> None:
    kept = at_once(lambda _: received(2))
    assert len({batch.pk for batch in kept}) == 1
    assert ImportBatch.objects.count() == Job.objects.count() == 1


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Return a function that begins a worker on the test's database; all are ended at the end."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin_worker(*ids: UUID) -> "subprocess.Popen[bytes]":
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.corpus.work.slow_worker", name, *map(str, ids)]
        begun.append(subprocess.Popen(command, cwd=ROOT, env=os.environ.copy()))
        return begun[-1]

    yield begin_worker
    for process in begun:
        process.kill()
        process.wait(60)


def killed_in_the_middle(begin: Begin, is_begun: Callable[[], bool], job: Job) -> None:
    """Kill a worker once `is_begun`, and have another do the rest of the job."""
    first = uuid4()
    worker = begin(first)
    until(is_begun)
    worker.send_signal(signal.SIGKILL)
    worker.wait(60)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    begin(uuid4(), first)
    until(lambda: Job.objects.get(pk=job.pk).is_over)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)


def test_a_reader_that_is_killed_loses_and_doubles_nothing(begin: Begin) -> None:
    batch = received(FILES)
    read = ImportFile.objects.filter(state=ImportFile.State.READ)
    killed_in_the_middle(begin, lambda: read.count() >= 2, Job.objects.get())
    assert read.count() == FILES
    titles = [row.proposal["facts"]["title"]["value"] for row in batch.candidates.all()]
    assert sorted(titles) == sorted(f"Headline number {n}" for n in range(FILES))


def test_what_a_killed_worker_applied_is_stored_once(begin: Begin) -> None:
    batch = received(FILES)
    run_jobs()
    counters = dict(ImportCandidate.objects.values_list("id", "counter"))
    job = applying.apply_later(SYSTEM, batch, counters)
    articles = Article.objects.filter(is_stub=False)
    killed_in_the_middle(begin, lambda: articles.count() >= 2, job)
    assert articles.count() == FILES
    assert Event.objects.filter(verb="article.imported").count() == FILES
    assert not ImportCandidate.objects.exclude(state=ImportCandidate.State.APPLIED).exists()


def until(is_so: Callable[[], bool]) -> None:
    """Return once `is_so`; raise TimeoutError after SECONDS."""
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def test_a_page_that_is_cited_already_is_read_as_a_worker_reads_it() -> None:
    page = "https://paper.example/2017/jan/13/hunt-to-quit-as-an-mp"
    import_source(SYSTEM, SourceBytes("citing.txt", f"{article(1)}\n\nMore: <{page}>.".encode()))
    told = f"Hunt leaves the Commons\n\nURL: {page}\n\n{article(2)}"
    batch = create_batch(SYSTEM, [SourceBytes("cited.txt", told.encode())]).batch
    run_jobs()
    assert ImportFile.objects.get(batch=batch).state == "read"
    assert ImportCandidate.objects.get(batch=batch).updates is not None
