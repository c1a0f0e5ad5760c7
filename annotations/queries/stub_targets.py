"""Articles that are only linked to, as targets of links: found by their title and address."""

from django.db.models import Q, QuerySet

from corpus.access import visible_stubs
from corpus.models import Article
from corpus.permissions import Viewer

# Of what was typed so many words are looked for: more than anybody types for a title.
_MOST_WORDS = 12


def stubs_called(viewer: Viewer, words: str) -> QuerySet[Article]:
    """Return the stubs, that `viewer` may know of, with all `words` in title or address.

    As in a search, quotation marks count for nothing, -word leaves out what has it, and a
    word with an asterisk stands for its beginnings. They are ordered by title.
    """
    found = visible_stubs(viewer)
    for typed in words.split()[:_MOST_WORDS]:
        word = typed.strip('"“”*').removeprefix("-")
        if not word:
            continue
        has_it = Q(title__icontains=word) | Q(canonical_url__icontains=word)
        found = found.filter(~has_it if typed.startswith("-") else has_it)
    return found.order_by("title", "id")
