"""What a reader follows, and beginning and ceasing to follow one thing."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from annotations.queries.followed import followed, is_followed, known_reader
from annotations.queries.told_bundles import name_shown
from annotations.services import following as services
from corpus.access import article_or_404, collection_at, group_or_404, viewer_of
from corpus.models import Article, Collection, Group
from corpus.permissions import Viewer
from corpus.views.answers import SEE_OTHER, writes
from corpus.views.back import address_back
from corpus.views.typed import typed


@cache_control(private=True, no_cache=True)
@writes
def following(request: HttpRequest) -> HttpResponseBase:
    """Show what the reader follows and what is new; a POST says that they have seen it."""
    viewer = viewer_of(request.user)
    if request.method == "POST":
        services.look_through(viewer, _moment(request.POST.get("until", "")))
        messages.success(request, _("What came up to now counts as seen."))
        return HttpResponseRedirect(reverse("following"), status=SEE_OTHER)
    context = {"followed": followed(viewer), "until": timezone.now().isoformat()}
    return render(request, "annotations/following.html", context)


@cache_control(private=True, no_cache=True)
@writes
def follow_this(request: HttpRequest) -> HttpResponseBase:
    """Ask whether to follow the one thing that the address names, and do it."""
    viewer = viewer_of(request.user)
    thing = _named(request, viewer)
    if request.method != "POST":
        context = {
            "title": _title(thing),
            "address": _address(thing),
            "is_followed": is_followed(viewer, thing),
        }
        return render(request, "annotations/follow_this.html", context)
    if "unfollow" in request.POST:
        services.unfollow(viewer, thing)
        return ended(request, _title(thing), _address(thing))
    services.follow(viewer, thing)
    said = _("You follow “%(title)s”. What is new in it is told on the page “Following”.")
    messages.success(request, said % {"title": _title(thing)})
    return HttpResponseRedirect(_address(thing), status=SEE_OTHER)


def ended(request: HttpRequest, title: str, address: str) -> HttpResponseRedirect:
    """Say that the reader follows `title` no more, on the page `back` names, else at `address`."""
    messages.success(request, _("You follow “%(title)s” no more.") % {"title": title})
    return HttpResponseRedirect(address_back(request) or address, status=SEE_OTHER)


def _named(request: HttpRequest, viewer: Viewer) -> Article | Collection | Group | User:
    if slug := typed(request, "group"):
        group = group_or_404(viewer, slug)
        if group.pk not in viewer.group_ids:
            raise Http404
        return group
    if username := typed(request, "reader"):
        reader = known_reader(viewer, username)
        if reader is None:
            raise Http404
        return reader
    if slug := typed(request, "article"):
        return article_or_404(viewer, slug)
    collection = collection_at(viewer, typed(request, "in"))
    if collection is None:
        raise Http404
    return collection


def _title(thing: Article | Collection | Group | User) -> str:
    if isinstance(thing, User):
        return name_shown(thing)
    return thing.name if isinstance(thing, Group) else thing.title


def _address(thing: Article | Collection | Group | User) -> str:
    if isinstance(thing, User):
        return reverse("person", args=[thing.get_username()])
    return thing.get_absolute_url()


def _moment(text: str) -> datetime:
    """Return the moment that was sent, or now when it is none.

    The first and the last hours that can be written are none everywhere on earth.
    """
    try:
        sent = parse_datetime(text)
        return sent.astimezone(UTC) if sent and timezone.is_aware(sent) else timezone.now()
    except (ValueError, OverflowError):
        return timezone.now()
