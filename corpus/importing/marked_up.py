"""XML that comes from anywhere, read without its declarations, and its elements as HTML."""

import re
from html import escape
from html.entities import name2codepoint

from lxml import etree

_DECLARED = re.compile(r"\ufeff?\s*<\?xml[^>]{0,200}\?>")
_NAMED_SIGN = re.compile(r"&(\w{2,10});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parsed(text: str) -> etree._Element | None:
    """Return the root of the XML, None when it is damaged.

    Nothing that it declares is followed or put in; signs that only HTML names are read.
    """
    text = _DECLARED.sub("", text, count=1).removeprefix("\ufeff")
    for tried in (text, _NAMED_SIGN.sub(_sign, text)):
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(tried.encode("utf-8", "replace"), parser)
        except etree.XMLSyntaxError:
            continue
    return None


def inside(element: etree._Element) -> str:
    """Return what the element holds, as HTML: names lose what XHTML puts before them."""
    for inner in element.iter(etree.Element):
        inner.tag = etree.QName(inner).localname
    etree.cleanup_namespaces(element)
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()


def _sign(match: re.Match[str]) -> str:
    """Return the sign that HTML, but not XML, has this name for."""
    if match[1] in _OF_XML or match[1] not in name2codepoint:
        return match[0]
    return chr(name2codepoint[match[1]])
