"""For whom something is written: everyone, oneself, one of one's groups or several."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.audience_fields import value_for
from annotations.models import Annotation
from corpus.access import viewer_of
from corpus.models import Article, Group, Membership
from corpus.services import groups
from tests.factories import make_article, make_highlight, make_note, make_reply, passage_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
JSON = {"Accept": "application/json"}
NOBODYS = "f3b1c9a0-6b7e-4c7f-9a52-0d4c5e1b2a37"


@pytest.fixture
def second(alice: User) -> Group:
    """Return another group of alice's, in which she is alone."""
    made = Group.objects.create(name="Seminar A", slug="seminar-a")
    Membership.objects.create(group=made, user=alice, role="owner")
    return made


@pytest.fixture
def others(dave: User) -> Group:
    """Return a group that is none of alice's."""
    made = Group.objects.create(name="Somebody else's", slug="else")
    Membership.objects.create(group=made, user=dave, role="owner")
    return made


@pytest.fixture
def article() -> Article:
    """Return an article to mark."""
    return make_article(slug="read")


def _options(page: str) -> list[tuple[str, str]]:
    select = re.search(r'<select[^>]*name="audience".*?</select>', page, re.DOTALL)
    assert select is not None
    return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', select[0])


def _groups(made: Annotation) -> set[str]:
    return set(made.groups.values_list("slug", flat=True))


def _mark(client: Client, article: Article, audience: str) -> tuple[int, str]:
    passage = passage_of(article, "pray by their bedside")
    sent = {
        "client_id": str(uuid4()),
        "version": "1",
        "start": str(passage.start),
        "end": str(passage.end),
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "audience": audience,
    }
    answer = client.post(f"/articles/{article.slug}/annotations/", sent, headers=JSON)
    return answer.status_code, sent["client_id"]


def test_the_own_groups_are_offered_by_name(
    alice: User, dave: User, group: Group, second: Group, article: Article, client_of: ClientOf
) -> None:
    everybody = [("public", "Everyone"), ("private", "Only me")]
    named = [
        (value_for([second.pk]), "Seminar A"),
        (value_for([group.pk]), "Tuesday readers"),
        (value_for([group.pk, second.pk]), "All my groups"),
    ]
    for address in ("/articles/read/", "/articles/read/annotations/"):
        assert _options(client_of(alice).get(address).text) == everybody + named
        assert _options(client_of(dave).get(address).text) == everybody


def test_what_is_written_for_groups_its_members_see(
    alice: User,
    bob: User,
    dave: User,
    group: Group,
    second: Group,
    article: Article,
    client_of: ClientOf,
) -> None:
    for keys in ([group.pk], [second.pk], [group.pk, second.pk]):
        status, key = _mark(client_of(alice), article, value_for(keys))
        assert status == 201
        made = Annotation.objects.get(pk=key)
        assert (made.audience, set(made.groups.values_list("pk", flat=True))) == (
            "groups",
            set(keys),
        )
        shown = [str(made.pk) in client_of(who).get("/articles/read/").text for who in (bob, dave)]
        assert shown == [group.pk in keys, False]


@pytest.mark.parametrize("value", ["groups", "groups:", "groups:x", f"groups:{NOBODYS}"])
def test_no_other_group_can_be_named(
    alice: User, group: Group, others: Group, article: Article, client_of: ClientOf, value: str
) -> None:
    for wrong in (value, value_for([others.pk]), value_for([group.pk, others.pk])):
        assert _mark(client_of(alice), article, wrong)[0] == 422
    assert not Annotation.objects.filter(article=article).exists()


def test_the_audience_is_changed_later_and_replies_follow(
    alice: User, bob: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    made = make_highlight(alice, article)
    answer = make_reply(bob, made)
    client, url = client_of(alice), f"/annotations/{made.pk}/edit/"
    client.post(url, {"audience": value_for([group.pk]), "counter": "1"})
    for kept in (made, answer):
        kept.refresh_from_db()
        assert (kept.audience, _groups(kept)) == ("groups", {"tuesday"})
    assert f'value="{value_for([group.pk])}" selected' in client.get(url).text
    client.post(url, {"audience": "public", "counter": "2"})
    made.refresh_from_db()
    assert (made.audience, _groups(made)) == ("public", set())


def test_who_left_a_group_keeps_what_was_written_for_it_until_they_choose(
    alice: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    made = make_note(alice, article, audience="groups", group_ids=frozenset({group.pk}))
    Membership.objects.filter(user=alice, group=group).delete()
    client, url = client_of(alice), f"/annotations/{made.pk}/edit/"
    page = client.get(url).text
    assert (value_for([group.pk]), "groups that you are not in any more") in _options(page)
    assert "Tuesday" not in page
    client.post(url, {"note": "Other.", "audience": value_for([group.pk]), "counter": "1"})
    made.refresh_from_db()
    assert (made.note, made.audience, _groups(made)) == ("Other.", "groups", {"tuesday"})


def test_what_was_for_a_deleted_group_is_its_authors_alone_until_it_is_back(
    alice: User, bob: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    Membership.objects.filter(user=alice).update(role="owner")
    made = make_highlight(alice, article, audience="groups", group_ids=frozenset({group.pk}))

    def seen() -> list[bool]:
        pages = [client_of(who).get("/articles/read/").text for who in (alice, bob)]
        return [str(made.pk) in page for page in pages]

    assert seen() == [True, True]
    groups.delete(viewer_of(alice), group, counter=1)
    assert seen() == [True, False]
    groups.restore(viewer_of(alice), group)
    assert seen() == [True, True]


def test_the_same_words_everywhere_are_offered_for_the_group_they_are_for(
    alice: User, group: Group, article: Article, client_of: ClientOf
) -> None:
    value = value_for([group.pk])
    mark = make_highlight(
        alice, article, "members", audience="groups", group_ids=frozenset({group.pk})
    )
    address = f"/articles/read/every-place/?like={mark.number}"
    assert f'value="{value}" selected' in client_of(alice).get(address).text
    Membership.objects.filter(user=alice, group=group).delete()
    assert 'value="private" selected' in client_of(alice).get(address).text
