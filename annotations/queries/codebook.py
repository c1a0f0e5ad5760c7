"""The claims with their definitions, as who reads an article or together looks them up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Audience, Claim, ClaimOccurrence
from annotations.models.naming import folded_label
from annotations.queries.claims import claims_with_alias, named_or_stated
from annotations.queries.quiet_words import with_words_for
from corpus.models import Article, Group
from corpus.permissions import Viewer

MOST_CLAIMS = 200
"""The most that are listed; words find the others."""

MOST_OF_GROUP = 12
"""As many stand on the page of a group."""


@dataclass(frozen=True)
class Entry:
    """A claim in the codebook: `depth` steps below the first broader claim that is listed.

    `count` is how often it is tagged in the article, or by the group.
    """

    claim: Claim
    count: int
    depth: int = 0

    @property
    def examples(self) -> list[str]:
        """Return the examples, one each."""
        return [line.strip() for line in self.claim.examples.splitlines() if line.strip()]

    @property
    def is_explained(self) -> bool:
        """Say whether there is anything to unfold."""
        return bool(self.claim.statement or self.claim.definition or self.examples)


@dataclass(frozen=True)
class Codebook:
    """The claims tagged in the article or by the group, the most frequent first, then the others.

    These are a tree; `is_cut` says that there are more of the others.
    """

    here: Sequence[Entry]
    others: Sequence[Entry]
    is_cut: bool


def codebook_beside(viewer: Viewer, article: Article, words: str = "") -> Codebook:
    """Return the claims that `viewer` may know, those with `words` in a name or the statement."""
    tagged = visible_occurrences(viewer).filter(content_object__article=article)
    return _codebook(viewer, _counts(tagged), words)


def codebook_of(viewer: Viewer, group: Group, words: str = "") -> Codebook:
    """Return the claims as `codebook_beside`, first those that `group` tags in what is for it."""
    return _codebook(viewer, _counts(_tagged_for(viewer, group)), words)


def claims_of_group(viewer: Viewer, group: Group) -> list[Entry]:
    """Return the claims that `group` tags most in what is for it; none for who is not in it."""
    counts = _counts(_tagged_for(viewer, group))
    most = sorted(counts, key=lambda key: (-counts[key], str(key)))[:MOST_OF_GROUP]
    claims = visible_claims(viewer).in_bulk(most)
    with_words_for(viewer, visible_occurrences(viewer), claims.values())
    return [Entry(claims[key], counts[key]) for key in most if key in claims]


def _codebook(viewer: Viewer, counts: Mapping[UUID, int], words: str) -> Codebook:
    known = visible_claims(viewer).order_by("folded")
    folded = folded_label(words)
    if folded:
        aliased = Q(id__in=claims_with_alias(folded))
        known = known.filter(named_or_stated(viewer, words) | aliased)
    here = sorted(known.filter(id__in=counts), key=lambda claim: -counts[claim.id])
    others = list(known.exclude(id__in=counts)[: MOST_CLAIMS + 1])
    with_words_for(viewer, visible_occurrences(viewer), [*here, *others])
    return Codebook(
        here=[Entry(claim, counts[claim.id]) for claim in here],
        others=list(_as_tree(others[:MOST_CLAIMS])),
        is_cut=len(others) > MOST_CLAIMS,
    )


def _tagged_for(viewer: Viewer, group: Group) -> QuerySet[ClaimOccurrence]:
    """Return what is tagged on highlights for `group`; nothing for who is not in it."""
    seen = visible_occurrences(viewer)
    if group.pk not in viewer.group_ids:
        return seen.none()
    return seen.filter(content_object__audience=Audience.GROUPS, content_object__groups=group)


def _counts(tagged: QuerySet[ClaimOccurrence]) -> dict[UUID, int]:
    return dict(tagged.order_by().values_list("tag_id").annotate(Count("id")))


def _as_tree(claims: Sequence[Claim]) -> Iterator[Entry]:
    """Yield `claims` in their order, each followed by those that are narrower."""
    listed = {claim.id for claim in claims}
    below: dict[UUID | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        below[claim.broader_id if claim.broader_id in listed else None].append(claim)
    waiting = [(claim, 0) for claim in reversed(below[None])]
    while waiting:
        claim, depth = waiting.pop()
        yield Entry(claim, 0, depth)
        waiting += [(narrower, depth + 1) for narrower in reversed(below[claim.id])]
