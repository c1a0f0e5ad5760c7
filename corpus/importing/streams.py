"""Data sets that are read line by line, however large: JSON lines, and tables (CSV, TSV).

At no time more than one record of them is held. What no record may be is told of by its number,
and the rest goes on.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from corpus.importing.archives import Member
from corpus.importing.errors import ImportRefused, NotText, SourceTooLarge
from corpus.importing.read import MAX_SOURCE_BYTES
from corpus.importing.records import delimiter_of

_LONGEST_CELL = 2**24
_SKIPPED_AT_ONCE = 2**20
_MARK = b"\xef\xbb\xbf"
_MEGABYTE = 1024 * 1024
_TOO_LONG = "%(name)s is larger than %(limit)d MB; it was not imported."
_NO_ROW = "%(name)s is no row of a table that can be read; the rest was not imported."
_NO_TABLE = "%(name)s is no table that can be read; nothing was imported."
_RAGGED = (
    "%(name)s has %(cells)d cells, but the table has %(columns)d columns; it was not imported."
)


def members_in(stream: BinaryIO, name: str) -> Iterator[Member] | None:
    """Return the records of the data set in `stream`, read while they are asked for.

    None where it is neither JSON lines nor a table, as far as its first line tells; the stream
    is at its beginning then. It has to be one that can be read again.
    """
    first = stream.readline(MAX_SOURCE_BYTES + 1).removeprefix(_MARK)
    stream.seek(0)
    if len(first) > MAX_SOURCE_BYTES:
        return None
    if first.lstrip().startswith(b"{"):
        return _objects(stream, name) if _is_object(first) else None
    try:
        delimiter = delimiter_of(first.decode(), name)
    except UnicodeDecodeError:
        return None
    if not delimiter:
        return None
    return rows_of(_texts(stream), name, delimiter)


def objects_of(lines: Iterable[bytes], name: str) -> Iterator[Member]:
    """Yield JSON lines, each as it is written; blank ones are no records."""
    number = 0
    for line in lines:
        if line and not line.isspace():
            number += 1
            yield Member(f"{name}, {number}", line)


def rows_of(lines: Iterable[str], name: str, delimiter: str) -> Iterator[Member]:
    """Yield the rows of a table, each below the line of names; `lines` keep their ends.

    Where these names do not tell that it is a table, each row is a JSON object.

    A row with more cells than there are names is refused, and so is what goes on for ever: a
    quotation that nothing ends.
    """
    csv.field_size_limit(_LONGEST_CELL)
    taken: list[str] = []
    reader = csv.reader(_kept(lines, taken), delimiter=delimiter)
    try:
        names = next(reader, [])
    except csv.Error:
        raise NotText(_NO_TABLE, name=name) from None
    head = "".join(taken)
    is_told = delimiter_of(head) == delimiter
    number = 0
    while True:
        taken.clear()
        called = f"{name}, {number + 1}"
        try:
            row = next(reader, None)
        except csv.Error:
            yield Member(called, b"", NotText(_NO_ROW, name=called))
            return
        if row is None:
            return
        if any(cell.strip() for cell in row):
            number += 1
            cells = {key.strip(): cell for key, cell in zip(names, row, strict=False)}
            shown = f"{head}{''.join(taken)}" if is_told else _object(cells)
            written = shown.encode(errors="surrogateescape")
            yield Member(called, written, _ragged(called, row, names))


def _object(cells: Mapping[str, str]) -> str:
    return json.dumps(cells, ensure_ascii=False)


def _objects(stream: BinaryIO, name: str) -> Iterator[Member]:
    number = 0
    while line := stream.readline(MAX_SOURCE_BYTES + 1):
        if line.isspace():
            continue
        number += 1
        called = f"{name}, {number}"
        if len(line) <= MAX_SOURCE_BYTES:
            yield Member(called, line.removeprefix(_MARK).rstrip(b"\r\n"))
            continue
        while not line.endswith(b"\n") and line:
            line = stream.readline(_SKIPPED_AT_ONCE)
        limit = MAX_SOURCE_BYTES // _MEGABYTE
        yield Member(called, b"", SourceTooLarge(_TOO_LONG, name=called, limit=limit))


def _texts(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines as text that gives the same bytes again, whatever they are."""
    line = stream.readline(MAX_SOURCE_BYTES).removeprefix(_MARK)
    while line:
        yield line.decode(errors="surrogateescape")
        line = stream.readline(MAX_SOURCE_BYTES)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """Yield the lines, and leave in `taken` what a row consists of; it may not grow for ever."""
    size = 0
    for line in lines:
        size = len(line) if not taken else size + len(line)
        taken.append(line)
        if size > MAX_SOURCE_BYTES:
            raise csv.Error
        yield line


def _ragged(name: str, row: list[str], names: list[str]) -> ImportRefused | None:
    if len(row) <= len(names):
        return None
    return NotText(_RAGGED, name=name, cells=len(row), columns=len(names))
