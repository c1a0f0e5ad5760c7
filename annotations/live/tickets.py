"""What somebody may listen to, as the page that let them in found it."""

from dataclasses import dataclass
from uuid import UUID

from corpus.permissions import Viewer

MOST_ARTICLES = 20
"""Articles that one stream tells of: those open in the tabs of one browser."""


@dataclass(frozen=True, eq=False)
class Ticket:
    """One stream: who listens, from where, to which articles, and since when.

    `session` and `password`, as stored, tell later whether they are signed in still. `position`
    is where they were before, None for now. With `is_shown` others may see that they read.
    """

    viewer: Viewer
    address: str
    articles: frozenset[UUID]
    position: str | None = None
    session: str = ""
    password: str = ""
    is_shown: bool = False
