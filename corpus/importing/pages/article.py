"""Which lines of a page are its article: as a well-kept library finds it, and what it left."""

from collections import Counter
from collections.abc import Sequence

from lxml import html

from corpus.importing.pages.shown import PageLine
from corpus.text.folding import fold

# A line so long does not stand in the article by chance.
_SURE = 25
# What is linked for the most part leads away, rather than to go on with the text.
_MOST_LINKED = 0.5
# Less than this found is no article; then every line that no element sets apart may be one.
_FEWEST_LETTERS = 200
# An element holds the article when so much of the article is in it, and little else.
_MOST_OF_IT = 0.9
_LITTLE_ELSE = 1.6


def lines_of_article(page: str, lines: Sequence[PageLine]) -> frozenset[int]:
    """Return the indexes of the lines that belong to the article; some when there are any.

    Text that is lost is worse than a stray line: beside what the library finds it is what stands
    between, and what stands behind in the element that holds the article.
    """
    found = _found(page)
    if sum(map(len, found)) < _FEWEST_LETTERS:
        return lines_not_apart(lines)
    whole, blocks = " ".join(found), frozenset(found)
    folded = [fold(line.plain) for line in lines]
    sure = [
        index
        for index, words in enumerate(folded)
        if len(words) >= _SURE and (words in blocks or words in whole)
    ]
    if not sure:
        return lines_not_apart(lines)
    first = _reach(folded, blocks, sure[0], -1)
    last = _reach(folded, blocks, _last_inside(lines, sure), 1)
    kept = set(sure)
    for index in range(first, last + 1):
        line = lines[index]
        is_text = line.place != "furniture" and line.linked < _MOST_LINKED
        if is_text or folded[index] in blocks:
            kept.add(index)
    return frozenset(kept)


def _reach(folded: Sequence[str], blocks: frozenset[str], index: int, step: int) -> int:
    """Return the last index from `index` on whose lines all were found, short as they are."""
    while 0 <= index + step < len(folded) and folded[index + step] in blocks:
        index += step
    return index


def _last_inside(lines: Sequence[PageLine], sure: Sequence[int]) -> int:
    """Return the index of the last line in the element that holds the article, if one does."""
    path = _path_around([lines[index] for index in sure])
    inside = [
        index
        for index, line in enumerate(lines)
        if line.path[: len(path)] == path and line.place != "furniture"
    ]
    letters = sum(len(lines[index].plain) for index in sure)
    if sum(len(lines[index].plain) for index in inside) > _LITTLE_ELSE * letters:
        return sure[-1]
    return max(inside[-1:], default=sure[-1])


def _path_around(lines: Sequence[PageLine]) -> tuple[int, ...]:
    """Return the path of the innermost element that holds most of the letters of `lines`."""
    letters = sum(len(line.plain) for line in lines)
    path: tuple[int, ...] = ()
    while True:
        inner: Counter[tuple[int, ...]] = Counter()
        for line in lines:
            if line.path[: len(path)] == path and len(line.path) > len(path):
                inner[line.path[: len(path) + 1]] += len(line.plain)
        best = inner.most_common(1)
        if not best or best[0][1] < _MOST_OF_IT * letters:
            return path
        path = best[0][0]


def lines_not_apart(lines: Sequence[PageLine]) -> frozenset[int]:
    """Return the indexes of the lines that no element sets apart from an article."""
    return frozenset(index for index, line in enumerate(lines) if line.place != "furniture")


def _found(page: str) -> list[str]:
    """Return the folded words of the blocks that the library takes for the article."""
    from trafilatura import bare_extraction

    document = bare_extraction(
        page,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        with_metadata=False,
    )
    body = getattr(document, "body", None)
    if body is None:
        return []
    blocks = (fold(_words(element)) for element in body.iter() if _is_block(element))
    return [words for words in blocks if words]


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in ("p", "head", "item", "quote", "cell", "code") and not any(
        child.tag in ("p", "item", "head") for child in element
    )


def _words(element: html.HtmlElement) -> str:
    return "".join(element.itertext())
