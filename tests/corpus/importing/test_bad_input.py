"""Files made to do harm, or broken: each is read or refused in little time and memory.

Each is read in a process of its own that may use little of both (read_alone.py).
"""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

PROSE = "Whatever the people in the hall thought of it, the motion was carried by many votes. "
MEGABYTES = 1_000_000
LARGE = 4 * MEGABYTES
"""Characters in one line: what grows with the square of it would never end."""

# As many as there are stars when the last is put in.
_LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'[<!ENTITY l0 "lol">{_LOLS}]'
SECONDS = 60


def told(folder: Path, name: str, raw: bytes) -> list[str]:
    """Return what a process that may use little says of each source in the file."""
    (folder / name).write_bytes(raw)
    command = [sys.executable, "-m", "tests.corpus.importing.read_alone", str(folder / name)]
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def zipped(*files: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return written.getvalue()


def within(depth: int) -> bytes:
    """Return an archive that lies within so many others, all of which hold a text as well."""
    raw = zipped((f"{depth}.txt", PROSE.encode()))
    for number in reversed(range(depth)):
        raw = zipped((f"{number}.txt", PROSE.encode()), (f"{number + 1}.zip", raw))
    return raw


def prose(size: int) -> str:
    return PROSE * (size // len(PROSE))


def of_entities(markup: str) -> bytes:
    return f"<!DOCTYPE html {ENTITIES}><html><body><p>{PROSE}</p>{markup}</body></html>".encode()


KEPT = [
    ("wide.txt", lambda: prose(900).encode("utf-16-le"), prose(900).strip()),
    ("wide.txt", lambda: prose(900).encode("utf-16-be"), prose(900).strip()),
    ("bytes.txt", lambda: f"{PROSE}caf".encode() + b"\xe9\n", f"{PROSE}café"),
    ("line.txt", lambda: prose(LARGE).encode(), prose(LARGE).strip()),
    ("word.txt", lambda: b"x" * LARGE, "x" * LARGE),
    ("a.json", lambda: json.dumps({"text": prose(LARGE)}).encode(), prose(LARGE).strip()),
    ("svg.html", lambda: of_entities("<svg><text>&l9;</text></svg>"), f"{PROSE.strip()}&l9;"),
]


@pytest.mark.parametrize(
    ("name", "made", "words"), KEPT, ids=[f"{place} {row[0]}" for place, row in enumerate(KEPT)]
)
def test_what_is_odd_but_a_text_is_kept(
    tmp_path: Path, name: str, made: Callable[[], bytes], words: str
) -> None:
    (line,) = told(tmp_path, name, made())
    assert line == f"{name}: {len(words)}"


REFUSED = [
    ("zeros.zip", lambda: zipped(("a.txt", bytes(200 * MEGABYTES))), "is too large when it is"),
    ("zeros.warc.gz", lambda: gzip.compress(b"WARC/1.0\r\n" + bytes(250 * MEGABYTES), 1), "is too"),
    ("zeros.gz", lambda: gzip.compress(bytes(200 * MEGABYTES), 1), "is a compressed file"),
    ("a.svg", f"<!DOCTYPE svg {ENTITIES}><svg>&l9;</svg>".encode, "entities of its own"),
    ("deep.html", lambda: b"<html><body>" + b"<div>" * 100_000, "nested deeper than those"),
    ("lines.txt", lambda: b"a\n" * 9 * MEGABYTES, "has more than 500,000 lines"),
]


@pytest.mark.parametrize(("name", "made", "why"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_was_made_to_grow_is_refused_in_a_sentence(
    tmp_path: Path, name: str, made: Callable[[], bytes], why: str
) -> None:
    (line,) = told(tmp_path, name, made())
    assert why in line
    assert line.endswith((" imported.", " parts."))


def test_archives_are_opened_to_a_depth_and_the_rest_is_told(tmp_path: Path) -> None:
    lines = told(tmp_path, "0.zip", within(5))
    assert len(lines) == 4
    assert all(f"{depth}.txt: " in line for depth, line in enumerate(lines[:3]))
    assert lines[3].endswith("3.zip is an archive within 3 others; it was not imported.")
