"""Names of people, places and organisations in a text, found by their capitals."""

import re
from collections import Counter

# Names kept to explain relations with.
_MOST_NAMES = 200
# Titles in front of a name, left out so that "Mr Hunt" and "Hunt" are counted together.
_TITLES = frozenset(
    [
        *("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady"),
        *("Professor", "Prof", "President", "Prime", "Minister", "Senator"),
    ]
)
# Offices behind a name: "Labour MPs" tells of Labour, "MPs" alone of nobody.
_OFFICES = frozenset(["MP", "MPs", "MEP", "MEPs", "MSP", "MSPs", "PM"])
# Small words that open sentences, known even where the text has them with a capital only.
_OPENERS = frozenset(
    [
        *("a", "after", "all", "an", "and", "as", "at", "before", "but", "by", "for", "from"),
        *("he", "her", "his", "how", "if", "in", "it", "its", "more", "my", "no", "not", "now"),
        *("of", "on", "one", "or", "our", "she", "since", "so", "some", "that", "the", "their"),
        *("then", "there", "these", "they", "this", "those", "to", "under", "was", "we", "what"),
        *("when", "where", "while", "who", "why", "with", "yes", "yet", "you", "your"),
    ]
)
# Small words that stand inside a name: "London School of Economics", "Alliance for Liberty".
_INNER = r"(?:of|for|de|del|della|di|du|da|van|von|der|den|la|le|al|bin|of the)"
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w’'\-]*\w"
_RUN = re.compile(rf"(?:{_CAPITALISED})(?:[ \u00a0](?:(?:{_INNER})[ \u00a0])?(?:{_CAPITALISED}))*")
_POSSESSIVE = re.compile(r"[’']s?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"”’')\]]*\s+|\n)[\"“‘'(\[]*$")
_LOWER_WORD = re.compile(r"\b[a-zß-öø-ÿ][\w’']*")
_PRONOUNS = frozenset(["I", "I’m", "I’ve", "I’d", "I’ll", "I'm", "I've", "I'd", "I'll"])

_PERSON_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w’'\-]*\w|\.)"
_PARTICLE = r"(?:de|van|von|der|den|du|la|le|bin|al|di|da|del|dos|Ó)"
# A person's full name, two to five words, as it stands in by-lines and author notes.
PERSON = rf"{_PERSON_WORD}(?: (?:{_PARTICLE}|{_PERSON_WORD})){{0,3}} {_PERSON_WORD}"


def names_told(text: str) -> list[str]:
    """Return the names in `text` that relations are explained with, the most frequent first."""
    return [name for name, _ in names_in(text).most_common(_MOST_NAMES)]


def names_in(text: str) -> Counter[str]:
    """Return each name in `text` with how often it stands there.

    A single word at the start of a sentence counts only when it is a name elsewhere or never
    written small in the text. Titles and possessive endings are left out.
    """
    small = {match.group() for match in _LOWER_WORD.finditer(text)}
    found: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for match in _RUN.finditer(text):
        name = _clean(match.group())
        if not name:
            continue
        opens = _SENTENCE_START.search(text, max(0, match.start() - 12), match.start()) is not None
        (opening if opens else found)[name] += 1
    for name, times in opening.items():
        rest = _without_opening_word(name, small)
        if rest and (rest in found or " " in rest):
            found[rest] += times
    return found


def _clean(run: str) -> str:
    words = [word for word in re.split(r"[ \u00a0]", run) if word]
    titles = [index for index, word in enumerate(words) if word in _TITLES]
    words = words[titles[-1] + 1 :] if titles else words
    if not words or words[0] in _PRONOUNS or not words[0][0].isupper():
        return ""
    words[-1] = _POSSESSIVE.sub("", words[-1])
    while words and words[-1] in _OFFICES:
        words.pop()
    if not words:
        return ""
    return " ".join(words) if len(words[-1]) > 1 else ""


def _without_opening_word(name: str, small: set[str]) -> str:
    """Drop the first word when it is no part of the name: "When Corbyn" is Corbyn."""
    first, _, rest = name.partition(" ")
    return rest if first.lower() in small or first.lower() in _OPENERS else name
