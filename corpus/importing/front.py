"""Markdown with front matter: the lines between `---` (YAML) or `+++` (TOML) above a text.

Of YAML what people write there is read: names with words, in quotes or not, and lists of words.
A date or a `no` stays the words that stand there.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt

from corpus.importing.errors import NotText, SourceTooLarge
from corpus.importing.records import COLUMNS, column_key

_FENCED = re.compile(
    r"\s*(---|\+\+\+)[ \t]*\r?\n(.{1,20000}?)(?:\r?\n)(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_KEY = re.compile(r"([\w][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*)|$)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_NAME_OF = re.compile(r"name[ \t]*:[ \t]+(.*)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_OTHERS = frozenset(
    {
        "layout",
        "draft",
        "slug",
        "description",
        "permalink",
    }
)
_NAMED = frozenset(key for keys in COLUMNS.values() for key in keys) | _OTHERS
_DEEPEST = 60
_MOST_CHARACTERS = 1_000_000


def parted(text: str) -> tuple[dict[str, str], str] | None:
    """Return what the head of a text says by its names, and the text below it.

    None for a text without such a head.
    """
    match = _FENCED.match(text.removeprefix("\ufeff"))
    if match is None:
        return None
    fields = _of_toml(match[2]) if match[1] == "+++" else _of_yaml(match[2].splitlines())
    if fields is None or not _NAMED & {column_key(name) for name in fields}:
        return None
    return fields, text.removeprefix("\ufeff")[match.end() :]


def markup_of(markdown: str, name: str) -> str:
    """Return the mark-up of HTML that a text in Markdown stands for.

    Raises SourceTooLarge for one that is too long, NotText for one that is nested too deeply.
    """
    if len(markdown) > _MOST_CHARACTERS:
        raise SourceTooLarge(
            "%(name)s holds an article of more than %(limit)s characters; split it and import the"
            " parts.",
            name=name,
            limit=f"{_MOST_CHARACTERS:,}",
        )
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST + 20}).enable("table")
    tokens = reader.parse(markdown)
    # What is nested deeper than the reader goes would be lost.
    if any(token.level > _DEEPEST for token in tokens):
        raise NotText(
            "The elements of %(name)s are nested deeper than those of a page; nothing was"
            " imported.",
            name=name,
        )
    return str(reader.renderer.render(tokens, reader.options, {}))


def _of_toml(head: str) -> dict[str, str] | None:
    try:
        values = tomllib.loads(head.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {name: words for name, value in values.items() if (words := _words(value))}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value if not isinstance(one, Mapping | list))
    return "" if isinstance(value, Mapping) else str(value)


def _of_yaml(lines: Sequence[str]) -> dict[str, str] | None:
    """Return the names with their words, or None when a line is none of a head."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, key = _ITEM.fullmatch(line), _KEY.fullmatch(line)
        if item is not None and name:
            fields[name].append(_plain(_NAME_OF.sub(r"\1", item[1])))
        elif key is not None:
            name = key[1]
            fields[name] = _listed(key[2] or "")
        elif line[0] in " \t" and name:
            # The words of a long line, or the name of one who is told more of.
            inner = _KEY.fullmatch(line.strip())
            if inner is None:
                fields[name] = [" ".join([*fields[name], _plain(line)]).strip()]
            elif inner[1] == "name":
                fields[name].append(_plain(inner[2] or ""))
        else:
            return None
    joined = {name: "; ".join(filter(None, words)) for name, words in fields.items()}
    return {name: words for name, words in joined.items() if words}


def _listed(words: str) -> list[str]:
    """Return the words behind a name: one, those of a list in brackets, or none of a block."""
    words = words.strip()
    if words.startswith("[") and words.endswith("]"):
        return [_plain(part) for part in words[1:-1].split(",")]
    return [] if words in ("", "|", ">", "|-", ">-", "~", "null") else [_plain(words)]


def _plain(words: str) -> str:
    """Return words without their quotes, or without the comment behind them."""
    words = words.strip()
    for quote in "\"'":
        end = words.rfind(quote)
        if words.startswith(quote) and end > 0:
            inner = words[1:end]
            return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"')
    return _COMMENT.sub("", words).strip()
