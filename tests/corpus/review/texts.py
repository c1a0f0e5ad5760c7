"""Texts that are long enough to be recognised, and changed ones."""

import random

_WORDS = (
    *("motion", "hall", "majority", "rain", "council", "bridge", "letter", "minister"),
    *("harbour", "winter", "question", "answer", "village", "market", "engine", "doctor"),
    *("teacher", "window", "garden", "paper", "river", "mountain", "station", "signal"),
)
_END = " at last.\n"


def article(seed: int, paragraphs: int = 6) -> str:
    """Return a text of several paragraphs; another `seed` gives other words."""
    choose = random.Random(seed)
    lines = [f"Headline number {seed}"]
    for _ in range(paragraphs):
        words = [choose.choice(_WORDS) for _ in range(40)]
        lines.append(f"The {' '.join(words)} at last.")
    return "\n\n".join(lines) + "\n"


def changed(text: str, word: str = "altogether") -> str:
    """Return `text` with one word more at its end."""
    return f"{text.removesuffix(_END)} {word}{_END}"
