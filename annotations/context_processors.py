"""What every page tells a reader of what readers add."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from annotations.queries.notifications import MOST_COUNTED, has_unread, unread_count
from corpus.access import viewer_of


def notifications(request: HttpRequest) -> dict[str, Any]:
    """Return the number beside the bell as `unread`, "" for none; read when it is asked for."""
    return {"unread": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is None or user.pk is None or not has_unread(user.pk):
        return ""
    return shown_count(unread_count(viewer_of(user)))


def shown_count(count: int) -> str:
    """Return `count` as it stands beside the bell."""
    if count >= MOST_COUNTED:
        return f"{MOST_COUNTED - 1}+"
    return str(count) if count else ""
