"""What a reader was told of, how they choose to be told, and stopping mails by their link."""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.models import Notification
from annotations.notification_forms import NotificationForm
from annotations.queries.inbox import Wanted, inbox
from annotations.queries.notification_choices import address_of, choices_of, zone_name_of
from annotations.queries.notifications import invitation_or_404
from annotations.services import inbox as services
from annotations.stop_links import told_by
from corpus.access import viewer_of
from corpus.queries.sealing import unseal
from corpus.services.group_invitations import InvitationEnded, accept_sent
from corpus.views.answers import SEE_OTHER, STATUS, writes
from corpus.views.back import address_back
from corpus.views.typed import query_of, typed

_NUMBER_DIGITS = 18
_LONGEST_KEYS = 20_000


@require_safe
@cache_control(private=True, no_store=True)
@writes
def notifications(request: HttpRequest) -> HttpResponseBase:
    """Show what the reader was told of, a page at a time."""
    kind = typed(request, "kind")
    wanted = Wanted(
        kind=kind if kind in Notification.Kind.values else "",
        is_unread=typed(request, "show") == "unread",
    )
    page = inbox(viewer_of(request.user), wanted, before=_number(unseal(typed(request, "before"))))
    context = {
        "inbox": page,
        "wanted": wanted,
        "kinds": Notification.Kind.choices,
        "filters": query_of(request, "kind", "show"),
        "shown_only": query_of(request, "show"),
        "here": request.get_full_path(),
    }
    return render(request, "annotations/notifications.html", context)


@cache_control(private=True, no_store=True)
@writes
def notifications_read(request: HttpRequest) -> HttpResponseBase:
    """Mark as read the notifications that were sent, or all up to one."""
    back = address_back(request) or reverse("notifications")
    if request.method != "POST":
        return HttpResponseRedirect(back, status=SEE_OTHER)
    viewer = viewer_of(request.user)
    until = _number(unseal(request.POST.get("until", "")))
    if until is not None:
        services.mark_all_read(viewer, until=until)
        messages.success(request, _("All of it is marked as read."))
    else:
        services.mark_read(viewer, list(_keys(unseal(request.POST.get("keys", "")))))
    return HttpResponseRedirect(back, status=SEE_OTHER)


@require_POST
@writes
def invitation_join(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    """Let the reader into the group that they were invited to at an address of theirs."""
    viewer = viewer_of(request.user)
    invitation = invitation_or_404(viewer, invitation_id)
    try:
        joined = accept_sent(viewer, invitation)
    except InvitationEnded as ended:
        messages.error(request, ended.message)
        return HttpResponseRedirect(reverse("notifications"), status=SEE_OTHER)
    messages.success(request, _("You are in the group."))
    return HttpResponseRedirect(joined.group.get_absolute_url(), status=SEE_OTHER)


@cache_control(private=True, no_store=True)
@writes
def notification_settings(request: HttpRequest) -> HttpResponseBase:
    """Ask what the reader is to be told of and how, and keep it."""
    viewer = viewer_of(request.user)
    reader = cast("int", request.user.pk)
    form = NotificationForm(
        request.POST if request.method == "POST" else None,
        choices=choices_of(reader),
        zone=zone_name_of(reader),
    )
    if form.is_valid():
        services.choose(viewer, form.chosen, zone=form.cleaned_data["zone"])
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("notification_settings"), status=SEE_OTHER)
    status = STATUS["invalid"] if form.is_bound else 200
    context = {"form": form, "address": address_of(reader)}
    return render(request, "account/notifications.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def notifications_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails that the link is of; who has it needs neither session nor token.

    It says the same whoever's link it is. Source: RFC 8058, 3.2: a mail program may send the
    POST by itself, so a GET only shows a button.
    """
    told = told_by(token)
    if told is None:
        raise Http404
    reader_id, kinds = told
    is_done = request.method == "POST"
    if is_done:
        services.stop_mails(reader_id, kinds)
    labels = [label for kind, label in Notification.Kind.choices if kind in kinds]
    context = {"kinds": labels, "is_done": is_done}
    return render(request, "annotations/notifications_stop.html", context)


def _keys(text: str) -> Iterator[int]:
    for part in text[:_LONGEST_KEYS].split(","):
        number = _number(part)
        if number is not None:
            yield number


def _number(text: str) -> int | None:
    """Return the number that was sent, None when it is none that a row may have."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _NUMBER_DIGITS
    return int(text) if is_number else None
