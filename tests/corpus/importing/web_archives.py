"""Web archives made for tests."""

HTML = "text/html; charset=utf-8"
URL = "https://quay.example/gate"


def record(block: bytes, kind: str = "response", url: str = URL, more: str = "") -> bytes:
    """Return a record of this block."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2021-09-06T00:00:00Z\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    """Return what a server answers, its fields with low lines for hyphens."""
    given = {"content_type": HTML, **fields}
    lines = "".join(f"{name.replace('_', '-')}: {words}\r\n" for name, words in given.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body
