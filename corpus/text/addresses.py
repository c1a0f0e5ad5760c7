"""Addresses of pages on the web, as they are compared: the same page has the same one.

Only what names the page counts: not the scheme, the mark of a mobile or printed edition,
the place within the page, or what campaigns append to see where a reader came from.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from corpus.text.hashing import stable_hash

_SCHEMES = frozenset(["http", "https"])
_PORTS = frozenset([None, 80, 443])
# The first label of a host that serves the pages of the host behind it.
_EDITIONS = ("www.", "m.", "mobile.", "amp.")
# Parameters that say where a reader came from. Those beginning with utm_ do as well.
_CAMPAIGN = frozenset(
    [
        *("cmp", "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid"),
        *("ncid", "ns_campaign", "ns_mchannel", "ocid", "smid", "sr_share", "twclid"),
    ]
)
# Of an address so much is shown.
_SHOWN = 48


def page_address(url: str) -> str:
    """Return what `url` names, as "host/path?query", or "" when it names no single page.

    An address without path and query names a whole site, and one that is not http or
    https, or not well formed, nothing that could be compared.
    """
    try:
        parts = urlsplit(url.strip())
        port, query = parts.port, _query(parts.query)
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    path = parts.path.rstrip("/")
    if parts.scheme not in _SCHEMES or not host or not (path or query):
        return ""
    shown_port = "" if port in _PORTS else f":{port}"
    return f"{_without_edition(host)}{shown_port}{path}{query}"


def address_key(url: str) -> int | None:
    """Return a number that is the same for all addresses of a page, None without a page."""
    address = page_address(url)
    return stable_hash(address) if address else None


def shown_address(url: str) -> str:
    """Return the address in short: of a long one the host and the end of the path."""
    address = page_address(url) or url
    if len(address) <= _SHOWN:
        return address
    host, _, rest = address.partition("/")
    short = f"{host}/…/{rest.rpartition('/')[2]}" if "/" in rest else address
    return short if len(short) <= _SHOWN else f"{short[: _SHOWN - 1]}…"


def _query(query: str) -> str:
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower() not in _CAMPAIGN and not name.lower().startswith("utm_")
    )
    return f"?{urlencode(kept)}" if kept else ""


def _without_edition(host: str) -> str:
    for edition in _EDITIONS:
        # What is left has to be a host still: m.uk is one, uk is none.
        if host.startswith(edition) and "." in host[len(edition) :]:
            return host[len(edition) :]
    return host
