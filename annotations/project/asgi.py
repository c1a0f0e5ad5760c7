"""The site as an ASGI application: live routes natively, every page through WSGI.

Django's own ASGI handler costs several times the processor time of its WSGI handler for the same
page (tests/benchmarks/servers.py measures it), so pages run as WSGI in a pool of threads.
"""

from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import Receive, Scope, Send
from a2wsgi.wsgi_typing import WSGIApp

from annotations.project.wsgi import application as pages

THREADS = 4
"""Pages worked on at once in one process; more only queue for the interpreter and the disk."""

_pages = WSGIMiddleware(cast("WSGIApp", pages), workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection; other kinds than HTTP are refused."""
    if scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000, "reason": ""})
