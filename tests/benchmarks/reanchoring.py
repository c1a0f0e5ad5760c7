"""How long a thousand highlights take to be carried over to an edited text.

Run by hand: `python -m tests.benchmarks.reanchoring`. The figure to keep is one second for
1,000 highlights on 40,000 characters of which 3 in 100 words were changed, and 50 ms for the
alignment alone. Each line is the best of ROUNDS, in milliseconds of processor time.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

from annotations.anchoring import Target, target_at
from annotations.reanchoring import reanchor
from corpus.text.alignment import align
from tests.benchmarks.texts import texts

ROUNDS = 3
HIGHLIGHTS = 1000
LENGTH = 40_000
# Of the words, in hundred: nothing, a correction, a rewriting, another text.
CHANGED = (0, 3, 30, 90)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def changed(text: str, share: int) -> str:
    """Return `text` with plain quotes and `share` in a hundred of its words changed."""
    choose = random.Random(share)
    words = [
        word if choose.random() * 100 >= share else choose.choice(["instead", "", f"so {word}"])
        for word in text.split(" ")
    ]
    return " ".join(words).translate(_STRAIGHT)


def marked(text: str) -> list[Target]:
    """Return HIGHLIGHTS passages of a word to several sentences."""
    choose = random.Random(1)
    starts = (choose.randrange(len(text) - 400) for _count in range(HIGHLIGHTS * 2))
    spans = ((start, start + choose.choice([8, 30, 60, 120, 400])) for start in starts)
    found = [target for span in spans if (target := target_at(text, *span))]
    return found[:HIGHLIGHTS]


def best(work: Callable[[], object]) -> int:
    """Return how long `work` takes at best."""
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return round(min(times) * 1000)


def main() -> None:
    """Print one line for each share of changed words."""
    old = next(texts(1, LENGTH))
    targets = marked(old)
    for share in CHANGED:
        new = changed(old, share)
        states = Counter(result.state for result in reanchor(old, new, targets))
        whole = best(partial(reanchor, old, new, targets))
        told = ", ".join(f"{count} {state}" for state, count in states.most_common())
        alignment = best(partial(align, old, new))
        print(f"{share:3} % changed: {whole} ms, alignment {alignment} ms; {told}")


if __name__ == "__main__":
    main()
