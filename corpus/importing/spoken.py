"""Which language a text is in, as its small words and its letters tell it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# Frequent small words, enough to tell these languages apart on a paragraph.
_SMALL_WORDS = {
    "en": "the of and to in is that for it was on with as his by",
    "fr": "le la les des et est une dans que pour qui du sur pas au",
    "de": "der die das und ist nicht ein eine mit den von zu im auf sich",
    "es": "el los las una que del por con para es se al como más su",
    "it": "il che di per una non con del sono della gli nel si alla anche",
    "nl": "het een van en dat niet op te zijn voor met aan ook er bij",
    "pt": "os uma que não com para do da em por mais dos como foi ao",
}
_LANGUAGE_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_FEWEST_LANGUAGE_WORDS = 5
_LANGUAGE_SHARE = 0.12
# Small words of the one are common in the other too: they prove nothing against it.
_ALIKE = {
    "en": "sco pcm",
    "fr": "oc wa frp",
    "de": "lb nds gsw",
    "es": "ca ast an gl ceb fil tl",
    "it": "co sc scn nap lmo vec rm",
    "nl": "af fy li nds",
    "pt": "gl",
}
_NEAR = {language: frozenset(codes.split()) for language, codes in _ALIKE.items()}
_NOT_LATIN = """
am ar be bg bn ckb el fa gu he hi hy ja ka kk km kn ko lo mk ml mr my ne or pa ps ru sa sd si ta te
tg th ti uk ur yi yue zh
"""
_LETTERS_LOOKED_AT = 4_000
_LAST_LATIN = "\u024f"
_FEW_LATIN, _MOST_LATIN = 0.2, 0.95


@dataclass(frozen=True)
class Spoken:
    """The language that small words tell: so many of all words are its own."""

    code: str
    count: int
    total: int

    @property
    def evidence(self) -> str:
        """Return what it was told by, as it is shown."""
        return f"{self.count} of {self.total} words"

    @property
    def confidence(self) -> float:
        """Return how sure it is."""
        return round(min(0.99, 0.6 + self.count / self.total), 2)


def spoken_in(texts: Iterable[str]) -> Spoken | None:
    """Return the language of texts that belong together, None where it cannot be told."""
    words = Counter(word for text in texts for word in text.lower().split())
    total = sum(words.values())
    scores = {
        language: sum(words[word] for word in small) for language, small in _LANGUAGE_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    if scores[best] < max(_FEWEST_LANGUAGE_WORDS, _LANGUAGE_SHARE * total):
        return None
    return Spoken(best, scores[best], total)


def is_contradicted(code: str, spoken: Spoken | None, texts: Iterable[str]) -> bool:
    """Say whether texts are plainly not in the language `code` that a source gives them.

    Their small words are those of another one, or their letters are of another script.
    """
    told = code.partition("-")[0]
    if spoken is not None:
        return told != spoken.code and told not in _NEAR[spoken.code]
    latin = _share_of_latin("".join(texts)[:_LETTERS_LOOKED_AT])
    if latin is None or "-" in code:
        return False
    if told in _LANGUAGE_WORDS:
        return latin < _FEW_LATIN
    return told in _NOT_LATIN.split() and latin > _MOST_LATIN


def _share_of_latin(text: str) -> float | None:
    letters = [char for char in text if char.isalpha()]
    return sum(char <= _LAST_LATIN for char in letters) / len(letters) if letters else None
