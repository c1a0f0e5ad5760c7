"""The order of what an import proposes: file after file, however many files there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from corpus.models import ImportBatch, ImportCandidate, ImportFile, SourceFile
from corpus.queries.batch_page import in_order

pytestmark = pytest.mark.django_db

# SQLite tells of its work each time that it has done so much.
_STEPS = 100


def test_articles_stand_in_the_order_of_their_files_and_within_them() -> None:
    batch = batch_of(3)
    first, second, third = batch.files.order_by("position")
    made = [candidate(file, place) for file, place in ((third, 1), (first, 2), (first, 1))]
    candidate(batch_of(1).files.get(), 1)
    made.append(candidate(second, 1))
    # The same bytes once more at the end: they stand where they came first.
    ImportFile.objects.create(batch=batch, source=first.source, name="again", position=9)

    order = [made[2], made[1], made[3], made[0]]
    assert [placed.pk for placed in in_order(batch)] == [one.pk for one in order]
    assert [placed.pk for placed in in_order(batch, "rejected")] == []


def test_four_times_as_many_files_take_no_more_than_about_four_times_the_work() -> None:
    few, many = batch_of(30), batch_of(120)
    for batch in (few, many):
        for file in batch.files.all():
            candidate(file, 1)

    assert work_of(lambda: in_order(many)) < 6 * work_of(lambda: in_order(few))


def batch_of(count: int) -> ImportBatch:
    batch = ImportBatch.objects.create(note="pile")
    for number in range(count):
        name = f"{number} of {batch.pk}"
        sha256 = f"{SourceFile.objects.count():064}"
        source = SourceFile.objects.create(sha256=sha256, name=name, size=1, content=b"x")
        ImportFile.objects.create(batch=batch, source=source, name=name, position=number)
    return batch


def candidate(file: ImportFile, position: int) -> ImportCandidate:
    return ImportCandidate.objects.create(
        batch=file.batch,
        source=file.source,
        position=position,
        proposal={},
        digest=f"{file.pk}{position}",
    )


def work_of(ask: Callable[[], Any]) -> int:
    """Return how much the database does; only SQLite can tell, elsewhere it is the same."""
    told = 0

    def tell() -> int:
        nonlocal told
        told += 1
        return 0

    ask()
    if connection.vendor != "sqlite":
        return 1
    connection.connection.set_progress_handler(tell, _STEPS)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return told
