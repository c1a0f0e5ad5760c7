"""What the full-text indexes hold, whichever database they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass

# How much a word counts in a title, in what is said about a text, and in the text.
WEIGHTS = (8.0, 3.0, 1.0)


@dataclass(frozen=True)
class IndexedWords:
    """The folded words of one SearchEntry, in their order."""

    entry_id: int
    heading: Sequence[str]
    about: Sequence[str]
    body: Sequence[str]
