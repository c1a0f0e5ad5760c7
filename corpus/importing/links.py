"""Where the words of a link begin when only its end is known.

Dumps write a link as `words <address>`. The end of the words is the address; their start shows
only where the white space before them was lost: a glued word (`engulfLabour`), or a line break
without the space that the other soft breaks have.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from corpus.text.frequencies import times_written

# Links name things in a few words; further back a sign belongs to something else.
_MOST_WORDS = 20
# Counted less often in the word list, a string is rather an abbreviation or a slip than a word.
_KNOWN = 20_000
_SHORTEST_WORD = 3
# Two words glued together are no longer; what is longer would take long to try.
_LONGEST_GLUED = 50
# After a capital only a small word is parted off, and only from a word at least this long; after
# a name that the text has elsewhere too, as Labour is in Labourcentrists.
_SHORTEST_AFTER_OPENER = 3
_SHORTEST_AFTER_NAME = 4
# Hardly a link begins with a small word where it may begin with another one as well: of theseat
# it is seat rather than at.
_RATHER = 20
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ][^\W\d_]+")
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
# What stands before ’t.
_NEGATED = frozenset(
    [
        *("aren", "couldn", "didn", "doesn", "don", "hadn", "hasn", "haven", "isn", "shouldn"),
        *("wasn", "weren", "won", "wouldn"),
    ]
)
_QUOTES = "\"'“‘(["


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
    names: Mapping[str, int] = MappingProxyType({}),
) -> LinkStart | None:
    """Return where the link that ends `words` begins, or None when nothing shows it.

    `bare_breaks` are the offsets in `words` of line breaks that lack the space others have,
    `names` how often each word with a capital stands in the text.
    Within one sentence and _MOST_WORDS words the last strong sign counts, else the last one;
    one that `is_refused` counts for nothing.
    """
    floor = _window_start(words)
    signs = [LinkStart(offset, parted=False, strong=True) for offset in bare_breaks]
    signs += _glued(words, floor, names)
    return max(
        (sign for sign in signs if floor <= sign.offset < len(words) and not is_refused(sign)),
        key=lambda sign: (sign.strong, sign.offset),
        default=None,
    )


@lru_cache(maxsize=2)
def names_in(text: str) -> Mapping[str, int]:
    """Return how often each word that begins with a capital stands in `text`."""
    return Counter(_NAME.findall(text))


def _window_start(words: str) -> int:
    sentence = max((match.end() for match in _SENTENCE_END.finditer(words)), default=0)
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    return max(sentence, starts[-_MOST_WORDS] if len(starts) > _MOST_WORDS else 0)


def _glued(words: str, floor: int, names: Mapping[str, int]) -> Iterator[LinkStart]:
    """Yield the places within words where two were glued together."""
    for match in _WORD.finditer(words, floor):
        word, start = match.group(), match.start()
        opens = not words[floor:start].strip(_QUOTES)
        hump = _HUMP.search(word)
        if hump is not None:
            if _may_precede(word[: hump.start()], opens=opens):
                yield LinkStart(start + hump.start(), parted=True, strong=True)
        elif words[max(0, start - 1) : start] in ("’", "'") and start:
            contracted = _after_contraction(word)
            if contracted:
                yield LinkStart(start + contracted, parted=True, strong=True)
        elif named := _after_name(word, names):
            yield LinkStart(start + named, parted=True, strong=False)
        else:
            is_negated = words[match.end() : match.end() + 2] in ("’t", "'t")
            split = _split_glued(word, opens=opens, is_negated=is_negated)
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


def _after_name(word: str, names: Mapping[str, int]) -> int:
    """Return the length of the name, one of `names`, that `word` begins with by mistake, or 0.

    A word that stands there more than once is a name of its own.
    """
    if not word[0].isupper() or names.get(word, 0) > 1 or times_written(word.lower()):
        return 0
    cuts = range(len(word) - _SHORTEST_AFTER_NAME, _SHORTEST_WORD - 1, -1)
    fitting = (cut for cut in cuts if word[:cut] in names and _is_second(word[cut:]))
    return next(fitting, 0)


def _split_glued(word: str, *, opens: bool, is_negated: bool) -> int:
    """Return where an unknown word parts into two known ones, the likeliest way, or 0."""
    lower = word.lower()
    is_small = word == lower or opens or _begins_with_i(word)
    if len(word) > _LONGEST_GLUED or times_written(lower) or not is_small:
        return 0
    if is_negated:
        fitting = (cut for cut in range(1, len(lower)) if lower[cut:] in _NEGATED)
        return next((cut for cut in fitting if _is_word(lower[:cut])), 0)
    splits = [split for split in range(1, len(lower)) if _parts(word, split)]
    return max(splits, key=lambda split: _likelihood(lower[:split], lower[split:]), default=0)


def _begins_with_i(word: str) -> bool:
    """Say whether `word` is “I” with the word after it, and no name as Iman and Ifor are."""
    return word[0] == "I" and len(word) > _SHORTEST_AFTER_NAME and _is_second(word[1:])


def _likelihood(left: str, right: str) -> int:
    rather = 1 if right in SMALL_WORDS else _RATHER
    return rather * times_written(left) * times_written(right)


def _parts(word: str, split: int) -> bool:
    """Say whether both sides are words of their own."""
    left, right = word[:split].lower(), word[split:]
    if word[:split] == "I":
        return _begins_with_i(word)
    if word[0].isupper() and (left not in SMALL_WORDS or len(right) < _SHORTEST_AFTER_OPENER):
        return False
    is_apart = left in SMALL_WORDS and len(left) >= _SHORTEST_WORD
    is_second = _is_word(right) if is_apart else _is_second(right)
    return left not in _BEGINNINGS and _is_word(left) and is_second


def _is_second(right: str) -> bool:
    return right not in _ENDINGS and _is_word(right)


def _is_word(word: str) -> bool:
    if len(word) < _SHORTEST_WORD:
        return word in SMALL_WORDS
    return times_written(word) >= _KNOWN
