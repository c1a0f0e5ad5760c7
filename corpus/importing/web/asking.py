"""One question to one server: it goes to a number that was checked, and ends in time."""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from corpus.importing.web.errors import NoAnswer, NoPage, TooMuch
from corpus.importing.web.hosts import Place

USER_AGENT = "Postil/0.1"
"""What a server is told of who asks."""

_CONNECT_SECONDS = 10.0
_CHUNK_BYTES = 65_536
_MEGABYTE = 1024 * 1024
# zlib: a window of 15 bits, and 16 more for the head of gzip.
_GZIP = 31

_DOWN = "%(host)s did not answer; nothing was fetched."
_BROKEN = "%(host)s broke off its answer; nothing was kept of it."
_UNTRUSTED = "%(host)s has no certificate that proves its name; nothing was fetched."
_SLOW = "%(host)s took longer than %(seconds)d seconds; nothing was kept of it."
_LARGE = "What %(host)s sends is larger than %(limit)d MB; nothing was kept of it."
_PACKED = "What %(host)s sends cannot be unpacked; nothing was kept of it."


@dataclass(frozen=True)
class Limits:
    """How long an answer may take in all, in seconds, and how large it may be once unpacked."""

    seconds: float
    bytes: int


@dataclass(frozen=True)
class Answer:
    """What a server said; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def ask(
    place: Place, number: str, headers: Mapping[str, str], limits: Limits, *, until: float
) -> Answer:
    """Return what the server at the IP address `number` answers for `place`.

    Only of a whole answer (200) the content is read. `until` is the moment, of the monotonic
    clock, at which it is cut off. Raises NoAnswer, NoPage or TooMuch.
    """
    try:
        with _connected(place, number, until) as connection:
            connection.request("GET", place.target, headers=_headers(place, headers))
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            is_whole = response.status == http.HTTPStatus.OK
            content = _content(response, place, limits) if is_whole else b""
    except ssl.SSLCertVerificationError:
        raise NoAnswer(_UNTRUSTED, host=place.host) from None
    except (http.client.HTTPException, OSError, ValueError):
        _check_time(place, limits, until)
        raise NoAnswer(_BROKEN, host=place.host) from None
    # An answer without a length ends where the connection was cut.
    _check_time(place, limits, until)
    return Answer(response.status, told, content)


def _check_time(place: Place, limits: Limits, until: float) -> None:
    if time.monotonic() >= until:
        raise TooMuch(_SLOW, host=place.host, seconds=round(limits.seconds))


@contextmanager
def _connected(place: Place, number: str, until: float) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to `number` that is cut off at `until`, whatever it is waiting for."""
    left = until - time.monotonic()
    try:
        plain = socket.create_connection(
            (number, place.port), timeout=max(0.1, min(left, _CONNECT_SECONDS))
        )
    except OSError:
        raise NoAnswer(_DOWN, host=place.host) from None
    # Of its own: to end the one closes the connection of both.
    end = plain.dup()
    cut = threading.Timer(max(0.0, until - time.monotonic()), _cut, [end])
    cut.daemon = True
    cut.start()
    connection = http.client.HTTPConnection(place.host, place.port)
    try:
        plain.settimeout(max(0.1, left))
        connection.sock = _secured(plain, place.host) if place.scheme == "https" else plain
        yield connection
    finally:
        cut.cancel()
        connection.close()
        plain.close()
        end.close()


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _cut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def _headers(place: Place, headers: Mapping[str, str]) -> dict[str, str]:
    return {
        "Host": place.authority,
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
        "*/*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **headers,
    }


def _content(response: http.client.HTTPResponse, place: Place, limits: Limits) -> bytes:
    """Return the body, unpacked; what is larger than the limit is not read to its end."""
    packing = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise NoPage(_PACKED, host=place.host)
    opened = zlib.decompressobj(_GZIP) if packing != "identity" else None
    content = bytearray()
    while chunk := response.read(_CHUNK_BYTES):
        try:
            content += opened.decompress(chunk, limits.bytes + 1) if opened else chunk
        except zlib.error:
            raise NoPage(_PACKED, host=place.host) from None
        if len(content) > limits.bytes:
            raise TooMuch(_LARGE, host=place.host, limit=limits.bytes // _MEGABYTE)
    if response.length or (opened and not opened.eof):
        raise NoAnswer(_BROKEN, host=place.host)
    if opened and opened.unused_data:
        raise NoPage(_PACKED, host=place.host)
    return bytes(content)
