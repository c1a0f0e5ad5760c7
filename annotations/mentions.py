"""The names of readers in a note: how they are written, found and shown.

A name is written as @ and what the reader signs in with. What stands in code and in the words of
a link names nobody.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

# The signs of Django's names of accounts, which may be addresses of mail.
_NAME = re.compile(r"(?<![\w@./+-])@([\w.+-]{1,150}(?:@[\w.+-]{1,150})?)")
# What ends a sentence may as well end a name.
_ENDS = ".+-"


class Named(NamedTuple):
    """A reader who is named in a note: as it is written there, what they are called, their page."""

    name: str
    shown: str
    address: str


def names_in(text: str) -> list[list[str]]:
    """Return for each name in `text` how it may be read, the likeliest first."""
    return [_readings(found[1]) for found in _NAME.finditer(text)]


def texts_in(line: "Token") -> "Iterator[Token]":
    """Return the texts in one token of a note that are neither code nor in a link."""
    depth = 0
    for token in line.children or ():
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and depth == 0:
            yield token


def link_names(tokens: "Sequence[Token]", named: Sequence[Named]) -> None:
    """Put the names of those `named` into `tokens`, with links to their pages."""
    known = {one.name: one for one in named}
    for line in tokens:
        texts = {id(text) for text in texts_in(line)}
        line.children = line.children and [
            part
            for child in line.children
            for part in (_linked(child, known) if id(child) in texts else [child])
        ]


def _readings(name: str) -> list[str]:
    alone = name.partition("@")[0]
    readings = (name, name.rstrip(_ENDS), alone, alone.rstrip(_ENDS))
    return [reading for reading in dict.fromkeys(readings) if reading]


def _linked(text: "Token", known: Mapping[str, Named]) -> "list[Token]":
    from markdown_it.token import Token

    parts: list[Token] = []
    end = 0
    for found in _NAME.finditer(text.content):
        name = next((reading for reading in _readings(found[1]) if reading in known), None)
        if name is None:
            continue
        before = text.content[end : found.start()]
        parts += [
            Token("text", "", 0, content=before),
            Token("link_open", "a", 1, attrs={"href": known[name].address}),
            Token("text", "", 0, content=f"@{known[name].shown}"),
            Token("link_close", "a", -1),
        ]
        end = found.start() + 1 + len(name)
    return [*parts, Token("text", "", 0, content=text.content[end:])] if parts else [text]
