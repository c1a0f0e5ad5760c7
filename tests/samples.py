"""Articles with their starter annotations, loaded once for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from annotations.models import Annotation
from annotations.queries.samples import sample_annotations
from annotations.services import samples
from corpus.permissions import Viewer
from corpus.services.imports import SourceBytes, import_source

SEEDS = Path(__file__).parents[1] / "seeds"
IMPORTER = Viewer(role="administrator")


@pytest.fixture(scope="module")
def starter_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold the six articles and all samples in the database until the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_seeds()
        assert samples.load().left_out == []
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def small_starter_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Hold two of the articles, with the samples on them, until the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_seeds("00[34]_*.txt")
        samples.load()
        yield
        transaction.set_rollback(True)


def import_seeds(pattern: str = "*.txt") -> None:
    """Import the seed files whose names match `pattern`."""
    for path in sorted(SEEDS.glob(pattern)):
        import_source(IMPORTER, SourceBytes(path.name, path.read_bytes()))


def sample(words: str) -> Annotation:
    """Return the sample highlight that begins with `words`."""
    return sample_annotations().get(exact__startswith=words)
