"""What a request brings along, taken in before a page is worked on.

A thread that waited for a caller to send on could not be had by others: a few who send nothing
would keep everybody from the site.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from annotations.project.requests import LARGEST_UPLOAD

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

PATIENCE_SECONDS = 30.0
"""How long a caller may take to send the next part."""

_MOST_IN_MEMORY = 1_000_000


class TooSlow(Exception):
    """Nothing came for PATIENCE_SECONDS."""


async def body_of(scope: Message, receive: Receive) -> io.BufferedIOBase | None:
    """Return the whole body as a file to be closed, None when the caller hung up; raise TooSlow.

    One that says to be larger than what any page takes is not read: the page refuses it by its
    length.
    """
    message = await _next(receive)
    if message["type"] == "http.request" and not message.get("more_body"):
        return io.BytesIO(message.get("body", b""))
    if _length(scope) > LARGEST_UPLOAD:
        return io.BytesIO()
    with ExitStack() as until_whole:
        body: Any = until_whole.enter_context(SpooledTemporaryFile(_MOST_IN_MEMORY))
        while message["type"] == "http.request":
            body.write(message.get("body", b""))
            if not message.get("more_body") or body.tell() > LARGEST_UPLOAD:
                until_whole.pop_all()
                body.seek(0)
                return cast("io.BufferedIOBase", body)
            message = await _next(receive)
    return None


async def _next(receive: Receive) -> Message:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await receive()
    except TimeoutError:
        raise TooSlow from None


def _length(scope: Message) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else 0
