"""Imports at the same moment, in real threads on a real database file or server."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from corpus.models import Article, Event, SourceFile
from corpus.permissions import SYSTEM
from corpus.services.imports import SourceBytes, import_source

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6
TEXT = "A plain headline\n\nThe first paragraph says one thing.\n\nThe second says another.\n"


def test_the_same_article_imported_at_once_in_two_files_is_stored_once() -> None:
    start = Barrier(WRITERS, timeout=60)

    def run(number: int) -> bool:
        start.wait(timeout=30)
        try:
            # Two files of the same words, each of them several times.
            content = TEXT + "\n" * (number % 2)
            source = SourceBytes(f"{number}.txt", content.encode())
            return import_source(SYSTEM, source)[0].is_new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        new = list(pool.map(run, range(WRITERS)))

    assert sorted(new) == [False] * (WRITERS - 1) + [True]
    assert Article.objects.count() == SourceFile.objects.count() == 1
    assert Event.objects.filter(verb="article.imported").count() == 1


def test_two_texts_that_cite_the_same_new_page_at_once_make_one_stub() -> None:
    start = Barrier(WRITERS, timeout=60)
    page = "https://paper.example/2017/a-page-that-nobody-imported"

    def run(number: int) -> None:
        start.wait(timeout=30)
        try:
            text = f"Headline number {number}\n\nIt is told elsewhere <{page}#{number}> in full.\n"
            import_source(SYSTEM, SourceBytes(f"{number}.txt", text.encode()))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))

    stub = Article.objects.get(is_stub=True)
    assert stub.cited_by.count() == WRITERS
