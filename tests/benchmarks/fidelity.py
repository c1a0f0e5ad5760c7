"""How much of a text comes back when it is read from a file of each format.

Run by hand: `python -m tests.benchmarks.fidelity`. The same texts are written in each format, a
web page with what stands around an article, and read; what is found is compared with what was
written, white space folded: recall is how much of the text came back, precision how much of what
came back is text. A line for each format, beside what it may be at least; nothing is stored.

`--pages FOLDER` measures pages that others saved instead: each NAME.html in the folder beside
what is the text of its article, in NAME.txt anywhere in there, as test suites of libraries that
extract articles have them. What those call text differs: see which lines it is about.
"""

import argparse
import csv
import io
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rapidfuzz.distance import LCSseq

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.pipeline import read_and_interpret
from tests.benchmarks.texts import texts
from tests.corpus.importing.books import book
from tests.corpus.importing.web_archives import answer, record

TEXTS = 20
LENGTH = 4_000
# The figures to keep.
LEAST_RECALL, LEAST_PRECISION, LEAST_F1 = 0.999, 0.995, 0.96
_APPEAL = "More from "
_ADDRESS = re.compile(r"\s*<https?://[^>]*>")


@dataclass(frozen=True)
class Share:
    """How much of what was written came back, and how much of what came back was written."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def plain(text: str) -> bytes:
    return text.encode()


def wrapped(text: str) -> bytes:
    paragraphs = (textwrap.fill(part, 80) for part in text.split("\n\n"))
    return "\n\n".join(paragraphs).encode()


def markdown(text: str) -> bytes:
    return f"---\ntitle: A trial\n---\n\n{text}\n".encode()


def json_line(text: str) -> bytes:
    return f"{json.dumps({'title': 'A trial', 'text': text})}\n".encode()


def table(text: str) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([["title", "text"], ["A trial", text], ["Other", "Not this."]])
    return written.getvalue().encode()


def feed(text: str) -> bytes:
    item = (
        f"<item><title>A trial</title><description>{escape(marked_up(text))}</description></item>"
    )
    return f"<rss><channel><title>Trials</title>{item}</channel></rss>".encode()


def marked_up(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def page(text: str) -> bytes:
    menu = "".join(f"<li><a href='/{place}'>Section {place}</a></li>" for place in range(12))
    more = "".join(f"<li><a href='/more/{n}'>Another story, number {n}</a></li>" for n in range(8))
    return (
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A trial | Herald</title>"
        f"</head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>A trial</h1>"
        f"<div class=share><a href='#'>Share</a> <a href='#'>Print</a></div>{marked_up(text)}"
        f"</article><aside><h2>More stories</h2><ul>{more}</ul></aside></main>"
        "<footer><p>© 2024 The Herald. All rights reserved.</p></footer></body></html>"
    ).encode()


def chapter(text: str) -> bytes:
    return book(f"<h1>A trial</h1>{marked_up(text)}")


def web_archive(text: str) -> bytes:
    return record(answer(page(text)))


TEXT_LIKE: Mapping[str, Callable[[str], bytes]] = {
    "plain text": plain,
    "wrapped text": wrapped,
    "Markdown": markdown,
    "JSON lines": json_line,
    "CSV": table,
    "RSS": feed,
    "EPUB": chapter,
}
PAGES: Mapping[str, Callable[[str], bytes]] = {"saved page": page, "web archive": web_archive}


def read_back(raw: bytes) -> str:
    """Return the text of the first source in the file, all of its articles."""
    member = next(iter(members_of(raw, "trial") or [Member("trial", raw)]))
    found = read_and_interpret(member.content, member.name, origin_url=member.origin_url)
    return " ".join(proposal.text for proposal in found)


def share(written: str, found: str) -> Share:
    """Return how much of one text is in the other, white space folded."""
    ours, theirs = " ".join(written.split()), " ".join(found.split())
    same = LCSseq.similarity(ours, theirs)
    return Share(same / max(1, len(ours)), same / max(1, len(theirs)))


def measured(made: Callable[[str], bytes]) -> Share:
    """Return the mean over all texts."""
    bodies = [_body(text) for text in texts(TEXTS, LENGTH)]
    shares = [share(body, read_back(made(body))) for body in bodies]
    recall = sum(one.recall for one in shares) / len(shares)
    return Share(recall, sum(one.precision for one in shares) / len(shares))


def of_pages(folder: Path) -> Iterator[tuple[str, Share]]:
    """Yield how well each page in `folder` that has its text beside it is read, by its name."""
    written = {path.stem: path for path in folder.rglob("*.txt")}
    for path in sorted(folder.rglob("*.html")):
        if path.stem in written:
            yield path.stem, share(written[path.stem].read_text(), read_back(path.read_bytes()))


def _body(text: str) -> str:
    """Return what is the text of an article in a trial text.

    The first paragraph is its title, an address becomes a link, and an appeal is boilerplate.
    """
    parts = _ADDRESS.sub("", text).split("\n\n")[1:]
    return "\n\n".join(part for part in parts if _APPEAL not in part)


def main() -> None:
    """Print one line for each format, or for each page."""
    parser = argparse.ArgumentParser(description="Measure how much comes back of what is read.")
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if options.pages:
        pages = dict(of_pages(options.pages))
        for name, found in pages.items():
            print(f"{name}: recall {found.recall:.3f}, precision {found.precision:.3f}")
        mean = sum(found.f1 for found in pages.values()) / max(1, len(pages))
        print(f"{len(pages)} pages: F1 {mean:.4f} (at least {LEAST_F1})")
        return
    for name, made in TEXT_LIKE.items():
        found = measured(made)
        print(
            f"{name}: recall {found.recall:.4f} (at least {LEAST_RECALL}),"
            f" precision {found.precision:.4f} (at least {LEAST_PRECISION})"
        )
    for name, made in PAGES.items():
        print(f"{name}: F1 {measured(made).f1:.4f} (at least {LEAST_F1})")


if __name__ == "__main__":
    main()
