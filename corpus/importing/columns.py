"""What the columns of a data set mean: guessed from their names, or as somebody says.

A mapping gives for meanings ("text", "title", "author", "date" …) the names of columns.
Written out it is a format that each record of the data set is read as.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode

from corpus.importing.decoding import decoded
from corpus.importing.errors import NotText
from corpus.importing.records import (
    COLUMNS,
    SUMMARY_COLUMNS,
    TEXT_COLUMNS,
    column_key,
    empty_text_column,
    fields_of_json,
    fields_of_table,
    text_column,
)

Meaning = Literal[
    "text", "title", "author", "outlet", "date", "url", "language", "section", "topics"
]
MEANINGS: tuple[Meaning, ...] = get_args(Meaning)

_WRITTEN = "columns:"
_LONGEST_WRITTEN = 1_000
_SAMPLES = 3
_LONGEST_SAMPLE = 160


@dataclass(frozen=True)
class Column:
    """A column of a data set: its name, some of its values, and what it is taken for.

    `filled` is in how many of the records that were looked at it holds anything. `is_named` says
    whether its name tells what it is; else it is the one with the longest words. `is_guessed`
    is false once somebody says what it is.
    """

    name: str
    samples: tuple[str, ...]
    filled: int
    meaning: Meaning | None = None
    is_named: bool = True
    is_guessed: bool = False


def fields_of(content: bytes) -> dict[str, str]:
    """Return the columns of one record as it came out of its data set; none for anything else."""
    try:
        text = decoded(content, "")[0].removeprefix("\ufeff")
    except NotText:
        return {}
    fields = fields_of_json(text)
    if fields is None:
        fields = fields_of_table(text)
    return fields or {}


def columns_in(records: Iterable[bytes]) -> list[Column]:
    """Return the columns of these records, in the order in which they come up."""
    filled: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    for content in records:
        for name, words in fields_of(content).items():
            filled.setdefault(name, []).append(words)
            whole[name] = max(whole.get(name, ""), words, key=len)
    guessed = guessed_mapping(whole, {name: len(values) for name, values in filled.items()})
    meanings = {name: meaning for meaning, name in guessed.items()}
    return [
        Column(
            name,
            tuple(_cut(words) for words in values[:_SAMPLES]),
            len(values),
            meanings.get(name),
            is_named=_is_named(name, meanings.get(name)),
            is_guessed=name in meanings,
        )
        for name, values in filled.items()
    ]


def guessed_mapping(
    fields: Mapping[str, str], filled: Mapping[str, int] | None = None
) -> dict[Meaning, str]:
    """Return what the columns are taken for where nobody says it, by the likeliest names.

    `filled` is in how many records each column holds anything. One that not half as many fill
    as another of its meaning is not preferred to it.
    """
    often = filled or dict.fromkeys(fields, 1)
    guessed: dict[Meaning, str] = {}
    if text := text_column(fields):
        guessed["text"] = text
    by_key = {column_key(name): name for name in fields if name != text}
    for meaning, keys in COLUMNS.items():
        named = [by_key[key] for key in keys if key in by_key]
        if named:
            most = max(often[name] for name in named)
            guessed[meaning] = next(name for name in named if 2 * often[name] >= most)
    return guessed


def mapping_of(said: Iterable[tuple[str, str]], names: Sequence[str]) -> dict[Meaning, str]:
    """Return the mapping that pairs of a meaning and a column make, of columns called `names`.

    Raises NotText where no column is the text, two are the same thing, one is two things, or
    there is no such meaning or column.
    """
    mapping: dict[Meaning, str] = {}
    for asked, name in said:
        meaning = next((one for one in MEANINGS if one == asked), None)
        if meaning is None:
            raise NotText("A column cannot be “%(name)s”.", name=asked)
        if name not in names:
            raise NotText("There is no column called “%(name)s”.", name=name)
        if meaning in mapping:
            raise NotText(
                "The columns “%(name)s” and “%(other)s” cannot both be the same thing.",
                name=mapping[meaning],
                other=name,
            )
        if name in mapping.values():
            raise NotText("The column “%(name)s” can only be one thing.", name=name)
        mapping[meaning] = name
    if "text" not in mapping:
        raise NotText("Say which column holds the text.")
    if len(written(mapping)) > _LONGEST_WRITTEN:
        raise NotText("The names of these columns are too long.")
    return mapping


def key_of(columns: Iterable[Column]) -> str:
    """Return a digest of the names of the columns, in whatever order they come; "" for none."""
    names = sorted(column.name for column in columns)
    return sha256("\n".join(names).encode()).hexdigest() if names else ""


def written(mapping: Mapping[Meaning, str] | Mapping[str, str]) -> str:
    """Return the mapping as the format that a record is read as, "" for none."""
    pairs = sorted(mapping.items())
    return f"{_WRITTEN}{urlencode(pairs)}" if pairs else ""


def mapping_in(as_format: str) -> dict[str, str] | None:
    """Return the mapping that `written` made a format of, None for any other format."""
    if not as_format.startswith(_WRITTEN):
        return None
    return dict(parse_qsl(as_format.removeprefix(_WRITTEN)))


def mapped(fields: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return what the columns of a record hold, by their meanings; the rest is left out."""
    return {meaning: fields[name] for meaning, name in mapping.items() if name in fields}


def empty_column(text: str, column: str, mapping: Mapping[str, str] | None) -> str:
    """Return the column of the text that the record `text` leaves empty, "" for none.

    `column` is the one that the text is read from, "" where that is none.
    """
    if mapping is not None:
        return "" if column else mapping.get("text", "")
    if column_key(column) in (*TEXT_COLUMNS, *SUMMARY_COLUMNS):
        return ""
    return empty_text_column(text)


def _is_named(name: str, meaning: Meaning | None) -> bool:
    if meaning is None:
        return True
    keys = (*TEXT_COLUMNS, *SUMMARY_COLUMNS) if meaning == "text" else COLUMNS[meaning]
    return column_key(name) in keys


def _cut(words: str) -> str:
    shown = " ".join(words[: 4 * _LONGEST_SAMPLE].split())
    return shown if len(shown) <= _LONGEST_SAMPLE else f"{shown[:_LONGEST_SAMPLE].rstrip()}…"
