"""Positions in the stream of Events, and keys that are counted, as clients keep them.

They can be read by nobody: a position tells how much was written, by others and in private too,
and a key how many there are. Sealed, it is another text each time and tells nothing; one that was
not sealed here is none.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from django.conf import settings

_NONCE = 12
_PROOF = 16
# Positions of other lengths look alike.
_ROOM = 32


def seal(position: str) -> str:
    """Return `position` as clients may keep it."""
    plain = position.encode()
    plain = plain.ljust(-(-len(plain) // _ROOM) * _ROOM)
    nonce = secrets.token_bytes(_NONCE)
    hidden = _masked(nonce, plain)
    return urlsafe_b64encode(nonce + hidden + _proof(nonce + hidden)).decode()


def unseal(text: str) -> str:
    """Return the position that `text` was made of, "" for what anybody else made."""
    try:
        sealed = urlsafe_b64decode(text.encode("ascii"))
    except (NotBase64, ValueError):
        return ""
    said, proof = sealed[:-_PROOF], sealed[-_PROOF:]
    if not hmac.compare_digest(proof, _proof(said)):
        return ""
    return _masked(said[:_NONCE], said[_NONCE:]).decode().rstrip()


def _masked(nonce: bytes, text: bytes) -> bytes:
    """Return `text` with the key stream of `nonce` laid over it; twice gives it back."""
    stream = hashlib.shake_256(_key("mask") + nonce).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))


def _proof(said: bytes) -> bytes:
    return hmac.digest(_key("proof"), said, "sha256")[:_PROOF]


def _key(use: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"position {use}".encode(), "sha256")
