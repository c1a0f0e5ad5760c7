"""Numbers that stand for texts: the same in every process and on every machine."""

import hashlib

# What is left is no sign: a bigint of either database holds it.
_BITS = 63
_BYTES = 8


def stable_hash(text: str | bytes) -> int:
    """Return a number from 0 up to 2**63 - 1 for `text`; different texts practically differ.

    Bytes are those of a text in UTF-8.
    """
    encoded = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    digest = hashlib.blake2b(encoded, digest_size=_BYTES).digest()
    return int.from_bytes(digest) >> (_BYTES * 8 - _BITS)
