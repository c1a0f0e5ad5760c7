"""The claims that a picker offers while a reader types."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, Q, Value, When

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Claim
from annotations.models.naming import folded_label
from annotations.queries.claims import (
    NEVER_TAGGED,
    Counts,
    claims_with_alias,
    counts_by_claim,
)
from corpus.permissions import Viewer
from corpus.text.folding import fold

MOST_OPTIONS = 8
# So many of the best matches are counted before the most used of them are chosen.
_CONSIDERED = 40


@dataclass(frozen=True)
class Option:
    """A claim to choose: its name in pieces, those typed marked, and how often it is tagged.

    `alias` is the other name that was matched, "" when the name itself was.
    """

    claim: Claim
    pieces: tuple[tuple[str, bool], ...]
    alias: str
    counts: Counts


@dataclass(frozen=True)
class Completion:
    """The options for what was typed; `new_label` is what could be created, "" for nothing."""

    options: list[Option]
    new_label: str


def complete_claims(viewer: Viewer, typed: str, article_slug: str = "") -> Completion:
    """Return what to offer for `typed`: matching claims, or recent ones when it is empty."""
    folded = folded_label(typed)
    if not folded:
        return Completion(_recent(viewer, article_slug), "")
    claims = _matching(viewer, folded)
    counts = _counts(viewer, claims)
    ranked = sorted(
        claims, key=lambda claim: (_rank(claim.folded, folded), -counts[claim.id].passages)
    )[:MOST_OPTIONS]
    aliases = _aliases(ranked, folded)
    options = [
        Option(claim, _pieces(claim.label, typed), aliases.get(claim.id, ""), counts[claim.id])
        for claim in ranked
    ]
    is_new = not _is_name(claims, folded)
    return Completion(options, fold(typed) if is_new else "")


def _matching(viewer: Viewer, folded: str) -> list[Claim]:
    """Return the claims whose name or alias holds `folded`, the nearest first."""
    named = Q(folded__contains=folded) | Q(id__in=claims_with_alias(folded))
    nearness = Case(
        When(folded=folded, then=Value(0)),
        When(folded__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = visible_claims(viewer).filter(named).order_by(nearness, "folded")
    return list(found[:_CONSIDERED])


def _is_name(claims: Sequence[Claim], folded: str) -> bool:
    """Say whether one of `claims` has exactly the folded name, or an alias that has."""
    if any(claim.folded == folded for claim in claims):
        return True
    keys = [claim.id for claim in claims]
    return Claim.objects.filter(id__in=keys, aliases__folded=folded).exists()


def _rank(name: str, folded: str) -> int:
    if name == folded:
        return 0
    if name.startswith(folded):
        return 1
    return 2 if f" {folded}" in name else 3


def _recent(viewer: Viewer, article_slug: str) -> list[Option]:
    """Return the claims last tagged in the article, then those tagged most anywhere."""
    seen = visible_occurrences(viewer).order_by().values("tag_id")
    here = seen.filter(content_object__article__slug=article_slug).annotate(
        latest=Max("created_at")
    )
    keys: list[UUID] = [row["tag_id"] for row in here.order_by("-latest")[:MOST_OPTIONS]]
    if len(keys) < MOST_OPTIONS:
        others = (
            seen.exclude(tag_id__in=keys).annotate(times=Count("id")).order_by("-times", "tag_id")
        )
        keys += [row["tag_id"] for row in others[: MOST_OPTIONS - len(keys)]]
    claims = visible_claims(viewer).in_bulk(keys)
    counts = _counts(viewer, list(claims.values()))
    return [
        Option(claims[key], ((claims[key].label, False),), "", counts[key])
        for key in keys
        if key in claims
    ]


def _counts(viewer: Viewer, claims: Sequence[Claim]) -> dict[UUID, Counts]:
    keys = [claim.id for claim in claims]
    counts = counts_by_claim(visible_occurrences(viewer).filter(tag_id__in=keys))
    return {key: counts.get(key, NEVER_TAGGED) for key in keys}


def _aliases(claims: Sequence[Claim], folded: str) -> dict[UUID, str]:
    """Return the alias that was matched, of the claims whose name was not."""
    others = [claim.id for claim in claims if folded not in claim.folded]
    rows = Claim.objects.filter(id__in=others, aliases__folded__contains=folded)
    return dict(rows.values_list("id", "aliases__name"))


def _pieces(label: str, typed: str) -> tuple[tuple[str, bool], ...]:
    """Return `label` in pieces, the typed words among them marked."""
    start = label.lower().find(fold(typed).lower())
    end = start + len(fold(typed))
    if start < 0 or len(label.lower()) != len(label):
        return ((label, False),)
    pieces = ((label[:start], False), (label[start:end], True), (label[end:], False))
    return tuple(piece for piece in pieces if piece[0])
