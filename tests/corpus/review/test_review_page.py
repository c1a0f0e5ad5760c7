"""What the page of a proposed article shows: its source beside what it became."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.models import ImportBatch, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.batch_page import batch_page
from corpus.queries.importing import batch_list, batch_or_404, candidate_or_404, job_of
from corpus.queries.review import Review, candidate_review
from corpus.services import applying, reviewing
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes, pasted
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

SEEDS = Path(settings.BASE_DIR) / "seeds"
PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)
LINKED = "It was hisgoal <https://a.org/2016/x> then."
HEAD = "The motion\n\nBy Jane Smith\n\nAdvertisement"
TEXT = f"{HEAD}\n\n{PROSE}\n\n{LINKED}\n\n{PROSE[:90]}\n"


def imported(viewer: Viewer, *texts: str) -> ImportBatch:
    sources = [SourceBytes(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    batch = create_batch(viewer, sources).batch
    run_jobs()
    return batch


def review(batch: ImportBatch, position: int = 1) -> Review:
    return candidate_review(ImportCandidate.objects.get(batch=batch, position=position))


def seed(number: str) -> str:
    return next(SEEDS.glob(f"{number}_*.txt")).read_text()


def test_the_rows_cover_the_source_and_say_what_it_became(curator: Viewer) -> None:
    page = review(imported(curator, TEXT))
    assert [(row.kind, row.is_text) for row in page.rows] == [
        ("title", False),
        ("by_line", False),
        ("boilerplate", False),
        ("paragraph", True),
        ("paragraph", True),
        ("paragraph", True),
    ]
    shown = "".join(piece.words for row in page.rows for line in row.lines for piece in line.pieces)
    assert shown == TEXT.replace("\n", "")
    assert [row.why for row in page.dropped] == ["it belongs to the web page around the article"]
    assert "<a class" in page.rows[4].html
    assert [row.can_split for row in page.rows[:2]] == [False, True]


def test_a_repair_stands_at_its_row_and_stays_there_when_it_is_undone(curator: Viewer) -> None:
    batch = imported(curator, TEXT)
    page = review(batch)
    (repair,) = page.repairs
    assert (repair.before, repair.after, repair.anchor) == (
        "hisgoal",
        "his goal",
        page.rows[4].anchor,
    )
    reviewing.decide(curator, page.candidate, repair.key, "undone", counter=1)
    page = review(batch)
    assert [one.is_undone for one in page.rows[4].repairs] == [True]
    assert [flag.anchor for flag in page.flags] == [page.rows[4].anchor]


def test_each_row_can_be_decided_about_by_its_key(curator: Viewer) -> None:
    batch = imported(curator, TEXT)
    page = review(batch)
    reviewing.decide(curator, page.candidate, page.rows[2].key, "heading", counter=1)
    reviewing.decide(curator, page.candidate, page.rows[3].key, "boilerplate", counter=2)
    page = review(batch)
    assert [row.is_decided for row in page.rows] == [False, False, True, True, False, False]
    assert (page.rows[2].kind, page.rows[3].why) == ("heading", "a curator said so")
    reviewing.withdraw(curator, page.candidate, page.rows[3].key, counter=3)
    assert review(batch).rows[3].is_text


def test_facts_say_how_they_are_known_and_where_it_stands(curator: Viewer) -> None:
    page = review(imported(curator, TEXT))
    facts = {fact.name: fact for fact in page.facts}
    assert facts["authors"].value == ["Jane Smith"]
    assert facts["authors"].evidence_anchor == page.rows[1].anchor
    assert (facts["outlet"].shown, facts["outlet"].basis) == ("", "unknown")
    assert facts["title"].percent == 90


def test_a_day_that_is_only_bounded_is_shown_so(curator: Viewer) -> None:
    page = review(imported(curator, seed("000")))
    (published,) = (fact for fact in page.facts if fact.name == "published")
    assert published.shown == page.row.date == "not before 13 January 2017"
    assert published.value["not_before"] == "2017-01-13"
    assert published.evidence_anchor == page.rows[0].anchor


def test_a_file_lists_its_articles_with_what_there_is_to_look_at(curator: Viewer) -> None:
    batch = imported(curator, seed("002"), "\x00\x01\x02 binary")
    first, second = batch_page(batch).files
    assert [row.title[:15] for row in first.candidates] == ["The rise and fa", "Losing Momentum"]
    assert [review(batch, position).can_join for position in (1, 2)] == [False, True]
    assert first.count == 2
    assert first.candidates[0].flags > 0
    proposed = ImportCandidate.objects.get(batch=batch, position=1).proposal["text"]
    assert abs(first.candidates[0].words - len(proposed.split())) < 20
    assert "binary file" in second.file.problem_in_words
    assert second.candidates == []


def test_imports_are_counted_and_hidden_from_readers(
    curator: Viewer, alice: User, noise: None
) -> None:
    batch = imported(curator, TEXT, "  \n")
    applying.apply_some(curator, batch, {row.id: row.counter for row in rows(batch)})
    (listed,) = batch_list(curator)
    counts = {
        name: getattr(listed, f"{name}_count")
        for name in ("files", "waiting", "refused", "pending", "applied", "duplicate")
    }
    assert counts == {
        "files": 2,
        "waiting": 0,
        "refused": 1,
        "pending": 0,
        "applied": 1,
        "duplicate": 0,
    }
    assert job_of(listed) is not None
    reader = viewer_of(alice)
    assert not batch_list(reader)
    with pytest.raises(Http404):
        batch_or_404(reader, batch.id)
    with pytest.raises(Http404):
        candidate_or_404(reader, batch.id, rows(batch)[0].id)


def rows(batch: ImportBatch) -> list[ImportCandidate]:
    return list(ImportCandidate.objects.filter(batch=batch))


def test_pages_ask_the_same_number_of_questions_however_much_there_is(curator: Viewer) -> None:
    def asked(batch: ImportBatch) -> int:
        with CaptureQueriesContext(connection) as queries:
            batch_page(batch)
            list(batch_list(curator))
            candidate_review(ImportCandidate.objects.filter(batch=batch)[0])
        return len(queries)

    def alike(first: int, count: int) -> ImportBatch:
        numbers = range(first, first + count)
        return imported(curator, *(f"{TEXT}\n\nMore of {n}. {PROSE}" for n in numbers))

    assert asked(alike(0, 2)) == asked(alike(2, 5))


def test_a_review_reads_no_proposal_but_its_own(curator: Viewer) -> None:
    batch = imported(curator, *(f"{TEXT}\n\nMore of {n}. {PROSE}" for n in range(3)))
    ordered = [row.candidate for file in batch_page(batch).files for row in file.candidates]
    middle = ordered[1]
    ImportCandidate.objects.filter(batch=batch).exclude(pk=middle.pk).update(proposal={})

    page = candidate_review(ImportCandidate.objects.get(pk=middle.pk))

    assert (page.previous, page.row.id, page.next) == (ordered[0].pk, middle.pk, ordered[2].pk)
    assert not page.can_join


def test_a_review_of_a_long_text_is_quick(curator: Viewer) -> None:
    text = "A headline\n\n" + "\n\n".join(f"{n}. {PROSE}" for n in range(2_000))
    (source,) = [pasted(text)]
    batch = create_batch(SYSTEM, [source]).batch
    run_jobs()
    assert len(review(batch).rows) > 2_000
