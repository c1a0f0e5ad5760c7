"""The messages of a stream, as the browser's EventSource reads them.

Source: HTML standard, "Server-sent events".
"""

import json
from collections.abc import Mapping
from typing import Any, Literal

from corpus.queries.sealing import seal

Kind = Literal["changed", "here", "unread", "lost", "ended"]


def message(kind: Kind, data: Mapping[str, Any], *, position: str = "") -> bytes:
    """Return one message; with `position`, from where a client goes on that has read it."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    at = f"id: {seal(position)}\n" if position else ""
    return f"{at}event: {kind}\ndata: {told}\n\n".encode()


def sign_of_life(position: str) -> bytes:
    """Return what says nothing but that the stream is open and where it is."""
    return f": here\nid: {seal(position)}\n\n".encode()
