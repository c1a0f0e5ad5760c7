"""Which lines of a page are its article: as a well-kept library finds it, and what it left."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import html

from corpus.importing.pages.shown import PageLine

_NO_LETTER = re.compile(r"[\W_]+")

# A line so long does not stand in the article by chance.
_SURE = 25
# What is linked for the most part leads away, rather than to go on with the text.
_MOST_LINKED = 0.5
# Less than this found is no article; then every line that no element sets apart may be one.
_FEWEST_LETTERS = 200
# An element holds the article when so much of the article is in it, and little else.
_MOST_OF_IT = 0.9
_LITTLE_ELSE = 1.6
# A sentence of some length, as a lead is.
_LEAD = re.compile(r"(?s).{60}.*[.!?…][\"'”’»)]*\s*$")
# What goes on behind other lines has no more of them between.
_NEAR = 4
# Behind so many other lines stands a part of the article when it is no small part.
_FAR, _LARGE = 15, 0.2


def lines_of_article(page: str, lines: Sequence[PageLine]) -> frozenset[int]:
    """Return the indexes of the lines that belong to the article; some when there are any.

    Text that is lost is worse than a stray line: beside what the library finds it is what stands
    between, and what stands behind in the element that holds the article.
    """
    found = [key for key in map(_key, _found(page)) if key]
    if sum(map(len, found)) < _FEWEST_LETTERS:
        return lines_not_apart(lines)
    whole, blocks = "".join(found), frozenset(found)
    keys = [_key(line.plain) for line in lines]
    sure = list(_sure(lines, keys, blocks, whole))
    if not sure:
        return lines_not_apart(lines)
    # Some sites have all of a page in a form or in what they call a menu.
    path = _path_around([lines[index] for index in sure])
    set_apart = [bool(line.asides.difference(path)) for line in lines]
    is_text = [
        not apart and line.linked < _MOST_LINKED
        for line, apart in zip(lines, set_apart, strict=True)
    ]
    sure = _together(lines, is_text, sure)
    # One linked line goes on with the text; several are a list of other articles.
    is_found = [
        key in blocks
        and not set_apart[index]
        and (is_text[index] or not ("\n" in lines[index].plain or _is_beside_link(lines, index)))
        for index, key in enumerate(keys)
    ]
    first = _lead(lines, is_text, _reach(is_found, sure[0], -1))
    last = _reach(is_found, sure[-1], 1)
    kept = {index for index in range(first, last + 1) if is_text[index] or keys[index] in blocks}
    return frozenset((*kept, *sure, *_behind(lines, is_text, sure, path)))


def _sure(
    lines: Sequence[PageLine], keys: Sequence[str], blocks: frozenset[str], whole: str
) -> Iterator[int]:
    """Yield the indexes of the lines that the library found; of comments none."""
    for index, key in enumerate(keys):
        is_known = len(key) >= _SURE and (key in blocks or key in whole)
        if is_known and not lines[index].is_comment:
            yield index


def _together(lines: Sequence[PageLine], is_text: Sequence[bool], sure: Sequence[int]) -> list[int]:
    """Return those of the `sure` lines that make one text.

    At both ends the library takes lists of other articles along, and what a page says of its
    cookies: what is set apart or linked, or short and far away.
    """
    texts = [index for index in sure if is_text[index]]
    unlinked = [index for index in sure if lines[index].linked < _MOST_LINKED]
    if not texts or 2 * _letters(lines, texts) < _letters(lines, unlinked):
        return list(sure)
    parts = [[texts[0]]]
    for index in texts[1:]:
        if index - parts[-1][-1] > _FAR:
            parts.append([])
        parts[-1].append(index)
    sizes = [_letters(lines, part) for part in parts]
    large = [part for part, size in zip(parts, sizes, strict=True) if size >= _LARGE * max(sizes)]
    return [index for index in sure if large[0][0] <= index <= large[-1][-1]]


def _letters(lines: Sequence[PageLine], indexes: Iterable[int]) -> int:
    return sum(len(lines[index].plain) for index in indexes)


def _lead(lines: Sequence[PageLine], is_text: Sequence[bool], first: int) -> int:
    """Return the index of the first sentence above `first`, below the title beside it."""
    above = range(max(0, first - _NEAR), first)
    titles = [index for index in above if lines[index].tag == "h1"]
    leads = [
        index
        for index in above
        if titles and index > titles[-1] and is_text[index] and _LEAD.search(lines[index].plain)
    ]
    return next(iter(leads), first)


def _key(words: str) -> str:
    """Return the letters and digits alone, as the library and a page differ in all else."""
    return _NO_LETTER.sub("", words)


def _reach(is_found: Sequence[bool], index: int, step: int) -> int:
    """Return the last index from `index` on whose lines all were found, short as they are."""
    while 0 <= index + step < len(is_found) and is_found[index + step]:
        index += step
    return index


def _behind(
    lines: Sequence[PageLine], is_text: Sequence[bool], sure: Sequence[int], path: tuple[int, ...]
) -> Iterator[int]:
    """Yield the indexes of the lines behind the last sure one that go on with the article.

    They stand in the element that holds it at `path`, unless most of that is something else. They
    end where other things begin; what is short and stands beside a link belongs to those.
    """
    inside = [index for index, line in enumerate(lines) if line.path[: len(path)] == path]
    texts = [index for index in inside if is_text[index]]
    if _letters(lines, texts) > _LITTLE_ELSE * _letters(lines, sure):
        return
    last = sure[-1]
    for index in (index for index in texts if index > sure[-1]):
        if index - last > _NEAR:
            return
        last = index
        if len(lines[index].plain) >= _SURE or not _is_beside_link(lines, index):
            yield index


def _is_beside_link(lines: Sequence[PageLine], index: int) -> bool:
    """Say whether the line above or the one below leads away."""
    beside = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return any(line.linked >= _MOST_LINKED for line in beside)


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
    """Return the indexes of the lines that no element sets apart from an article.

    Where every line is set apart, none is.
    """
    kept = frozenset(index for index, line in enumerate(lines) if not line.asides)
    return kept or frozenset(range(len(lines)))


def _found(page: str) -> list[str]:
    """Return the words of the blocks that the library takes for the article."""
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
    return [_words(element) for element in body.iter() if _is_block(element)]


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in ("p", "head", "item", "quote", "cell", "code") and not any(
        child.tag in ("p", "item", "head") for child in element
    )


def _words(element: html.HtmlElement) -> str:
    return "".join(element.itertext())
