"""The settings of who sends a request: kept with their account, or by the browser.

An account that chose nothing yet has what its browser keeps, so that nothing changes on
signing in.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from corpus.access import viewer_of
from corpus.appearance import COOKIE, Appearance, appearance_from, from_cookie
from corpus.models import Preferences
from corpus.queries.preferences import preferences_of
from corpus.services.preferences import take_over
from corpus.shortcuts import COOKIE as KEYS_COOKIE
from corpus.shortcuts import Keys, keys_from

_READ = "_preferences_read"
# Stands beside the names of shortcuts in the cookie, and is none.
_OFF = "off"


def preferences_for(request: HttpRequest) -> Preferences | None:
    """Return what the signed-in reader keeps, or None; at most one query a request."""
    user = getattr(request, "user", None)
    if user is None or user.pk is None:
        return None
    if not hasattr(request, _READ):
        setattr(request, _READ, preferences_of(user.pk))
    read: Preferences | None = getattr(request, _READ)
    return read


def appearance_for(request: HttpRequest) -> Appearance:
    """Return how pages are to look to who sends `request`."""
    stored = preferences_for(request)
    if stored is not None and stored.appearance:
        return appearance_from(stored.appearance)
    return kept_by_browser(request)


def keys_for(request: HttpRequest) -> Keys:
    """Return the keys that who sends `request` works with."""
    stored = preferences_for(request)
    if stored is not None and stored.keys:
        return keys_from(stored.keys)
    values = dict(parse_qsl(request.COOKIES.get(KEYS_COOKIE, ""), keep_blank_values=True))
    return keys_from({"off": values.pop(_OFF, "") == "1", "keys": values})


def keys_as_cookie(keys: Keys) -> str:
    """Return `keys` as the value of the cookie that `keys_for` reads."""
    return urlencode({**keys.changed, **({_OFF: "1"} if keys.is_off else {})})


def kept_by_browser(request: HttpRequest) -> Appearance:
    """Return what the cookie of `request` says."""
    return from_cookie(request.COOKIES.get(COOKIE, ""))


def connect() -> None:
    """Hear of everybody who signs in."""
    user_logged_in.connect(_signed_in, dispatch_uid="preferences.take_over")


def _signed_in(request: HttpRequest | None = None, user: Any = None, **_told: Any) -> None:
    """Let the account begin with what was chosen in this browser before."""
    if request is not None and COOKIE in request.COOKIES:
        take_over(viewer_of(user), kept_by_browser(request))
