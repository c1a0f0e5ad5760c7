"""The tree of a page, and what its elements are: shown or not, of the article or around it."""

import re

from lxml import etree, html

from corpus.importing.errors import NotText

_SILENT = frozenset(
    (
        *("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed"),
        *("canvas", "audio", "video", "select", "option", "datalist", "textarea", "head", "title"),
    )
)
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "menu", "dialog"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"}
)
# What holds the whole of a page is no furniture, whatever its classes say.
_WHOLE = frozenset({"html", "body", "main", "article"})
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|breadcrumbs?|comments?|cookies?|footer|masthead|menu|nav\w*"
    r"|newsletter|popup|promo\w*|recirc\w*|related\w*|share|sharing|sidebar|social|sponsor\w*"
    r"|subscribe|tags|toolbar|trending|most-(?:read|popular))(?=$|[\s_-])",
    re.IGNORECASE,
)
_COMMENT_NAMES = re.compile(r"(?:^|[\s_-])(?:comments?|disqus)(?=$|[\s_-])", re.IGNORECASE)
# What stands in a cell of a table of figures or words is no longer, and such rows no wider.
_LONGEST_CELL, _MOST_CELLS = 80, 20
_BLOCKS = frozenset(
    ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "pre", "form")
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_OF_HEAD = frozenset(
    {"title", "meta", "link", "base", "style", "script", "noscript", "template", "object"}
)
# The text is decoded already; the parser takes none that still names an encoding.
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}>")
# Pictures that were saved within a page.
_EMBEDDED = re.compile(r"\bdata:[\w/+.-]{0,100}(?:;[\w=-]{1,60}){0,4},[\w+/=%.~-]{200,}")
# A tag with so much in it is made to keep the reader busy.
_ENDLESS_TAG = re.compile(r"<[a-zA-Z][^<>]{50000}")
_TOO_DEEP = "depth"
_UNREADABLE = "%(name)s is no page that can be read; nothing was imported."


def tree_of(text: str, name: str) -> html.HtmlElement:
    """Return the tree of a page.

    Raises NotText for one whose elements are nested deeper than a page's are, or have more
    attributes.
    """
    text = _EMBEDDED.sub("", _DECLARATION.sub("", text))
    if _ENDLESS_TAG.search(text):
        raise NotText(_UNREADABLE, name=name)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        raise NotText(_UNREADABLE, name=name) from None
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise NotText(
            "The elements of %(name)s are nested deeper than those of a page; nothing was"
            " imported.",
            name=name,
        )
    _end_head(tree)
    return tree


def _end_head(tree: html.HtmlElement) -> None:
    """Let the head end where the page begins: the parser takes newer elements for parts of it."""
    head, body = tree.find("head"), tree.find("body")
    inside = [] if head is None else list(head)
    shown = [element for element in inside if element.tag not in _OF_HEAD]
    if not shown:
        return
    if body is None:
        body = etree.SubElement(tree, "body")
    body[:0] = inside[inside.index(shown[0]) :]


def is_silent(element: html.HtmlElement) -> bool:
    """Say whether a page shows nothing of the element."""
    return (
        element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def is_furniture(element: html.HtmlElement) -> bool:
    """Say whether the element stands around an article, by its name, its role or its classes."""
    if element.tag in _FURNITURE or element.get("role", "") in _FURNITURE_ROLES:
        return True
    return element.tag not in _WHOLE and _FURNITURE_NAMES.search(_called(element)) is not None


def is_comment(element: html.HtmlElement) -> bool:
    """Say whether the element holds what readers wrote below an article."""
    return element.tag not in _WHOLE and _COMMENT_NAMES.search(_called(element)) is not None


def _called(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def holds_blocks(element: html.HtmlElement) -> bool:
    """Say whether paragraphs, headings or the like stand in the element."""
    return any(inner.tag in _BLOCKS for inner in element.iterdescendants())


def is_row(element: html.HtmlElement) -> bool:
    """Say whether the element is a row of figures or words, none of a table that lays out a page.

    Its cells are short and hold one paragraph at most; there are several of them.
    """
    cells = [child for child in element if child.tag in ("td", "th")]
    if element.tag != "tr" or not 1 < len(cells) <= _MOST_CELLS:
        return False
    return all(len(cell.text_content()) <= _LONGEST_CELL and _is_simple(cell) for cell in cells)


def _is_simple(cell: html.HtmlElement) -> bool:
    inner = [one.tag for one in cell.iterdescendants() if one.tag in _BLOCKS or one.tag == "br"]
    return inner in ([], ["p"], ["div"])
