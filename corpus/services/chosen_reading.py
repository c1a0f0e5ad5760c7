"""Saying of several articles at once that they are read, or unread; each can be taken back."""

from collections.abc import Sequence

from corpus.errors import Invalid
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.services.reading import mark_read, mark_unread, undo


def mark_all_read(viewer: Viewer, articles: Sequence[Article]) -> list[Article]:
    """Say that the viewer has read `articles`; return those of which that is new.

    Each is a write of its own with its Event; those without a text are left out.
    """
    return [article for article in _with_text(articles) if mark_read(viewer, article)]


def mark_all_unread(viewer: Viewer, articles: Sequence[Article]) -> list[Article]:
    """Say that `articles` are unread, as `mark_all_read` does that they are read."""
    return [article for article in _with_text(articles) if mark_unread(viewer, article)]


def undo_all(viewer: Viewer, articles: Sequence[Article]) -> list[Article]:
    """Take back what the viewer said last of each of `articles`; return those it was of."""
    return [article for article in _with_text(articles) if _is_undone(viewer, article)]


def _with_text(articles: Sequence[Article]) -> list[Article]:
    return [article for article in articles if article.current_version_id is not None]


def _is_undone(viewer: Viewer, article: Article) -> bool:
    try:
        undo(viewer, article)
    except Invalid:
        return False
    return True
