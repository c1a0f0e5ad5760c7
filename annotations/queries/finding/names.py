"""Claims that may be one, and names that may mean one person or organisation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from annotations.models import (
    Audience,
    Claim,
    ClaimOccurrence,
    ClaimRelation,
    Moderation,
    Suggestion,
)
from annotations.queries.finding.found import Finding
from annotations.suggesting.claims import LIKELY, Named, agreement
from annotations.suggesting.fingerprints import fingerprint, fingerprint_of_pair
from annotations.suggesting.people import SameName, same_names
from annotations.suggesting.wording import terms_of
from corpus.models import Agent

_Kind = Suggestion.Kind

# Claims that are compared with one another, and of those with a word in common so many.
_MOST_CLAIMS = 5_000
_MOST_WITH_WORD = 40
_MOST_AGENTS = 20_000
_MOST_FOUND = 200


def duplicate_claims(only: UUID | None = None) -> list[Finding]:
    """Return the pairs of claims that may say the same, `only` those of one claim if it is given.

    Claims that a curator set in a relation, or one below the other, are known to differ. The
    one with more passages comes first: the other would be merged into it.
    """
    claims = Claim.objects.filter(merged_into__isnull=True).order_by("created_at", "pk")
    known = {claim.pk: claim for claim in claims.prefetch_related("aliases")[:_MOST_CLAIMS]}
    places = _places(known)
    named = {
        pk: Named(
            [claim.name, *(alias.name for alias in claim.aliases.all())],
            claim.statement,
            places[pk],
        )
        for pk, claim in known.items()
    }
    apart = _told_apart()
    found = []
    for one, other in sorted(_candidates(named), key=lambda pair: sorted(map(str, pair))):
        if (only and only not in (one, other)) or frozenset((one, other)) in apart:
            continue
        agreed = agreement(named[one], named[other])
        if agreed.score >= LIKELY:
            kept, gone = sorted((one, other), key=lambda pk: (-len(places[pk]), str(pk)))
            reason = {"words": list(agreed.words), "count": agreed.passages}
            found.append(_duplicate(known[kept], known[gone], agreed.score, reason))
    found.sort(key=lambda finding: (-finding.score, finding.fingerprint))
    return found[:_MOST_FOUND]


def agent_aliases() -> list[Finding]:
    """Return the agents whose names may mean one: by spelling, initials, or surname alone."""
    people = Agent.objects.order_by("pk").values_list("pk", "name", "kind")[:_MOST_AGENTS]
    by_kind: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
    for pk, name, kind in people:
        by_kind[kind].append((pk, name))
    found = []
    for kind, agents in by_kind.items():
        for same in same_names([name for _pk, name in agents]):
            # An organisation has neither a surname nor initials before it.
            if kind == Agent.Kind.PERSON or same.why == "spelling":
                found += [_alias(agents[same.full], agents[same.short], same)]
    found.sort(key=lambda finding: (-finding.score, finding.fingerprint))
    return found[:_MOST_FOUND]


def _places(claims: Iterable[UUID]) -> Mapping[UUID, set[object]]:
    """Return where each of the claims is tagged that everybody sees, as article, start, end."""
    rows = ClaimOccurrence.objects.filter(
        tag__merged_into__isnull=True,
        content_object__audience=Audience.PUBLIC,
        content_object__moderation=Moderation.APPROVED,
        content_object__deleted_at__isnull=True,
    )
    found: dict[UUID, set[object]] = {pk: set() for pk in claims}
    columns = ("tag_id", "content_object__version_id", "content_object__start")
    for claim_id, *place in rows.order_by().values_list(*columns, "content_object__end"):
        if claim_id in found:
            found[claim_id].add(tuple(place))
    return found


def _candidates(named: Mapping[UUID, Named]) -> set[tuple[UUID, UUID]]:
    """Return the pairs with a word or a passage in common; what very many have tells nothing."""
    holders: dict[object, list[UUID]] = defaultdict(list)
    for pk, claim in named.items():
        terms = {term for text in (*claim.names, claim.statement) for term in terms_of(text)}
        for key in (*sorted(terms), *claim.places):
            holders[key].append(pk)
    return {
        (one, other)
        for some in holders.values()
        if len(some) <= _MOST_WITH_WORD
        for place, one in enumerate(some)
        for other in some[place + 1 :]
    }


def _told_apart() -> set[frozenset[UUID]]:
    related = ClaimRelation.objects.values_list("from_claim_id", "to_claim_id")
    below = Claim.objects.filter(broader__isnull=False).values_list("pk", "broader_id")
    return {frozenset(pair) for pairs in (related, below) for pair in pairs if None not in pair}


def _duplicate(kept: Claim, gone: Claim, score: float, reason: dict[str, object]) -> Finding:
    return Finding(
        _Kind.DUPLICATE_CLAIM,
        kept.pk,
        gone.pk,
        score,
        fingerprint_of_pair(_Kind.DUPLICATE_CLAIM, kept.slug, gone.slug),
        fingerprint(_Kind.DUPLICATE_CLAIM, gone.slug),
        reason,
    )


def _alias(full: tuple[UUID, str], short: tuple[UUID, str], same: SameName) -> Finding:
    # As they are spelt, for the spelling is what differs.
    spelt = sorted((full[1], short[1]))
    return Finding(
        _Kind.AGENT_ALIAS,
        full[0],
        short[0],
        same.score,
        fingerprint(_Kind.AGENT_ALIAS, *(name.encode().hex() for name in spelt)),
        fingerprint(_Kind.AGENT_ALIAS, short[1].encode().hex()),
        {"why": same.why, "names": [full[1], short[1]]},
    )
