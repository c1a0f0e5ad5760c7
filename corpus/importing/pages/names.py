"""The name of a site, and titles and authors that it gives its own name to."""

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from lxml import html

from corpus.text.folding import fold

_SIGNS = re.compile(r"\s+(?:[|•·»«›‹–—-]|--)\s+|\s*(?:::|\|)\s*")
_NO_LETTER = re.compile(r"[\W_]+")
# What a program calls a page, rather than people: words with hyphens and nothing else.
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}")
# Written into a page for a program that did not run.
_UNFILLED = re.compile(r"\{\{.*\}\}")
_COMPANY = re.compile(
    r"\s+(?:GmbH|AG|Ltd|Limited|Inc|LLC|S\.?A|online|digital)\b\.?.*$", re.IGNORECASE
)
_SHORTEST_NAME = 2


def heading_titles(tree: html.HtmlElement) -> list[str]:
    """Return the highest headings of a page but those of its foot or side and its own name."""
    return [words for heading, words in _headings(tree) if not _leads_home(heading)]


def home_names(tree: html.HtmlElement) -> list[str]:
    """Return the highest headings that lead to the first page of the site: its own name."""
    return [words for heading, words in _headings(tree) if _leads_home(heading)]


def _headings(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    for heading in tree.iter("h1"):
        words = " ".join(heading.text_content().split())
        if words and not is_aside(heading):
            yield heading, words


def is_aside(element: html.HtmlElement) -> bool:
    """Say whether the element belongs to the page around the article: its foot, its side."""
    return any(around.tag in ("footer", "aside", "nav") for around in element.iterancestors())


def is_title(words: str) -> bool:
    """Say whether words given as the title of a page may be one for people."""
    return not _SLUG.fullmatch(words.strip()) and not _UNFILLED.search(words)


def own_title(words: str, headings: Collection[str], sites: Collection[str]) -> str:
    """Return what in `words` is the title of an article, without what names its site.

    A part between two signs that is one of the `headings` of the page is the title; otherwise
    the `sites` are taken from both ends. Never empty for words that are none.
    """
    signs = list(_SIGNS.finditer(words))
    known = {key for heading in headings if (key := fold(heading).casefold())}
    starts, ends = [0, *(sign.end() for sign in signs)], [*(sign.start() for sign in signs)]
    parts = [
        words[start:end]
        for start in starts
        for end in (*ends, len(words))
        if start < end and fold(words[start:end]).casefold() in known
    ]
    if parts:
        return max(parts, key=len).strip()
    start, end = 0, len(words)
    for sign in signs:
        if names_site(words[sign.end() : end], sites) and sign.start() > start:
            end = sign.start()
            break
    for sign in reversed(signs):
        if sign.end() < end and names_site(words[start : sign.start()], sites):
            start = sign.end()
            break
    return words[start:end].strip() or words


def sites_of(outlets: Iterable[str], addresses: Iterable[str]) -> frozenset[str]:
    """Return the names of a site by its `outlets` and `addresses`: letters and digits alone."""
    keys = {_key(outlet) for outlet in outlets}
    for address in addresses:
        keys.update(_key(name) for name in _host_names(address))
    return frozenset(key for key in keys if len(key) >= _SHORTEST_NAME)


def names_site(words: str, sites: Collection[str]) -> bool:
    """Say whether `words` are the name of the site, as `sites_of` has it."""
    return _key(words) in sites


def is_site_itself(author: str, sites: Collection[str]) -> bool:
    """Say whether who is given as the author is the site or its publisher: "Herald Ltd, London"."""
    first = author.split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0]
    return names_site(author, sites) or names_site(first, sites) or _is_company_of(first, sites)


def _is_company_of(name: str, sites: Collection[str]) -> bool:
    short = _COMPANY.sub("", name)
    return short != name and names_site(short, sites)


def _host_names(address: str) -> Iterator[str]:
    """Yield the host of an address and what names it there: "herald.example", "herald"."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return
    host = host.removeprefix("www.")
    yield host
    labels = host.split(".")
    if len(labels) > 1:
        yield labels[-2]
        yield ".".join(labels[-2:])


def _key(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()


def _leads_home(heading: html.HtmlElement) -> bool:
    """Say whether the heading is a link to the first page of the site."""
    links = [link.get("href", "") for link in heading.iter("a")]
    around = [link.get("href", "") for link in heading.iterancestors("a")]
    try:
        return any(
            urlsplit(link).path in ("", "/") and (link == "/" or bool(urlsplit(link).netloc))
            for link in (*links, *around)
        )
    except ValueError:
        return False
