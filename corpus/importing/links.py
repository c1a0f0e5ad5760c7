"""Where the words of a link begin when only its end is known.

Dumps write a link as `words <address>`. The end of the words is the address; their start shows
only where the white space before them was lost: a glued word (`engulfLabour`), or a line break
without the space that the other soft breaks have.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Links name things in a few words; further back a sign belongs to something else.
_MOST_WORDS = 20
# Occurrences in the word list below which a short string is rather an abbreviation than a word.
_COMMON = 1_000_000
_KNOWN = 20_000
_SHORTEST_WORD = 3
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ])")
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=\S)")
# Small words that often stand right before a link.
_SMALL_WORDS = frozenset(
    [
        *("a", "about", "after", "all", "an", "and", "as", "at", "because", "before", "but", "by"),
        *("for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it"),
        *("its", "my", "no", "not", "of", "on", "or", "our", "over", "she", "so", "than", "that"),
        *("the", "their", "they", "this", "to", "under", "was", "we", "were", "when", "where"),
        *("which", "who", "with", "your"),
    ]
)
# Beginnings of names, no words that were glued on: McCluskey, iPhone, DeLorean.
_NAME_BEGINNINGS = frozenset(
    ["al", "de", "del", "di", "du", "e", "el", "i", "la", "le", "mac", "mc", "o", "van", "von"]
)


@dataclass(frozen=True)
class LinkStart:
    """Where linked words begin; `parted` says that a lost space belongs right before them."""

    offset: int
    parted: bool
    confidence: float


def link_start(words: str, bare_breaks: Sequence[int]) -> LinkStart | None:
    """Return where the link that ends `words` begins, or None when nothing shows it.

    `bare_breaks` are the offsets in `words` of line breaks that lack the space others have.
    The sign nearest to the end counts, within one sentence and _MOST_WORDS words.
    """
    floor = _window_start(words)
    signs = [LinkStart(offset, parted=False, confidence=0.9) for offset in bare_breaks]
    signs += _glued(words, floor)
    return max(
        (sign for sign in signs if floor <= sign.offset < len(words)),
        key=lambda sign: sign.offset,
        default=None,
    )


def _window_start(words: str) -> int:
    sentence = max((match.end() for match in _SENTENCE_END.finditer(words)), default=0)
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    return max(sentence, starts[-_MOST_WORDS] if len(starts) > _MOST_WORDS else 0)


def _glued(words: str, floor: int) -> Iterator[LinkStart]:
    """Yield the places within words where two were glued together."""
    for match in _WORD.finditer(words, floor):
        word = match.group()
        opens = match.start() == floor
        hump = _HUMP.search(word)
        if hump is not None:
            if _may_precede(word[: hump.start()], opens=opens):
                yield LinkStart(match.start() + hump.start(), parted=True, confidence=0.95)
            continue
        split = _split_glued(word, opens=opens)
        if split is not None:
            yield LinkStart(match.start() + split, parted=True, confidence=0.8)


def _may_precede(left: str, *, opens: bool) -> bool:
    """Say whether `left`, met before a capital, is a word of its own and no part of a name."""
    if left.lower() in _NAME_BEGINNINGS:
        return False
    if not left.islower():
        return opens and left.lower() in _SMALL_WORDS
    return _frequencies().get(left, 0) >= _KNOWN


def _split_glued(word: str, *, opens: bool) -> int | None:
    """Return where an unknown word parts into two known ones, the likeliest way, or None."""
    lower = word.lower()
    known = _frequencies()
    if lower in known or (word != lower and not opens):
        return None
    best, best_score = None, 0
    for split in range(1, len(lower) - _SHORTEST_WORD + 1):
        left, right = lower[:split], lower[split:]
        if left not in _SMALL_WORDS and (word != lower or len(left) < _SHORTEST_WORD):
            continue
        score = min(known.get(left, 0), _COMMON) * known.get(right, 0)
        if known.get(right, 0) >= _KNOWN and score > best_score:
            best, best_score = split, score
    return best


@cache
def _frequencies() -> Mapping[str, int]:
    """Return English words with their frequencies, from the list that symspellpy carries.

    It is loaded at the first link with unknown words, for it takes about a second.
    """
    from symspellpy import SymSpell

    words = SymSpell(max_dictionary_edit_distance=0)
    words.load_dictionary(str(files("symspellpy") / "frequency_dictionary_en_82_765.txt"), 0, 1)
    frequencies: Mapping[str, int] = words.words
    return frequencies
