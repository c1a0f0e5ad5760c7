"""Who is here: which readers have which article open, in all processes of the site.

It is kept in memory only. Each process tells the others whom it serves, again and again, so
that the readers of a process that died are forgotten.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from corpus.channel import LARGEST

FORGOTTEN_AFTER = 60.0
"""Seconds after which a process that says nothing is taken for dead."""

MOST_SHOWN = 300
"""Readers of one article that a process tells of."""

_ROOM = LARGEST - 200


class Presence:
    """The readers of each article by the process that serves them."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._here: dict[str, dict[UUID, frozenset[int]]] = {process: {}}
        self._heard_at: dict[str, float] = {}

    def readers_of(self, article_id: UUID) -> frozenset[int]:
        """Return the accounts that have the article open anywhere."""
        everywhere = (here.get(article_id, frozenset()) for here in self._here.values())
        return frozenset().union(*everywhere)

    def set_own(self, article_id: UUID, readers: Iterable[int]) -> bool:
        """Set whom this process serves; say whether others have to know."""
        return self._set(self._process, article_id, frozenset(readers))

    def hear(self, process: str, here: Mapping[str, list[int]], now: float) -> set[UUID]:
        """Take what another process tells; return the articles whose readers changed."""
        if process == self._process:
            return set()
        self._heard_at[process] = now
        told = {UUID(article_id): frozenset(readers) for article_id, readers in here.items()}
        return {pk for pk, readers in told.items() if self._set(process, pk, readers)}

    def forget_silent(self, now: float) -> set[UUID]:
        """Forget the processes that say nothing any more; return the articles that changed."""
        silent = [p for p, at in self._heard_at.items() if now - at > FORGOTTEN_AFTER]
        changed: set[UUID] = set()
        for process in silent:
            del self._heard_at[process]
            changed |= set(self._here.pop(process, {}))
        return changed

    def own(self, article_ids: Iterable[UUID] | None = None) -> Iterator[dict[str, list[int]]]:
        """Yield whom this process serves, by article, in parts that a message has room for."""
        here = self._here[self._process]
        part: dict[str, list[int]] = {}
        size = 0
        for article_id in here if article_ids is None else article_ids:
            readers = sorted(here.get(article_id, ()))[:MOST_SHOWN]
            size += len(json.dumps(readers)) + 45
            if part and size > _ROOM:
                yield part
                part, size = {}, 0
            part[str(article_id)] = readers
        if part:
            yield part

    def _set(self, process: str, article_id: UUID, readers: frozenset[int]) -> bool:
        here = self._here.setdefault(process, {})
        if here.get(article_id, frozenset()) == readers:
            return False
        if readers:
            here[article_id] = readers
        else:
            here.pop(article_id, None)
        return True
