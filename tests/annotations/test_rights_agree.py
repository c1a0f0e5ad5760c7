"""The predicates and the querysets say the same, row by row."""

from itertools import permutations
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.access import (
    in_threads,
    kept_annotations,
    kept_links,
    recodable_occurrences,
    rights_of,
    visible_annotations,
    visible_links,
)
from annotations.models import Annotation, Claim, Link
from annotations.permissions import can_keep, can_read, can_recode
from corpus.access import viewer_of, visible_articles
from corpus.models import Article, Group, Membership
from corpus.permissions import Viewer
from tests.factories import make_article

pytestmark = pytest.mark.django_db

PEOPLE = ("alice", "bob", "carol", "dave", "ada")
rows = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["private", "groups", "public"]),
        st.sampled_from(["approved", "denied"]),
        st.booleans(),
        st.integers(0, 8),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def articles(db: None) -> list[Article]:
    """Return articles of each kind of access, one of them hidden."""
    made = [make_article(access=access) for access in ("public", "members", "groups")]
    made.append(make_article(is_hidden=True))
    return made


def _viewers() -> list[Viewer]:
    people = User.objects.filter(username__in=PEOPLE)
    nobody = [Viewer(), Viewer(reads_public=False)]
    return [*nobody, *(viewer_of(user) for user in people)]


def _make_rows(drawn: list[tuple[str, str, str, bool, int]], articles: list[Article]) -> None:
    users = {user.username: user for user in User.objects.all()}
    group = Group.objects.get()
    made: list[Annotation] = []
    for number, (name, audience, moderation, is_deleted, choice) in enumerate(drawn):
        heads = [item for item in made if item.parent is None]
        parent = heads[choice % len(heads)] if heads and choice % 3 == 0 else None
        annotation = Annotation.objects.create(
            id=uuid4(),
            number=number + 1,
            article=parent.article if parent else articles[choice % len(articles)],
            note="words",
            creator=users[name],
            audience=audience,
            moderation=moderation,
            deleted_at=timezone.now() if is_deleted else None,
            parent=parent,
        )
        if choice % 2:
            annotation.groups.add(group)
        made.append(annotation)
    for first, second in permutations(made, 2):
        if first.parent is None and second.parent is None and first.article != second.article:
            _link(first, second, group)


def _link(first: Annotation, second: Annotation, group: Group) -> None:
    link = Link.objects.create(
        from_article=first.article,
        from_annotation=first,
        to_article=second.article,
        to_annotation=second,
        creator=second.creator,
        audience=first.audience,
        moderation=second.moderation,
        deleted_at=first.deleted_at if first.number % 2 else None,
    )
    if first.number % 3:
        link.groups.add(group)


@pytest.mark.usefixtures("alice", "bob", "carol", "dave", "ada", "group")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows)
def test_predicates_and_querysets_agree_row_by_row(
    drawn: list[tuple[str, str, str, bool, int]], articles: list[Article]
) -> None:
    Link.objects.all().delete()
    Annotation.objects.filter(parent__isnull=False).delete()
    Annotation.objects.all().delete()
    claim, _is_new = Claim.objects.find_or_make("a claim")
    articles[2].groups.set(Group.objects.all())
    _make_rows(drawn, articles)
    for annotation in Annotation.objects.filter(parent=None):
        annotation.occurrences.create(tag=claim)

    for viewer in _viewers():
        seen, kept = set(visible_annotations(viewer)), set(kept_annotations(viewer))
        for annotation in Annotation.objects.all():
            rights = rights_of(viewer, annotation)
            assert (annotation in seen) == can_read(viewer, rights)
            assert (annotation in kept) == can_keep(viewer, rights)
        recodable = {row.content_object for row in recodable_occurrences(viewer)}
        assert recodable == {
            annotation
            for annotation in Annotation.objects.filter(parent=None)
            if can_recode(viewer, rights_of(viewer, annotation))
        }
        seen_links, kept_rows = set(visible_links(viewer)), set(kept_links(viewer))
        for link in Link.objects.all():
            rights = rights_of(viewer, link)
            assert (link in seen_links) == can_read(viewer, rights)
            assert (link in kept_rows) == can_keep(viewer, rights)
        graves = set(in_threads(viewer).filter(deleted_at__isnull=False))
        assert all(grave.deleted_at and grave not in seen for grave in graves)
        assert set(in_threads(viewer)) == seen | graves
        assert {
            reply.parent for reply in seen if reply.parent and reply.parent.deleted_at
        } == graves


def test_readable_articles_are_those_whose_annotations_can_be_seen(
    alice: User, articles: list[Article]
) -> None:
    viewer = viewer_of(alice)

    assert set(visible_articles(viewer)) == set(articles[:2])


def test_leaving_a_group_ends_seeing_what_was_written_for_it(
    alice: User, bob: User, group: Group, articles: list[Article]
) -> None:
    annotation = Annotation.objects.create(
        number=1, article=articles[0], note="For us.", creator=alice, audience="groups"
    )
    annotation.groups.add(group)
    assert annotation in visible_annotations(viewer_of(bob))

    Membership.objects.filter(user=bob).delete()

    assert annotation not in visible_annotations(viewer_of(bob))
