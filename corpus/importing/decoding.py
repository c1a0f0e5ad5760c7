"""From the bytes of a text to its characters, and what its encoding was taken to be."""

import codecs
import re

from corpus.importing.charsets import OTHER_SCRIPTS, encoding_of_script, meant_by
from corpus.importing.errors import NotText

_HEAD_BYTES = 8192
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of the letters of a text in Latin script so many are plain ones.
_LEAST_ZEROS = 0.8
_MENDED = "utf-8 (damaged)"
DAMAGED = "\ufffd"
"""What is shown for bytes that are no letter."""
# So many letters beyond ASCII are sound for each that is not, or the text is in another encoding.
_SOUND_FOR_DAMAGED = 2
_SOUND = re.compile(r"[^\x00-\x7f\ufffd]")
GUESSED = frozenset({"cp1252", "utf-16-le", "utf-16-be", _MENDED, *OTHER_SCRIPTS})
"""Encodings that the bytes of a text do not prove."""


def decoded(raw: bytes, name: str, named: str = "") -> tuple[str, str]:
    """Return the text and its encoding; `named` is the one that the file names, "" for none.

    Raises NotText when it is in none that is known.
    """
    wide = _wide_without_mark(raw)
    try:
        if not wide:
            return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)]
    guessed = () if marked else (*wide, *meant_by(named))
    others = () if marked else encoding_of_script(raw)
    for encoding in (*marked, *guessed, _MENDED, *others, "cp1252"):
        try:
            if encoding == _MENDED:
                return _mended(raw), _MENDED
            return raw.decode(encoding), encoding
        except UnicodeError:
            if encoding in marked:
                break
    raise NotText("%(name)s is no text in a known encoding; nothing was imported.", name=name)


def _mended(raw: bytes) -> str:
    """Return UTF-8 with a sign for each place that is damaged; raises UnicodeError for many."""
    text = raw.decode("utf-8", "replace")
    if len(_SOUND.findall(text)) <= _SOUND_FOR_DAMAGED * text.count(DAMAGED):
        raise UnicodeError
    return text


def _wide_without_mark(raw: bytes) -> tuple[str, ...]:
    """Return what seems to be the encoding of UTF-16 without a mark: each second byte is zero."""
    head = raw[: _HEAD_BYTES // 2 * 2]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    least = _LEAST_ZEROS * len(head) / 2
    if len(raw) % 2 or not head or min(zeros) or max(zeros) < least:
        return ()
    return ("utf-16-be",) if zeros[0] else ("utf-16-le",)
