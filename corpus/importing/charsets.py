"""The encodings of texts: those that pages and their servers name, and those that bytes tell."""

import codecs
import re

_IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_IN_ANSWER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_OF_WORDS = ("text/html", "application/xhtml+xml", "text/plain")
_IN_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)
# Browsers read the names in front as the wider encodings behind, and pages are written so.
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    "iso8859-9": "cp1254",
    **dict.fromkeys(("tis-620", "iso8859-11"), "cp874"),
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}


OTHER_SCRIPTS = (
    *("big5", "gb18030", "euc_jp", "shift_jis", "cp932", "euc_kr", "cp949", "johab"),
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "mac_cyrillic", "cp866", "cp855"),
    *("cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6", "cp874", "tis_620"),
)
"""Encodings of scripts other than Latin, by their names in Python."""

# Of the letters of a text in another script so many are no ASCII, and there are some of them.
_LEAST_HIGH, _FEWEST_HIGH = 0.25, 20
_SAMPLE = 32_768
_HIGH = bytes(range(128, 256))
_ASCII_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))


def encoding_of_script(raw: bytes) -> tuple[str, ...]:
    """Return the encoding that the bytes of a text in another script tell, if they tell one."""
    sample = raw[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = high + len(sample) - len(sample.translate(None, _ASCII_LETTERS))
    if high < max(_FEWEST_HIGH, _LEAST_HIGH * letters):
        return ()
    from charset_normalizer import from_bytes

    # Letters of more than one byte may be cut at the end of the sample.
    whole = sample if len(raw) <= _SAMPLE else sample[: max(sample.rfind(b"\n"), _SAMPLE // 2)]
    best = from_bytes(whole, cp_isolation=list(OTHER_SCRIPTS)).best()
    return (best.encoding,) if best else ()


def encoding_named(raw: bytes) -> str:
    """Return the encoding that a page names for itself, "" for none."""
    match = _IN_PAGE.search(raw, 0, _HEAD_BYTES) or _IN_XML.match(raw)
    return match[1].decode("ascii") if match else ""


def meant_by(named: str) -> tuple[str, ...]:
    """Return the encodings to try for the one that is named, the likeliest first.

    What is called Latin-1 is Windows-1252 on the web, with its quotation marks and dashes.
    Source: WHATWG Encoding, 4.2.
    """
    try:
        known = codecs.lookup(named).name
    except LookupError:
        return ()
    return (_MEANT[known], known) if known in _MEANT else (known,)


def in_utf8(content: bytes, kind: str) -> bytes:
    """Return a page or a text in UTF-8 if only `kind`, its content type, tells its encoding.

    What names its encoding itself, or is UTF-8 whatever its server says, stays byte for byte.
    """
    named = _IN_ANSWER.search(kind)
    if named is None or not kind.strip().lower().startswith(_OF_WORDS) or encoding_named(content):
        return content
    try:
        content.decode()
    except UnicodeDecodeError:
        pass
    else:
        return content
    for encoding in meant_by(named[1]):
        try:
            return content.decode(encoding).encode()
        except UnicodeError:
            continue
    return content
