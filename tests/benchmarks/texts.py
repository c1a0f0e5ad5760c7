"""Texts of any length, made of the sentences of the seeds; the same each time."""

import random
from collections.abc import Iterator
from pathlib import Path

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
