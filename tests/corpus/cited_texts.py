"""A text that cites a page, and the text of that page."""

from corpus.models import Article
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source

PAGE = "https://paper.example/2017/jan/13/hunt-to-quit-as-an-mp"
CITING = f"A citing headline\n\nOne reads in a paper that he left <{PAGE}> these days.\n"
CITED = f"Hunt leaves the Commons for a museum\n\nURL: {PAGE}\n\nHe said so on Friday.\n"


def imported(text: str) -> Article:
    """Return the one article that `text` holds, imported as commands do."""
    return import_source(SYSTEM, SourceBytes("text.txt", text.encode()))[0].article
