"""Refusing what cannot be read: broken characters and too much at once, told in a sentence.

Django reads a form by putting U+FFFD in the place of what is no UTF-8, and what was meant is
lost. Nothing of the kind is stored here: it is refused before any page sees it.
"""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponseBase]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
LARGEST_UPLOAD = 60_000_000
"""Bytes of files that are taken at once: what an import takes and some room for its fields."""

_MALFORMED = 400
_TOO_LARGE = 413

logger = logging.getLogger(__name__)


class Malformed(Exception):
    """What was sent holds NUL, half of a surrogate pair or other bytes that are no UTF-8."""


def refuse_unreadable(get_answer: Answer) -> Answer:
    """Answer 400 to characters that cannot be stored, and 413 to more than is taken."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return get_answer(request)
        if _length(request) > LARGEST_UPLOAD:
            return _refuse(request, _TOO_LARGE, _too_many_bytes(LARGEST_UPLOAD))
        try:
            _check_text(request)
            request.POST  # noqa: B018 - read now, so that what is wrong with it shows here
        except RequestDataTooBig:
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            return _refuse(request, _TOO_LARGE, _too_many_bytes(most))
        except TooManyFilesSent:
            message = _("These are too many files at once. Nothing was kept.")
            return _refuse(request, _TOO_LARGE, message)
        except TooManyFieldsSent:
            return _refuse(request, _TOO_LARGE, _too_many_fields())
        except (Malformed, SuspiciousOperation, MultiPartParserError):
            message = _(
                "This holds a character that cannot be stored. Take it out and send it again."
            )
            return _refuse(request, _MALFORMED, message)
        return get_answer(request)

    return middleware


def _check_text(request: HttpRequest) -> None:
    """Raise Malformed unless every field of the form is UTF-8 without NUL."""
    sent = _sent_text(request)
    try:
        sent.decode()  # strict: it takes no surrogates
    except UnicodeDecodeError as error:
        raise Malformed from error
    if b"\0" in sent:
        raise Malformed


def _sent_text(request: HttpRequest) -> bytes:
    """Return the names and values of the form; they are whole, for ASCII stands between them."""
    if request.content_type == FORM:
        return unquote_to_bytes(request.body)
    if request.content_type != MULTIPART or _is_upload(request):
        return b""
    boundary = (request.content_params or {}).get("boundary", "").encode()
    parts = request.body.split(b"--" + boundary) if boundary else []
    return b"".join(part for part in parts if b"filename" not in part.partition(b"\r\n\r\n")[0])


def _is_upload(request: HttpRequest) -> bool:
    """Say whether more is sent than fields may hold, which takes files; Django reads those."""
    return _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _too_many_bytes(most: int) -> str:
    """Return the refusal of what is larger than `most` bytes."""
    message = _("This is more than %(limit)d MB, which is too much at once. Nothing was kept.")
    return message % {"limit": most // 1_000_000}


def _too_many_fields() -> str:
    """Return the refusal of a form with more fields than are read."""
    message = _(
        "This form holds more than %(limit)d fields, which is too many at once. Nothing was kept."
        " Choose fewer and send it again."
    )
    return message % {"limit": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}


def _refuse(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Answer with `status` and the sentence that says why."""
    logger.warning("A request was refused with %d: %s", status, request.path)
    code = "too_large" if status == _TOO_LARGE else "malformed"
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": code, "message": message}, status=status)
    return render(request, "400.html", {"reason": message}, status=status)
