"""The queue itself: what it is told, it runs, on a real database file or server."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpus.models import Job
from corpus.permissions import SYSTEM
from corpus.services import jobs, upkeep
from corpus.services.work import _works, work
from corpus.tasks import is_something_ready, prune, run_one
from corpus.worker import _Rounds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Offer a kind of work that does nothing."""
    known = dict(_works)
    work("test.nothing", label="Nothing")(lambda job, progress: "Done.")
    yield
    _works.clear()
    _works.update(known)


def test_job_waits_until_it_is_run() -> None:
    job = jobs.enqueue(SYSTEM, "test.nothing", {})

    assert is_something_ready()
    run_one()

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert not is_something_ready()


def test_job_that_the_queue_lost_is_put_into_it_again() -> None:
    job = jobs.enqueue(SYSTEM, "test.nothing", {})
    DBTaskResult.objects.all().delete()
    upkeep.wake_forgotten()
    assert not is_something_ready()  # it may be on its way

    Job.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    upkeep.wake_forgotten()
    run_one()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_queue_forgets_what_ended_yesterday() -> None:
    for _ in range(2):
        jobs.enqueue(SYSTEM, "test.nothing", {})
        run_one()
    jobs.enqueue(SYSTEM, "test.nothing", {})
    old = DBTaskResult.objects.exclude(finished_at=None).first()
    assert old is not None
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=2))
    prune()

    assert DBTaskResult.objects.count() == 2
    assert Job.objects.count() == 3


def test_jobs_that_ended_long_ago_are_forgotten_and_failed_ones_later() -> None:
    states = Job.State
    aged = {
        (state, days): _job_that_ended(state, days)
        for state in states
        for days in (29, 31, 89, 91)
        if state in {states.DONE, states.FAILED} or days == 91
    }
    upkeep.forget_old_jobs()

    left = set(Job.objects.values_list("pk", flat=True))
    gone = {which for which, pk in aged.items() if pk not in left}
    assert gone == {
        (states.DONE, 31),
        (states.DONE, 89),
        (states.DONE, 91),
        (states.FAILED, 91),
    }


def test_idle_worker_forgets_old_jobs() -> None:
    _job_that_ended(Job.State.DONE, 31)
    _Rounds().make()

    assert not Job.objects.exists()


def _job_that_ended(state: str, days: int) -> UUID:
    """Return the key of a job in `state` that was asked for, and ended if it is over, then."""
    then = timezone.now() - timedelta(days=days)
    job = Job.objects.create(kind="test.nothing", state=state)
    is_over = state in {Job.State.DONE, Job.State.FAILED}
    stored = Job.objects.filter(pk=job.pk)
    stored.update(created_at=then, finished_at=then if is_over else None)
    return job.pk
