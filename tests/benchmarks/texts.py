"""Texts of any length, the same each time: of the sentences of the seeds, or of no language."""

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

_SYLLABLES = [f"{first}{second}" for first in "bdfgklmnprst" for second in "aeo"]
WORDS = [f"{one}{two}{three}" for one in _SYLLABLES for two in _SYLLABLES for three in _SYLLABLES]
"""Words of no language; in `text_of` each is the rarer the later it comes (Zipf)."""

_WEIGHTS = list(accumulate(1 / place for place in range(1, len(WORDS) + 1)))
_PARAGRAPH = 600
_SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def texts(count: int, length: int) -> Iterator[str]:
    """Yield different texts of about `length` characters, made of the seeds' sentences."""
    words = " ".join(path.read_text(errors="replace") for path in sorted(_SEEDS.glob("*.txt")))
    sentences = [part.strip() for part in words.replace("\n", " ").split(". ") if part.strip()]
    for number in range(count):
        choose = random.Random(f"{length}-{number}")
        paragraphs = [f"Trial text {number} of {length} characters"]
        while sum(map(len, paragraphs)) < length:
            paragraph = ""
            while len(paragraph) < _PARAGRAPH:
                paragraph += f"{choose.choice(sentences)}. "
            paragraphs.append(paragraph.strip())
        yield "\n\n".join(paragraphs)


def text_of(number: int, length: int) -> str:
    """Return a text of rare and common words, as often as a language has them.

    One in fifty holds a quotation that some others have as well.
    """
    choose = random.Random(number)
    sentences: list[str] = []
    while sum(len(sentence) for sentence in sentences) < length:
        words = choose.choices(WORDS, cum_weights=_WEIGHTS, k=choose.randrange(8, 30))
        sentences.append(" ".join(words).capitalize() + ".")
    if number % 50 == 0:
        told = random.Random(f"quotation {number % 10_000}").choices(WORDS, k=25)
        sentences.append(f"“{' '.join(told)},” they said.")
    return "\n\n".join(
        " ".join(sentences[first : first + 5]) for first in range(0, len(sentences), 5)
    )
