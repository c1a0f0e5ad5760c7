"""Words of a text that another text has not, marked over whatever else lies over them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from corpus.text.markup import Overlay
from corpus.text.spans import Span


class ChangedWords:
    """An overlay that puts `spans` into elements called `tag`, inside the pieces of `below`.

    They are words that were changed: no two overlap. Each piece finds its own by halving.
    """

    def __init__(self, below: Overlay, spans: Sequence[Span], tag: str) -> None:
        self._below = below
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._ends = [span.end for span in self._spans]
        self._tag = tag

    def edges(self, start: int, end: int) -> Iterable[int]:
        """Return the edges of the overlay below and those of changed words in start..end."""
        near = self._spans[bisect_left(self._ends, start) : bisect_right(self._starts, end)]
        own = (edge for span in near for edge in span if start <= edge <= end)
        return [*self._below.edges(start, end), *own]

    def wrap(self, start: int, end: int, html: str) -> str:
        """Return the piece as the overlay below has it, marked if it is changed."""
        before = bisect_right(self._starts, start)
        if before and start < self._ends[before - 1]:
            html = f"<{self._tag}>{html}</{self._tag}>"
        return self._below.wrap(start, end, html)

    def after(self, end: int) -> str:
        """Return what the overlay below puts behind the piece."""
        return self._below.after(end)
