"""The claims with their definitions, as somebody who reads an article looks them up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Claim
from annotations.models.naming import folded_label
from annotations.queries.claims import claims_with_alias
from corpus.models import Article
from corpus.permissions import Viewer

MOST_CLAIMS = 200
"""The most that are listed; words find the others."""


@dataclass(frozen=True)
class Entry:
    """A claim in the codebook: `depth` steps below the first broader claim that is listed.

    `count` is how often it is tagged in the article.
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
    """The claims tagged in the article, most often first, then the others as a tree.

    `is_cut` says that there are more of the others.
    """

    here: Sequence[Entry]
    others: Sequence[Entry]
    is_cut: bool


def codebook_beside(viewer: Viewer, article: Article, words: str = "") -> Codebook:
    """Return the claims that `viewer` may know, those with `words` in a name or the statement."""
    known = visible_claims(viewer).order_by("folded")
    folded = folded_label(words)
    if folded:
        named = Q(folded__contains=folded) | Q(id__in=claims_with_alias(folded))
        known = known.filter(named | Q(statement__icontains=words.strip()))
    counts = _counts(viewer, article)
    here = sorted(known.filter(id__in=counts), key=lambda claim: -counts[claim.id])
    others = list(known.exclude(id__in=counts)[: MOST_CLAIMS + 1])
    return Codebook(
        here=[Entry(claim, counts[claim.id]) for claim in here],
        others=list(_as_tree(others[:MOST_CLAIMS])),
        is_cut=len(others) > MOST_CLAIMS,
    )


def _counts(viewer: Viewer, article: Article) -> Mapping[UUID, int]:
    found = visible_occurrences(viewer).filter(content_object__article=article).order_by()
    return dict(found.values_list("tag_id").annotate(Count("id")))


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
