"""What every page needs to know."""

from django.http import HttpRequest

from corpus.appearance import Appearance, appearance_of


def appearance(request: HttpRequest) -> dict[str, Appearance]:
    """Return the reader's settings as `appearance`."""
    return {"appearance": appearance_of(request)}
