"""Words that lost the space between them: sentences that meet, and words that are two."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import islice

from corpus.importing.links import SMALL_WORDS
from corpus.importing.proposal import Flag
from corpus.text.frequencies import times_written

# A stop between a small letter and a capital, with the quotation marks beside it.
_STOP = re.compile(r"(?<=[a-zß-öø-ÿ])[.!?][”’)]?(?=[“‘(]?[A-ZÀ-ÖØ-Þ])")
_LAST_LETTERS = re.compile(r"(?<![\w./@:`_-])[a-zß-öø-ÿ]{2,}\Z")
_LETTERS = re.compile(r"[“‘(]?([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]*)(?![\w@/(`]|[.:_-]\w)")
_LONGEST_WORD = 40
# Counted less often in the word list, a string is rather an abbreviation or a slip than a word.
_KNOWN = 20_000
# Ends of addresses and names of files that someone wrote with a capital.
_NO_SENTENCES = frozenset(
    ["co", "com", "css", "doc", "edu", "gov", "html", "info", "js", "net", "org", "pdf", "txt"]
)

_WORD = re.compile(r"(?<![\w@/.’'-])[^\W\d_]{5,40}(?![\w@/-]|[.’']\w)")
_RUN = re.compile(r"[^\W\d_]+")
# Small words that hardly any other word begins or ends with.
_APART = frozenset(
    [
        *("about", "and", "because", "been", "could", "from", "had", "have", "should", "that"),
        *("the", "their", "them", "these", "they", "this", "those", "was", "were", "which"),
        *("with", "would"),
    ]
)
# Of them, those that no name begins with: Haddad, Withers.
_OPENING = "th"
_SHORTEST = 3
# A word that the text does not have elsewhere must be a frequent one.
_FREQUENT = 3_000_000
_MOST_TOLD = 20


@dataclass(frozen=True)
class Gap:
    """A space is missing at `cut`, between the words source[start:cut] and source[cut:end]."""

    start: int
    cut: int
    end: int


def gaps_between_sentences(source: str, start: int, end: int) -> Iterator[Gap]:
    """Yield where a sentence follows another one without a space, within source[start:end].

    Both words at the gap are known ones, and no part of an address or of a name of a file.
    """
    for stop in _STOP.finditer(source, start, end):
        begin = max(start, stop.start() - _LONGEST_WORD)
        left = _LAST_LETTERS.search(source[max(0, begin - 1) : stop.start()])
        right = _LETTERS.match(source, stop.end(), min(len(source), stop.end() + _LONGEST_WORD))
        if left is None or right is None or right.end() > end:
            continue
        opening = right.group(1).lower()
        if _is_word(left.group()) and (opening in ("i", "a") or _is_word(opening)):
            yield Gap(stop.start() - len(left.group()), stop.end(), right.end())


def glued_words(text: str) -> Iterator[Flag]:
    """Yield the words of an English text that seem to be two, at most _MOST_TOLD of them.

    Such a word is in no list, stands in the text once, and parts into a small word and one that
    the text has elsewhere or that is a frequent one.
    """
    words = Counter(_RUN.findall(text.lower()))
    unknown = {word for word, times in words.items() if times == 1 and not times_written(word)}
    glued = {word for word in unknown if any(_cuts(word, words))}
    yield from islice(_flags(text, words, glued) if glued else (), _MOST_TOLD)


def _flags(text: str, words: Counter[str], glued: Set[str]) -> Iterator[Flag]:
    for match in _WORD.finditer(text):
        word = match.group()
        if word.lower() not in glued or word[1:] != word[1:].lower():
            continue
        cuts = list(_cuts(word, words))
        if not cuts:
            continue
        cut = max(cuts, key=lambda cut: _weight(word[:cut].lower()) * _weight(word[cut:]))
        values = {"word": word, "left": word[:cut], "right": word[cut:]}
        note = "“%(word)s” may be two words, “%(left)s” and “%(right)s”, without their space."
        yield Flag("glued_words", *match.span(), note, values)


def _cuts(word: str, words: Counter[str]) -> Iterator[int]:
    """Yield where the word may be two; never for one that is too long to be looked through."""
    if len(word) <= _LONGEST_WORD:
        yield from (cut for cut in range(2, len(word) - 1) if _parts(word, cut, words))


def _parts(word: str, cut: int, words: Counter[str]) -> bool:
    """Say whether the word is two words that meet at `cut`."""
    left, right = word[:cut].lower(), word[cut:]
    if word[0].isupper() and not (left in _APART and left.startswith(_OPENING)):
        return False
    if left in SMALL_WORDS and right in SMALL_WORDS:
        return left in _APART or right in _APART
    other = right if left in _APART else left if right in _APART else ""
    if len(other) < _SHORTEST or not _is_word(other):
        return False
    return words[other] > 0 or times_written(other) >= _FREQUENT


def _weight(word: str) -> int:
    return times_written(word) or 1


def _is_word(word: str) -> bool:
    return word not in _NO_SENTENCES and times_written(word) >= _KNOWN
