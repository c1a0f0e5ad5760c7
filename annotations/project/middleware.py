"""What holds for every request and answer, whichever page it is."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)

NEVER_STORED = ("/account/", "/admin/")
"""Paths whose pages hold secrets: no cache may keep them, not even the reader's own."""

SIGN_OUT = "/account/logout/"
"""Where people sign out: what their browser kept of the site goes with them."""


def trust_proxy(get_answer: Answer) -> Answer:
    """Take the reader's address from the trusted proxy; from anyone else drop what they claim.

    The address is the last one in X-Forwarded-For that is not itself a trusted proxy, for each
    proxy appends the address it was called from. Source: RFC 7239, section 7.4.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _is_trusted(request.META.get("REMOTE_ADDR", "")):
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = _first_stranger(forwarded) or request.META["REMOTE_ADDR"]
        else:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        # Nothing further in may believe these: the address is settled, the host is POSTIL_URL's.
        request.META.pop("HTTP_X_FORWARDED_FOR", None)
        request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return get_answer(request)

    return middleware


def harden_answers(get_answer: Answer) -> Answer:
    """Give every answer the headers that Django's own security middleware leaves out."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_answer(request)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path.startswith(NEVER_STORED):
            answer.headers["Cache-Control"] = "no-store"
        else:
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        if request.path == SIGN_OUT and request.method == "POST":
            answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    return middleware


def _is_trusted(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXY)


def _first_stranger(forwarded: str) -> str | None:
    """Return the right-most address that is not a trusted proxy, or None when there is none."""
    for part in reversed(forwarded.split(",")):
        address = part.strip()
        if _is_trusted(address):
            continue
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            return None
    return None
