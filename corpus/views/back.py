"""The page that a reader came from, as a form or an address names it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def address_back(request: HttpRequest) -> str:
    """Return the address that `back` names if it is a page of this site, else "".

    It is taken whole: a list of what was searched for has a long one.
    """
    sent = request.POST if request.method == "POST" else request.GET
    address = sent.get("back", "").strip()
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""
