"""How far members are is shown to their group where they show it, and to nobody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from corpus.access import viewer_of
from corpus.errors import NotFound
from corpus.models import Article, Event, Group, Membership, Reading
from corpus.queries.group_reading import read_together
from corpus.services import memberships
from tests.corpus.groups.conftest import made_by
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]
PAGE = "/groups/seminar-a/"


@pytest.fixture
def article(seminar: Group) -> Article:
    """Return an article of a collection of the seminar."""
    made = make_article(title="The exodus")
    make_collection(
        made, make_article(title="Kept from sight", is_hidden=True), group_id=seminar.pk
    )
    return made


def _read(user: User, article: Article, percent: int, *, is_read: bool = False) -> None:
    now = timezone.now()
    Reading.objects.create(
        reader=user,
        article=article,
        version=1,
        seen="1" if percent else "",
        percent=percent,
        opened_at=now,
        seen_at=now,
        finished_at=now if is_read else None,
    )


def _shown(user: User, group: Group) -> list[tuple[str, list[tuple[int, int, bool]]]]:
    return [
        (one.article.title, [(p.user_id, p.percent, p.is_read) for p in one.progress])
        for one in read_together(viewer_of(user), group)
    ]


def test_progress_is_shown_where_its_reader_shows_it(
    alice: User, bob: User, dave: User, seminar: Group, article: Article
) -> None:
    _read(alice, article, 40)
    _read(bob, article, 100, is_read=True)
    _read(dave, article, 70)
    assert _shown(alice, seminar) == [("The exodus", [])]
    for _ in range(2):
        memberships.show_progress(viewer_of(bob), seminar, shows=True)
    assert _shown(alice, seminar) == [("The exodus", [(bob.pk, 100, True)])]
    assert _shown(dave, seminar) == []
    memberships.show_progress(viewer_of(bob), seminar, shows=False)
    assert _shown(alice, seminar) == [("The exodus", [])]
    told = Event.objects.filter(verb="member.progress_changed")
    assert set(told.values_list("audience", flat=True)) == {"private"}
    assert told.count() == 2


def test_what_is_shown_to_one_group_is_not_shown_to_another(
    alice: User, bob: User, seminar: Group, article: Article
) -> None:
    other = made_by(alice, "closed", "Other")
    Membership.objects.create(group=other, user=bob)
    make_collection(article, group_id=other.pk)
    _read(bob, article, 40)
    memberships.show_progress(viewer_of(bob), seminar, shows=True)
    assert _shown(alice, other) == [("The exodus", [])]
    memberships.leave(viewer_of(bob), seminar)
    assert _shown(alice, seminar) == [("The exodus", [])]


def test_who_is_outside_shows_nothing(dave: User, seminar: Group) -> None:
    with pytest.raises(NotFound):
        memberships.show_progress(viewer_of(dave), seminar, shows=True)


def test_the_page_shows_it_and_lets_one_choose(
    alice: User, bob: User, carol: User, seminar: Group, article: Article, client_of: ClientOf
) -> None:
    _read(bob, article, 40)
    client = client_of(bob)
    assert "Nobody sees how far you are until you show it." in client.get(PAGE).text
    page = client.post(f"{PAGE}progress/", {"progress": "show"}, follow=True).text
    assert "Hide my progress from this group" in page
    assert "Bob 40 %" in client_of(alice).get(PAGE).text
    assert "40 %" not in client_of(carol).get(PAGE).text
    assert "Kept from sight" not in page
    client.post(f"{PAGE}progress/", {"progress": "hide"})
    assert "40 %" not in client_of(alice).get(PAGE).text
