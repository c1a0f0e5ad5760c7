"""Words of a text as they are compared: without case, accents and typographic variants.

Search, related articles and spelling suggestions all cut text into words here, so that a
word is the same word wherever it is indexed, typed or marked.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.text.patterns import when_used

# Longer runs are no words (keys, addresses); what is left of them is enough to find them.
LONGEST_WORD = 40

# Single letters are initials and what an apostrophe cut off.
_SHORTEST = 2

# Scripts written without spaces: each sign is a word, and a run of them a phrase.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}"
# They print nothing and may stand inside a word: soft hyphen, zero-width signs.
_UNSEEN = r"\u00ad\u200b-\u200d\u2060\ufeff"
_GOES_ON = rf"[[\p{{L}}\p{{N}}\p{{M}}{_UNSEEN}]--[{_UNSPACED}]]"
_word = when_used(rf"(?V1)[{_UNSPACED}]|[[\p{{L}}\p{{N}}]--[{_UNSPACED}]]{_GOES_ON}*")
_goes_on = when_used(rf"(?V1){_GOES_ON}")
# A sign that folding may change or drop; the standard library looks for it far faster.
_FOLDED = rf"[^\x00-\x7f\W]|[\u0300-\u036f{_UNSEEN}]"
_no_letter = when_used(r"^\p{M}+|[^\p{L}\p{N}\p{M}]")

# English prose: words of it are found in half the time, by the standard library.
_NOT_PLAIN = re.compile(r"[^\x00-\x7f“”‘’–—…\u00a0£]")
_PLAIN_WORD = re.compile(r"[0-9a-z]+")

# Letters that Unicode does not decompose though readers type them plain.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l"}
)


class Word(NamedTuple):
    """One word of a text: `folded` is how it is compared, text[start:end] how it is written."""

    folded: str
    start: int
    end: int


def words_with_offsets(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of text[start:end] in order.

    Offsets are code points in the whole `text`, half-open.
    """
    last = len(text) if end is None else end
    if _NOT_PLAIN.search(text, start, last) is None:
        for plain in _PLAIN_WORD.finditer(text.lower(), start, last):
            yield Word(plain[0][:LONGEST_WORD], *plain.span())
        return
    for match in _word().finditer(text, start, end):
        word = match[0]
        folded = word.lower()[:LONGEST_WORD] if word.isascii() else _fold_word(word)
        if folded:
            yield Word(folded, match.start(), match.end())


def places_that_may_be(wanted: Iterable[str], text: str, start: int, end: int) -> set[int]:
    """Return where in text[start:end] words begin that may fold to one that begins as `wanted`.

    It takes a fifth of the time of cutting all of the text into words: plain words are
    looked for as they stand, and all words with other signs may be meant.
    """
    plain = "|".join(re.escape(word) for word in wanted)
    found = re.compile(rf"(?i:{plain})|{_FOLDED}").finditer(text, start, end)
    return set(_beginnings(text, (match.start() for match in found), start))


def words_of(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return [word.folded for word in words_with_offsets(text)]


def counted(words: Iterable[str]) -> Counter[str]:
    """Return how often each of the folded `words` comes that tells what a text is about."""
    times = Counter(words)
    for word in [word for word in times if len(word) < _SHORTEST]:
        del times[word]
    return times


def _beginnings(text: str, places: Iterable[int], start: int) -> Iterator[int]:
    """Yield where the word begins that has a sign at each of `places`, which are in order.

    What is in a word with the place before it begins where that does.
    """
    goes_on = _goes_on()
    begun = before = -1
    for place in places:
        at = place
        if goes_on.match(text, at):
            while at > start and at != before and goes_on.match(text, at - 1):
                at -= 1
        begun = begun if at == before else at
        before = place
        yield begun


def _fold_word(word: str) -> str:
    """Return `word`, not all ASCII, as it is compared, or "" when nothing of it is left."""
    apart = unicodedata.normalize("NFKD", word.casefold()).casefold()
    plain = "".join(sign for sign in apart if not _is_accent(sign)).translate(_PLAIN_LETTERS)
    return _no_letter().sub("", plain)[:LONGEST_WORD]


def _is_accent(sign: str) -> bool:
    # Combining Diacritical Marks only: the vowel signs of other scripts are letters.
    return "\u0300" <= sign <= "\u036f"
