"""What the palette of commands finds by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpus.access import visible_articles
from corpus.commands import Finder, Match, finders
from corpus.models import Agent, Article
from corpus.permissions import Viewer
from corpus.text.typed import holds, plain, rank, words_of

# So many of one kind are offered, the nearest of all that hold the words.
MOST_OFFERED = 5

_Thing = TypeVar("_Thing")


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


def nearest(named: Iterable[tuple[str, _Thing]], typed: str) -> list[tuple[str, _Thing]]:
    """Return those of `named`, each a name and a thing, whose names are nearest to `typed`.

    Each of its words stands in them, and there are no more than are offered.
    """
    words = words_of(typed)
    found = [pair for pair in named if holds(pair[0], words)]
    return sorted(found, key=lambda pair: (rank(pair[0], typed), plain(pair[0])))[:MOST_OFFERED]


def register() -> None:
    """Add the kinds of this app; called once, when it is ready."""
    finders.add(Finder("articles", gettext_lazy("Articles"), 10, _articles))
    finders.add(Finder("authors", gettext_lazy("Authors"), 40, _authors))


def _articles(viewer: Viewer, typed: str) -> list[Match]:
    titles = visible_articles(viewer).order_by("-pk").values_list("title", "pk")
    keys = [pk for _title, pk in nearest(titles, typed)]
    articles = Article.objects.select_related("outlet").in_bulk(keys)
    return [
        Match(
            article.title,
            article.get_absolute_url(),
            " · ".join(
                str(fact)
                for fact in (article.outlet, article.published_on and article.published_on.year)
                if fact
            ),
        )
        for key in keys
        if (article := articles.get(key))
    ]


def _authors(viewer: Viewer, typed: str) -> list[Match]:
    """Return the authors of articles that the viewer may read; each leads to what they wrote."""
    written = visible_articles(viewer).values("pk")
    authors = Agent.objects.filter(articles__in=written).distinct().values_list("name", "pk")
    return [
        Match(name, f"{reverse('search')}?{urlencode({'q': name})}", _("author"))
        for name, _pk in nearest(authors, typed)
    ]
