"""What comes in one transaction: it ends as if each had come alone, in few queries."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.importing.errors import ImportRefused
from corpus.models import Article, Event, ImportBatch, ImportCandidate, NearPair, OutboundLink
from corpus.permissions import SYSTEM
from corpus.services import applying, newcomers
from corpus.services.batches import create_batch
from corpus.services.imports import Outcome, SourceBytes, Together, import_source, import_sources
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db


def record(number: int, text: str = "", **more: Any) -> SourceBytes:
    """Return a line of a data set as a file; `more` are further columns."""
    told = {"title": f"Story {number}", "text": text or article(number), **more}
    return SourceBytes(f"pile.jsonl, {number}", json.dumps(told).encode(), "", "json")


def together(*sources: SourceBytes) -> list[list[Outcome] | ImportRefused]:
    return import_sources(SYSTEM, sources, Together("pile"))


def titles() -> list[str]:
    return [found.title for found in Article.objects.order_by("created_at")]


def test_articles_of_one_title_and_author_share_the_author_and_no_address() -> None:
    together(*(record(n, title="The Vote", author="Ann Bell", outlet="Ex") for n in range(3)))
    found = Article.objects.order_by("created_at")
    assert [one.slug for one in found] == ["the-vote", "the-vote-2", "the-vote-3"]
    assert len({one.authors.get() for one in found}) == len({one.outlet for one in found}) == 1
    assert [one.current_version and one.current_version.number for one in found] == [1, 1, 1]


def test_each_article_has_its_event_in_order() -> None:
    together(*(record(n) for n in range(3)))
    told = Event.objects.filter(verb="article.imported").order_by("id")
    assert [event.after["title"] for event in told] == titles()
    assert [event.subject_id for event in told] == [event.article_id for event in told]


def test_second_text_at_an_address_is_a_new_version_of_the_first() -> None:
    page = "https://paper.example/2017/the-vote"
    together(record(1, url=page), record(2), record(3, url=f"{page}?utm_source=x"))
    first = Article.objects.get(canonical_url__startswith=page)
    assert first.versions.count() == 2
    assert Article.objects.count() == 2


def test_page_that_one_cites_is_filled_by_one_that_comes_after_it() -> None:
    page = "https://paper.example/2017/the-vote"
    citing = f"{article(1)}\nIt is told <{page}> elsewhere.\n"
    sources = [SourceBytes("1.txt", citing.encode()), record(2, url=page)]
    together(*sources)
    cited = OutboundLink.objects.get().resolves_to
    assert cited is not None
    assert (cited.title, cited.is_stub) == ("Story 2", False)
    assert Article.objects.count() == 2


def test_near_copies_in_a_group_make_one_pair_each() -> None:
    together(record(1), record(2), record(3, changed(article(1))), record(4, article(2) + "More."))
    assert NearPair.objects.count() == 2
    near = ImportCandidate.objects.exclude(near=[]).order_by("source__name")
    assert [row.source.name for row in near] == ["pile.jsonl, 3", "pile.jsonl, 4"]


def test_one_that_cannot_be_stored_leaves_the_others_in() -> None:
    wrong = record(2, author="A" * 190 + "ẞ" * 10)
    found = together(record(1), wrong, record(3))
    assert [isinstance(one, ImportRefused) for one in found] == [False, True, False]
    assert titles() == ["Story 1", "Story 3"]
    batch = ImportBatch.objects.get()
    assert sorted(file.position for file in batch.files.all()) == [1, 2]
    assert "pile.jsonl, 2 could not be stored" in str(found[1])


def test_one_that_comes_alone_and_cannot_be_stored_is_refused() -> None:
    with pytest.raises(ImportRefused, match="could not be stored"):
        import_source(SYSTEM, record(1, author="A" * 190 + "ẞ" * 10))
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("more", [{}, {"author": "Ann Bell", "outlet": "Ex"}])
def test_twice_as_many_take_no_more_queries(more: dict[str, str]) -> None:
    def queries(*numbers: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            together(*(record(n, url=f"https://p.example/{n}", **more) for n in numbers))
        return len(asked)

    queries(0)
    assert queries(*range(10, 30)) <= queries(*range(1, 10)) + 8


def batch_of(carol: User, *sources: SourceBytes) -> ImportBatch:
    batch = create_batch(viewer_of(carol), sources).batch
    run_jobs()
    return batch


def apply_all(carol: User, batch: ImportBatch) -> applying.Applied:
    rows = ImportCandidate.objects.filter(batch=batch)
    return applying.apply_some(viewer_of(carol), batch, {row.id: row.counter for row in rows})


def test_candidates_are_added_in_groups_with_an_event_for_each(carol: User) -> None:
    batch = batch_of(carol, *(record(n) for n in range(25)))
    applied = apply_all(carol, batch)
    assert len(applied.done) == 25
    assert applied.refused == []
    for verb in ("article.imported", "import.applied"):
        assert Event.objects.filter(verb=verb).count() == 25
    assert set(ImportCandidate.objects.values_list("state", "counter")) == {("applied", 2)}
    assert titles() == [f"Story {n}" for n in range(25)]


def test_near_copy_in_a_group_waits_for_a_verdict_and_stops_no_other(carol: User) -> None:
    batch = batch_of(carol, record(1), record(2), record(3, changed(article(1))), record(4))
    applied = apply_all(carol, batch)
    ((refused, why),) = applied.undecided
    assert refused.source.name in {"pile.jsonl, 1", "pile.jsonl, 3"}
    assert "nearly the same as" in why
    assert {"Story 2", "Story 4"} < set(titles())
    assert len(titles()) == 3


def test_candidate_that_cannot_be_added_leaves_the_others_in(
    carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(carol, *(record(n) for n in range(1, 4)))
    add = newcomers.Newcomers.add

    def unless_second(self: newcomers.Newcomers, one: Any) -> Article:
        if one.proposal.title.value == "Story 2":
            raise Invalid("This one cannot be added.")
        return add(self, one)

    monkeypatch.setattr(newcomers.Newcomers, "add", unless_second)
    applied = apply_all(carol, batch)
    assert [why for _candidate, why in applied.refused] == ["This one cannot be added."]
    assert sorted(titles()) == ["Story 1", "Story 3"]
    states = ImportCandidate.objects.order_by("source__name").values_list("state", flat=True)
    assert list(states) == ["applied", "pending", "applied"]
