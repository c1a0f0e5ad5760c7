"""Faults of the rules themselves: one source that nobody foresaw stops no other."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from corpus.errors import Refused
from corpus.importing.errors import ImportRefused
from corpus.services.work import LeaseLost

logger = logging.getLogger(__name__)

_FAULT = (
    "%(name)s could not be read because of a fault of this program, which its log tells;"
    " nothing of it was imported."
)


class Unforeseen(ImportRefused):
    """The rules failed at the source in a way that they do not know."""


@contextmanager
def faults_told(name: str) -> Iterator[None]:
    """Let a fault in reading the source called `name` be a refusal of it, kept in the log.

    What the database or the queue of work says goes through: it is none of the source's.
    Raises Unforeseen.
    """
    try:
        yield
    except (ImportRefused, Refused, DatabaseError, LeaseLost):
        raise
    except Exception as fault:
        logger.exception("Refused a source: its reading failed.")
        raise Unforeseen(_FAULT, name=name) from fault
