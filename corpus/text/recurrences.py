"""Finding every place of a text where the same words stand.

Quotes, dashes, white space and signs that show nothing are folded as in corpus.text.folding;
words never run over the edge of a block unless those that are looked for do. Offsets are code
points, half-open.
"""

import re
import unicodedata
from dataclasses import dataclass

from corpus.text.blocks import BLOCK_SEPARATOR
from corpus.text.folding import SAME_LENGTH, UNSEEN
from corpus.text.spans import Span, normalise, snap_to_graphemes
from corpus.text.tokens import UNSPACED

_unspaced = re.compile(rf"[{UNSPACED}]")


@dataclass(frozen=True)
class Alike:
    """What counts as the same words: only whole ones, only in the same case."""

    whole_words: bool = True
    same_case: bool = False


def recurrences(text: str, words: str, alike: Alike) -> list[Span]:
    """Return where `words` stand in `text`, in order, none over another; none for blank words.

    A place never cuts what a reader sees as one character: “e” is not found in “é”, however
    that is written, nor one person in an emoji of a family. Words of scripts without spaces
    are whole wherever they stand.
    """
    signs, offsets = _folded(text, alike)
    wanted = "".join(_folded(normalise(words), alike)[0]).strip()
    found: list[Span] = []
    at = signs.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        span = _span_of(text, offsets, at, end)
        if span is not None and not (alike.whole_words and _cuts_a_word(signs, at, end)):
            found.append(span)
            at = signs.find(wanted, end)
        else:
            at = signs.find(wanted, at + 1)
    return found


def _folded(text: str, alike: Alike) -> tuple[str, list[int]]:
    """Return the signs of `text` as they are compared, and the offset of each in `text`.

    The offsets are one more than the signs: the last is len(text).
    """
    signs: list[str] = []
    offsets: list[int] = []
    blanks = ""
    for offset, sign in enumerate(text.translate(SAME_LENGTH)):
        if sign in UNSEEN:
            continue
        if sign.isspace():
            blanks += sign
            if len(blanks) == 1:
                signs.append(" ")
                offsets.append(offset)
            elif BLOCK_SEPARATOR in blanks:
                signs[-1] = "\n"
            continue
        blanks = ""
        # Some letters are several when their case is folded: “ß” is “ss”.
        folded = sign if alike.same_case else sign.casefold()
        signs.extend(folded)
        offsets.extend([offset] * len(folded))
    return "".join(signs), [*offsets, len(text)]


def _span_of(text: str, offsets: list[int], start: int, end: int) -> Span | None:
    """Return the place of the signs start..end in `text`; None where it cuts a character."""
    is_cut = offsets[end] == offsets[end - 1] or (start and offsets[start] == offsets[start - 1])
    span = Span(offsets[start], offsets[end - 1] + 1)
    return None if is_cut or snap_to_graphemes(text, *span) != span else span


def _cuts_a_word(signs: str, start: int, end: int) -> bool:
    return _goes_on(signs[start - 1 : start], signs[start]) or _goes_on(
        signs[end - 1], signs[end : end + 1]
    )


def _goes_on(sign: str, following: str) -> bool:
    """Say whether a word goes on from one sign to the `following` one; "" is no sign."""
    if _unspaced.match(sign) or _unspaced.match(following):
        return False
    return _is_of_word(sign) and _is_of_word(following)


def _is_of_word(sign: str) -> bool:
    return bool(sign) and (sign == "_" or unicodedata.category(sign)[0] in "LNM")
