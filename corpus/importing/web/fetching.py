"""Fetching what stands at an address: every step that it leads on is checked like the first."""

import time
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.importing.web.asking import Answer, Limits, ask
from corpus.importing.web.errors import Gone, NoAnswer, NoPage, NotAsked, NotFetched
from corpus.importing.web.hosts import Hosts, Place, place_of

LIMITS = Limits(seconds=30.0, bytes=MAX_SOURCE_BYTES)
MOST_STEPS = 5
"""How often an address may lead on to another."""

_LONGEST_TOLD = 500
_LONGEST_KIND = 100
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_LEADS_FOR_GOOD = frozenset({301, 308})
_OK, _NOT_CHANGED = 200, 304
_NOT_THERE, _FOR_GOOD = 404, 410
# What no article is in; anything else is told by its bytes.
_UNREADABLE = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript")
_UNREADABLE_TYPES = frozenset({"application/javascript", "application/x-javascript"})

_ROUND = "%(host)s leads back to where it was asked before; nothing was fetched."
_FAR = "%(host)s leads on more than %(limit)d times; nothing was fetched."
_AWAY = "%(host)s leads on to “%(address)s”, no address on the web; nothing was fetched."
_NO_PAGE = "%(host)s has no such page (%(status)d); nothing was fetched."
_GONE = "%(host)s says that the page is gone for good (%(status)d); nothing was fetched."
_REFUSED = "%(host)s does not give the page (%(status)d); nothing was fetched."
_KIND = "What %(host)s sends is of a kind that is not read (%(kind)s); nothing was kept of it."
_EMPTY = "%(host)s sends an empty page; nothing was kept of it."


@dataclass(frozen=True)
class Seen:
    """What was told of a page when it was fetched before; `url` is the one that it came from."""

    url: str
    etag: str
    last_modified: str


@dataclass(frozen=True)
class Fetched:
    """A page as it came, unpacked; `url` is the address that it came from in the end.

    `media_type` is what its server says, with the encoding if it names one. `moved_to` is where
    the address that was asked for stands for good now, "" if nobody says that it moved.
    """

    url: str
    status: int
    media_type: str
    etag: str
    last_modified: str
    content: bytes
    moved_to: str = ""


def fetch(
    url: str, hosts: Hosts, *, seen: Seen | None = None, limits: Limits = LIMITS
) -> Fetched | None:
    """Return what stands at `url`, or None when its server says that it is as it was `seen`.

    Raises NotFetched, within the time of `limits`.
    """
    until = time.monotonic() + limits.seconds
    place, been = place_of(url), set[Place]()
    moved_to, is_for_good = "", True
    while True:
        if place in been:
            raise NotAsked(_ROUND, host=place.host)
        if len(been) > MOST_STEPS:
            raise NotAsked(_FAR, host=place.host, limit=MOST_STEPS)
        been.add(place)
        answer = _answered(place, hosts, _conditions(place, seen), limits, until)
        if answer.status in _LEADS_ON and "location" in answer.headers:
            place = _led_on(place, answer.headers["location"])
            is_for_good = is_for_good and answer.status in _LEADS_FOR_GOOD
            moved_to = place.url if is_for_good else moved_to
            continue
        if answer.status == _NOT_CHANGED and seen is not None:
            return None
        return replace(_page(place, answer), moved_to=moved_to)


def _answered(
    place: Place, hosts: Hosts, headers: dict[str, str], limits: Limits, until: float
) -> Answer:
    """Ask the numbers of the server one after the other until one answers."""
    numbers = hosts.numbers_of(place, max(0.0, until - time.monotonic()))
    for number in numbers[:-1]:
        try:
            return ask(place, number, headers, limits, until=until)
        except NoAnswer:
            continue
    return ask(place, numbers[-1], headers, limits, until=until)


def _conditions(place: Place, seen: Seen | None) -> dict[str, str]:
    if seen is None or place.url != seen.url:
        return {}
    told = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
    return {name: value for name, value in told.items() if value}


def _led_on(place: Place, location: str) -> Place:
    # Bytes beyond ASCII are read as Latin-1, though servers write UTF-8.
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return place_of(urljoin(place.url, written))
    except (NotFetched, ValueError):
        shown = "".join(sign for sign in written[:200] if sign.isprintable())
        raise NotAsked(_AWAY, host=place.host, address=shown) from None


def _page(place: Place, answer: Answer) -> Fetched:
    if answer.status == _FOR_GOOD:
        raise Gone(_GONE, host=place.host, status=answer.status)
    if answer.status == _NOT_THERE:
        raise NoPage(_NO_PAGE, host=place.host, status=answer.status)
    if answer.status != _OK:
        raise NoPage(_REFUSED, host=place.host, status=answer.status)
    kind = _told(answer, "content-type")[:_LONGEST_KIND]
    plain = kind.partition(";")[0].strip().lower()
    if plain.startswith(_UNREADABLE) or plain in _UNREADABLE_TYPES:
        raise NoPage(_KIND, host=place.host, kind=plain)
    if not answer.content.strip():
        raise NoPage(_EMPTY, host=place.host)
    etag, modified = _told(answer, "etag"), _told(answer, "last-modified")
    return Fetched(place.url, answer.status, kind, etag, modified, answer.content)


def _told(answer: Answer, name: str) -> str:
    """Return what a header says, "" where it says nothing that could be kept as words."""
    words = answer.headers.get(name, "")
    return words if words.isprintable() and len(words) <= _LONGEST_TOLD else ""
