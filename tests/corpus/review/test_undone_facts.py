"""What is known of an article when an import that updated it is undone."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from corpus.access import stub_at
from corpus.models import Article, Event, ImportBatch, ImportCandidate, OutboundLink
from corpus.permissions import SYSTEM, Viewer
from corpus.services import reviewing
from corpus.services.articles import confirm, edit_metadata
from corpus.services.imports import import_source
from corpus.services.metadata import facts_to_confirm, metadata_of, state_of
from corpus.services.outlets import OutletDetails, outlet_named
from corpus.services.outlets import edit as edit_outlet
from corpus.services.sources import SourceBytes
from corpus.services.undoing import Undone, undo_batch
from tests.corpus.review.deciding import said
from tests.corpus.review.test_undoing import CITED, CITING, PAGE, applied, decided, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

WORDS = (
    "The members of the party left in great numbers over the winter and nobody at the top of "
    "it said why, so that the rest were left to guess at what had been the matter for so long."
)


def text(title: str, author: str, day: str = "", *, end: str = "") -> str:
    """Return a text of the one page; another `end` makes it another text."""
    head = f"{title}\n\nBy {author}\n\n{day}\n\nURL: https://news.example/2017/x\n\n"
    return f"{head}{WORDS} {end}\n\n{WORDS} So others.\n"


FIRST = text("First headline", "Jane Smith", "1 March 2017")
SECOND = text("Second headline", "Paul Brown and Ann Lee", "2 March 2017", end="More.")
THIRD = text("Third headline", "Kim Green", "3 March 2017", end="Still more.")


def import_at_once(words: str, name: str = "1.txt") -> Article:
    found = import_source(SYSTEM, SourceBytes(name, words.encode()))[0].article
    return Article.objects.get(pk=found.pk)


def all_known(article: Article) -> dict[str, Any]:
    """Return the facts of the article with their bases, evidence and authors."""
    article = Article.objects.get(pk=article.pk)
    bases = {name: getattr(article, name) for name in vars(article) if name.endswith("_basis")}
    rows = article.authorships.values_list("agent__name", "position", "basis", "evidence")
    assert article.current_version is not None
    own = {"text": article.current_version.text, "facts": article.facts, "credits": list(rows)}
    return {**own, **bases, **state_of(article)}


@pytest.fixture
def known(db: None) -> Article:
    """Return an article that an import with another title and by-line may change."""
    article = import_at_once(FIRST)
    assert (article.title, article.byline) == ("First headline", "Jane Smith")
    assert article.published() == "2017-03-01"
    return article


def update(curator: Viewer, words: str) -> ImportCandidate:
    candidate = read(curator, words)
    assert candidate.updates is not None
    applied(curator, candidate)
    candidate.refresh_from_db()
    return candidate


def test_facts_are_what_they_were_before(curator: Viewer, known: Article) -> None:
    before = all_known(known)
    candidate = update(curator, SECOND)
    known.refresh_from_db()
    assert known.title == "Second headline"
    assert undo_batch(curator, candidate.batch) == Undone(taken_back=1)
    assert all_known(known) == before


def test_added_again_and_undone_again_it_ends_the_same(curator: Viewer, known: Article) -> None:
    before = all_known(known)
    candidate = update(curator, SECOND)
    after = all_known(known)
    for _again in range(2):
        undo_batch(curator, candidate.batch)
        assert all_known(known) == before
        assert applied(curator, candidate) == known
        assert all_known(known) == after


def test_update_by_the_command_is_undone_too(curator: Viewer, known: Article) -> None:
    before = all_known(known)
    assert import_at_once(SECOND, "other.txt").title == "Second headline"
    candidate = ImportCandidate.objects.get(updates=known)
    assert undo_batch(curator, candidate.batch) == Undone(taken_back=1)
    assert all_known(known) == before


def test_what_a_curator_set_since_stays(curator: Viewer, known: Article) -> None:
    candidate = update(curator, SECOND)
    known.refresh_from_db()
    wanted = replace(metadata_of(known), title="Set by hand", authors=("Paul Brown",))
    edit_metadata(curator, known, wanted, counter=known.counter)
    undo_batch(curator, candidate.batch)
    now = all_known(known)
    assert (now["title"], now["title_basis"]) == ("Set by hand", "curated")
    assert now["credits"] == [("Paul Brown", 0, "curated", "")]
    assert (now["byline"], now["published_on"]) == ("Jane Smith", "2017-03-01")


def test_what_a_curator_confirmed_since_stays(curator: Viewer, known: Article) -> None:
    candidate = update(curator, SECOND)
    known.refresh_from_db()
    assert facts_to_confirm(known) == ["language"]
    confirm(curator, known, ["language"], counter=known.counter)
    undo_batch(curator, candidate.batch)
    now = all_known(known)
    assert (now["language_basis"], now["facts"]["language"]["basis"]) == ("curated", "curated")
    assert (now["title"], now["byline"]) == ("First headline", "Jane Smith")


def test_what_a_curator_set_before_is_set_again(curator: Viewer, known: Article) -> None:
    wanted = replace(metadata_of(known), title="Set by hand", authors=("Somebody Else",))
    edit_metadata(curator, known, wanted, counter=known.counter)
    before = all_known(known)
    candidate = read(curator, SECOND)
    decided(curator, candidate, "Decided for this one")
    assert applied(curator, candidate).title == "Decided for this one"
    undo_batch(curator, candidate.batch)
    assert all_known(known) == before


def test_same_decision_on_the_article_binds_on(curator: Viewer, known: Article) -> None:
    wanted = replace(metadata_of(known), title="Set by hand")
    edit_metadata(curator, known, wanted, counter=known.counter)
    candidate = read(curator, SECOND)
    decided(curator, candidate, "Set by hand")
    applied(curator, candidate)
    undo_batch(curator, candidate.batch)
    assert import_at_once(THIRD).title == "Set by hand"


def test_same_decision_for_two_imports_binds_on_when_the_second_is_undone(
    curator: Viewer, known: Article
) -> None:
    for candidate in (read(curator, SECOND), read(curator, f"{SECOND}\nIt was the end.\n")):
        decided(curator, candidate, "Decided for both")
        applied(curator, candidate)
    assert undo_batch(curator, candidate.batch) == Undone(taken_back=1)
    assert import_at_once(THIRD).title == "Decided for both"


def test_title_that_stood_as_a_heading_in_the_new_text_is_put_back(curator: Viewer) -> None:
    first, second = (
        words.replace(WORDS, f"{WORDS}\n\n{heading}\n\n{WORDS}", 1)
        for words, heading in ((FIRST, "Another heading"), (SECOND, "First headline"))
    )
    before = all_known(import_at_once(first))
    assert before["title"] == "First headline"
    candidate = update(curator, second)
    undo_batch(curator, candidate.batch)
    assert candidate.updates is not None
    assert all_known(candidate.updates) == before


def test_updates_are_undone_one_after_the_other(curator: Viewer, known: Article) -> None:
    first = all_known(known)
    second_import = update(curator, SECOND)
    second = all_known(known)
    third_import = update(curator, THIRD)
    assert undo_batch(curator, third_import.batch) == Undone(taken_back=1)
    assert all_known(known) == second
    assert undo_batch(curator, second_import.batch) == Undone(taken_back=1)
    assert all_known(known) == first


def test_update_below_another_is_undone_after_it(
    curator: Viewer, known: Article, browser: Client
) -> None:
    first = all_known(known)
    below, above = update(curator, SECOND), update(curator, THIRD)
    page = reverse("import_batch", args=[below.batch_id])
    undo = reverse("batch_undo", args=[below.batch_id])
    answer = browser.post(undo, follow=True)
    assert "stays as it is" in said(answer)
    assert "This import was undone" not in answer.content.decode()
    assert all_known(known)["title"] == "Third headline"
    undo_batch(curator, above.batch)
    assert undo in browser.get(page).content.decode()
    assert said(browser.post(undo, follow=True)) == "1 article is again what it was before."
    assert all_known(known) == first


def test_two_updates_of_one_import_are_undone_together(curator: Viewer, known: Article) -> None:
    first = all_known(known)
    below, above = update(curator, SECOND), update(curator, THIRD)
    ImportCandidate.objects.filter(pk=above.pk).update(batch=below.batch)
    assert undo_batch(curator, below.batch) == Undone(taken_back=2)
    assert all_known(known) == first


def test_update_of_a_filled_stub_and_its_filling_are_undone(curator: Viewer) -> None:
    import_source(SYSTEM, SourceBytes("citing.txt", CITING.encode()))
    filling = read(curator, CITED)
    known = applied(curator, filling)
    filled = all_known(known)
    changed = CITED.replace("Hunt leaves", "Hunt quits").replace("Jane Smith", "Paul Brown")
    later = update(curator, f"{changed}\nIt was the end.\n")
    assert all_known(known)["title"] == "Hunt quits the Commons"
    assert undo_batch(curator, later.batch) == Undone(taken_back=1)
    assert all_known(known) == filled
    assert Article.objects.get(pk=known.pk).slug == known.slug
    assert undo_batch(curator, filling.batch) == Undone(emptied=1)
    stub = stub_at(SYSTEM, known.slug)
    assert stub is not None
    assert (stub.title, stub.byline) == ("Hunt to quit as an mp", "")
    assert stub.canonical_url.startswith(PAGE)


def test_page_that_the_article_was_taken_for_is_only_linked_to_again(
    curator: Viewer, known: Article
) -> None:
    import_source(SYSTEM, SourceBytes("citing.txt", CITING.encode()))
    stub = Article.objects.get(is_stub=True)
    link = OutboundLink.objects.get(resolves_to=stub)
    candidate = read(curator, SECOND.replace("https://news.example/2017/x", PAGE))
    candidate.updates, candidate.updates_reason = known, "curator"
    candidate.save()
    for _time in range(2):
        assert applied(curator, candidate).canonical_url == PAGE
        link.refresh_from_db()
        assert link.resolves_to == known
        undo_batch(curator, ImportBatch.objects.get(pk=candidate.batch_id))
        link.refresh_from_db()
        again = stub_at(SYSTEM, stub.slug)
        assert again is not None
        assert (link.resolves_to, again.canonical_url) == (again, stub.canonical_url)
        known.refresh_from_db()
        assert known.canonical_url == "https://news.example/2017/x"
    assert applied(curator, read(curator, CITED)) == again


def test_outlet_that_was_renamed_since_is_the_same_one(curator: Viewer, known: Article) -> None:
    herald, gazette = outlet_named("The Herald"), outlet_named("The Gazette")
    wanted = replace(metadata_of(known), outlet=herald)
    edit_metadata(curator, known, wanted, counter=known.counter)
    candidate = read(curator, SECOND)
    reviewing.set_fact(curator, candidate, "outlet", "The Gazette", counter=candidate.counter)
    assert applied(curator, candidate).outlet == gazette
    edit_outlet(curator, herald, OutletDetails("The Herald of the Dawn"))
    undo_batch(curator, candidate.batch)
    assert Article.objects.get(pk=known.pk).outlet == herald


def test_pages_and_search_know_the_former_facts(
    curator: Viewer, known: Article, browser: Client
) -> None:
    candidate = update(curator, SECOND)
    undo_batch(curator, candidate.batch)
    shown = browser.get(known.get_absolute_url()).content.decode()
    assert "First headline" in shown
    assert "Jane Smith" in shown
    assert "Second headline" not in shown
    listed = browser.get(reverse("library")).content.decode()
    assert "First headline" in listed
    assert "Second headline" not in listed
    assert "First headline" in browser.get("/search/?q=Jane").content.decode()
    assert known.slug not in browser.get("/search/?q=Brown").content.decode()


def test_event_tells_what_was_put_back(curator: Viewer, known: Article) -> None:
    candidate = update(curator, SECOND)
    undo_batch(curator, candidate.batch)
    edited = Event.objects.filter(verb="article.edited", article=known).first()
    assert edited is not None
    assert (edited.before["title"], edited.after["title"]) == ("Second headline", "First headline")
    assert (edited.after["authors"], edited.after["undone"]) == (["Jane Smith"], 2)
    assert (edited.actor_id, edited.audience) == (curator.user_id, "staff")
