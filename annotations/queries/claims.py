"""Claims and how often they are tagged, as one viewer sees it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Claim, ClaimOccurrence
from annotations.models.naming import folded_label
from annotations.queries.quiet_words import with_words_for, worded_for_few
from annotations.timeline import STANCES, Stance
from corpus.access import article_ids_in
from corpus.extensions import ArticleIds
from corpus.models import Collection
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Counts:
    """How often a claim is tagged; `stances` follows STANCES."""

    passages: int
    articles: int
    readers: int
    stances: tuple[int, ...]
    newest: datetime | None = None

    def of(self, stance: Stance) -> int:
        """Return how many passages take `stance`, one of STANCES."""
        return dict(zip(STANCES, self.stances, strict=True))[stance]


@dataclass(frozen=True)
class ClaimRow:
    """A claim in a list, with its counts."""

    claim: Claim
    counts: Counts


NEVER_TAGGED = Counts(0, 0, 0, (0,) * len(STANCES))


def occurrences_in(viewer: Viewer, within: Collection | None) -> QuerySet[ClaimOccurrence]:
    """Return the tagged claims that `viewer` sees, `within` a collection if one is given."""
    found = visible_occurrences(viewer)
    if within is None:
        return found
    return found.filter(content_object__article_id__in=article_ids_in(within))


def claims_in(viewer: Viewer, within: ArticleIds) -> QuerySet[Claim]:
    """Return the claims that `viewer` sees tagged in the articles with these keys."""
    found = visible_occurrences(viewer).filter(content_object__article_id__in=within)
    return visible_claims(viewer).filter(Exists(found.filter(tag=OuterRef("pk"))))


def counts_by_claim(occurrences: QuerySet[ClaimOccurrence]) -> dict[UUID, Counts]:
    """Return how often each claim is tagged in `occurrences`; one query, no zeros."""
    rows = (
        occurrences.order_by()
        .values("tag_id")
        .annotate(
            articles=Count("content_object__article", distinct=True),
            readers=Count("content_object__creator", distinct=True),
            newest=Max("created_at"),
            **{stance: Count("id", filter=Q(stance=stance)) for stance in STANCES},
        )
    )
    return {row["tag_id"]: _counts(row) for row in rows}


def claim_rows(
    viewer: Viewer,
    *,
    words: str = "",
    sort: str = "name",
    within: Collection | None = None,
    followed: bool = False,
) -> list[ClaimRow]:
    """Return the claims that `viewer` may know in the order `sort`, a key of SORTS.

    `words` has to stand in the name, an alias or the statement; "" keeps all. `within` a
    collection they are those tagged in its articles, and only what is tagged there counts.
    `followed` keeps those that the viewer follows.
    """
    known = visible_claims(viewer) if within is None else claims_in(viewer, article_ids_in(within))
    if followed:
        known = known.filter(follows__reader=viewer.user_id)
    held = _holding(viewer, known, words).order_by("folded")
    claims = with_words_for(viewer, visible_occurrences(viewer), held)
    counts = counts_by_claim(occurrences_in(viewer, within))
    rows = [ClaimRow(claim, counts.get(claim.id, NEVER_TAGGED)) for claim in claims]
    return sorted(rows, key=SORTS[sort])


def _by_name(row: ClaimRow) -> Any:
    return row.claim.folded


def _by_marks(row: ClaimRow) -> Any:
    return -row.counts.passages, row.claim.folded


def _by_newest(row: ClaimRow) -> Any:
    newest = row.counts.newest or row.claim.created_at
    return -newest.timestamp(), row.claim.folded


SORTS: Mapping[str, Callable[[ClaimRow], Any]] = MappingProxyType(
    {"name": _by_name, "marked": _by_marks, "recent": _by_newest}
)


def _counts(row: Mapping[str, Any]) -> Counts:
    stances = tuple(row[stance] for stance in STANCES)
    return Counts(sum(stances), row["articles"], row["readers"], stances, row["newest"])


def _holding(viewer: Viewer, claims: QuerySet[Claim], words: str) -> QuerySet[Claim]:
    folded = folded_label(words)
    if not folded:
        return claims
    return claims.filter(named_or_stated(viewer, words) | Q(id__in=claims_with_alias(folded)))


def named_or_stated(viewer: Viewer, words: str) -> Q:
    """Return the condition of a claim named by `words`, or stated in what `viewer` may read."""
    stated = Q(statement__icontains=words.strip())
    stated &= ~worded_for_few(viewer, visible_occurrences(viewer))
    return Q(folded__contains=folded_label(words)) | stated


def claims_with_alias(folded: str) -> QuerySet[Claim, UUID]:
    """Return the keys of the claims that have an alias which holds the folded words."""
    return Claim.objects.filter(aliases__folded__contains=folded).values_list("id", flat=True)
