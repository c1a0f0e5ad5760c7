"""Light compression of pages; static files are compressed once, by WhiteNoise."""

import re
import secrets
import struct
import time
import zlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

LEVEL = 5
"""A fifteenth fewer bytes than level 4 for half a millisecond a page; level 6 takes two more."""

WORTH_IT = 400
"""Bytes; below this the header costs about as much as compression saves."""

MOST_PADDING = 100
"""Bytes of random length that hide how well a body compressed (the BREACH attack)."""

COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml", "image/svg")

_accepts_gzip = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))")


def compress_answers(
    get_answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Compress text answers for clients that accept gzip; streams and small answers stay."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_answer(request)
        if not isinstance(answer, HttpResponse) or not _is_worth_it(answer):
            return answer
        patch_vary_headers(answer, ("Accept-Encoding",))
        if _accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            _compress(answer)
        return answer

    return middleware


def gzip_bytes(content: bytes) -> bytes:
    """Return `content` as a gzip member whose header carries a name of random length.

    Source: RFC 1952 (member format) and the paper "Heal the Breach" (padding).
    """
    padding = b"a" * secrets.randbelow(MOST_PADDING)
    header = struct.pack("<4BLBB", 0x1F, 0x8B, 8, 0x08, int(time.time()) & 0xFFFFFFFF, 4, 255)
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    trailer = struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return header + padding + b"\0" + body + trailer


def _is_worth_it(answer: HttpResponse) -> bool:
    return (
        len(answer.content) >= WORTH_IT
        and not answer.has_header("Content-Encoding")
        and answer.headers.get("Content-Type", "").startswith(COMPRESSIBLE)
    )


def _compress(answer: HttpResponse) -> None:
    compressed = gzip_bytes(answer.content)
    if len(compressed) >= len(answer.content):
        return
    answer.content = compressed
    answer.headers["Content-Length"] = str(len(compressed))
    answer.headers["Content-Encoding"] = "gzip"
    tag = answer.headers.get("ETag", "")
    if tag.startswith('"'):
        # The bytes differ from the uncompressed ones: RFC 9110, section 8.8.1.
        answer.headers["ETag"] = f"W/{tag}"
