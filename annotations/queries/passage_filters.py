"""Narrowing tagged passages: by who published, says or marked it, by date and by collection."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_occurrences
from annotations.models import Claim, ClaimOccurrence
from corpus.access import article_ids_in, visible_collections
from corpus.extensions import Choice
from corpus.models import Collection
from corpus.permissions import Viewer

_ARTICLE = "content_object__article__"
# What is offered at most of each kind: those with fewest passages are left out.
_MOST_CHOICES = 200

# Where the value of each kind stands, and its name for readers.
_KINDS = {
    "outlet": (f"{_ARTICLE}outlet__slug", f"{_ARTICLE}outlet__name"),
    "speaker": ("speaker__slug", "speaker__name"),
    "reader": (
        "content_object__creator__username",
        "content_object__creator__profile__display_name",
    ),
}
# What can be asked for and is not offered.
_UNLISTED = {"article": (f"{_ARTICLE}slug", f"{_ARTICLE}title")}


@dataclass(frozen=True)
class PassageFilters:
    """Which tagged passages are asked for; "" and None ask for all.

    `outlet`, `speaker` and `article` are slugs, `reader` is a username. `since` and `until`
    are the days between which the article appeared, both of them included.
    """

    outlet: str = ""
    speaker: str = ""
    reader: str = ""
    article: str = ""
    since: date | None = None
    until: date | None = None
    within: Collection | None = None

    @property
    def are_set(self) -> bool:
        """Say whether less is asked for than everything."""
        return self != PassageFilters()

    def passages(self, viewer: Viewer) -> QuerySet[ClaimOccurrence]:
        """Return the tagged claims on highlights that `viewer` sees and that are asked for."""
        return visible_occurrences(viewer).filter(self._condition)

    @property
    def _condition(self) -> Q:
        asked = {
            f"{_ARTICLE}outlet__slug": self.outlet,
            "speaker__slug": self.speaker,
            "content_object__creator__username": self.reader,
            f"{_ARTICLE}slug": self.article,
            f"{_ARTICLE}published_on__gte": self.since,
            f"{_ARTICLE}published_on__lte": self.until,
        }
        condition = Q(**{name: value for name, value in asked.items() if value})
        if self.within is not None:
            condition &= Q(content_object__article_id__in=article_ids_in(self.within))
        return condition


EVERYTHING = PassageFilters()


def passages_of(viewer: Viewer, claim: Claim) -> QuerySet[ClaimOccurrence]:
    """Return all that `viewer` sees tagged with `claim`."""
    return EVERYTHING.passages(viewer).filter(tag=claim)


def within(collection: Collection | None) -> PassageFilters:
    """Return what asks for all that is tagged in `collection`, everywhere for None."""
    return replace(EVERYTHING, within=collection)


@dataclass(frozen=True)
class Choices:
    """What the passages can be narrowed to, each with its number of passages, most first."""

    outlets: Sequence[Choice] = ()
    speakers: Sequence[Choice] = ()
    readers: Sequence[Choice] = ()


def names_among(passages: QuerySet[ClaimOccurrence], filters: PassageFilters) -> Mapping[str, str]:
    """Return how what `filters` ask for is called, by kind, where `passages` have it."""
    names = {}
    for kind, (value, name) in {**_KINDS, **_UNLISTED}.items():
        if asked := getattr(filters, kind):
            found = passages.order_by().filter(**{value: asked}).values_list(name).first()
            names[kind] = found[0] if found and found[0] else asked
    return names


def choices_among(passages: QuerySet[ClaimOccurrence]) -> Choices:
    """Return what `passages` can be narrowed to; one query."""
    fields = [name for pair in _KINDS.values() for name in pair]
    rows = passages.order_by().values_list(*fields).annotate(found=Count("id"))
    counts: list[Counter[tuple[str, str]]] = [Counter() for _kind in _KINDS]
    for *values, found in rows:
        for place, count in enumerate(counts):
            value, name = values[2 * place : 2 * place + 2]
            if value is not None:
                count[value, name or value] += found
    return Choices(*(_choices(count) for count in counts))


def collections_offered(viewer: Viewer) -> QuerySet[Collection]:
    """Return the collections that passages can be narrowed to."""
    return visible_collections(viewer).order_by("title", "slug")[:_MOST_CHOICES]


def _choices(counts: Counter[tuple[str, str]]) -> list[Choice]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
    return [Choice(value, name, found) for (value, name), found in ordered[:_MOST_CHOICES]]
