"""Numbers that stand for texts: the same in every process and on every machine."""

import hashlib

# What is left is no sign: a bigint of either database holds it.
_BITS = 63
_BYTES = 8


def stable_hash(text: str) -> int:
    """Return a number from 0 up to 2**63 - 1 for `text`; different texts practically differ."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest) >> (_BYTES * 8 - _BITS)
