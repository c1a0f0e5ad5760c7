"""What every page needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corpus.access import viewer_of
from corpus.commands import Place, places_for
from corpus.extensions import NavigationEntry, navigation_entries
from corpus.queries.readings import last_article
from corpus.views.preferred import appearance_for, keys_for, preferences_for


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Return how pages are to look as `appearance`, what the account keeps as `preferences`, and
    what single keys do as `keys`.

    All are read when a template asks: parts of pages, which do not, cost no query.
    """
    return {
        "appearance": SimpleLazyObject(lambda: appearance_for(request)),
        "keys": SimpleLazyObject(lambda: keys_for(request)),
        "preferences": SimpleLazyObject(lambda: preferences_for(request)),
    }


def navigation(request: HttpRequest) -> dict[str, list[NavigationEntry] | list[Place]]:
    """Return what the viewer has a use for: the links of the top bar as `navigation`, and those of
    the menu as `places`.
    """
    user = getattr(request, "user", None)
    is_staff = getattr(user, "is_staff", False)
    entries = (entry for entry in navigation_entries if is_staff or not entry.is_for_staff)
    return {
        "navigation": list(entries),
        "places": places_for(is_staff=is_staff) if user and user.is_authenticated else [],
    }


def reading(request: HttpRequest) -> dict[str, Any]:
    """Return the article that the reader read last as `last_article`, read when it is asked for."""
    user = getattr(request, "user", None)
    return {"last_article": SimpleLazyObject(lambda: last_article(viewer_of(user)))}
