"""Words and signs of a text as two states of it are compared: folded, each with its place.

Unlike corpus.text.words, which says what is the same word to a search, case, accents and
every sign of punctuation count here. Offsets are code points, half-open.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from corpus.text.folding import SAME_LENGTH, UNSEEN

# Scripts written without spaces: each sign stands alone, or a sentence would be one word.
UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"(?:[^\W{UNSPACED}]|[\u0300-\u036f{UNSEEN}])+|\S")
_NOTHING = dict.fromkeys(map(ord, UNSEEN))


@dataclass(frozen=True)
class Tokens:
    """The words and signs of `text` in order; equal `ids` are equal when folded.

    `lines` are the indexes at which the tokens of a line begin, and at the end their count.
    """

    text: str
    ids: list[int]
    starts: list[int]
    ends: list[int]
    lines: list[int]

    @property
    def length(self) -> int:
        """Return the length of the text in code points."""
        return len(self.text)

    def written(self, index: int) -> str:
        """Return the token as it is written."""
        return self.text[self.starts[index] : self.ends[index]]

    def touching(self, start: int, end: int) -> range:
        """Return the indexes of the tokens that share a character with text[start:end]."""
        first = bisect_right(self.ends, start)
        return range(first, max(first, bisect_left(self.starts, end)))

    def are_in_one_line(self, first: int, last: int) -> bool:
        """Say whether both indexes are tokens with no line feed between them."""
        if first < 0 or last >= len(self.ids):
            return False
        return "\n" not in self.text[self.starts[first] : self.starts[last]]

    def at_or_before(self, offset: int) -> int:
        """Return the index of the last token that begins at `offset` or before it; -1 for none."""
        return bisect_right(self.starts, offset) - 1


def tokens_of(text: str, numbers: dict[str, int]) -> Tokens:
    """Return the tokens of `text`; `numbers` gives each folded one its id and takes new ones."""
    plain = text.translate(SAME_LENGTH)
    holds_unseen = any(sign in plain for sign in UNSEEN)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    line_to = -1
    for match in _TOKEN.finditer(plain):
        folded = match.group()
        if holds_unseen:
            folded = folded.translate(_NOTHING)
            if not folded:
                continue
        start, end = match.span()
        if start > line_to:
            lines.append(len(ids))
            line_to = _line_end(plain, start)
        ids.append(numbers.setdefault(folded, len(numbers)))
        starts.append(start)
        ends.append(end)
    return Tokens(text, ids, starts, ends, [*lines, len(ids)])


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found
