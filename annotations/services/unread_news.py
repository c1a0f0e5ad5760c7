"""Letting open pages know that the number of unread notifications changed."""

from collections.abc import Iterable

from corpus.channel import tell

# Their keys fit into one message of the channel.
_READERS_AT_ONCE = 300


def tell_unread(reader_ids: Iterable[int]) -> None:
    """Tell every process, once this is committed, that the numbers of these readers changed."""
    readers = sorted(set(reader_ids))
    for start in range(0, len(readers), _READERS_AT_ONCE):
        tell({"kind": "unread", "readers": readers[start : start + _READERS_AT_ONCE]})
