"""Data sets of any size are read record by record, and what is no record stops no other."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.streams import members_in

MEGABYTE = 1024 * 1024
ROW = {"title": "A headline", "text": "Words of it. " * 60}


@contextmanager
def _bounded(megabytes: int) -> Iterator[None]:
    """Fail when more memory than this is held at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


def _members(content: bytes) -> list[Member]:
    found = members_in(io.BytesIO(content), "pile")
    assert found is not None
    return list(found)


def _told(member: Member) -> str:
    return str(member.refusal or "")


@pytest.mark.parametrize(
    "content",
    [
        b'{"title": "a", "text": "b"}\n\n{"title": "c", "text": "d"}\n',
        b'title,text\na,"b\nc"\n,\nd,e,f\ng,h\n',
        b"\xef\xbb\xbftitle\ttext\na\tb\n",
    ],
)
def test_records_are_those_of_a_file_that_is_read_whole(content: bytes) -> None:
    whole = members_of(content, "pile")
    assert whole is not None
    expected = [(one.name, one.content.strip(), _told(one)) for one in whole]
    assert [(one.name, one.content.strip(), _told(one)) for one in _members(content)] == expected


def test_a_record_in_another_encoding_comes_with_its_bytes() -> None:
    first, second = _members(
        b'\xef\xbb\xbf{"title": "a", "text": "b"}\r\n{"title": "c", "text": "\xe9"}'
    )
    assert first.content == b'{"title": "a", "text": "b"}'
    assert second.content == b'{"title": "c", "text": "\xe9"}'
    (row,) = _members(b"title,text\na,\xe9\n")
    assert row.content == b"title,text\na,\xe9\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Some words\n",
        b'[{"text": "a"}]',
        b"{'text'\n",
        b"[1]\n",
        b"\xff\xfea\x00\n\x00",
        b"a,b\n1,2\n",
    ],
)
def test_other_files_are_left_at_their_beginning(content: bytes) -> None:
    stream = io.BytesIO(content)
    assert members_in(stream, "pile") is None
    assert stream.tell() == 0


def test_memory_stays_flat_however_large_the_data_set_is(tmp_path: Path) -> None:
    lines = tmp_path / "pile.jsonl"
    record = json.dumps(ROW).encode() + b"\n"
    table = tmp_path / "pile.csv"
    with lines.open("wb") as to_lines, table.open("wb") as to_table:
        to_table.write(b"title,text\n")
        for _ in range(40):
            to_lines.write(record * 1_000)
            to_table.write(f'{ROW["title"]},"{ROW["text"]}"\n'.encode() * 1_000)
    assert lines.stat().st_size > 30 * MEGABYTE
    for path in (lines, table):
        with _bounded(3), path.open("rb") as stream:
            found = members_in(stream, path.name)
            assert found is not None
            assert sum(1 for _ in found) == 40_000


def test_a_line_that_is_far_too_long_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"title": "a", "text": "b"}\n{"text": "')
        _make_room(stream, 200)
        stream.write(b'"}\n{"title": "c", "text": "d"}\n')
    with _bounded(70), path.open("rb") as stream:
        found = members_in(stream, "pile")
        assert found is not None
        first, second, third = (_told(member) for member in found)
    assert first == third == ""
    assert second == "pile, 2 is larger than 20 MB; it was not imported."


def test_one_endless_line_is_no_data_set(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "')
        _make_room(stream, 200)
    with _bounded(70), path.open("rb") as stream:
        assert members_in(stream, "pile") is None


def test_a_quotation_that_nothing_ends_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pile.csv"
    with path.open("wb") as stream:
        stream.write(b'title,text\na,b\nc,"d\n')
        for _ in range(30):
            stream.write(b"words without an end\n" * 50_000)
    with _bounded(140), path.open("rb") as stream:
        found = members_in(stream, "pile")
        assert found is not None
        first, second = (_told(member) for member in found)
    assert first == ""
    assert second == "pile, 2 is no row of a table that can be read; the rest was not imported."


def _make_room(stream: BinaryIO, megabytes: int) -> None:
    """Go on as if so much stood there: a hole in the file, which reads as zeros."""
    stream.seek(megabytes * MEGABYTE, io.SEEK_CUR)
    stream.write(b"x")
