"""How background work is told of in a page."""

from collections.abc import Mapping

from django import template

from corpus.extensions import Label
from corpus.models import Job
from corpus.queries import jobs
from corpus.services import work

register = template.Library()


@register.filter
def work_label(job: Job) -> Label:
    """Return what the work is called."""
    return work.label_of(job.kind)


@register.filter
def work_place(job: Job) -> str:
    """Return the address of what the work is about, "" when it has none."""
    return work.place_of(job)


@register.filter
def called(account: int | None, names: Mapping[int, str]) -> str:
    """Return the name of the account with this key among `names`, "" for none."""
    return names.get(account or 0, "")


@register.filter
def how_far(job: Job) -> str:
    """Return in words how far the work is, or how it ended."""
    return jobs.how_far(job)


@register.filter
def milestone(job: Job) -> str:
    """Return a word that changes when there is something to announce."""
    return jobs.milestone(job)
