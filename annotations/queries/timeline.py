"""What the time line of a claim is drawn from, in one piece or in a lane for each speaker."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.models import ClaimOccurrence
from annotations.queries.claim_scan import Scan, scan_of
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
    return time_line(scan.dated(scan.rows))


def time_line_among(occurrences: QuerySet[ClaimOccurrence]) -> TimeLine:
    """Return the time line of the passages of `occurrences`, of whatever claims."""
    return time_line_of(scan_of(occurrences))


def lanes_of(scan: Scan) -> list[Lane]:
    """Return a time line for each speaker, who says most first; then others and nobody named."""
    counts = Counter(row.speaker for row in scan.rows if row.speaker)
    names = dict(Agent.objects.filter(slug__in=counts).values_list("slug", "name"))
    ordered = sorted(counts, key=lambda slug: (-counts[slug], names[slug]))
    everything = scan.dated(scan.rows)
    others: set[str | None] = {*ordered[MOST_LANES:]}
    groups: list[tuple[str, str, set[str | None]]] = [
        *((names[slug], slug, set[str | None]([slug])) for slug in ordered[:MOST_LANES]),
        (_("Others"), "", others),
        (_("No speaker named"), "", {None}),
    ]
    lanes = []
    for name, slug, speakers in groups:
        rows = [row for row in scan.rows if row.speaker in speakers]
        if rows:
            line = time_line(scan.dated(rows), beside=everything, least=1)
            lanes.append(Lane(name, slug, len(rows), line))
    return lanes
