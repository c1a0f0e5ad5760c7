"""Which servers may be asked: those of the public network, and others that are listed.

A server is asked at the very number that was checked, so that a name that is looked up again
cannot lead elsewhere (DNS rebinding).
"""

import queue
import threading
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from socket import SOCK_STREAM, getaddrinfo
from urllib.parse import quote, urlsplit

from corpus.importing.web.errors import NoAnswer, NotAsked

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
# RFC 3986: what may stand in a path or a query as it is; the rest is written with %.
_PLAIN = "/%:?#[]@!$&'()*+,;=~"
# What the flags of `ipaddress` do not say in every version of Python: protocol assignments, the
# old relays of 6to4, documentation.
_SPECIAL = tuple(
    ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")
)
_UNICAST = IPv6Network("2000::/3")
# RFC 6052: the last 32 bits are an IPv4 address, which a gateway leads to.
_NAT64 = IPv6Network("64:ff9b::/96")
_LOW_32 = 0xFFFF_FFFF

_NO_ADDRESS = "“%(address)s” is no address on the web; nothing was fetched."
_NOT_PUBLIC = "%(host)s is not on the public network; nothing was fetched."
_NOT_LISTED = "%(host)s is none of the servers that this site asks; nothing was fetched."
_OTHER_PORT = "Only the ports 80 and 443 are asked, not %(port)d; nothing was fetched."
_UNKNOWN = "No server is called %(host)s; nothing was fetched."


@dataclass(frozen=True)
class Place:
    """Where an address leads: `target` is what a server is asked for, beginning with "/"."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """Return the whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Return the host, in brackets where it is of IPv6, with a port that is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True)
class Hosts:
    """Which servers may be asked: those `listed`, as pairs of host and port, and public ones.

    The public ones only while `is_public_asked`.
    """

    listed: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    is_public_asked: bool = True

    def numbers_of(self, place: Place, seconds: float) -> list[str]:
        """Return the numbers of the server at `place`, when it may be asked.

        A look-up takes at most `seconds`. Raises NotAsked, also when only one of the numbers is
        not public, and NoAnswer when there is none.
        """
        is_listed = (place.host, place.port) in self.listed
        if not is_listed and not self.is_public_asked:
            raise NotAsked(_NOT_LISTED, host=place.host)
        if not is_listed and place.port not in _PORTS.values():
            raise NotAsked(_OTHER_PORT, port=place.port)
        numbers = _looked_up(place, seconds)
        if not is_listed and not all(is_public(number) for number in numbers):
            raise NotAsked(_NOT_PUBLIC, host=place.host)
        return numbers


def place_of(url: str) -> Place:
    """Return where `url` leads, without its fragment; raises NotAsked when it is not of the web."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        raise NotAsked(_NO_ADDRESS, address=url[:200]) from None
    is_named = parts.username is not None or parts.password is not None
    if parts.scheme not in _PORTS or not host or is_named:
        raise NotAsked(_NO_ADDRESS, address=url[:200])
    if port == 0 or not host.isprintable() or any(sign in host for sign in " /\\@%"):
        raise NotAsked(_NO_ADDRESS, address=url[:200])
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=_PLAIN)
    place = Place(parts.scheme, host, port or _PORTS[parts.scheme], target)
    if len(place.url) > _LONGEST:
        raise NotAsked(_NO_ADDRESS, address=url[:200])
    return place


def is_public(number: str) -> bool:
    """Say whether an IP address is of a server on the public network, whatever its form.

    A form that holds an IPv4 address (mapped, 6to4, NAT64) is as public as that one.
    """
    if "%" in number:
        return False
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = _held_in(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in _UNICAST:
            return False
    if any(address.version == special.version and address in special for special in _SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _held_in(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & _LOW_32)
    return address.ipv4_mapped or address.sixtofour


def _looked_up(place: Place, seconds: float) -> list[str]:
    """Return the numbers of a host in the order of the system; who asks waits a bounded time."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = getaddrinfo(place.host, place.port, type=SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.put(list(dict.fromkeys(str(row[4][0]) for row in found)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        numbers = answers.get(timeout=seconds)
    except queue.Empty:
        numbers = []
    if not numbers:
        raise NoAnswer(_UNKNOWN, host=place.host)
    return numbers
