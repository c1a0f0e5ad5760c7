"""Undo takes back exactly the last decision: what stood before it stands again."""

from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import Invalid
from corpus.models import ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.steps import last_step
from corpus.services import parting, reviewing
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes
from tests.corpus.review.deciding import decided, proposed
from tests.corpus.review.texts import article, changed

pytestmark = pytest.mark.django_db

TWO = f"{article(1)}\n{article(2)}"


@pytest.fixture
def candidate(curator: Viewer) -> ImportCandidate:
    """Return the one article that was proposed for two."""
    return proposed(curator, TWO)


def place(words: str) -> int:
    return TWO.index(words)


def title(candidate: ImportCandidate) -> str:
    return str(candidate.proposal["facts"]["title"]["value"])


def states() -> list[Any]:
    """Return what stands of each article, in the order of their files."""
    rows = ImportCandidate.objects.order_by("source__name", "position")
    return [(row.pk, row.proposal, decided(row), row.updates, row.near) for row in rows]


def undo(viewer: Viewer, candidate: ImportCandidate) -> ImportCandidate:
    candidate.refresh_from_db()
    step = last_step(candidate)
    assert step is not None
    return reviewing.undo(viewer, candidate, step.key, counter=candidate.counter)


def test_field_that_was_edited_twice_goes_back_to_the_first_edit(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    read = title(candidate)
    for number, words in enumerate(("Title one", "Title two"), start=1):
        reviewing.set_fact(curator, candidate, "title", words, counter=number)
    assert title(undo(curator, candidate)) == "Title one"
    assert title(undo(curator, candidate)) == read
    candidate.refresh_from_db()
    assert (candidate.decisions, last_step(candidate)) == ({}, None)


def test_decision_that_was_withdrawn_is_decided_again(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    reviewing.set_fact(curator, candidate, "title", "Mine", counter=1)
    reviewing.withdraw(curator, candidate, "fact:title", counter=2)
    assert title(undo(curator, candidate)) == "Mine"


def test_every_decision_is_taken_back_in_turn(curator: Viewer, candidate: ImportCandidate) -> None:
    (known,) = import_source(SYSTEM, SourceBytes("known.txt", article(9).encode()))
    first, other = place("Headline number 1"), place("Headline number 2")
    paragraphs = [n for n in range(len(TWO)) if TWO.startswith("\n\nThe ", n)]
    acts: list[Callable[[ImportCandidate, int], object]] = [
        lambda one, n: reviewing.decide(curator, one, f"block:{other}", "title", counter=n),
        lambda one, n: reviewing.decide(
            curator, one, f"join:{paragraphs[2] + 2}", "above", counter=n
        ),
        lambda one, n: reviewing.decide(curator, one, f"block:{first}", "quotation", counter=n),
        lambda one, n: reviewing.set_fact(curator, one, "title", "One", counter=n),
        lambda one, n: reviewing.decide(curator, one, f"block:{other}", "heading", counter=n),
        lambda one, n: reviewing.withdraw(curator, one, f"block:{first}", counter=n),
        lambda one, n: reviewing.choose_target(curator, one, known.article, counter=n),
        lambda one, n: reviewing.set_fact(curator, one, "title", "Two", counter=n),
        lambda one, n: parting.split(curator, one, paragraphs[2] + 2, counter=n),
        lambda one, n: reviewing.set_fact(curator, one, "outlet", "Herald", counter=n),
    ]
    seen = []
    for act in acts:
        candidate.refresh_from_db()
        seen.append(states())
        act(candidate, candidate.counter)
        assert states() != seen[-1]
    while seen:
        undo(curator, candidate)
        assert states() == seen.pop()
    candidate.refresh_from_db()
    assert last_step(candidate) is None


def test_join_with_the_article_before_leaves_two_as_they_were(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    second = parting.split(curator, candidate, place("Headline number 2"), counter=1)
    second = reviewing.set_fact(curator, second, "title", "The second", counter=1)
    two = states()
    whole = parting.join_with_previous(curator, second, counter=second.counter)
    assert title(whole) == "Headline number 1"
    undo(curator, whole)
    assert states() == two
    second.refresh_from_db()
    assert title(undo(curator, second)) == "Headline number 2"
    assert title(undo(curator, candidate)) == "Headline number 1"
    assert ImportCandidate.objects.count() == 1


def test_articles_that_were_never_one_are_parted_again(curator: Viewer) -> None:
    text = f"{article(1)}\n========\n\n{article(2)}\n========\n\n{article(3)}"
    with pytest.raises(ImportCandidate.MultipleObjectsReturned):
        proposed(curator, text)
    three = states()
    middle = ImportCandidate.objects.get(position=2)
    undo(curator, parting.join_with_previous(curator, middle, counter=1))
    assert states() == three


def test_second_article_gives_the_whole_what_is_not_known_of_the_first(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    second = parting.split(curator, candidate, place("Headline number 2"), counter=1)
    facts = {"title": "The second", "outlet": "The Herald"}
    second = reviewing.set_facts(curator, second, facts, counter=1)
    whole = parting.join_with_previous(curator, second, counter=2)
    assert decided(whole)["facts"] == {"outlet": "The Herald"}


def test_split_that_is_taken_back_keeps_what_the_whole_has_of_the_second(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    start = place("Headline number 2")
    second = parting.split(curator, candidate, start, counter=1)
    second = reviewing.set_fact(curator, second, "title", "The second", counter=1)
    reviewing.decide(curator, second, f"block:{start}", "quotation", counter=2)
    whole = undo(curator, candidate)
    assert (title(whole), whole.proposal["blocks"][-7]["kind"]) == (
        "Headline number 1",
        "quotation",
    )
    undo(curator, whole)
    whole.refresh_from_db()
    assert (decided(whole), last_step(whole)) == ({}, None)


def test_verdict_on_a_near_copy_is_taken_back(curator: Viewer) -> None:
    (known,) = import_source(SYSTEM, SourceBytes("known.txt", article(1).encode()))
    candidate = proposed(curator, changed(article(1), "in the end"))
    before = states()
    reviewing.judge(curator, candidate, known.article, "same", counter=1)
    undo(curator, candidate)
    assert states() == before


def test_what_is_no_longer_the_last_decision_is_not_undone(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    reviewing.set_fact(curator, candidate, "title", "One", counter=1)
    reviewing.set_fact(curator, candidate, "outlet", "The Herald", counter=2)
    with pytest.raises(Invalid, match="can no longer be undone"):
        reviewing.undo(curator, candidate, "fact:title", counter=3)
    candidate.refresh_from_db()
    assert (title(candidate), candidate.counter) == ("One", 3)
