"""Keeping how a reader likes the page to look."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from corpus.appearance import COOKIE, COOKIE_SECONDS, appearance_from, as_cookie


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the posted settings in the browser and go back to where the reader was."""
    values = {key: str(value) for key, value in request.POST.items()}
    values.setdefault("patterns", "off")  # a check box that is not checked is not sent
    answer = HttpResponseRedirect(_page_before(request))
    answer.set_cookie(
        COOKIE,
        as_cookie(appearance_from(values)),
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
