"""Pages and feeds that a server in tests gives."""

import json


def page(title: str, *paragraphs: str) -> bytes:
    """Return a web page with an article, as bytes."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{words}</article>".encode()
    )


def feed(*entries: tuple[str, str]) -> bytes:
    """Return a JSON feed with these titles and texts, as bytes."""
    items = [
        {"url": f"https://news.example/{title}", "title": title, "content_html": f"<p>{text}</p>"}
        for title, text in entries
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


BUS = "The bus came late, and nobody at the stop had been told why it would not come at all."
RAIL = "The train left early, which its passengers on the platform had not expected of anybody."
"""Two paragraphs that are nothing like each other."""
