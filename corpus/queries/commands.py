"""What the palette of commands finds by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.access import visible_articles
from corpus.commands import Finder, Match, finders
from corpus.models import Agent
from corpus.permissions import Viewer
from corpus.text.typed import rank, words_of

# So many of one kind are offered, the nearest of so many that hold the words.
MOST_OFFERED = 5
_CONSIDERED = 40


@dataclass(frozen=True)
class FoundKind:
    """What was found of one kind."""

    finder: Finder
    matches: Sequence[Match]


def found_by_name(viewer: Viewer, typed: str) -> list[FoundKind]:
    """Return for each kind that has any what `viewer` may know with the typed words in its name."""
    if not words_of(typed):
        return []
    every = [FoundKind(finder, finder.matches(viewer, typed)) for finder in finders]
    return [kind for kind in every if kind.matches]


def holding(field: str, typed: str) -> Q:
    """Return the condition that every typed word stands in `field`."""
    condition = Q()
    for word in words_of(typed):
        condition &= Q(**{f"{field}__icontains": word})
    return condition


def nearest(matches: Sequence[Match], typed: str) -> list[Match]:
    """Return the nearest of `matches`, as many as are offered."""
    return sorted(matches, key=lambda match: rank(match.name, typed))[:MOST_OFFERED]


def register() -> None:
    """Add the kinds of this app; called once, when it is ready."""
    finders.add(Finder("articles", gettext_lazy("Articles"), 10, _articles))
    finders.add(Finder("authors", gettext_lazy("Authors"), 40, _authors))


def _articles(viewer: Viewer, typed: str) -> list[Match]:
    found = visible_articles(viewer).filter(holding("title", typed)).select_related("outlet")
    matches = [
        Match(
            article.title,
            article.get_absolute_url(),
            " · ".join(
                str(fact)
                for fact in (article.outlet, article.published_on and article.published_on.year)
                if fact
            ),
        )
        for article in found[:_CONSIDERED]
    ]
    return nearest(matches, typed)


def _authors(viewer: Viewer, typed: str) -> list[Match]:
    """Return the authors of articles that the viewer may read; each leads to what they wrote."""
    written = visible_articles(viewer).filter(holding("authors__name", typed))
    names = Agent.objects.filter(holding("name", typed), articles__in=written).distinct()
    matches = [
        Match(name, f"{reverse('search')}?{urlencode({'q': name})}", _("author"))
        for name in names.values_list("name", flat=True)[:_CONSIDERED]
    ]
    return nearest(matches, typed)
