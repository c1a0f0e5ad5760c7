"""Which single keys a reader works with: kept with the account, else by the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from corpus.access import viewer_of
from corpus.appearance import COOKIE_SECONDS
from corpus.key_forms import KeysForm
from corpus.services.preferences import keep_keys
from corpus.shortcuts import COOKIE, Keys, without_problems
from corpus.views.answers import STATUS, wants_json
from corpus.views.preferred import keys_as_cookie, keys_for


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def keys(request: HttpRequest) -> HttpResponse:
    """Show every key, and keep what was chosen for some.

    `reset` names a shortcut that gets its usual key again, as does one that has that key now,
    or is "all"; `switch` is "on" or "off" for all at once. With either of them nothing else
    that was sent is kept.
    """
    now = keys_for(request)
    if request.method != "POST":
        return _page(request, KeysForm(keys=now))
    if "switch" in request.POST:
        changed = without_problems(now.changed)
        return _keep(request, Keys(changed, is_off=request.POST["switch"] == "off"))
    if "reset" in request.POST:
        return _keep(request, _without(now, request.POST["reset"]))
    form = KeysForm(request.POST, keys=now)
    if not form.is_valid():
        return _page(request, form, status=STATUS["invalid"])
    return _keep(request, form.keys())


def _without(now: Keys, name: str) -> Keys:
    if name == "all":
        return Keys(is_off=now.is_off)
    changed = {other: key for other, key in now.changed.items() if other != name}
    return Keys(without_problems(changed), is_off=now.is_off)


def _keep(request: HttpRequest, chosen: Keys) -> HttpResponse:
    told = _("Saved. The keys work like this from now on.")
    answer = JsonResponse({"message": told}) if wants_json(request) else redirect("keys")
    if request.user.is_authenticated:
        keep_keys(viewer_of(request.user), chosen.changed, off=chosen.is_off)
    else:
        answer.set_cookie(
            COOKIE,
            keys_as_cookie(chosen),
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    if not wants_json(request):
        messages.success(request, told)
    return answer


def _page(request: HttpRequest, form: KeysForm, *, status: int = 200) -> HttpResponse:
    return render(request, "corpus/keys.html", {"form": form}, status=status)
