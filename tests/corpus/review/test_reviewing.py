"""Curators decide about proposed articles; whoever saw an older state is told so."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.importing.proposal import Proposal
from corpus.models import Article, Event, ImportBatch, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.recognition import has_open_question
from corpus.services import parting, reviewing
from corpus.services.batches import create_batch
from corpus.services.imports import import_source
from corpus.services.sources import SourceBytes, pasted
from tests.corpus.review.deciding import decided
from tests.corpus.review.texts import article, changed
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

TWO = f"{article(1)}\n{article(2)}"


@pytest.fixture
def candidate(curator: Viewer) -> ImportCandidate:
    """Return the one article that was proposed for two."""
    return proposed(curator, TWO)[0]


def proposed(viewer: Viewer, text: str) -> list[ImportCandidate]:
    batch = create_batch(viewer, [pasted(text)]).batch
    run_jobs()
    return listed(batch)


def listed(batch: ImportBatch) -> list[ImportCandidate]:
    return list(ImportCandidate.objects.filter(batch=batch).order_by("position"))


def title(candidate: ImportCandidate) -> str:
    return str(candidate.proposal["facts"]["title"]["value"])


def second_headline(candidate: ImportCandidate) -> int:
    return candidate.source.decoded().index("Headline number 2")


def test_a_decision_makes_the_text_again_and_leaves_one_event(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    start = second_headline(candidate)
    before = Event.objects.count()
    kept = reviewing.decide(curator, candidate, f"block:{start}", "boilerplate", counter=1)
    assert "Headline number 2" not in kept.proposal["text"]
    assert kept.counter == 2
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_id) == ("import.decided", candidate.batch_id)
    again = reviewing.decide(curator, kept, f"block:{start}", "boilerplate", counter=2)
    assert (again.counter, Event.objects.count()) == (2, before + 1)


def test_a_decision_taken_back_leaves_what_the_rules_said(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    key = f"block:{second_headline(candidate)}"
    kept = reviewing.decide(curator, candidate, key, "quotation", counter=1)
    back = reviewing.withdraw(curator, kept, key, counter=2)
    assert (back.proposal, decided(back)) == (candidate.proposal, {})


def test_who_saw_an_older_state_is_told_the_present_one(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    reviewing.set_fact(curator, candidate, "title", "Two texts", counter=1)
    with pytest.raises(Stale) as refusal:
        reviewing.reject(curator, candidate, counter=1)
    assert refusal.value.current == {
        "counter": 2,
        "state": "pending",
        "position": 1,
        "title": "Two texts",
    }


def test_readers_decide_nothing(alice: User, candidate: ImportCandidate) -> None:
    reader = viewer_of(alice)
    with pytest.raises(NotAllowed):
        reviewing.set_fact(reader, candidate, "title", "Mine", counter=1)
    with pytest.raises(NotAllowed):
        reviewing.reject(reader, candidate, counter=1)


def test_one_article_becomes_two_and_one_again(curator: Viewer, candidate: ImportCandidate) -> None:
    whole = candidate.proposal
    offset = second_headline(candidate) + 5
    second = parting.split(curator, candidate, offset, counter=1)
    first, second = listed(candidate.batch)
    assert [title(first), title(second)] == ["Headline number 1", "Headline number 2"]
    assert [first.position, second.position] == [1, 2]
    joined = parting.join_with_previous(curator, second, counter=second.counter)
    assert (joined.pk, joined.proposal) == (candidate.pk, whole)
    assert len(listed(candidate.batch)) == 1


def test_what_was_joined_meanwhile_is_not_put_aside(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    second = parting.split(curator, candidate, second_headline(candidate), counter=1)
    parting.join_with_previous(curator, second, counter=second.counter)
    second = ImportCandidate(pk=second.pk, batch=candidate.batch)
    with pytest.raises(Invalid, match="Another curator joined this"):
        reviewing.reject(curator, second, counter=1)


def test_articles_behind_a_split_move_and_keep_their_order(curator: Viewer) -> None:
    rule = "\n========\n\n"
    parts = proposed(curator, rule.join([f"{article(1)}\n{article(2)}", article(3), article(4)]))
    parting.split(curator, parts[0], second_headline(parts[0]), counter=1)
    found = listed(parts[0].batch)
    assert [(row.position, title(row)[-1]) for row in found] == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
        (4, "4"),
    ]
    parting.join_with_previous(curator, found[2], counter=found[2].counter)
    assert [(row.position, title(row)[-1]) for row in listed(parts[0].batch)] == [
        (1, "1"),
        (2, "2"),
        (3, "4"),
    ]


def test_decisions_go_with_their_half(curator: Viewer, candidate: ImportCandidate) -> None:
    start = second_headline(candidate)
    reviewing.decide(curator, candidate, f"block:{start}", "title", counter=1)
    kept = reviewing.set_fact(curator, candidate, "outlet", "The Herald", counter=2)
    second = parting.split(curator, kept, start, counter=3)
    first = listed(candidate.batch)[0]
    assert decided(first) == {
        "facts": {"outlet": "The Herald"},
        "order": ["fact:outlet"],
    }
    assert decided(second) == {
        "blocks": {str(start): "title"},
        "order": [f"block:{start}"],
    }
    joined = parting.join_with_previous(curator, second, counter=1)
    assert decided(joined) == {
        "blocks": {str(start): "title"},
        "facts": {"outlet": "The Herald"},
        "order": ["fact:outlet", f"block:{start}"],
    }


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda v, c: parting.split(v, c, 0, counter=1), "begins here already"),
        (lambda v, c: parting.join_with_previous(v, c, counter=1), "first article of its file"),
        (lambda v, c: reviewing.set_fact(v, c, "title", "", counter=1), "needs a title"),
        (lambda v, c: reviewing.decide(v, c, "block:0", "song", counter=1), "nothing in this"),
        (lambda v, c: reviewing.restore(v, c, counter=1), None),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    curator: Viewer, candidate: ImportCandidate, act: Any, said: str | None
) -> None:
    if said is None:
        assert act(curator, candidate).counter == 1
        return
    with pytest.raises(Invalid, match=said):
        act(curator, candidate)
    candidate.refresh_from_db()
    assert candidate.counter == 1


def test_an_article_keeps_some_text(curator: Viewer) -> None:
    (candidate,) = proposed(curator, "One line of text.")
    with pytest.raises(Invalid, match="no text at all"):
        reviewing.decide(curator, candidate, "block:0", "boilerplate", counter=1)


def test_facts_are_set_together_and_those_that_stay_are_not_touched(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    kept = reviewing.set_facts(
        curator,
        candidate,
        {"title": title(candidate), "authors": ["Jane Smith", " "], "language": ""},
        counter=1,
    )
    assert decided(kept) == {"facts": {"authors": ["Jane Smith"]}, "order": ["fact:authors"]}
    proposal = Proposal.from_data(kept.proposal)
    assert (proposal.authors.value, proposal.authors.basis) == (("Jane Smith",), "curated")


def test_wrong_facts_are_named_all_at_once(curator: Viewer, candidate: ImportCandidate) -> None:
    with pytest.raises(Invalid) as refusal:
        reviewing.set_facts(curator, candidate, {"title": "", "url": "x", "byline": "A"}, counter=1)
    assert set(refusal.value.fields) == {"title", "url"}


def test_a_fact_that_is_confirmed_keeps_its_evidence(curator: Viewer) -> None:
    (candidate,) = proposed(curator, f"By Jane Smith\n\n{article(1)}")
    kept = reviewing.set_fact(curator, candidate, "authors", ["Jane Smith"], counter=1)
    fact = kept.proposal["facts"]["authors"]
    assert (fact["basis"], fact["evidence"]) == ("curated", "By Jane Smith")


def test_an_address_that_is_set_finds_the_article_it_is_of(curator: Viewer) -> None:
    source = SourceBytes("a.txt", f"URL: https://example.org/a\n\n{article(1)}".encode())
    (outcome,) = import_source(SYSTEM, source)
    (candidate,) = proposed(curator, article(2))
    assert candidate.updates is None
    kept = reviewing.set_fact(curator, candidate, "url", "http://www.example.org/a/", counter=1)
    assert (kept.updates, kept.updates_reason) == (outcome.article, "url")
    kept = reviewing.choose_target(curator, kept, None, counter=2)
    kept = reviewing.set_fact(curator, kept, "title", "Another one", counter=3)
    assert (kept.updates, kept.updates_reason) == (None, "curator")


@pytest.fixture
def near(curator: Viewer) -> tuple[ImportCandidate, Article]:
    """Return a proposed article and the stored one that it is nearly the same as."""
    (outcome,) = import_source(SYSTEM, SourceBytes("a.txt", article(1).encode()))
    return proposed(curator, changed(article(1), "in the end"))[0], outcome.article


def test_a_near_copy_is_the_same_article_or_another(
    curator: Viewer, near: tuple[ImportCandidate, Article]
) -> None:
    candidate, known = near
    assert candidate.updates is None
    same = reviewing.judge(curator, candidate, known, "same", counter=1)
    assert (same.updates, same.near[0]["verdict"]) == (known, "same")
    other = reviewing.judge(curator, same, known, "different", counter=2)
    assert (other.updates, other.near[0]["verdict"]) == (None, "different")


def test_of_several_near_copies_each_is_judged(curator: Viewer) -> None:
    known = [
        import_source(SYSTEM, SourceBytes(f"{word}.txt", changed(article(1), word).encode()))
        for word in ("once", "twice more")
    ]
    (candidate,) = proposed(curator, article(1))
    assert has_open_question(candidate)
    first, second = (outcome[0].article for outcome in known)
    candidate = reviewing.judge(curator, candidate, first, "different", counter=1)
    assert has_open_question(candidate)
    candidate = reviewing.judge(curator, candidate, second, "different", counter=2)
    assert not has_open_question(candidate)
    assert (candidate.updates, candidate.updates_reason) == (None, "")


def test_a_verdict_on_something_else_is_refused(
    curator: Viewer, near: tuple[ImportCandidate, Article]
) -> None:
    (other,) = proposed(curator, article(5))
    with pytest.raises(Invalid, match="not nearly the same"):
        reviewing.judge(curator, other, near[1], "same", counter=1)
    with pytest.raises(Invalid, match="same article or different ones"):
        reviewing.judge(curator, near[0], near[1], "perhaps", counter=1)


def test_a_candidate_is_put_aside_and_taken_back(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    gone = reviewing.reject(curator, candidate, counter=1)
    assert gone.state == "rejected"
    assert reviewing.reject(curator, candidate, counter=1).counter == 2
    with pytest.raises(Invalid, match="waits for a decision"):
        reviewing.set_fact(curator, gone, "title", "X", counter=2)
    assert reviewing.restore(curator, gone, counter=2).state == "pending"


def test_the_second_of_two_curators_who_join_is_told(
    curator: Viewer, candidate: ImportCandidate
) -> None:
    second = parting.split(curator, candidate, second_headline(candidate), counter=1)
    parting.join_with_previous(curator, second, counter=1)
    with pytest.raises(Invalid, match="joined this with the article before it"):
        parting.join_with_previous(curator, second, counter=1)
