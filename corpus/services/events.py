"""Leaving an Event: called by every service inside its transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from corpus.channel import NEWS, tell
from corpus.models import Article, Event


class _CurrentTransaction(models.Func):
    """The number of the running transaction on PostgreSQL, nothing elsewhere."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return SQL for no number: SQLite has one writer at a time and numbers none."""
        return "NULL", ()


class NoTransaction(Exception):
    """An Event was to be left outside the transaction of the write it tells of."""


def record(
    actor_id: int | None,
    verb: str,
    subject: models.Model,
    *,
    audience: str = Event.Audience.STAFF,
    article: Article | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Store and return the Event that `actor_id` did `verb` to `subject`.

    `before` and `after` hold the changed fields as JSON values. Raises NoTransaction
    outside a transaction.
    """
    event = draft(
        actor_id, verb, subject, audience=audience, article=article, before=before, after=after
    )
    record_all([event])
    return event


def record_all(events: Sequence[Event]) -> None:
    """Store Events that were made by `draft`; raises NoTransaction outside a transaction."""
    if not connection.in_atomic_block:
        raise NoTransaction(", ".join(event.verb for event in events))
    if events:
        tell(NEWS)
        Event.objects.bulk_create(events)


def draft(
    actor_id: int | None,
    verb: str,
    subject: models.Model,
    *,
    audience: str = Event.Audience.STAFF,
    article: Article | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Return the Event that `record` would store, for `record_all`."""
    return Event(
        actor_id=actor_id,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        article=article,
        audience=audience,
        before=dict(before or {}),
        after=dict(after or {}),
        transaction_id=_CurrentTransaction(),
    )
