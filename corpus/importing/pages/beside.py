"""Lines of a page that are none of its article, though no element sets them apart from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from string import digits

from corpus.importing.blocks import could_be_title
from corpus.importing.dates import MONTHS
from corpus.importing.labels import HEAD_LINES, LONGEST_HEAD_LINE, Label, label_of
from corpus.importing.pages.shown import PageLine
from corpus.importing.passages import Line
from corpus.text.folding import fold
from corpus.text.words import words_of

_MOST_TOPIC_WORDS = 5
_COUNT = re.compile(r"\d")
_BY = re.compile(r"(?:by|von|par|por)\b")
# What goes with days, hours and counts in a line below a title.
_MONTHS = frozenset(
    words_of(
        "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet"
        " août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio"
        " agosto septiembre octubre noviembre diciembre sept"
    )
) | frozenset(name for month in MONTHS for name in (month, month[:3]))
_OF_DAYS = _MONTHS | frozenset(
    words_of(
        "by von par por and und et y um uhr at on of the am pm a p m h st nd rd th gmt bst cet cest"
        " est edt utc posted published updated veröffentlicht aktualisiert stand publié mis à jour"
        " le min mins minute minutes read lesezeit words comment comments kommentar kommentare"
        " ergänzungen commentaires comentarios"
    )
)
_ASKS_TO_PAY = re.compile(
    r"(?i:(?:subscribe|sign (?:in|up)|log in|register|join)\b.{0,40}"
    r"\bto (?:continue|keep) reading\b.{0,60}"
    r"|to (?:continue|keep) reading\b.{0,40}\b(?:subscribe|sign|log|register|join)\b.{0,80}"
    r"|already an? (?:subscriber|member)\b.{0,120}"
    r"|this (?:article|story|content) is (?:only )?(?:available )?(?:only )?(?:for|to) (?:our )?"
    r"(?:paying )?(?:subscribers|members)\b.{0,80})"
)


def asks_to_pay(line: PageLine) -> bool:
    """Say whether the line offers the rest of the article to those who pay or sign in."""
    return _ASKS_TO_PAY.fullmatch(line.plain) is not None


def labels_beside(
    lines: Mapping[int, PageLine], titles: Sequence[int], names: Sequence[str]
) -> Iterator[tuple[int, Label]]:
    """Yield labels of lines by the offsets of the lines, which `lines` holds in order.

    `titles` are the offsets of lines that are the title: the name of a part of the paper may
    stand above the first, and who wrote the article and when below, linked or set apart. `names`
    are those of the authors and the outlet.
    """
    for start, line in _above_text(lines):
        if _only_tells(line.plain, names):
            why = "it tells no more than who wrote it, and when"
            yield start, Label(_whole(start, line), "by_line", "who_and_when", why)
    for start, line in lines.items():
        if asks_to_pay(line):
            why = "it offers the rest to those who pay or sign in"
            yield start, Label(_whole(start, line), "boilerplate", "asks_to_pay", why)
    if not titles:
        return
    for start, line in lines.items():
        if start < titles[0] and _is_topic(line):
            why = "it stands above the title, as the name of a site does"
            yield start, Label(_whole(start, line), "boilerplate", "above_title", why)
    for start, line in _head_below(lines, titles[0]):
        told = label_of(Line(0, len(line.plain), line.plain), in_head=True)
        if told is not None and told.kind in ("by_line", "source_line") and told.says:
            yield start, Label(_whole(start, line), told.kind, told.rule, told.why, told.says)


def _above_text(lines: Mapping[int, PageLine]) -> Iterator[tuple[int, PageLine]]:
    """Yield the first lines, down to the first that is a paragraph by its length."""
    for start, line in list(lines.items())[: 2 * HEAD_LINES]:
        if len(line.plain) > LONGEST_HEAD_LINE:
            return
        yield start, line


def _only_tells(words: str, names: Sequence[str]) -> bool:
    """Say whether a line holds names, days, hours and counts, and words that go with them."""
    rest = fold(words).casefold()
    if "\n" in words or not (_COUNT.search(rest) or _BY.match(rest)):
        return False
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(fold(name).casefold(), " ")
    is_named = rest != fold(words).casefold()
    told = (word.strip(digits) for word in words_of(rest))
    return is_named and all(word in _OF_DAYS for word in told if word)


def _head_below(lines: Mapping[int, PageLine], title: int) -> Iterator[tuple[int, PageLine]]:
    """Yield the lines below the title that hold marks, down to the first long one."""
    below = [(start, line) for start, line in lines.items() if start > title]
    for start, line in below[:HEAD_LINES]:
        if len(line.plain) > LONGEST_HEAD_LINE:
            return
        if line.plain != line.words and "\n" not in line.words:
            yield start, line


def _is_topic(line: PageLine) -> bool:
    few = len(line.plain.split()) <= _MOST_TOPIC_WORDS
    return few and "\n" not in line.words and could_be_title(line.plain)


def _whole(start: int, line: PageLine) -> Line:
    text = line.sign + line.words
    return Line(start, start + len(text), text)
