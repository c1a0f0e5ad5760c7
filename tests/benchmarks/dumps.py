"""How many linked words come back from wrapped dumps, which show a link's end alone.

Run by hand: `python -m tests.benchmarks.dumps [seed]`. Sentences of the seeds get links as people
set them: on one to four words of a sentence that begin and end with no small word. Each dump is
wrapped as the seeds are, the white space before a link's words lost, and read. A link is right
where its words are those that were linked, kept where only its address came back, wrong else.
"""

import random
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from corpus.importing.links import SMALL_WORDS
from corpus.importing.pipeline import read_and_interpret

SEEDS = Path(__file__).parents[2] / "seeds"
DUMPS, PARAGRAPHS, LONGEST = 60, 6, 4
LEAST_RIGHT, MOST_WRONG = 0.92, 0.02
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FEWEST_WORDS = 20


@dataclass(frozen=True)
class Dump:
    """A dump, and the linked words by their address."""

    text: str
    links: dict[str, str]


def paragraphs() -> list[str]:
    """Return paragraphs of the seeds without links, each in one line."""
    found = []
    for seed in sorted(SEEDS.glob("*.txt")):
        for part in re.split(r"\n\s*\n", seed.read_text(encoding="utf-8")):
            told = " ".join(part.split())
            if "<http" not in told and len(told.split()) >= _FEWEST_WORDS:
                found.append(told)
    return found


def linked(paragraph: str, choose: random.Random) -> tuple[int, int] | None:
    """Return where in `paragraph` words are linked, or None where no words are fit."""
    words = list(_WORD.finditer(paragraph))
    places = [
        (words[first].start(), words[last].end())
        for first in range(1, len(words))
        for last in range(first, min(first + LONGEST, len(words)))
        if _is_fit(words[first - 1 : last + 1], paragraph)
    ]
    return choose.choice(places) if places else None


def _is_fit(words: Sequence["re.Match[str]"], paragraph: str) -> bool:
    """Say whether all but the first of `words` may be linked: no sign stands among them."""
    before, first = words[0].group(), words[1].group()
    if before[0].isupper() and first[0].isupper():
        return False  # half a name
    ends = first.lower(), words[-1].group().lower()
    gaps = (paragraph[one.end() : other.start()] for one, other in pairwise(words))
    return SMALL_WORDS.isdisjoint(ends) and all(gap == " " for gap in gaps)


def dumps(seed: int) -> Iterator[Dump]:
    """Yield dumps of a few paragraphs each, most of them with a link."""
    choose, told = random.Random(seed), paragraphs()
    for number in range(DUMPS):
        parts, links = [], {}
        for place, paragraph in enumerate(choose.sample(told, PARAGRAPHS)):
            found = linked(paragraph, choose)
            if found is None:
                parts.append(paragraph)
                continue
            start, end = found
            url = f"https://paper.example/{number}/{place}"
            links[url] = paragraph[start:end]
            parts.append(f"{paragraph[: start - 1]}{links[url]} <{url}>{paragraph[end:]}")
        wrapped = (
            textwrap.fill(part, 80, break_long_words=False, break_on_hyphens=False)
            for part in parts
        )
        yield Dump("\n\n".join(part.replace("\n", " \n") for part in wrapped) + "\n", links)


def found_in(dump: Dump) -> dict[str, str]:
    """Return the words of the links that are read from the dump, by address."""
    found: dict[str, str] = {}
    for proposal in read_and_interpret(dump.text.encode(), "dump.txt"):
        for mark in proposal.marks:
            if mark.kind == "link":
                found[mark.url] = proposal.text[mark.start : mark.end]
    return found


def main(seed: int) -> None:
    came: Counter[str] = Counter()
    for dump in dumps(seed):
        found = found_in(dump)
        for url, words in dump.links.items():
            # Where the words cannot be told, the address itself stands in the text.
            said = found.get(url, "")
            kind = "right" if said == words else "kept" if said in ("", url) else "wrong"
            came[kind] += 1
            if kind == "wrong":
                print(f"  wrong: “{said}” for “{words}”")
    total = sum(came.values())
    right, wrong = came["right"] / total, came["wrong"] / total
    print(
        f"{total} links: right {right:.3f} (least {LEAST_RIGHT}), kept {came['kept'] / total:.3f}"
    )
    print(f"wrong {wrong:.3f} (most {MOST_WRONG})")
    print("reached" if right >= LEAST_RIGHT and wrong <= MOST_WRONG else "missed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
