"""How surely texts that belong together are found, and how fast.

`python -m tests.benchmarks.resembling [--texts FILE] [--articles 100000]` fills the site of
POSTIL_DATA, which is to be empty. In FILE each line is a text, or JSON with "text" and "event": the
reports of one event name the same. Without it they are stretches of the seeds, which are all about
one subject.

Reports of one event: another one is to be among the first two that are related; full TF-IDF over
all words says what could be reached. Texts without events are dealt sentence by sentence to two
reports that share none, which is harder than two real ones. Near-copies: each text is stored and
looked up as other sites would have it: quoted and spaced in another way, cut, with other words, in
a page of other texts.
At last so many articles are added in bulk, and related ones are asked for. Absolute times drift.
"""

import argparse
import json
import math
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.library import Library, stored  # isort: skip - it sets Django up
from corpus.permissions import SYSTEM
from corpus.related import near_copies, related_articles
from corpus.services.rebuilding import settle_signatures
from corpus.text.cut import CutText
from corpus.text.words import words_of
from tests.benchmarks.library import BATCH, forget_unused_words
from tests.benchmarks.texts import WORDS, text_of

# The figures to reach.
LEAST_FOUND = 0.98
LEAST_RECALL = 0.94
MOST_SECONDS = 0.1

LENGTH = 2_000
ROUNDS = 25
_FIRST = 2
_STRETCH = 16
_FEWEST_SENTENCES = 6
_SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+")

Change = Callable[[str, random.Random], str]


def sentences_of(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part.strip()]


def stretches() -> Iterator[str]:
    """Yield stretches of the seeds, some sentences each."""
    for path in sorted(_SEEDS.glob("*.txt")):
        sentences = sentences_of(" ".join(path.read_text(errors="replace").split()))
        for first in range(0, len(sentences) - _STRETCH + 1, _STRETCH):
            yield " ".join(sentences[first : first + _STRETCH])


def _typed_anew(text: str, _choose: random.Random) -> str:
    return text.replace("’", "'").replace("“", '"').replace("”", '"').replace(" ", "  ")


def _cut(text: str, _choose: random.Random) -> str:
    return text[: 6 * len(text) // 10]


def _edited(text: str, choose: random.Random) -> str:
    """Return the text with one word in twenty replaced."""
    return " ".join(
        choose.choice(WORDS) if choose.randrange(20) == 0 else word for word in text.split()
    )


def _reordered(text: str, _choose: random.Random) -> str:
    sentences = sentences_of(text)
    half = len(sentences) // 2
    return " ".join((*sentences[half:], *sentences[:half]))


def _within_a_page(text: str, choose: random.Random) -> str:
    return f"{text_of(choose.randrange(10**6), len(text) // 3)} {text} More from us. Sign up."


CHANGES: Mapping[str, Change] = {
    "typed anew": _typed_anew,
    "cut off": _cut,
    "one word in twenty replaced": _edited,
    "its halves changed round": _reordered,
    "in a page with other text": _within_a_page,
}


def copies(texts: Sequence[str]) -> Iterator[str]:
    """Store each text, and yield how many are found by each kind of near-copy."""
    originals = [stored(f"original-{number}", text) for number, text in enumerate(texts)]
    all_found = wrong = 0
    for name, change in CHANGES.items():
        found = 0
        for number, text in enumerate(texts):
            changed = CutText(change(text, random.Random(number)))
            near = {copy.article for copy in near_copies(SYSTEM, changed)} & set(originals)
            found += originals[number] in near
            wrong += len(near - {originals[number]})
        all_found += found
        yield f"near-copies, {name}: {found} of {len(texts)} found"
    share = all_found / (len(CHANGES) * len(texts))
    yield f"near-copies found: {share:.3f} (at least {LEAST_FOUND}), {wrong} that are none"


def is_labelled(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith("{")


def events_in(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the reports of each event of which there are two, as they are labelled or dealt."""
    if not is_labelled(lines):
        yield from (dealt(text) for text in lines if len(sentences_of(text)) >= _FEWEST_SENTENCES)
        return
    events: dict[str, list[str]] = {}
    for row in map(json.loads, lines):
        events.setdefault(str(row["event"]), []).append(row["text"])
    yield from (texts for texts in events.values() if len(texts) > 1)


def dealt(text: str) -> tuple[str, str]:
    """Return the sentences of the text, every other one for each of two reports."""
    sentences = sentences_of(text)
    return " ".join(sentences[::2]), " ".join(sentences[1::2])


def recall(events: Sequence[Sequence[str]]) -> Iterator[str]:
    """Store the reports of each event, and yield how often one leads to another."""
    reports = [(event, text) for event, texts in enumerate(events) for text in texts]
    articles = [stored(f"report-{place}", text) for place, (_event, text) in enumerate(reports)]
    # As the background worker does behind an import.
    settle_signatures()
    event_of = {article.pk: event for article, (event, _) in zip(articles, reports, strict=True)}
    found = 0
    for article in articles:
        others = related_articles(SYSTEM, article, limit=_FIRST)
        found += any(event_of[item.article.pk] == event_of[article.pk] for item in others)
    share, whole = found / max(1, len(articles)), _whole_recall(reports)
    yield (
        f"{len(events)} events: recall@{_FIRST} {share:.3f} (at least {LEAST_RECALL} of real"
        f" reports); full TF-IDF {whole:.3f}, so {share / (whole or 1):.2f} of it"
    )


def _whole_recall(reports: Sequence[tuple[int, str]]) -> float:
    """Return what the cosines of all words would reach."""
    counts = [Counter(words_of(text)) for _event, text in reports]
    held = Counter(word for count in counts for word in count)
    vectors = [
        {word: (1 + math.log(n)) * math.log(len(counts) / held[word]) for word, n in count.items()}
        for count in counts
    ]
    lengths = [math.sqrt(sum(weight**2 for weight in vector.values())) or 1 for vector in vectors]
    found = 0
    for place, vector in enumerate(vectors):
        scores = {
            other: sum(weight * words.get(word, 0) for word, weight in vector.items())
            / lengths[other]
            for other, words in enumerate(vectors)
            if other != place
        }
        best = sorted(scores, key=lambda other: -scores[other])[:_FIRST]
        found += any(reports[other][0] == reports[place][0] for other in best)
    return found / max(1, len(vectors))


def seconds(count: int) -> list[float]:
    """Add `count` articles, and return how long it takes to find what is related to some."""
    library, made = Library(), []
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        added = library.add((f"filled-{number}", text_of(number, LENGTH)) for number in numbers)
        made.append(added[0])
    library.finish()
    forget_unused_words()
    taken = []
    for article in random.Random(1).sample(made, min(ROUNDS, len(made))):
        began = time.perf_counter()
        related_articles(SYSTEM, article)
        taken.append(time.perf_counter() - began)
    return taken


def main() -> None:
    """Print the figures beside what they have to reach."""
    parser = argparse.ArgumentParser(
        description="Measure how texts that belong together are found."
    )
    parser.add_argument("--texts", type=Path, metavar="FILE")
    parser.add_argument("--articles", type=int, default=0)
    options = parser.parse_args()
    lines_given = options.texts.read_text().splitlines() if options.texts else list(stretches())
    events = list(events_in(lines_given))
    texts = [event[0] for event in events] if is_labelled(lines_given) else lines_given
    for lines in (recall(events), copies(texts)):
        for line in lines:
            print(line, flush=True)
    if options.articles:
        taken = seconds(options.articles)
        print(
            f"related among {options.articles:,}: median {1000 * statistics.median(taken):.0f} ms,"
            f" slowest {1000 * max(taken):.0f} ms (at most {1000 * MOST_SECONDS:.0f} ms)"
        )


if __name__ == "__main__":
    main()
