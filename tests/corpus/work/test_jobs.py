"""Jobs: asked for once, done once, tried again when they fail, told in words at the end."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Refused
from corpus.models import Event, Job
from corpus.permissions import SYSTEM
from corpus.services import jobs, upkeep
from corpus.services.running import PAUSES, run
from corpus.services.work import Doing, LeaseLost, Progress, Stopped, _works, hand, work
from corpus.tasks import is_something_ready
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

calls: list[str] = []


class CannotBeDone(Refused):
    """What the work of these tests refuses with."""

    def __init__(self) -> None:
        super().__init__("The file is not a text.")


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Offer kinds of work that succeed, fail, refuse, stop and come too late."""
    calls.clear()
    known = dict(_works)
    work("test.count", label="Counting")(_count)
    for kind, problem in {
        "test.fail": RuntimeError("broken"),
        "test.refuse": CannotBeDone(),
        "test.stop": Stopped(),
        "test.late": LeaseLost(),
    }.items():
        work(kind, label=kind)(_raising(problem))
    yield
    _works.clear()
    _works.update(known)


def test_job_is_done_and_tells_what_came_of_it(carol: User) -> None:
    job = jobs.enqueue(viewer_of(carol), "test.count", {"to": 3})
    assert (job.state, job.started_by) == (Job.State.WAITING, carol)

    assert run_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.told, job.attempts) == (Job.State.DONE, "Counted to 3.", 1)
    assert (job.done, job.total) == (3, 3)
    assert job.finished_at is not None
    assert job.lease is None


def test_job_of_a_write_that_is_rolled_back_never_was() -> None:
    def ask_in_vain() -> None:
        with transaction.atomic():
            jobs.enqueue(SYSTEM, "test.count", {"to": 1})
            raise CannotBeDone

    with pytest.raises(CannotBeDone):
        ask_in_vain()

    assert not Job.objects.exists()
    assert not is_something_ready()


def test_the_same_asked_for_twice_waits_once() -> None:
    first = jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same")
    second = jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same")
    other = jobs.enqueue(SYSTEM, "test.count", {"to": 2})

    assert first == second != other
    assert run_jobs() == 2


def test_the_same_may_be_asked_for_again_while_it_is_done() -> None:
    first = jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same")
    _take(first)

    assert jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same") != first


def test_failed_attempts_are_repeated_later_and_told_in_the_end() -> None:
    job = jobs.enqueue(SYSTEM, "test.fail", {})
    for number, pause in enumerate(PAUSES, start=1):
        assert run_jobs() == 1
        job.refresh_from_db()
        assert (job.state, job.attempts) == (Job.State.WAITING, number)
        assert job.run_after is not None
        assert job.run_after - timezone.now() == pytest.approx(
            timedelta(seconds=pause), abs=timedelta(seconds=5)
        )
        assert run_jobs() == 0
        Job.objects.update(run_after=timezone.now())

    assert run_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.FAILED, 5)
    assert job.told == "It went wrong 5 times; the log of the server says how."
    assert run_jobs() == 0


def test_refusal_is_final_and_told_in_its_own_words() -> None:
    job = jobs.enqueue(SYSTEM, "test.refuse", {})
    run_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.told) == (Job.State.FAILED, 1, "The file is not a text.")


def test_work_of_another_version_fails_in_a_sentence() -> None:
    job = jobs.enqueue(SYSTEM, "test.of_tomorrow", {})
    run_jobs()

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.told == "This version of the site does not know how to do this."


def test_stopped_job_waits_again_at_once_and_loses_no_attempt() -> None:
    job = jobs.enqueue(SYSTEM, "test.stop", {})
    assert run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.run_after) == (Job.State.WAITING, 0, None)


def test_what_comes_too_late_changes_nothing() -> None:
    job = jobs.enqueue(SYSTEM, "test.late", {})
    other = uuid4()
    assert run(job.pk)
    Job.objects.update(lease=other)

    job.refresh_from_db()
    assert (job.state, job.lease) == (Job.State.RUNNING, other)


def test_two_workers_never_do_the_same_job() -> None:
    job = jobs.enqueue(SYSTEM, "test.count", {"to": 1})
    _take(job)

    assert not run(job.pk)
    assert calls == []


def test_progress_stops_when_another_took_the_job() -> None:
    job = _take(jobs.enqueue(SYSTEM, "test.count", {"to": 1}))
    progress = Progress(job)
    progress.of(10)
    Job.objects.update(lease=uuid4())

    with pytest.raises(LeaseLost):
        progress.hold()


def test_progress_stops_when_the_worker_has_to(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress(_take(jobs.enqueue(SYSTEM, "test.count", {"to": 1})))
    monkeypatch.setattr(hand, "is_stopping", True)

    with pytest.raises(Stopped):
        progress.step()


def test_progress_is_stored_twice_a_second_at_most() -> None:
    progress = Progress(_take(jobs.enqueue(SYSTEM, "test.count", {"to": 1})))
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            progress.step(told="Counting ...")

    assert len(queries) <= 2
    progress.hold()
    job = Job.objects.get()
    assert (job.done, job.told) == (100, "Counting ...")


def test_job_whose_worker_is_silent_goes_on_with_another() -> None:
    job = _take(jobs.enqueue(SYSTEM, "test.count", {"to": 2}))
    upkeep.free_abandoned()
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING

    Job.objects.update(heartbeat=timezone.now() - upkeep.ABANDONED_AFTER * 1.1)
    upkeep.free_abandoned()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 1)
    Job.objects.update(run_after=None)
    assert run_jobs() == 1
    assert calls == ["counted"]


def test_jobs_of_a_worker_known_to_be_gone_are_freed_alone() -> None:
    gone = _take(jobs.enqueue(SYSTEM, "test.count", {"to": 2}))
    busy = _take(jobs.enqueue(SYSTEM, "test.count", {"to": 2}))
    assert gone.lease is not None
    upkeep.free_jobs_of(gone.lease)

    assert Job.objects.get(pk=gone.pk).state == Job.State.WAITING
    assert Job.objects.get(pk=busy.pk).state == Job.State.RUNNING


def test_job_that_ends_every_worker_fails_at_last() -> None:
    job = jobs.enqueue(SYSTEM, "test.count", {"to": 2})
    for _ in range(len(PAUSES) + 1):
        Job.objects.update(run_after=None)
        taken = _take(job)
        assert taken.lease is not None
        upkeep.free_jobs_of(taken.lease)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.told == "The server ended 5 times in the middle of this."


def test_freed_job_gives_way_to_the_same_asked_for_meanwhile() -> None:
    first = _take(jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same"))
    second = jobs.enqueue(SYSTEM, "test.count", {"to": 2}, fingerprint="same")
    assert first.lease is not None
    upkeep.free_jobs_of(first.lease)

    first.refresh_from_db()
    assert first.state == Job.State.DONE
    assert first.told == "The same was asked for again, and is done with that."
    assert run_jobs() == 1
    second.refresh_from_db()
    assert second.state == Job.State.DONE


def test_curator_tries_failed_work_again(carol: User, alice: User) -> None:
    job = jobs.enqueue(SYSTEM, "test.refuse", {})
    with pytest.raises(Invalid):
        jobs.retry(viewer_of(carol), job)
    run_jobs()
    with pytest.raises(NotAllowed):
        jobs.retry(viewer_of(alice), job)

    again = jobs.retry(viewer_of(carol), job)

    assert (again.state, again.attempts, again.told) == (Job.State.WAITING, 0, "")
    assert Event.objects.get(verb="job.retried").actor == carol
    assert run_jobs() == 1


def _count(job: Job, progress: Progress) -> str:
    calls.append("counted")
    progress.of(job.arguments["to"])
    progress.step(job.arguments["to"])
    return f"Counted to {job.arguments['to']}."


def _raising(problem: BaseException) -> Doing:
    def do(job: Job, progress: Progress) -> str:
        raise problem

    return do


def _take(job: Job) -> Job:
    """Return `job` as another worker holds it."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING,
        lease=uuid4(),
        heartbeat=timezone.now(),
        attempts=Job.objects.get(pk=job.pk).attempts + 1,
    )
    return Job.objects.get(pk=job.pk)
