"""Kinds of work that take their time, for the worker of slow_worker.py."""

import time

from django.db import transaction

from corpus.models import Job, Outlet
from corpus.services.work import Progress, work


@work("test.outlets", label="Making outlets")
def make_outlets(job: Job, progress: Progress) -> str:
    """Store as many outlets as the job says, each in a transaction of its own."""
    wanted = int(job.arguments["count"])
    progress.of(wanted)
    for number in range(wanted):
        slug = f"{job.arguments['name']}-{number}"
        with transaction.atomic():
            if not Outlet.objects.filter(slug=slug).exists():
                Outlet.objects.create(name=slug, slug=slug)
        progress.step(told=f"Outlet {number}")
        time.sleep(0.02)
    return f"{wanted} outlets made."


@work("test.long_step", label="Thinking")
def think(job: Job, progress: Progress) -> str:
    """Take half a minute without a word."""
    Outlet.objects.create(name="thinking", slug="thinking")
    time.sleep(30)
    return "Thought."
