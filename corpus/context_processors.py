"""What every page needs to know."""

from django.http import HttpRequest

from corpus.appearance import Appearance, appearance_of
from corpus.extensions import NavigationEntry, navigation_entries


def appearance(request: HttpRequest) -> dict[str, Appearance]:
    """Return the reader's settings as `appearance`."""
    return {"appearance": appearance_of(request)}


def navigation(request: HttpRequest) -> dict[str, list[NavigationEntry]]:
    """Return the links of the top bar that the viewer has a use for, as `navigation`."""
    is_staff = getattr(getattr(request, "user", None), "is_staff", False)
    entries = (entry for entry in navigation_entries if is_staff or not entry.is_for_staff)
    return {"navigation": list(entries)}
