"""What every page needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corpus.extensions import NavigationEntry, navigation_entries
from corpus.views.preferred import appearance_for, preferences_for


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Return how pages are to look as `appearance`, what the account keeps as `preferences`.

    Both are read when a template asks: parts of pages, which do not, cost no query.
    """
    return {
        "appearance": SimpleLazyObject(lambda: appearance_for(request)),
        "preferences": SimpleLazyObject(lambda: preferences_for(request)),
    }


def navigation(request: HttpRequest) -> dict[str, list[NavigationEntry]]:
    """Return the links of the top bar that the viewer has a use for, as `navigation`."""
    is_staff = getattr(getattr(request, "user", None), "is_staff", False)
    entries = (entry for entry in navigation_entries if is_staff or not entry.is_for_staff)
    return {"navigation": list(entries)}
