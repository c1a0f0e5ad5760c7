"""What is known of an article and stands in its text too changes with the text."""

from collections.abc import Iterator

from corpus.text.blocks import Block
from corpus.text.difference import difference
from corpus.text.folding import fold
from corpus.text.states import NewText


def followed(before: NewText, after: NewText, *, title: str, standfirst: str) -> dict[str, str]:
    """Return by fact what the `title` and the `standfirst` are when `before` becomes `after`.

    Only what is another then. The standfirst is the first block of that kind, "" without
    one; the title is followed where a heading has its words, and stays when that goes.
    """
    new: dict[str, str] = {}
    old_words, new_words = _standfirst(before), _standfirst(after)
    if old_words != new_words and _is_same(standfirst, old_words):
        new["standfirst"] = new_words
    heading = next((words for words in _headings_like(before, after, title)), "")
    if heading and heading != title:
        new["title"] = heading
    return new


def _standfirst(text: NewText) -> str:
    first = next((block for block in text.blocks if block.kind == "standfirst"), None)
    return _words(text, first) if first else ""


def _headings_like(before: NewText, after: NewText, title: str) -> Iterator[str]:
    """Yield what the first heading of `before` that is the `title` says in `after`."""
    blocks = [item for item in before.blocks if item.kind == "heading"]
    old = next((item for item in blocks if _is_same(_words(before, item), title)), None)
    if old is None:
        return
    for row in difference(before.text, before.blocks, after.text, after.blocks):
        if row.old == old and row.new is not None and row.state != "moved_away":
            if row.new.kind == "heading" and not row.is_joined:
                yield _words(after, row.new)
            return
    # Another wording altogether, in the same place.
    place = list(before.blocks).index(old)
    if place < len(after.blocks) and len(after.blocks) == len(before.blocks):
        new = after.blocks[place]
        if (new.kind, new.level) == (old.kind, old.level):
            yield _words(after, new)


def _words(text: NewText, block: Block) -> str:
    return " ".join(text.text[block.start : block.end].split())


def _is_same(one: str, other: str) -> bool:
    return fold(one) == fold(other)
