"""Suggestions are found, shown to who may decide them, decided, and taken back."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Annotation, Claim, Link, LookedThrough, Suggestion
from annotations.queries.suggestions import Asked, inbox, visible_suggestions
from annotations.services import claims, deciding, deletion, merging, suggesting
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Agent, Article, Event, Group, Job
from corpus.services.indexing import index_article
from corpus.text.blocks import Mark, marks_to_data
from tests.factories import add_version, make_article, make_highlight, make_link
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

Kind = Suggestion.Kind
QUOTE = "“The harbour master of Hull counted eleven gulls on the frozen mooring posts”"
PAGE = "https://www.paper.example/2017/moorings"
FEES = "Mooring fees doubled overnight in the harbour."
DEARER = "Nobody warned the skippers that mooring fees would be dearer."


def prose(name: str, length: int = 60) -> str:
    """Return words that stand in no other text, as a sentence."""
    return " ".join(f"{name}{number}" for number in range(length)).capitalize() + "."


def indexed(*paragraphs: str, link: str = "", **facts: str) -> Article:
    article = make_article(*paragraphs, **facts)
    version = article.current_version
    assert version is not None
    if link:
        version.marks = marks_to_data([Mark("link", 0, 4, link)])
        type(version).objects.filter(pk=version.pk).update(marks=version.marks)
    index_article(version)
    return article


def two_that_quote() -> tuple[Article, Article]:
    return (
        indexed(prose("gull"), QUOTE, title="Gulls"),
        indexed(prose("ice"), QUOTE, title="Ice"),
    )


@pytest.fixture
def coded(alice: User) -> tuple[Claim, Article]:
    """Return a claim with two passages, and an article with a third that has its words."""
    first = indexed(FEES, prose("ferry"), title="Fees")
    second = indexed(f"The mooring fees emptied the quay. {prose('quay')}", title="Quay")
    for article, words in ((first, FEES), (second, "The mooring fees emptied the quay.")):
        make_highlight(alice, article, words, claim="mooring fees drive boats away")
    claim = Claim.objects.get(name="mooring fees drive boats away")
    return claim, indexed(prose("skipper"), DEARER, title="Skippers")


def test_a_quotation_is_linked_with_its_words_and_that_is_taken_back(alice: User) -> None:
    article, other = two_that_quote()
    suggesting.look_through(article)
    viewer = viewer_of(alice)
    found = visible_suggestions(viewer).get(kind=Kind.SAME_QUOTATION)
    assert "eleven gulls" in found.reason["here"]["exact"]

    accepted = deciding.accept(viewer, found)

    link = Link.objects.get(pk=accepted.made["link"])
    assert {link.from_article, link.to_article} == {article, other}
    assert link.relation == "quotes"
    assert all(end is not None and "eleven gulls" in end.exact for end in link.ends)
    with pytest.raises(Invalid):
        deciding.accept(viewer, found)
    deciding.undo(viewer, accepted)
    assert not Link.objects.filter(deleted_at__isnull=True).exists()
    assert not Annotation.objects.filter(deleted_at__isnull=True).exists()
    assert inbox(viewer, Asked(kind=Kind.SAME_QUOTATION)).count == 1


def test_the_same_page_that_two_link_to_is_told_with_both_places(alice: User) -> None:
    article = indexed(prose("tern"), link=PAGE, title="Terns")
    indexed(prose("skua"), link=f"{PAGE}?utm_source=mail", title="Skuas")
    found = suggesting.look_through(article)
    assert [finding.kind for finding in found] == [Kind.SAME_URL]
    assert found[0].reason["here"]["exact"] == prose("tern")
    assert found[0].reason["there"]["exact"] == prose("skua")
    suggesting.look_through(Article.objects.get(title="Skuas"))
    assert Suggestion.objects.count() == 1


def test_another_passage_is_tagged_and_then_found_no_more(
    alice: User, coded: tuple[Claim, Article]
) -> None:
    claim, article = coded
    suggesting.look_through(article)
    viewer = viewer_of(alice)
    row = inbox(viewer, Asked(claim=claim)).rows[0]
    assert row.suggestion.reason["there"]["exact"] == DEARER
    assert row.like is not None
    assert "mooring" in [piece.text for piece in row.words if piece.is_match]

    deciding.accept(viewer, row.suggestion, "disputes")

    mark = Annotation.objects.get(article=article)
    assert (mark.exact, mark.occurrences.get().stance) == (DEARER, "disputes")
    assert not [
        found for found in suggesting.look_through(article) if found.object_id == article.pk
    ]


def test_the_background_looks_for_passages_of_a_claim(
    alice: User, coded: tuple[Claim, Article]
) -> None:
    claim, article = coded
    suggesting.ask_for_claim(viewer_of(alice), claim)
    run_jobs()
    found = Suggestion.objects.get(kind=Kind.CLAIM_PASSAGE)
    assert (found.subject_id, found.object_id) == (claim.pk, article.pk)


def test_new_and_changed_texts_are_looked_through_once_each() -> None:
    article, other = two_that_quote()
    suggesting.look_when_due()
    run_jobs()
    before = list(Suggestion.objects.values_list("pk", "fingerprint"))
    assert LookedThrough.objects.count() == Article.objects.filter(is_stub=False).count()
    suggesting.look_when_due()
    assert not Job.objects.filter(state=Job.State.WAITING).exists()

    suggesting.look_through(other)
    assert list(Suggestion.objects.values_list("pk", "fingerprint")) == before

    index_article(add_version(article, prose("gull")))
    suggesting.look_when_due()
    run_jobs()
    assert not Suggestion.objects.filter(kind=Kind.SAME_QUOTATION).exists()


def test_what_is_rejected_never_returns_also_after_a_new_import(
    carol: User, coded: tuple[Claim, Article]
) -> None:
    claim, article = coded
    suggesting.look_through(article)
    viewer = viewer_of(carol)
    rejected = deciding.reject(viewer, Suggestion.objects.get(kind=Kind.CLAIM_PASSAGE))

    # Imported once more: its row is another one, its address and its words are the same.
    Article.objects.filter(pk=article.pk).update(slug="former", is_hidden=True)
    again = indexed(prose("skipper"), DEARER, title="Skippers", slug=article.slug)
    claims.edit(viewer, claim, ClaimChanges(statement="Fees."), counter=claim.counter)
    suggesting.look_through(again)
    assert list(Suggestion.objects.all()) == [rejected]

    renamed = claims.edit(
        viewer, claim, ClaimChanges(name="dear moorings"), counter=claim.counter + 1
    )
    Article.objects.filter(pk=again.pk).update(is_hidden=True, slug="latter")
    Article.objects.filter(pk=article.pk).update(is_hidden=False)
    assert renamed.slug != claim.slug
    suggesting.look_through(Article.objects.get(pk=article.pk))
    assert list(Suggestion.objects.all()) == [rejected]


def test_never_again_keeps_the_like_away_until_it_is_taken_back(
    alice: User, coded: tuple[Claim, Article]
) -> None:
    claim, article = coded
    suggesting.look_through(article)
    viewer = viewer_of(alice)
    silenced = deciding.silence(viewer, Suggestion.objects.get(kind=Kind.CLAIM_PASSAGE))
    more = indexed(prose("pilot"), f"Pilots too paid mooring fees. {prose('buoy')}", title="Pilots")
    suggesting.look_through(more)
    assert inbox(viewer, Asked(claim=claim)).count == 0
    deciding.undo(viewer, silenced)
    assert inbox(viewer, Asked(claim=claim)).count == 2


def test_what_one_may_not_read_is_neither_shown_nor_counted_nor_decided(
    alice: User, dave: User, group: Group
) -> None:
    article, other = two_that_quote()
    other.access = Article.Access.GROUPS
    other.save()
    other.groups.add(group)
    suggesting.look_through(article)
    found = Suggestion.objects.get(kind=Kind.SAME_QUOTATION)
    assert inbox(viewer_of(alice), Asked()).waiting == 1
    assert inbox(viewer_of(dave), Asked()).waiting == 0
    with pytest.raises(NotFound):
        deciding.reject(viewer_of(dave), found)


@pytest.mark.parametrize("change", [{"access": "groups"}, {"is_hidden": True}])
def test_passages_that_not_everybody_reads_teach_nothing(
    coded: tuple[Claim, Article], change: dict[str, str | bool]
) -> None:
    claim, article = coded
    Article.objects.exclude(pk=article.pk).update(**change)
    suggesting.look_through(article)
    assert not Suggestion.objects.filter(kind=Kind.CLAIM_PASSAGE).exists()
    Article.objects.update(access="public", is_hidden=False)
    suggesting.look_through(article)
    assert Suggestion.objects.filter(kind=Kind.CLAIM_PASSAGE, subject_id=claim.pk).exists()


def test_curators_merge_claims_that_are_one_and_take_it_back(alice: User, carol: User) -> None:
    article = indexed(FEES, prose("kelp"))
    for name in ("threat of mooring fees", "mooring fees threats"):
        make_highlight(alice, article, FEES, claim=name)
    suggesting.look_at_names()
    found = Suggestion.objects.get(kind=Kind.DUPLICATE_CLAIM)
    assert not visible_suggestions(viewer_of(alice)).exists()

    kept, gone = (Claim.objects.get(pk=pk) for pk in (found.subject_id, found.object_id))
    with pytest.raises(Invalid):
        deciding.accept(viewer_of(carol), found)
    deciding.merge_claims(viewer_of(carol), gone, into=kept)
    found.refresh_from_db()
    gone.refresh_from_db()
    assert (found.state, gone.merged_into) == (Suggestion.State.ACCEPTED, kept)

    deciding.undo(viewer_of(carol), found)
    gone.refresh_from_db()
    assert gone.merged_into_id is None


def test_curators_let_agents_with_names_of_one_person_be_one(carol: User) -> None:
    for place, name in enumerate(("Jeremy Corbyn", "J. Corbyn", "Corbyn Works")):
        kind = "organisation" if "Works" in name else "person"
        Agent.objects.create(name=name, kind=kind, slug=f"agent-{place}")
    suggesting.look_at_names()
    row = inbox(viewer_of(carol), Asked(kind=Kind.AGENT_ALIAS)).rows[0]
    assert (str(row.subject), str(row.object)) == ("Jeremy Corbyn", "J. Corbyn")

    kept, gone = (Agent.objects.get(name=str(thing)) for thing in (row.subject, row.object))
    deciding.join_agents(viewer_of(carol), gone, into=kept)
    assert not Agent.objects.filter(name="J. Corbyn").exists()
    assert len(inbox(viewer_of(carol), Asked(is_decided=True)).rows) == 1
    deciding.undo(viewer_of(carol), Suggestion.objects.get(pk=row.suggestion.pk))
    assert Agent.objects.filter(name="J. Corbyn").exists()


def test_what_was_taken_back_by_hand_keeps_nobody_from_taking_the_decision_back(
    alice: User, carol: User, coded: tuple[Claim, Article]
) -> None:
    claim, article = coded
    own = make_highlight(alice, article, DEARER)
    for name in ("threat of mooring fees", "mooring fees threats"):
        make_highlight(carol, article, DEARER, claim=name)
    suggesting.look_through(article)
    suggesting.look_at_names()
    tagged = deciding.accept(
        viewer_of(alice), Suggestion.objects.get(kind=Kind.CLAIM_PASSAGE, subject_id=claim.pk)
    )
    assert list(own.claims.names()) == [claim.name]
    kept, gone = (
        Claim.objects.get(name=name) for name in ("threat of mooring fees", "mooring fees threats")
    )
    deciding.merge_claims(viewer_of(carol), gone, into=kept)
    merged = Suggestion.objects.get(kind=Kind.DUPLICATE_CLAIM, state="accepted")

    deletion.delete(viewer_of(alice), own)
    merging.undo(viewer_of(carol), Event.objects.get(pk=merged.made["merge"]))

    assert deciding.undo(viewer_of(alice), tagged).state == Suggestion.State.PENDING
    assert deciding.undo(viewer_of(carol), merged).state == Suggestion.State.PENDING


def test_articles_that_readers_linked_are_not_suggested(alice: User) -> None:
    words = prose("puffin", 30)
    turned = " ".join(reversed(words.split()))
    one = indexed(words, words, prose("rock", 20), title="Rock")
    two = indexed(turned, turned, prose("cliff", 20), title="Cliff")
    indexed(prose("dune"), prose("sand"), title="Sand")
    found = suggesting.look_through(one)
    assert [(row.kind, row.object_id) for row in found] == [(Kind.RELATED_ARTICLE, two.pk)]

    make_link(alice, one, two)

    assert suggesting.look_through(one) == []
    assert not Suggestion.objects.exists()


def test_only_who_accepted_takes_it_back(alice: User, carol: User) -> None:
    article, _other = two_that_quote()
    suggesting.look_through(article)
    found = Suggestion.objects.get(kind=Kind.SAME_QUOTATION)
    accepted = deciding.accept(viewer_of(alice), found)
    with pytest.raises(NotAllowed):
        deciding.undo(viewer_of(carol), accepted)
