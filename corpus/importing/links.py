"""Where the words of a link begin when only its end is known.

Dumps write a link as `words <address>`. The end of the words is the address; their start shows
only where the white space before them was lost: a glued word (`engulfLabour`), or a line break
without the space that the other soft breaks have.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.text.frequencies import times_written

# Links name things in a few words; further back a sign belongs to something else.
_MOST_WORDS = 20
# Counted less often in the word list, a string is rather an abbreviation or a slip than a word.
_KNOWN = 20_000
_SHORTEST_WORD = 3
# Two words glued together are no longer; what is longer would take long to try.
_LONGEST_GLUED = 50
# After a capital only a small word is parted off, and only from a word at least this long.
_SHORTEST_AFTER_OPENER = 4
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ])")
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=\S)")
# Small words, which often stand right before linked words or begin them.
SMALL_WORDS = frozenset(
    [
        *("a", "about", "after", "all", "am", "an", "and", "are", "as", "at", "be", "because"),
        *("been", "before", "but", "by", "can", "could", "did", "do", "down", "for", "from"),
        *("had", "has", "have", "he", "her", "him", "his", "how", "if", "in", "into", "is", "it"),
        *("its", "just", "may", "me", "more", "my", "no", "not", "now", "of", "off", "on", "one"),
        *("or", "our", "out", "over", "she", "so", "some", "than", "that", "the", "their"),
        *("them", "then", "there", "these", "they", "this", "those", "to", "too", "under", "up"),
        *("us", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with"),
        *("would", "you", "your"),
    ]
)
# Beginnings of names, no words that were glued on: McCluskey, iPhone, DeLorean.
_NAME_BEGINNINGS = frozenset(
    ["al", "de", "del", "di", "du", "e", "el", "i", "la", "le", "mac", "mc", "o", "van", "von"]
)
# Parts of words that are words themselves: disloyalist, tweeted and deselection are not glued.
_BEGINNINGS = frozenset(
    ["anti", "counter", "dis", "inter", "mis", "non", "post", "pre", "pro", "semi", "sub", "super"]
)
_ENDINGS = frozenset(
    [
        *("able", "ally", "ant", "ate", "ers", "ful", "hood", "ing", "ion", "ish", "ism", "ist"),
        *("ists", "less", "like", "man", "men", "ment", "ness", "ship", "ted", "wise"),
    ]
)
_CONTRACTED = ("s", "t", "re", "ve", "ll", "d", "m")


@dataclass(frozen=True)
class LinkStart:
    """Where linked words begin; `parted` says that a lost space belongs right before them.

    `strong` is false when the glued word might be an unknown compound ("hitlist").
    """

    offset: int
    parted: bool
    strong: bool


def _none_refused(_sign: LinkStart) -> bool:
    return False


def link_start(
    words: str,
    bare_breaks: Sequence[int],
    is_refused: Callable[[LinkStart], bool] = _none_refused,
) -> LinkStart | None:
    """Return where the link that ends `words` begins, or None when nothing shows it.

    `bare_breaks` are the offsets in `words` of line breaks that lack the space others have.
    Within one sentence and _MOST_WORDS words the last strong sign counts, else the last one;
    one that `is_refused` counts for nothing.
    """
    floor = _window_start(words)
    signs = [LinkStart(offset, parted=False, strong=True) for offset in bare_breaks]
    signs += _glued(words, floor)
    return max(
        (sign for sign in signs if floor <= sign.offset < len(words) and not is_refused(sign)),
        key=lambda sign: (sign.strong, sign.offset),
        default=None,
    )


def _window_start(words: str) -> int:
    sentence = max((match.end() for match in _SENTENCE_END.finditer(words)), default=0)
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    return max(sentence, starts[-_MOST_WORDS] if len(starts) > _MOST_WORDS else 0)


def _glued(words: str, floor: int) -> Iterator[LinkStart]:
    """Yield the places within words where two were glued together."""
    for match in _WORD.finditer(words, floor):
        word, start = match.group(), match.start()
        opens = start == floor
        hump = _HUMP.search(word)
        if hump is not None:
            if _may_precede(word[: hump.start()], opens=opens):
                yield LinkStart(start + hump.start(), parted=True, strong=True)
        elif words[max(0, start - 1) : start] in ("’", "'") and start:
            contracted = _after_contraction(word)
            if contracted:
                yield LinkStart(start + contracted, parted=True, strong=True)
        else:
            split = _split_glued(word, opens=opens)
            if split:
                strong = not {word[:split].lower(), word[split:]}.isdisjoint(SMALL_WORDS)
                yield LinkStart(start + split, parted=True, strong=strong)


def _after_contraction(word: str) -> int:
    """Return the length of an ending that a word was glued to (Smith’sdeclaration), or 0."""
    if word in _CONTRACTED or times_written(word):
        return 0
    fitting = [end for end in _CONTRACTED if word.startswith(end) and _is_word(word[len(end) :])]
    return len(fitting[0]) if fitting else 0


def _may_precede(left: str, *, opens: bool) -> bool:
    """Say whether `left`, met before a capital, is a word of its own and no part of a name."""
    if left.lower() in _NAME_BEGINNINGS:
        return False
    if not left.islower():
        return opens and left.lower() in SMALL_WORDS
    return times_written(left) >= _KNOWN


def _split_glued(word: str, *, opens: bool) -> int:
    """Return where an unknown word parts into two known ones, the likeliest way, or 0."""
    lower = word.lower()
    if len(word) > _LONGEST_GLUED or times_written(lower) or (word != lower and not opens):
        return 0
    splits = [split for split in range(1, len(lower)) if _parts(word, split)]
    return max(
        splits,
        key=lambda split: times_written(lower[:split]) * times_written(lower[split:]),
        default=0,
    )


def _parts(word: str, split: int) -> bool:
    """Say whether both sides are words of their own."""
    left, right = word[:split].lower(), word[split:]
    if word[0].isupper() and (left not in SMALL_WORDS or len(right) < _SHORTEST_AFTER_OPENER):
        return False
    if left in _BEGINNINGS or right in _ENDINGS:
        return False
    return _is_word(left) and _is_word(right)


def _is_word(word: str) -> bool:
    if len(word) < _SHORTEST_WORD:
        return word in SMALL_WORDS
    return times_written(word) >= _KNOWN
