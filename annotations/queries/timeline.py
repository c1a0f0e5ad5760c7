"""What the time line of a claim is drawn from, in one piece or in a lane for each speaker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.models import ClaimOccurrence
from annotations.queries.claim_scan import Scan, Tagged, scan_of
from annotations.timeline import TimeLine, time_line
from corpus.models import Agent

# Who says most has a lane each; all others share one.
MOST_LANES = 12


@dataclass(frozen=True)
class Lane:
    """What one speaker is recorded as saying; `slug` is "" for several and for nobody named."""

    name: str
    slug: str
    count: int
    line: TimeLine


def time_line_of(scan: Scan) -> TimeLine:
    """Return the time line of all passages."""
    return time_line(scan.dated())


def time_line_among(occurrences: QuerySet[ClaimOccurrence]) -> TimeLine:
    """Return the time line of the passages of `occurrences`, of whatever claims."""
    return time_line_of(scan_of(occurrences))


def lanes_of(scan: Scan, said: Mapping[UUID | None, Sequence[Tagged]]) -> list[Lane]:
    """Return a time line for each speaker, who says most first; then others and nobody named."""
    agents = Agent.objects.in_bulk([key for key in said if key])
    ordered = sorted(agents, key=lambda key: (-len(said[key]), agents[key].name))
    everything = scan.dated()
    named = [(agents[key].name, agents[key].slug, said[key]) for key in ordered[:MOST_LANES]]
    others = [row for key in ordered[MOST_LANES:] for row in said[key]]
    groups = [*named, (_("Others"), "", others), (_("No speaker named"), "", said.get(None, ()))]
    return [
        Lane(name, slug, len(rows), time_line(scan.dated(rows), beside=everything, least=1))
        for name, slug, rows in groups
        if rows
    ]
