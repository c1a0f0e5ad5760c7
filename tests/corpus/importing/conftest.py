"""The seed documents, read once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal

SEEDS = Path(__file__).parents[3] / "seeds"


@cache
def _seed(number: str) -> bytes:
    return next(SEEDS.glob(f"{number}_*.txt")).read_bytes()


@cache
def _proposals(number: str) -> tuple[Proposal, ...]:
    return tuple(read_and_interpret(_seed(number), number))


@pytest.fixture
def seed() -> Callable[[str], bytes]:
    """Return the bytes of a seed document by its number ("002")."""
    return _seed


@pytest.fixture
def proposals() -> Callable[[str], tuple[Proposal, ...]]:
    """Return the articles of a seed document by its number."""
    return _proposals
