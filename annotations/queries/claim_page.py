"""All that the page of a claim shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotations.access import visible_annotations, visible_occurrences
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.permissions import can_describe_claim
from annotations.queries.claim_scan import Place, Scan, scan_by_speaker, scan_of, tags_at
from annotations.queries.claims import Counts
from annotations.queries.passage_filters import EVERYTHING, PassageFilters
from annotations.queries.passages import COLUMN_SIZE, PAGE_SIZE, Column, passages_at
from annotations.queries.timeline import Lane, lanes_of, time_line_of
from annotations.timeline import STANCES, Stance, TimeLine
from corpus.permissions import Viewer

# Claims that share most passages; further ones share few.
_MOST_RELATED = 8


@dataclass(frozen=True)
class SharingClaim:
    """A claim that is tagged on passages of another; `shared` says on how many of them."""

    claim: Claim
    shared: int


@dataclass(frozen=True)
class ClaimPage:
    """A claim with its passages: three columns, or the one that was asked for.

    `lanes` is empty unless they were asked for; then there is no `line`.
    """

    claim: Claim
    counts: Counts
    first: ClaimOccurrence | None
    line: TimeLine | None
    lanes: Sequence[Lane]
    columns: list[Column]
    aliases: list[str]
    related: Sequence[SharingClaim]
    evidence: Annotation | None
    is_editable: bool


def claim_page(
    viewer: Viewer,
    claim: Claim,
    *,
    stance: Stance | None = None,
    after: UUID | None = None,
    filters: PassageFilters = EVERYTHING,
    in_lanes: bool = False,
) -> ClaimPage:
    """Return what the page of `claim` shows; with a `stance`, the passages behind `after`.

    Only what `filters` ask for is shown and counted. A cursor that is not (or no longer) one
    of the claim's tags begins at the beginning.
    """
    passages = filters.passages(viewer).filter(tag=claim)
    scan, line, lanes = _scanned(passages, in_lanes=in_lanes)
    if stance is None:
        pages = {each: scan.page(each, COLUMN_SIZE) for each in STANCES}
    else:
        cursor = claim.occurrences.filter(id=after).first() if after else None
        pages = {stance: scan.page(stance, PAGE_SIZE, cursor)}
    return ClaimPage(
        claim=claim,
        counts=scan.counts,
        first=_first(passages),
        line=line,
        lanes=lanes,
        columns=_columns(claim, scan.counts, pages),
        aliases=list(claim.aliases.values_list("name", flat=True)),
        related=claims_sharing_passages(viewer, claim),
        evidence=_evidence(viewer, claim),
        is_editable=can_describe_claim(viewer, claim),
    )


def claims_sharing_passages(viewer: Viewer, claim: Claim) -> list[SharingClaim]:
    """Return the other claims that stand on passages of `claim`, those on most of them first."""
    # First the passages that others stand on, mostly few, told by indexes alone; then, of what
    # stands there, what the viewer sees.
    others = ClaimOccurrence.objects.exclude(tag=claim)
    beside = Exists(others.filter(content_object=OuterRef("content_object")))
    marked = claim.occurrences.order_by().filter(beside).values("content_object")
    seen = visible_occurrences(viewer).filter(content_object__in=marked).exclude(tag=claim)
    shared = dict(seen.order_by().values_list("tag_id").annotate(shared=Count("id")))
    # Of those that share as many, the names decide; a join for them would cost every row.
    least = min(nlargest(_MOST_RELATED, shared.values()), default=0)
    claims = Claim.objects.in_bulk([key for key, count in shared.items() if count >= least])
    order = sorted(claims.values(), key=lambda claim: (-shared[claim.pk], claim.folded))
    return [SharingClaim(claim, shared[claim.pk]) for claim in order[:_MOST_RELATED]]


def addressed_claim(claim: Claim, slug: str) -> Claim:
    """Return what `slug`, an address that leads to `claim`, once stood for.

    That is `claim` itself, or the row that was merged into it.
    """
    at_slug = Q(slug=slug) | Q(former_slugs__slug=slug)
    merged: Claim | None = claim.merged.filter(at_slug).first()
    return merged or claim


def _scanned(
    passages: QuerySet[ClaimOccurrence], *, in_lanes: bool
) -> tuple[Scan, TimeLine | None, Sequence[Lane]]:
    """Return the passages with what is drawn of them; who says each is read for lanes alone."""
    if in_lanes:
        scan, said = scan_by_speaker(passages)
        return scan, None, lanes_of(scan, said)
    scan = scan_of(passages)
    return scan, time_line_of(scan), ()


def _columns(
    claim: Claim,
    counts: Counts,
    pages: Mapping[Stance, tuple[Sequence[Place], bool]],
) -> list[Column]:
    """Return a column for each of `pages`; what their passages share is read once for all."""
    keys = tags_at(claim, {place for places, _is_more in pages.values() for place in places})
    found = {passage.id: passage for passage in passages_at(list(keys.values()))}
    columns = []
    for stance, (places, is_more) in pages.items():
        shown = [keys[place] for place in places if place in keys]
        after = shown[-1] if is_more and shown else None
        listed = [found[key] for key in shown if key in found]
        columns.append(Column(stance, counts.of(stance), listed, after))
    return columns


def _evidence(viewer: Viewer, claim: Claim) -> Annotation | None:
    if claim.evidence_id is None:
        return None
    seen = visible_annotations(viewer).select_related("article")
    return seen.filter(pk=claim.evidence_id).first()


def _first(passages: QuerySet[ClaimOccurrence]) -> ClaimOccurrence | None:
    """Return the tag that was made first, None without any."""
    whole = passages.select_related("content_object__creator__profile")
    return whole.order_by("created_at", "id").first()
