"""The queue of background work: the one place that knows the library behind it.

Its rows only say that something may be done; what is to be done, by whom and how far it is
stands in Job (corpus.services.jobs).
"""

from datetime import timedelta
from typing import TYPE_CHECKING

import django
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING or django.VERSION >= (6, 0):
    from django.tasks import task
else:
    from django_tasks import task

__all__ = ["is_something_ready", "prune", "run_one", "task"]

BACKEND = "default"

_KEPT = timedelta(days=1)


def is_something_ready() -> bool:
    """Say whether a task waits to be run now; a plain read, which disturbs no writer."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().filter(backend_name=BACKEND).order_by().exists()


def run_one() -> None:
    """Run one task that is ready, in this thread; nothing happens when another took it."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id="postil",
    ).run()


def prune() -> None:
    """Remove the tasks that ended, or were left by a killed process, more than a day ago.

    Writes nothing when there are none.
    """
    from django_tasks_db.models import DBTaskResult

    before = timezone.now() - _KEPT
    old = DBTaskResult.objects.filter(Q(finished_at__lt=before) | Q(started_at__lt=before))
    if old.order_by().exists():
        old.delete()
