"""Notes as readers see them: Markdown, rendered by a library and then cleaned.

This is the one place where HTML is made from what readers wrote, and the one `mark_safe`
of the app. What is cleaned comes from our own renderer with HTML switched off, so the
cleaner is the second lock, not the first. To change the cleaner, change `_clean`: nh3
takes the same three lists (and "*" with no attribute); the tests hold both to them.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from html import unescape
from threading import local
from typing import TYPE_CHECKING

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from annotations.mentions import Named, link_names, texts_in

if TYPE_CHECKING:
    from bleach import Cleaner
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
)
ATTRIBUTES = {"a": ["href", "rel"], "ol": ["start"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow noopener noreferrer ugc"

# What is longer is shown as it was written. It is the longest note that can be stored.
MAX_SOURCE = 20_000
# The time of the cleaner grows with the square of the depth; no honest note goes so deep.
MAX_DEPTH = 24
# Crafted notes cost seconds by their many signs or elements; honest ones have few hundreds.
MAX_SIGNS = 1_500
MAX_ELEMENTS = 600

# Without these, and with each line beginning with a letter, a note is plain paragraphs.
_SIGNS = frozenset("*_`[]<>&\\!~#")

# A cleaner for each thread: one that two threads share mixes up their texts.
_OF_THREAD = local()


@lru_cache(maxsize=2048)
def render(note: str, named: tuple[Named, ...] = ()) -> SafeString:
    """Return the note as HTML for use as the content of an element, never in an attribute.

    A note that is too long or too deep is shown as the plain text that it is. Who is `named` in
    it is shown by their name, with a link to their page.
    """
    if not named and _is_plain(note):
        html = _paragraphs(note)
    else:
        rendered = _rendered(note, named)
        if rendered is None:  # Nothing is left to be cleaned, which would take long.
            return format_html("<pre>{}</pre>", note.strip())
        html = _clean(rendered)
    return mark_safe(html)  # noqa: S308 - cleaned, or free of every sign of mark-up


def words_of(note: str) -> str:
    """Return the words of the note on one line, as plain text, without its mark-up."""
    text = note if _is_plain(note) else unescape(strip_tags(render(note)))
    return " ".join(text.split())


def plain_texts(note: str) -> list[str]:
    """Return the pieces of the note that are neither code nor in a link; none of too much."""
    return [text.content for line in _tokens(note) or () for text in texts_in(line)]


def _rendered(note: str, named: Sequence[Named] = ()) -> str | None:
    """Return the note as HTML that is not yet cleaned; None when it asks for too much."""
    tokens = _tokens(note)
    if tokens is None:
        return None
    _mark_links(tokens)
    if named:
        link_names(tokens, named)
    markdown = _markdown()
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return html if html.count("<") <= MAX_ELEMENTS else None


def _tokens(note: str) -> "list[Token] | None":
    """Return the parts of the note; None when it asks for too much."""
    if len(note) > MAX_SOURCE or sum(map(note.count, _SIGNS)) > MAX_SIGNS:
        return None
    tokens = _markdown().parse(note)
    return tokens if _depth(tokens) <= MAX_DEPTH else None


def _clean(html: str) -> str:
    return _cleaner().clean(html).strip()


@cache
def _markdown() -> "MarkdownIt":
    """Return the renderer; imported when the first note asks, not when the site starts."""
    from markdown_it import MarkdownIt

    options = {"html": False, "breaks": True, "maxNesting": MAX_DEPTH}
    return MarkdownIt("commonmark", options).disable(["image", "heading", "lheading", "reference"])


def _cleaner() -> "Cleaner":
    import bleach

    if not hasattr(_OF_THREAD, "cleaner"):
        _OF_THREAD.cleaner = bleach.Cleaner(
            tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True
        )
    cleaner: Cleaner = _OF_THREAD.cleaner
    return cleaner


def _is_plain(note: str) -> bool:
    """Say whether Markdown would make nothing but paragraphs and line breaks of `note`."""
    return _SIGNS.isdisjoint(note) and all(
        not line or (line[0].isalpha() and line[-1] != " " and line.isprintable())
        for line in note.split("\n")
    )


def _paragraphs(note: str) -> str:
    parts = (part.strip("\n") for part in note.split("\n\n"))
    return "\n".join(f"<p>{part}</p>".replace("\n", "<br>\n") for part in parts if part)


def _depth(tokens: "list[Token]") -> int:
    """Return how deep the elements are nested, those inside a line counted on top."""
    deepest = depth = 0
    for token in tokens:
        depth += token.nesting
        deepest = max(deepest, depth + (_depth(token.children) if token.children else 0))
    return deepest


def _mark_links(tokens: "list[Token]") -> None:
    for token in tokens:
        if token.type == "link_open":
            token.attrSet("rel", LINK_REL)
        _mark_links(token.children or [])
