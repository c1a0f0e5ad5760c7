"""Articles with nearly the same text: how pairs are found, and what curators say of them."""

from collections.abc import Callable
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Article, Event, Group, ImportBatch, NearPair
from corpus.permissions import SYSTEM, Viewer
from corpus.related import related_articles
from corpus.services import articles, copies
from corpus.services.imports import SourceBytes, import_source
from corpus.services.undoing import undo_batch
from corpus.services.versions import NewText, make_version
from corpus.text.blocks import Block
from tests.factories import make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

Clients = Callable[[User | None], Client]

WORDS = (
    "The member for the northern seat told reporters on Friday that he would leave before "
    "the spring, since nobody in the party had listened to what voters said to him at their "
    "doors through all of the long and weary campaign of last year, and because a museum "
    "asked him to look after its collections."
)
# What new texts and verdicts lock first, and what verdicts lock then.
TABLES = ["django_content_type", "corpus_nearpair"]
OTHER = (
    "Rain fell on the harbour all week while fishermen mended nets and argued over quotas, "
    "prices and the weather, as they had done in every November that anyone could remember."
)


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return carol, who curates."""
    return viewer_of(carol)


@pytest.fixture
def pair(db: None) -> NearPair:
    """Return two articles with nearly the same text."""
    _imported("The first headline", WORDS)
    _imported("The second headline", f"{WORDS} He said no more.")
    _imported("Something else", OTHER)
    return NearPair.objects.get()


def _imported(title: str, words: str) -> Article:
    content = f"{title}\n\n{words}\n".encode()
    (outcome,) = import_source(SYSTEM, SourceBytes(f"{title}.txt", content))
    return outcome.article


def test_near_copies_make_a_pair_with_the_older_one_first(pair: NearPair) -> None:
    assert (pair.first.title, pair.second.title) == ("The first headline", "The second headline")
    assert 0.5 <= pair.share <= 1
    assert pair.verdict == NearPair.Verdict.OPEN


def test_pair_goes_when_the_texts_are_alike_no_more(curator: Viewer, pair: NearPair) -> None:
    _retell(curator, pair.second, OTHER.replace("Rain", "Snow"))
    found = NearPair.objects.get()
    assert {found.first.title, found.second.title} == {"The second headline", "Something else"}


def test_pair_that_was_decided_never_comes_back(curator: Viewer, pair: NearPair) -> None:
    copies.say_different(curator, pair)
    _retell(curator, pair.second, f"{WORDS} He said a little more.")
    call_command("reindex")
    (kept,) = NearPair.objects.filter(second=pair.second)
    assert (kept.pk, kept.verdict) == (pair.pk, NearPair.Verdict.DIFFERENT)


def test_rebuilding_and_upgrading_find_the_same_pairs(pair: NearPair) -> None:
    call_command("reindex")
    before = set(NearPair.objects.values_list("first", "second", "share"))
    assert (pair.first_id, pair.second_id, pair.share) in before
    call_command("reindex")
    assert set(NearPair.objects.values_list("first", "second", "share")) == before
    NearPair.objects.all().delete()
    import_module("corpus.migrations.0009_cited_pages_and_copies").find_pairs(apps, None)
    assert set(NearPair.objects.values_list("first", "second", "share")) == before


def test_same_article_goes_out_of_sight_and_its_address_leads_to_the_older(
    curator: Viewer, pair: NearPair, client: Client
) -> None:
    stored = copies.say_same(curator, pair)
    assert stored.did_hide
    answer = client.get(f"{pair.second.get_absolute_url()}?t=1,2")
    assert answer.status_code == 302
    assert answer["Location"] == f"{pair.first.get_absolute_url()}?t=1,2"
    told = Event.objects.get(verb="copies.same")
    assert (told.subject_id, told.article) == (pair.pk, pair.second)


def test_address_leads_through_several_articles_that_are_the_same(
    curator: Viewer, pair: NearPair, client: Client
) -> None:
    _imported("The third headline", f"{WORDS} He said nothing else.")
    later = NearPair.objects.get(first=pair.second)
    copies.say_same(curator, later)
    copies.say_same(curator, pair)
    answer = client.get(later.second.get_absolute_url())
    assert answer["Location"] == pair.first.get_absolute_url()


@pytest.mark.parametrize("kept_to_group", ["first", "second"])
def test_address_leads_on_only_who_may_read_both(
    curator: Viewer,
    pair: NearPair,
    client_of: Clients,
    group: Group,
    bob: User,
    dave: User,
    kept_to_group: str,
) -> None:
    article: Article = getattr(pair, kept_to_group)
    article.access = Article.Access.GROUPS
    article.save()
    article.groups.set([group])
    copies.say_same(curator, pair)
    address = pair.second.get_absolute_url()
    assert client_of(bob).get(address).status_code == 302
    assert client_of(dave).get(address).status_code == 404
    assert client_of(None).get(address).status_code == 404


def test_address_of_an_article_that_was_hidden_before_leads_nowhere(
    curator: Viewer, pair: NearPair, client: Client
) -> None:
    articles.hide(curator, pair.second)
    copies.say_same(curator, pair)
    assert client.get(pair.second.get_absolute_url()).status_code == 404


def test_undo_shows_the_article_again(curator: Viewer, pair: NearPair, client: Client) -> None:
    copies.say_same(curator, pair)
    undone = copies.undo(curator, pair)
    assert (undone.verdict, undone.decided_by_id, undone.did_hide) == ("", None, False)
    assert client.get(pair.second.get_absolute_url()).status_code == 200
    assert Event.objects.filter(verb="copies.undone").count() == 1
    copies.undo(curator, pair)
    assert Event.objects.filter(verb="copies.undone").count() == 1


def test_article_that_readers_marked_stays_readable(
    curator: Viewer, pair: NearPair, alice: User, client: Client
) -> None:
    make_highlight(alice, pair.second, "told reporters on Friday")
    stored = copies.say_same(curator, pair)
    assert (stored.verdict, stored.did_hide) == (NearPair.Verdict.SAME, False)
    assert client.get(pair.second.get_absolute_url()).status_code == 200


def test_undo_does_not_show_what_was_hidden_before(curator: Viewer, pair: NearPair) -> None:
    articles.hide(curator, pair.second)
    copies.say_same(curator, pair)
    copies.undo(curator, pair)
    assert Article.objects.get(pk=pair.second_id).is_hidden


def test_undo_does_not_show_what_an_undone_import_took_out(curator: Viewer, pair: NearPair) -> None:
    copies.say_same(curator, pair)
    undo_batch(curator, ImportBatch.objects.get(note__startswith="The second"))
    copies.undo(curator, pair)
    kept = Article.objects.get(pk=pair.second_id)
    assert (kept.is_hidden, kept.is_withdrawn) == (True, True)


def test_second_curator_does_not_overrule_the_first(curator: Viewer, pair: NearPair) -> None:
    copies.say_different(curator, pair)
    with pytest.raises(Invalid, match="meanwhile"):
        copies.say_same(curator, pair)
    copies.say_different(curator, pair)
    assert Event.objects.filter(verb__startswith="copies.").count() == 1


def test_reader_decides_nothing(alice: User, pair: NearPair) -> None:
    for say in (copies.say_same, copies.say_different, copies.undo):
        with pytest.raises(NotAllowed):
            say(viewer_of(alice), pair)
    assert NearPair.objects.get().verdict == NearPair.Verdict.OPEN


def test_pair_that_a_new_text_made_go_is_not_found(curator: Viewer, pair: NearPair) -> None:
    NearPair.objects.all().delete()
    for say in (copies.say_same, copies.say_different, copies.undo):
        with pytest.raises(NotFound):
            say(curator, pair)


def test_pair_that_goes_while_a_curator_decides_answers_404(
    client_of: Clients, carol: User, pair: NearPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_before_it_went(viewer: Viewer, pair_id: UUID) -> NearPair:
        NearPair.objects.filter(pk=pair_id).delete()
        return pair

    monkeypatch.setattr("corpus.views.copies.pair_or_404", found_before_it_went)
    answer = client_of(carol).post(f"/copies/{pair.pk}/decide/", {"verdict": "same"})
    assert answer.status_code == 404


def test_verdict_waits_for_new_texts_before_it_locks_its_pair(
    curator: Viewer, pair: NearPair
) -> None:
    for say in (copies.say_same, copies.undo, copies.say_different):
        with CaptureQueriesContext(connection) as asked:
            say(curator, pair)
        tables = [table for query in asked for table in TABLES if f'FROM "{table}"' in query["sql"]]
        assert tables[:2] == TABLES


def test_what_was_said_during_an_import_is_not_asked_again(curator: Viewer, pair: NearPair) -> None:
    copies.tell_apart(curator, pair.second, [pair.first_id])
    assert NearPair.objects.get().verdict == NearPair.Verdict.DIFFERENT


def test_what_was_told_apart_is_called_nearly_the_same_no_more(
    curator: Viewer, pair: NearPair
) -> None:
    before, *_others = related_articles(curator, pair.first)
    assert (before.article, before.reasons[0].text) == (pair.second, "nearly the same text")
    copies.say_different(curator, pair)
    after, *_others = related_articles(curator, pair.first)
    assert (after.article, after.reasons[0].text) == (pair.second, "has much of the same text")


def test_curator_compares_decides_and_takes_it_back(
    client_of: Clients, carol: User, pair: NearPair
) -> None:
    client = client_of(carol)
    assert "The second headline" in client.get("/copies/").content.decode()
    shown = client.get(f"/copies/{pair.pk}/").content.decode()
    assert "<ins>" in shown
    assert "He said no more." in shown
    answer = client.post(f"/copies/{pair.pk}/decide/", {"verdict": "same"}, follow=True)
    page = answer.content.decode()
    assert "its address leads to “The first headline”" in page
    assert "Nothing waits" in page
    assert "No two articles are nearly the same." not in page
    assert "The second headline" in client.get("/copies/?decided=1").content.decode()
    undone = client.post(f"/copies/{pair.pk}/undo/", follow=True).content.decode()
    assert "The verdict is taken back." in undone
    assert "Same article" in undone


def test_verdict_that_is_none_changes_nothing(
    client_of: Clients, carol: User, pair: NearPair
) -> None:
    answer = client_of(carol).post(f"/copies/{pair.pk}/decide/", {"verdict": "maybe"}, follow=True)
    assert "Say whether these are the same article" in answer.content.decode()
    assert NearPair.objects.get().verdict == NearPair.Verdict.OPEN


def test_list_asks_as_often_for_many_pairs_as_for_few(
    client_of: Clients, carol: User, pair: NearPair
) -> None:
    client = client_of(carol)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/copies/").status_code == 200
        return len(asked)

    _imported("A third headline", f"{WORDS} Then he left.")
    few = queries()
    for number in range(3):
        _imported(f"Headline {number}", f"{WORDS} He left {number} times.")
    assert NearPair.objects.count() > 9
    assert queries() == few


def _retell(curator: Viewer, article: Article, words: str) -> None:
    version = article.current_version
    assert version is not None
    new = NewText(words, [Block("paragraph", 0, len(words))])
    make_version(curator, article, new, seen=version.number, reason="Retold")
