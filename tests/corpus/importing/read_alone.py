"""Reads a file in a process of its own that may use little: `python -m ... FILE` prints what came.

A line for each source in the file: the sentence that refuses it, or how long its texts are. The
process is ended when it takes more than SECONDS, and fails when it takes more than BYTES.
"""

import resource
import sys
from pathlib import Path

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.errors import ImportRefused
from corpus.importing.pipeline import read_and_interpret

SECONDS = 30
BYTES = 1_500 * 1024 * 1024


def told(member: Member) -> str:
    """Return what becomes of a source."""
    try:
        if member.refusal is not None:
            raise member.refusal
        found = read_and_interpret(member.content, member.name, origin_url=member.origin_url)
    except ImportRefused as refusal:
        return str(refusal)
    return f"{member.name}: {' '.join(str(len(proposal.text)) for proposal in found)}"


def main(path: Path) -> None:
    """Print what becomes of each source in the file."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    raw = path.read_bytes()
    try:
        for member in members_of(raw, path.name) or [Member(path.name, raw)]:
            print(told(member))
    except ImportRefused as refusal:
        print(refusal)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
