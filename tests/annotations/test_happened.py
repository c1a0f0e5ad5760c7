"""What happened shows to those who may see what it happened to, as it is now."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Claim
from annotations.queries.happened import Scope
from annotations.queries.heard import MADE, heard_of
from annotations.queries.items import Item, item_page
from annotations.services import annotations, claims, merging, occurrences, resolving
from annotations.services.annotations import Changes
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.models import Article, Event, Group, Membership
from corpus.permissions import SYSTEM
from corpus.services import memberships
from corpus.services.events import record
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_note,
    make_reply,
    make_tag,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

SIZE = 50


@pytest.fixture
def article() -> Article:
    """Return an article to mark."""
    return make_article(title="The exodus")


@pytest.fixture
def for_group(group: Group) -> dict[str, Any]:
    """Return what of a draft says that it is for the group."""
    return {"audience": "groups", "group_ids": frozenset({group.pk})}


def _items(user: User | None, **scope: Any) -> list[Item]:
    return list(item_page(viewer_of(user), Scope(**scope), size=SIZE).items)


def _told(user: User | None, **scope: Any) -> list[tuple[str, str]]:
    items = _items(user, **scope)
    return [(item.by.display_name if item.by else "", item.did) for item in items]


def test_each_thing_that_readers_do_is_an_item(alice: User, bob: User, article: Article) -> None:
    mark = make_highlight(alice, article, claim="new claim")
    make_tag(alice, mark, "another")
    make_reply(bob, make_note(alice, article))
    make_link(bob, mark, make_article())
    resolving.resolve(viewer_of(bob), make_note(bob, article))
    assert _told(None, article=article) == [
        ("Bob", "resolved"),
        ("Bob", "noted"),
        ("Bob", "linked"),
        ("Bob", "replied"),
        ("Alice", "noted"),
        ("Alice", "tagged"),
        ("Alice", "marked"),
    ]
    claim = Claim.objects.get(name="new claim")
    assert _told(None, claim=claim) == [
        ("Alice", "tagged"),
        ("Alice", "marked"),
        ("Alice", "made_claim"),
    ]


def test_claims_that_are_renamed_judged_and_merged_are_items(
    alice: User, carol: User, article: Article
) -> None:
    mark = make_highlight(alice, article, claim="first")
    make_tag(alice, mark, "second")
    first, second = (Claim.objects.get(name=name) for name in ("first", "second"))
    curator = viewer_of(carol)
    renamed = claims.edit(curator, first, ClaimChanges(name="firstly"), counter=1)
    claims.edit(curator, first, ClaimChanges(status="reviewed"), counter=renamed.counter)
    told = _told(None, claim=first, person_ids=frozenset({carol.pk}))
    assert told == [("carol", "judged_claim"), ("carol", "renamed_claim")]
    merging.merge(curator, second, into=first)
    latest, *_before = _items(None, claim=first)
    assert (latest.did, latest.thing) == ("merged_claim", first)


def test_nobody_is_named_for_what_curators_bring_in(carol: User, article: Article) -> None:
    for verb in ("article.imported", "article.changed"):
        record(carol.pk, verb, article, audience="public", article=article)
    made = make_collection(article, title="To read")
    assert _told(None, collection=made) == [("", "collected"), ("", "changed"), ("", "added")]
    assert _told(None, person_ids=frozenset({carol.pk})) == []
    Article.objects.filter(pk=article.pk).update(is_hidden=True)
    assert _told(None, collection=made) == [("", "collected")]


def test_private_things_are_shown_to_their_writer_alone(
    alice: User, bob: User, carol: User, ada: User, article: Article
) -> None:
    everybody = (None, bob, carol, ada)
    before = [_items(user) for user in everybody]
    mark = make_highlight(alice, article, claim="hushed", audience="private")
    make_tag(alice, mark, "hushed too")
    make_reply(alice, mark)
    make_link(alice, mark, make_article(), audience="private")
    resolving.resolve(viewer_of(alice), mark)
    assert [_items(user) for user in everybody] == before
    assert len(_items(alice, whose="mine")) == 7


def test_what_is_shared_later_is_news_when_it_is_shared(
    alice: User, bob: User, article: Article
) -> None:
    mark = make_highlight(alice, article, audience="private")
    make_tag(alice, mark, "in private")
    later = make_highlight(bob, article, "The mood")
    mark.refresh_from_db()
    shared = Changes(audience="public")
    annotations.edit(viewer_of(alice), mark, shared, counter=mark.counter)
    assert [item.thing for item in _items(None, article=article)] == [mark, later]
    assert _told(alice, person_ids=frozenset({alice.pk})) == [
        ("Alice", "tagged"),
        ("Alice", "made_claim"),
        ("Alice", "marked"),
    ]


def test_what_is_gone_is_not_told_of(alice: User, article: Article) -> None:
    mark = make_highlight(alice, article, claim="gone")
    tagged = make_tag(alice, mark, "also")
    resolving.resolve(viewer_of(alice), mark)
    mark.refresh_from_db()
    resolving.reopen(viewer_of(alice), mark)
    assert ("Alice", "resolved") not in _told(None, article=article)
    for claim in (tagged.tag, Claim.objects.get(name="gone")):
        occurrences.untag(viewer_of(alice), mark, claim)
    assert ("Alice", "tagged") not in _told(None, article=article)
    Annotation.objects.filter(pk=mark.pk).update(moderation="denied")
    assert _told(None, article=article) == []
    assert _told(alice, article=article) == [("Alice", "marked")]
    mark.refresh_from_db()
    annotations.delete(viewer_of(alice), mark)
    assert _told(alice, article=article) == []


def test_members_alone_hear_of_their_group(
    alice: User,
    bob: User,
    carol: User,
    dave: User,
    group: Group,
    article: Article,
    for_group: dict[str, Any],
) -> None:
    Group.objects.filter(pk=group.pk).update(kind="open")
    mark = make_highlight(alice, article, **for_group)
    make_link(alice, mark, make_article())
    make_note(alice, article)
    joined = memberships.join(viewer_of(dave), group)
    told = [("a reader", "joined"), ("Alice", "linked"), ("Alice", "marked")]
    for scope in ({"group": group}, {"whose": "groups"}):
        assert _told(bob, **scope) == _told(dave, **scope) == told
        assert _told(carol, **scope) == _told(None, **scope) == []
    assert _told(dave, whose="mine") == told[:1]
    Membership.objects.filter(pk=joined.pk).delete()
    assert _told(bob, group=group) == told[1:]
    assert _told(dave, group=group) == []


def test_pages_follow_one_another_and_ask_alike(alice: User, bob: User, article: Article) -> None:
    for number in range(8):
        make_note(alice, article, f"Note {number}")
        make_reply(bob, make_note(alice, article))
        make_reply(alice, make_note(alice, article, audience="private"))
    viewer, scope = viewer_of(None), Scope(article=article)
    whole = item_page(viewer, scope, size=SIZE).items
    seen: list[Item] = []
    asked, after = set(), None
    while True:
        with CaptureQueriesContext(connection) as queries:
            page = item_page(viewer, scope, size=5, after=after)
        asked.add(len(queries))
        seen += page.items
        after = page.after
        if after is None:
            break
    assert seen == whole
    assert len(asked) == 1
    assert _items(None, article=article, kind="replies") == [
        item for item in whole if item.did == "replied"
    ]


def test_a_command_that_made_it_is_nobody(article: Article) -> None:
    record(SYSTEM.user_id, "article.imported", article, audience="public", article=article)
    assert _told(None, article=article) == [("", "added")]


def test_what_names_a_reader_is_told_apart(
    alice: User, bob: User, dave: User, article: Article
) -> None:
    make_note(alice, article)
    named = make_note(alice, article, "Look, @bob.")
    answer = make_reply(dave, named, "@bob and @alice: so it is.")
    assert [item.thing for item in _items(bob, whose="mentions")] == [answer, named]
    assert [item.thing for item in _items(alice, whose="mentions")] == [answer]
    assert _items(None, whose="mentions") == _items(dave, whose="mentions") == []


def test_live_and_activity_tell_of_the_same_things(
    alice: User,
    bob: User,
    carol: User,
    dave: User,
    group: Group,
    article: Article,
    for_group: dict[str, Any],
) -> None:
    shared = make_highlight(alice, article, audience="private")
    make_highlight(alice, article, "The mood", audience="private")
    for_tuesday = make_highlight(bob, article, **for_group)
    make_reply(alice, for_tuesday)
    make_link(bob, for_tuesday, make_article())
    denied, gone = make_note(alice, article), make_note(alice, article)
    make_reply(bob, gone)
    make_link(alice, article, make_article(), audience="private")
    make_link(alice, make_article(), article)
    annotations.edit(viewer_of(alice), shared, Changes(audience="public"), counter=1)
    annotations.delete(viewer_of(alice), gone)
    Annotation.objects.filter(pk=denied.pk).update(moderation="denied")
    events = [*Event.objects.filter(verb__in=MADE).order_by("id")]
    heard = [one for several in heard_of(events, {article.pk}) for one in several]
    for user in (None, alice, bob, carol, dave):
        viewer = viewer_of(user)
        live = {told["id"] for one in heard if (told := one.told_to(viewer))}
        made = ("marked", "noted", "replied", "linked")
        items = _items(user, article=article)
        assert live == {str(item.thing.pk) for item in items if item.did in made}
        assert live
