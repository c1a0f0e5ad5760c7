"""What is said for and against a claim, with numbered sources: a page to hand out."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Claim
from annotations.queries.claim_scan import scan_of, tags_at
from annotations.queries.passage_filters import PassageFilters
from annotations.queries.passages import Passage, passages_at
from annotations.timeline import STANCES, Stance
from corpus.models import Article
from corpus.permissions import Viewer

# Of each stance: more do not fit on what is handed out.
MOST_PASSAGES = 30


@dataclass(frozen=True)
class Said:
    """A passage and the number of its source, from 1."""

    passage: Passage
    source: int


@dataclass(frozen=True)
class Side:
    """The first passages of one stance; `count` is how many there are in all."""

    stance: Stance
    said: Sequence[Said]
    count: int


@dataclass(frozen=True)
class Handout:
    """A claim with its sides, in the order of STANCES, and the articles they are from.

    The articles have their outlet and authors; the number of one is its place, from 1.
    """

    claim: Claim
    sides: Sequence[Side]
    sources: Sequence[Article]


def handout(viewer: Viewer, claim: Claim, filters: PassageFilters) -> Handout:
    """Return the hand-out of what `viewer` sees of `claim` and `filters` ask for.

    Sources are numbered in the order in which the sides name them.
    """
    scan = scan_of(filters.passages(viewer).filter(tag=claim))
    places = {stance: scan.page(stance, MOST_PASSAGES)[0] for stance in STANCES}
    keys = tags_at(claim, {place for each in places.values() for place in each})
    found = {
        stance: passages_at([keys[place] for place in each if place in keys])
        for stance, each in places.items()
    }
    numbers: dict[str, int] = {}
    sides = [
        Side(stance, [_numbered(passage, numbers) for passage in passages], scan.counts.of(stance))
        for stance, passages in found.items()
    ]
    wanted = Article.objects.select_related("outlet").prefetch_related("authorships__agent")
    articles = {article.slug: article for article in wanted.filter(slug__in=numbers)}
    return Handout(claim, sides, [articles[slug] for slug in numbers])


def _numbered(passage: Passage, numbers: dict[str, int]) -> Said:
    return Said(passage, numbers.setdefault(passage.article.slug, len(numbers) + 1))
