"""The inbox of suggestions: a list to work through, by keys or by plain forms."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from annotations.access import claim_or_404
from annotations.models import Suggestion
from annotations.queries.suggestions import (
    A_PAGE,
    Asked,
    inbox,
    rows_of,
    suggestions_called,
    waiting_by_kind,
    waiting_count,
)
from annotations.services import deciding, suggesting
from corpus.access import article_or_404, viewer_of
from corpus.errors import Invalid, Refused
from corpus.permissions import Viewer
from corpus.views.answers import SEE_OTHER, wants_json, writes
from corpus.views.typed import cleaned, query_without, typed

_Doing = Callable[[Suggestion], Suggestion]
_WORDS = ("accept", "reject", "silence", "undo")


@cache_control(private=True, no_cache=True)
@writes
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """Show what waits, or with ?decided=1 what was decided; a POST decides one or several."""
    viewer = viewer_of(request.user)
    if request.method == "POST":
        return _decide(request, viewer)
    asked = _asked(request, viewer)
    done = suggestions_called(viewer, _ids(typed(request, "done")))
    last = rows_of(viewer, [row for row in done if row.state != Suggestion.State.PENDING])
    context = {
        "asked": asked,
        "inbox": inbox(viewer, asked),
        "last": last[0] if last else None,
    }
    return render(request, "annotations/suggestions.html", context | _addresses(request))


@require_POST
@writes
def look_for(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask for a search for passages that word the claim."""
    viewer = viewer_of(request.user)
    claim = claim_or_404(viewer, slug)
    suggesting.ask_for_claim(viewer, claim)
    messages.success(
        request, _("The articles are being looked through. Reload this page in a moment.")
    )
    address = f"{reverse('suggestions')}?claim={claim.slug}"
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _asked(request: HttpRequest, viewer: Viewer) -> Asked:
    kind, claim, article = (typed(request, name) for name in ("kind", "claim", "article"))
    after = _ids(typed(request, "after"))
    return Asked(
        kind=kind if kind in Suggestion.Kind.values else "",
        claim=claim_or_404(viewer, claim) if claim else None,
        article=article_or_404(viewer, article) if article else None,
        is_decided=bool(typed(request, "decided")),
        after=after[0] if after else None,
    )


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return the rest of the address without what a link of the page sets itself.

    `back_here` is this page as a merge leads back to it, ready for one more member.
    """
    here = query_without(request, "done")
    back_here = f"{reverse('suggestions')}?{here}{'&' if here else ''}"
    return {"back_here": back_here} | {
        name: query_without(request, *leave_out)
        for name, leave_out in (
            ("any_kind", {"kind", "after", "done"}),
            ("any_state", {"decided", "after", "done", "kind"}),
            ("from_beginning", {"after", "done"}),
            ("here", {"done"}),
        )
    }


def _decide(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Do what the pressed button says with its suggestion, or with all that are chosen."""
    asked = _asked(request, viewer)
    pressed = next((name for name in _WORDS if name in request.POST), "")
    named = _ids(cleaned(request.POST.get(pressed, "")) if pressed else "")
    ids = named or _ids(*request.POST.getlist("chosen")[:A_PAGE])
    if not pressed or not ids:
        return _answer(request, asked, _("Choose suggestions first."), [], {})
    done: list[UUID] = []
    left: dict[UUID, str] = {}
    for suggestion in suggestions_called(viewer, ids):
        try:
            _doing(request, viewer, pressed, suggestion)(suggestion)
            done.append(suggestion.pk)
        except Refused as refusal:
            left[suggestion.pk] = refusal.message
    left |= {pk: _("This is not here any more.") for pk in ids if pk not in {*done, *left}}
    return _answer(request, asked, _told(pressed, len(done), left), done, left)


def _doing(request: HttpRequest, viewer: Viewer, pressed: str, suggestion: Suggestion) -> _Doing:
    match pressed:
        case "accept":
            chosen = cleaned(request.POST.get(f"as-{suggestion.pk}", ""))
            return lambda row: deciding.accept(viewer, row, chosen)
        case "reject":
            return lambda row: deciding.reject(viewer, row)
        case "silence":
            return lambda row: deciding.silence(viewer, row)
        case "undo":
            return lambda row: deciding.undo(viewer, row)
        case _:
            raise Invalid(_("Choose suggestions first."))


def _told(pressed: str, count: int, left: Mapping[UUID, str]) -> str:
    said = {
        "accept": ngettext("%(count)d accepted.", "%(count)d accepted.", count),
        "reject": ngettext(
            "%(count)d rejected: it will not be suggested again.",
            "%(count)d rejected: they will not be suggested again.",
            count,
        ),
        "silence": _("Nothing of this kind will be suggested again."),
        "undo": ngettext("%(count)d waits again.", "%(count)d wait again.", count),
    }[pressed]
    sentences = [said % {"count": count}] if count else []
    return " ".join([*sentences, *dict.fromkeys(left.values())])


def _answer(
    request: HttpRequest,
    asked: Asked,
    message: str,
    done: Sequence[UUID],
    left: Mapping[UUID, str],
) -> HttpResponse:
    if wants_json(request):
        viewer = viewer_of(request.user)
        members = {
            "message": message,
            "done": [str(pk) for pk in done],
            "left": [str(pk) for pk in left],
            "waiting": waiting_count(viewer),
            "kinds": waiting_by_kind(viewer, asked),
        }
        return JsonResponse(members, status=200 if done else 422)
    (messages.success if done and not left else messages.error)(request, message)
    query = request.GET.copy()
    query.pop("done", None)
    if len(done) == 1 and "undo" not in request.POST:
        query["done"] = str(done[0])
    address = f"{reverse('suggestions')}?{query.urlencode()}".rstrip("?")
    return HttpResponseRedirect(address, status=SEE_OTHER)


def _ids(*given: str) -> list[UUID]:
    """Return the ids in `given`, several with commas between; what is none is left out."""
    found: dict[UUID, None] = {}
    for text in ",".join(given).split(","):
        try:
            found.setdefault(UUID(text.strip()))
        except ValueError:
            continue
    return list(found)[:A_PAGE]
