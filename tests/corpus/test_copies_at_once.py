"""Verdicts on two articles while the text of one changes, in real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from corpus.models import NearPair
from corpus.permissions import SYSTEM
from corpus.services import copies
from corpus.services.imports import SourceBytes, import_source
from corpus.services.versions import NewText, make_version
from corpus.text.blocks import Block
from tests.corpus.test_copies import WORDS

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def test_verdicts_and_new_texts_at_once_never_wait_in_a_circle() -> None:
    for number in range(2):
        content = f"Headline {number}\n\n{WORDS} He left {number} times.\n".encode()
        import_source(SYSTEM, SourceBytes(f"{number}.txt", content))
    pair = NearPair.objects.get()
    start = Barrier(2, timeout=60)

    def decide(_round: int) -> None:
        copies.say_same(SYSTEM, pair)
        copies.undo(SYSTEM, pair)

    def retell(number: int) -> None:
        # The pair stays, and how much both share is another with each of the texts.
        words = f"{WORDS} He said {' '.join('no more than that' for _ in range(number % 2 + 1))}."
        new = NewText(words, [Block("paragraph", 0, len(words))])
        make_version(SYSTEM, pair.second, new, seen=number + 1, reason="Retold")

    def run(is_curator: bool) -> None:
        try:
            for number in range(ROUNDS):
                start.wait(timeout=30)
                (decide if is_curator else retell)(number)
        except BaseException:
            start.abort()
            raise
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (True, False)))

    pair.refresh_from_db()
    assert pair.verdict == NearPair.Verdict.OPEN
    assert pair.second.versions.count() == ROUNDS + 1
