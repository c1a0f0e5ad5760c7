"""What a reader typed into the search field, as a small syntax tree.

Words (all have to be there), "a phrase", -word to leave out, prefix* for all endings. There
is no wrong input: whatever cannot be read as one of these is left out.
"""

from dataclasses import dataclass

from corpus.text.patterns import when_used
from corpus.text.words import words_of

# Characters read of what was typed, and terms kept: more finds nothing better.
LONGEST_QUERY = 400
MOST_TERMS = 12

_QUOTES = '"“”„‟«»″'
_DASHES = "-‐‑‒–—−"
_item = when_used(
    rf"(?P<minus>[{_DASHES}]?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True)
class Term:
    """Words that stand together in this order; a `prefix` term's last word may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Query:
    """What has to be there and what must not; both hold folded words.

    `is_cut` when more terms were typed than are kept.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Say whether it can find anything: leaving out alone finds nothing."""
        return bool(self.wanted)


def parse(typed: str) -> Query:
    """Return what `typed` asks for; never raises."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for item in _item().finditer(beginning(typed)):
        term = _term(item["phrase"], item["word"])
        if term is not None:
            (unwanted if item["minus"] else wanted).append(term)
    both = [tuple(dict.fromkeys(terms)) for terms in (wanted, unwanted)]
    is_cut = any(len(terms) > MOST_TERMS for terms in both)
    return Query(both[0][:MOST_TERMS], both[1][:MOST_TERMS], is_cut)


def beginning(typed: str) -> str:
    """Return what is read of `typed`: up to LONGEST_QUERY characters, cut between two words.

    A first word that is longer than that is cut within.
    """
    if len(typed) <= LONGEST_QUERY:
        return typed
    kept = typed[:LONGEST_QUERY]
    if not typed[LONGEST_QUERY].isspace():
        words = kept.rsplit(maxsplit=1)
        kept = words[0] if len(words) > 1 and not kept[-1].isspace() else kept
    return kept.rstrip()


def _term(phrase: str | None, word: str | None) -> Term | None:
    """Return the term, or None when it holds no letter or digit.

    A word with signs inside ("co-operate", "Labour’s") is a phrase of its parts.
    """
    written = phrase if phrase is not None else word or ""
    words = tuple(words_of(written))
    if not words:
        return None
    return Term(words, is_prefix=phrase is None and written.endswith("*"))
