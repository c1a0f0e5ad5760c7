"""How often English words are written, as a background for telling what a text is about.

The figures are those that symspellpy ships (Google Books n-grams crossed with SCOWL).
"""

import math
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"
# The share of a word that the list lacks: rarer than its rarest ones.
_RAREST = 2e-8
# Words in the article that a share is translated for.
_ARTICLE_LENGTH = 1000


@lru_cache(maxsize=50_000)
def share_of_articles(word: str) -> float:
    """Return the share, 0 to 1, of English articles that hold the folded `word`."""
    times = times_written(word)
    share = times / _total() if times else _RAREST
    return 1 - math.exp(-share * _ARTICLE_LENGTH)


def times_written(word: str) -> int:
    """Return how often `word`, in small letters, was counted; 0 for a word that the list lacks."""
    return _counts().get(word, 0)


@cache
def _counts() -> dict[str, int]:
    """Return how often each word was counted; read when first needed, 0.1 s."""
    spec = find_spec("symspellpy")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("symspellpy, whose word frequencies are used, is not installed")
    lines = (Path(spec.origin).parent / _FILE).read_text("utf-8-sig").splitlines()
    return {word: int(times) for word, times in (line.split() for line in lines)}


@cache
def _total() -> int:
    return sum(_counts().values())
