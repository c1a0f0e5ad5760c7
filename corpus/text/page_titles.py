"""What a page might be called, when nothing of it is known but its address."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from corpus.text.addresses import page_address, shown_address

# Of a long last part so many characters are kept, in whole words.
_LONGEST = 120
# With fewer words a part of a path names a section, an author or a file, not an article.
_FEWEST_WORDS = 3
_SEPARATORS = re.compile(r"[-_+.,;:!~\s]+")
# The kind of file at the end of an address.
_ENDING = re.compile(r"\.(?:html?|xhtml|shtml|php\d?|aspx?|jsp|cfm|pdf|txt|md)$", re.IGNORECASE)
# Numbers of pages, days, and keys of databases: long words of hexadecimal digits with a number.
_NO_WORD = re.compile(r"(?:\d+|[a-z]?\d{5,}|(?=\w*\d)[0-9a-f]{8,})", re.IGNORECASE)


def title_of_page(url: str) -> str:
    """Return what the page at `url` might be called: the words at the end of its path.

    Where these are too few to be a title, the host is named behind them; where there are none,
    it is called by its address. Never empty for an address that names a page, no longer than
    some hundred characters, and without characters that cannot be seen or stored.
    """
    host = page_address(url).partition("/")[0].partition("?")[0]
    shortened = [words for words in _parts(url) if words]
    for words in shortened:
        if len(words) >= _FEWEST_WORDS:
            return _title(words)
    return f"{_title(shortened[0])} ({host})" if shortened else _visible(shown_address(url))


def _parts(url: str) -> Iterator[list[str]]:
    """Yield the words of each part of the path, those of the last one first."""
    for part in reversed(urlsplit(url.strip()).path.split("/")):
        written = _ENDING.sub("", _visible(unquote(part)))
        words = [word for word in _SEPARATORS.split(written) if word]
        while words and _NO_WORD.fullmatch(words[-1]):
            words.pop()
        while words and _NO_WORD.fullmatch(words[0]):
            words.pop(0)
        yield words if any(character.isalpha() for word in words for character in word) else []


def _title(words: list[str]) -> str:
    line = " ".join(words)
    if len(line) > _LONGEST:
        line = (line[:_LONGEST].rpartition(" ")[0] or line[:_LONGEST]) + " …"
    return line[:1].upper() + line[1:]


def _visible(text: str) -> str:
    """Return `text` with a space for each character that controls, formats or is half a one."""
    return "".join(
        " " if unicodedata.category(character).startswith("C") else character for character in text
    )
