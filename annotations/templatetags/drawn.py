"""How the names of things are written in the small boxes of a drawing."""

import unicodedata

from django import template

from corpus.models import Article

register = template.Library()

# Letters of a line in a box of the graph; a wide one, as in Chinese, takes the room of two.
_ROOM = 25
_LINES = 2


@register.filter
def label_lines(article: Article) -> list[str]:
    """Return the title in at most two lines that fit a box, the last one cut with an ellipsis."""
    return wrapped(article.title, room=_ROOM, lines=_LINES)


def wrapped(text: str, *, room: int, lines: int) -> list[str]:
    """Return `text` in at most so many `lines`, each `room` narrow letters wide or less."""
    done: list[str] = []
    rest = " ".join(text.split())
    while rest and len(done) < lines:
        end = _fitting(rest, room)
        if end == len(rest):
            return [*done, rest]
        if len(done) == lines - 1:
            return [*done, rest[: _fitting(rest, room - 1)].rstrip(" ,;:.–-") + "…"]
        space = rest.rfind(" ", 0, end + 1)
        cut = space if space > 0 else end
        done.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return done


def _fitting(text: str, room: int) -> int:
    """Return how many letters at the beginning of `text` fit, at least one."""
    taken = 0
    for index, letter in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if taken > room:
            return max(index, 1)
    return len(text)
