"""Keeping how a reader likes the page to look."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from corpus.access import viewer_of
from corpus.appearance import COOKIE, COOKIE_SECONDS, as_cookie, known
from corpus.services.preferences import keep_appearance
from corpus.views.preferred import kept_by_browser


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the posted settings, those not posted as they are, and go back to the page.

    They are kept with the account of who is signed in, else in the browser.
    """
    changes = known({name: str(value) for name, value in request.POST.items()})
    answer = HttpResponseRedirect(_page_before(request))
    if request.user.is_authenticated:
        keep_appearance(viewer_of(request.user), changes, begun=kept_by_browser(request))
        return answer
    answer.set_cookie(
        COOKIE,
        as_cookie(replace(kept_by_browser(request), **changes)),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


def _page_before(request: HttpRequest) -> str:
    address = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"
