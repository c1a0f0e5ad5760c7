"""Letting somebody listen to what happens in the articles that they have open."""

from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from annotations.live.tickets import MOST_ARTICLES, Ticket
from corpus.access import readable_among, viewer_of
from corpus.queries.sealing import unseal
from corpus.views.preferred import preferences_for

WORDS_KEPT = 3_600
"""Seconds for which a browser keeps the words of live updates."""

_SAME = ("same-origin", None)


@require_GET
@cache_control(private=True, max_age=WORDS_KEPT)
def live_words(request: HttpRequest) -> HttpResponse:
    """Show the words and the parts that live updates are told in, for scripts to fetch."""
    return render(request, "annotations/live_words.html")


class Room(Protocol):
    """Who says how many may listen."""

    def has_room_for(self, user_id: int | None, address: str) -> bool:
        """Say whether the account, and the address, may open another stream."""


class Admission(HttpResponse):
    """The head of a stream; the server goes on with it as its `ticket` says."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__(
            content_type="text/event-stream; charset=utf-8",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self.ticket = ticket


@require_GET
def live(request: HttpRequest) -> HttpResponseBase:
    """Let who asks listen to the articles named that they may read, and to their own affairs.

    204, upon which a browser asks no more, where they may listen to nothing and where the
    server keeps no streams.
    """
    room: Room | None = request.META.get("postil.streams")
    if request.headers.get("Sec-Fetch-Site") not in _SAME:
        return _refused(403, "not_allowed", _("Live updates are for the pages of this site."))
    named = [pk for name in request.GET.getlist("article") if (pk := _uuid(name))]
    if len(named) > MOST_ARTICLES:
        message = _("Live updates are for %(most)d articles at once. Close some of them.")
        return _refused(400, "invalid", message % {"most": MOST_ARTICLES})
    viewer = viewer_of(request.user)
    articles = readable_among(viewer, named)
    is_idle = not articles and (bool(named) or not viewer.is_signed_in)
    if room is None or is_idle:
        return HttpResponse(status=204)
    address = request.META.get("REMOTE_ADDR", "")
    if not room.has_room_for(viewer.user_id, address):
        message = _("Too many pages with live updates are open. Close some, then load this anew.")
        return _refused(429, "too_many", message)
    return Admission(
        Ticket(
            viewer,
            address,
            articles,
            position=_position(request),
            session=request.session.session_key or "",
            password=_password_of(request.user),
            is_shown=_is_shown(request),
        )
    )


def _position(request: HttpRequest) -> str | None:
    """Return where the client was, "" if it says what was never said to it, None for now."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("from")
    return unseal(said) if said else None


def _is_shown(request: HttpRequest) -> bool:
    chosen = preferences_for(request)
    return chosen is None or chosen.shows_reading


def _password_of(user: object) -> str:
    return user.password if isinstance(user, AbstractBaseUser) else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _refused(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": code, "message": message}, status=status)
