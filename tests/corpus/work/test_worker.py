"""Workers as processes of their own: killed, stopped and several at once, nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus import tasks
from corpus.models import Job, Outlet
from corpus.permissions import SYSTEM
from corpus.services import jobs, upkeep
from tests.site import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 60
"""How long a test waits for what takes a second or two on a machine of its own."""

Begin = Callable[..., "subprocess.Popen[bytes]"]


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


def test_killed_worker_loses_and_doubles_nothing(begin: Begin) -> None:
    job = jobs.enqueue(SYSTEM, "test.outlets", {"name": "one", "count": 100})
    first, second = uuid4(), uuid4()
    killed = begin(first)
    until(lambda: Outlet.objects.count() >= 10)
    killed.send_signal(signal.SIGKILL)
    killed.wait(60)
    before = Outlet.objects.count()
    assert before < 100

    begin(second, first)
    until(lambda: _state(job) == Job.State.DONE)

    job.refresh_from_db()
    assert Outlet.objects.count() == 100
    assert (job.attempts, job.done, job.total) == (2, 100, 100)
    assert job.told == "100 outlets made."


def test_stopped_worker_puts_its_job_back_at_once(begin: Begin) -> None:
    job = jobs.enqueue(SYSTEM, "test.outlets", {"name": "one", "count": 500})
    worker = begin(uuid4())
    until(lambda: Outlet.objects.count() >= 3)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(SECONDS) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.run_after) == (Job.State.WAITING, 0, None)
    assert tasks.is_something_ready()


def test_worker_stops_in_the_middle_of_a_long_step(begin: Begin) -> None:
    job = jobs.enqueue(SYSTEM, "test.long_step", {})
    worker = begin(uuid4())
    until(Outlet.objects.exists)
    began = time.monotonic()
    worker.send_signal(signal.SIGINT)

    assert worker.wait(SECONDS) == 0
    assert time.monotonic() - began < 20
    assert _state(job) == Job.State.WAITING


def test_several_workers_do_each_job_once(begin: Begin) -> None:
    for number in range(12):
        jobs.enqueue(SYSTEM, "test.outlets", {"name": f"of-{number}", "count": 5})
    for _ in range(3):
        begin(uuid4())
    until(lambda: not Job.objects.exclude(state=Job.State.DONE).exists())

    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
    assert Outlet.objects.count() == 60


def test_progress_is_seen_while_the_work_goes_on(begin: Begin) -> None:
    job = jobs.enqueue(SYSTEM, "test.outlets", {"name": "one", "count": 500})
    begin(uuid4())

    until(lambda: Job.objects.filter(pk=job.pk, done__gt=0).exists())
    job.refresh_from_db()
    assert (job.state, job.total) == (Job.State.RUNNING, 500)
    assert job.told.startswith("Outlet ")


def test_idle_worker_only_reads() -> None:
    with CaptureQueriesContext(connection) as queries:
        tasks.is_something_ready()
        upkeep.free_abandoned()
        upkeep.wake_forgotten()
        tasks.prune()

    assert [query["sql"][:6] for query in queries] == ["SELECT"] * 4


def until(is_so: Callable[[], bool]) -> None:
    """Return once `is_so`; raise TimeoutError after SECONDS."""
    end = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def _state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state
