"""Looking for unreachable objects less often, in work that makes many and leaves few of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects until the next look; Python's own 700 take an import a fifth of its time.
_SELDOM = 20_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the garbage collector run seldom, and pass over what is there already."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
