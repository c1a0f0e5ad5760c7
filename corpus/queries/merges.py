"""Which agents were merged into one, and can be parted again."""

from django.db.models import QuerySet

from corpus.models import Agent, Event

MERGED, PARTED = "agent.merged", "agent.parted"


def merges_of(agent: Agent) -> QuerySet[Event]:
    """Return the Events of what was merged into `agent` and not taken back, newest first."""
    told = Event.objects.filter(subject_type=agent._meta.label_lower, subject_id=agent.pk)
    parted = list(told.filter(verb=PARTED).values_list("after__merge", flat=True))
    return told.filter(verb=MERGED).exclude(pk__in=parted).order_by("-pk")


def is_parted(event_id: int) -> bool:
    """Say whether the merge that the Event with this id tells of was taken back."""
    return Event.objects.filter(verb=PARTED, after__merge=event_id).exists()
