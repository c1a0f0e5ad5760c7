"""The page of a group tells its members what is written for it, and nobody else anything."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from annotations.models import Annotation, Profile
from annotations.queries.bundles import MOST_QUOTED
from annotations.queries.in_groups import activity, open_threads
from annotations.services import annotations, resolving
from corpus.access import viewer_of
from corpus.models import Article, Group, Membership
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_note,
    make_reply,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
PAGE = "/groups/tuesday/"


@pytest.fixture
def article() -> Article:
    """Return an article to mark."""
    return make_article(title="The exodus")


@pytest.fixture
def for_group(group: Group) -> dict[str, Any]:
    """Return what of a draft says that it is for the group."""
    return {"audience": "groups", "group_ids": frozenset({group.pk})}


def _threads(user: User, group: Group) -> list[tuple[Annotation, int]]:
    shown = open_threads(viewer_of(user), group)
    return [(thread.annotation, thread.reply_count) for thread in shown]


def test_threads_with_replies_wait_until_they_are_resolved(
    alice: User, bob: User, group: Group, article: Article, for_group: dict[str, Any]
) -> None:
    first = make_highlight(alice, article, note="Is it so?", **for_group)
    later = make_note(bob, article, **for_group)
    make_highlight(alice, article, "members decide", note="Without a reply.", **for_group)
    public = make_note(alice, article)
    for thread in (public, later, first, first):
        answer = make_reply(bob, thread)
    assert _threads(alice, group) == _threads(bob, group) == [(first, 2), (later, 1)]
    annotations.delete(viewer_of(bob), answer)
    assert _threads(alice, group) == [(first, 1), (later, 1)]
    first.refresh_from_db()
    resolving.resolve(viewer_of(alice), first, counter=first.counter)
    assert _threads(alice, group) == [(later, 1)]


def test_what_was_made_of_late_is_bundled_by_person_and_article(
    alice: User, bob: User, group: Group, article: Article, for_group: dict[str, Any]
) -> None:
    for words in ("The mood", "Some MPs", "members decide", "Others have"):
        make_highlight(alice, article, words, **for_group)
    make_note(bob, make_article(title="Another"), **for_group)
    make_highlight(alice, article, audience="private")
    (day,) = activity(viewer_of(bob), group)
    told = [(str(bundle.reader), str(bundle.article), bundle.said) for bundle in day.bundles]
    assert told == [
        ("Bob", "Another", "wrote 1 note"),
        ("Alice", "The exodus", "marked 4 passages"),
    ]
    assert (len(day.bundles[1].quoted), day.bundles[1].more) == (MOST_QUOTED, 1)


def test_members_alone_learn_of_it(
    alice: User,
    bob: User,
    carol: User,
    dave: User,
    ada: User,
    group: Group,
    article: Article,
    client_of: ClientOf,
) -> None:
    Group.objects.filter(pk=group.pk).update(kind="open")
    other = Group.objects.create(name="Other", slug="other")
    Membership.objects.create(group=other, user=alice)
    Membership.objects.create(group=other, user=dave)
    both = frozenset({group.pk, other.pk})
    mark = make_highlight(alice, article, note="For both.", audience="groups", group_ids=both)
    make_reply(alice, mark, "And more.")
    make_collection(article, title="Only for Tuesday", group_id=group.pk)
    words = ("For both.", "Open threads", "Of late", "Only for Tuesday", "The exodus")
    inside = client_of(bob).get(PAGE).text
    assert all(word in inside for word in words)
    for user in (dave, carol, ada):
        outside = client_of(user).get(PAGE).text
        assert not [word for word in words if word in outside]


def test_what_a_member_may_not_see_changes_nothing(
    alice: User,
    bob: User,
    group: Group,
    article: Article,
    for_group: dict[str, Any],
    client_of: ClientOf,
) -> None:
    mark = make_highlight(alice, article, note="Seen.", **for_group)
    make_reply(bob, mark)
    client = client_of(bob)

    def shown() -> list[str]:
        return [line for line in client.get(PAGE).text.splitlines() if "csrf" not in line]

    before = shown()
    secret = make_article(title="Hidden", is_hidden=True)
    Annotation.objects.filter(pk=make_note(alice, article, note="Denied.", **for_group).pk).update(
        moderation="denied"
    )
    Annotation.objects.filter(pk=make_note(alice, article, **for_group).pk).update(article=secret)
    hidden = make_reply(alice, mark, "Hidden.")
    Annotation.objects.filter(pk=hidden.pk).update(moderation="spam")
    make_highlight(alice, article, "members decide", audience="private")
    annotations.delete(viewer_of(alice), make_note(alice, article, **for_group))
    make_collection(secret, title="Everybody's")
    assert shown() == before


def test_the_page_asks_the_database_no_more_for_more_of_it(
    alice: User,
    bob: User,
    group: Group,
    for_group: dict[str, Any],
    client_of: ClientOf,
) -> None:
    client = client_of(alice)

    def queries() -> int:
        for user in (alice, bob):
            mark = make_highlight(user, make_article(), note="So.", **for_group)
            make_reply(alice, mark)
            make_collection(make_article(), group_id=group.pk)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    assert queries() == queries()


def test_the_codebook_of_a_group_has_its_claims_before_the_others(
    alice: User, bob: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    for_group: dict[str, Any] = {"audience": "groups", "group_ids": frozenset({group.pk})}
    article = make_article()
    make_highlight(alice, article, "The mood", claim="shared by all")
    for words in ("Some MPs", "members decide"):
        make_highlight(alice, article, words, claim="of the group", **for_group)

    page = client_of(bob).get("/groups/tuesday/").content.decode()
    assert "Of the group" in page[page.index("Its claims") :]
    assert "Shared by all" not in page
    book = client_of(bob).get("/groups/tuesday/codebook/").content.decode()
    assert book.index("Of this group") < book.index("Of the group") < book.index("Other claims")
    assert book.index("Other claims") < book.index("Shared by all")
    assert "codebook-part" not in book
    found = client_of(bob).get("/groups/tuesday/codebook/?q=shared").content.decode()
    assert "Of the group" not in found
    assert client_of(dave).get("/groups/tuesday/codebook/").status_code == 404


def test_members_show_in_their_colours_with_when_they_last_wrote_for_the_group(
    alice: User,
    bob: User,
    carol: User,
    group: Group,
    article: Article,
    for_group: dict[str, Any],
    client_of: ClientOf,
) -> None:
    make_note(bob, article)
    make_highlight(alice, article, **for_group)
    page = client_of(bob).get(PAGE).content.decode()
    members = re.findall(r"(?s)<li>\s*<span class=\"avatar.*?</li>", page)
    (theirs,) = (row for row in members if "Alice" in row)
    (own,) = (row for row in members if "(you)" in row)
    today = f"{date_format(timezone.localtime(), 'j M Y')}"
    assert f"last wrote {today}" in theirs
    assert "last wrote" not in own
    assert f"avatar p{Profile.objects.get(user=alice).person_slot}" in theirs
    assert f"avatar p{Profile.objects.get(user=bob).person_slot}" in own
    assert "last wrote" not in client_of(carol).get(PAGE).content.decode()
