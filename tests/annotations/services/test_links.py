"""Linking passages and articles."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from annotations.access import visible_links
from annotations.errors import NotFound, TextChanged
from annotations.models import Link
from annotations.services import annotations, links, moderation
from annotations.services.links import End, LinkChanges, LinkDraft
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, SignInNeeded, Stale
from corpus.models import Event, Group, Membership
from corpus.permissions import Viewer
from tests.factories import end_at, make_article, make_highlight, make_link, passage_of

pytestmark = pytest.mark.usefixtures("noise")


def test_a_link_joins_a_highlight_and_an_article(alice: User) -> None:
    near, far = make_highlight(alice, make_article()), make_article()

    link = make_link(alice, near, far, relation="contradicts", note="Look there.")

    assert (link.from_annotation, link.to_article, link.to_annotation) == (near, far, None)
    event = Event.objects.get(subject_id=link.pk)
    assert (event.verb, event.after["relation"]) == ("link.created", "contradicts")


def test_words_found_by_search_are_highlighted_with_the_link(alice: User) -> None:
    near, far = make_highlight(alice, make_article()), make_article()
    end = End(far, passage=passage_of(far, "members decide"), version=1)

    link = links.create(viewer_of(alice), end_at(near), end, LinkDraft())

    assert link.to_annotation is not None
    assert link.to_annotation.exact == "members decide"
    assert link.to_annotation.creator == alice


def test_words_that_one_has_marked_already_are_not_marked_again(alice: User) -> None:
    near, far = make_highlight(alice, make_article()), make_article()
    marked = make_highlight(alice, far, "members decide")
    end = End(far, passage=passage_of(far, "members decide"), version=1)

    link = links.create(viewer_of(alice), end_at(near), end, LinkDraft())

    assert link.to_annotation == marked
    assert far.annotations.count() == 1


def test_words_that_are_gone_store_neither_link_nor_highlight(alice: User) -> None:
    near, far, other = make_highlight(alice, make_article()), make_article(), make_article("x y z")
    end = End(other, passage=passage_of(far, "members decide"), version=1)
    before = Link.objects.count()

    with pytest.raises(TextChanged):
        links.create(viewer_of(alice), end_at(near), end, LinkDraft())

    assert Link.objects.count() == before
    assert not other.annotations.exists()


def test_the_same_link_twice_is_stored_once(alice: User) -> None:
    near, far, client_id = make_highlight(alice, make_article()), make_article(), uuid4()

    assert make_link(alice, near, far, client_id=client_id) == make_link(
        alice, near, far, client_id=client_id
    )
    assert Event.objects.filter(subject_id=client_id).count() == 1


def test_the_client_id_of_somebody_else_is_refused(alice: User, bob: User) -> None:
    near, far, client_id = make_highlight(alice, make_article()), make_article(), uuid4()
    make_link(alice, near, far, client_id=client_id)

    with pytest.raises(Invalid):
        make_link(bob, near, far, client_id=client_id)


def test_a_link_to_itself_is_refused(alice: User) -> None:
    article = make_article()
    near = make_highlight(alice, article)

    for first, second in ((article, article), (near, article), (near, near)):
        with pytest.raises(Invalid):
            make_link(alice, first, second)


def test_two_passages_of_one_article_can_be_linked(alice: User) -> None:
    article = make_article()
    first, second = make_highlight(alice, article), make_highlight(alice, article, "He said it")

    assert make_link(alice, first, second).to_annotation == second


def test_nobody_links_and_nobody_links_to_what_they_do_not_see(alice: User, dave: User) -> None:
    private = make_highlight(alice, make_article(), audience="private")
    far = make_article()

    with pytest.raises(SignInNeeded):
        links.create(Viewer(), End(far), End(make_article()), LinkDraft())
    for first, second in ((far, private), (private, far), (far, make_article(access="groups"))):
        with pytest.raises(NotFound):
            make_link(dave, first, second)


def test_a_link_is_seen_by_no_more_people_than_its_ends(alice: User, bob: User) -> None:
    private = make_highlight(alice, make_article(), audience="private")
    far = make_article()

    link = make_link(alice, far, private, audience="public")

    assert link.audience == "private"
    assert link not in visible_links(viewer_of(bob))
    with pytest.raises(Invalid):
        links.edit(viewer_of(alice), link, LinkChanges(audience="public"), counter=1)


def test_a_stale_edit_is_refused_with_what_is_stored(alice: User) -> None:
    link = make_link(alice, make_article(), make_article())
    viewer = viewer_of(alice)
    saved = links.edit(viewer, link, LinkChanges(relation="quotes", note="N"), counter=1)

    with pytest.raises(Stale) as refusal:
        links.edit(viewer, link, LinkChanges(note="M"), counter=1)

    assert (saved.relation, saved.note, saved.counter) == ("quotes", "N", 2)
    assert refusal.value.current["note"] == "N"


def test_only_its_creator_changes_or_deletes_a_link(alice: User, bob: User, ada: User) -> None:
    link = make_link(alice, make_article(), make_article())

    for user in (bob, ada):
        with pytest.raises(NotAllowed):
            links.edit(viewer_of(user), link, LinkChanges(note="M"), counter=1)
        with pytest.raises(NotAllowed):
            links.delete(viewer_of(user), link)


def test_deleting_and_restoring_a_link_twice_is_harmless(alice: User, bob: User) -> None:
    link = make_link(alice, make_article(), make_article())
    viewer = viewer_of(alice)

    links.delete(viewer, link)
    assert links.delete(viewer, link).counter == 2
    assert link not in visible_links(viewer_of(bob))
    links.restore(viewer, link)
    assert links.restore(viewer, link).counter == 3
    assert link in visible_links(viewer_of(bob))


def test_a_link_goes_with_ones_own_highlight_and_stays_when_another_deletes_theirs(
    alice: User, bob: User, dave: User
) -> None:
    near, far = make_highlight(alice, make_article()), make_highlight(bob, make_article())
    link = make_link(alice, near, far)

    annotations.delete(viewer_of(bob), far)
    assert link in visible_links(viewer_of(dave))
    annotations.delete(viewer_of(alice), near)
    assert link not in visible_links(viewer_of(dave))
    annotations.restore(viewer_of(alice), near)
    assert link in visible_links(viewer_of(dave))


def test_curators_hide_a_link(alice: User, bob: User, carol: User) -> None:
    link = make_link(alice, make_article(), make_article())

    moderation.hide(viewer_of(carol), link)

    assert link not in visible_links(viewer_of(bob))
    assert Event.objects.filter(verb="link.hidden", subject_id=link.pk).exists()


@pytest.mark.parametrize("wrong", [{"relation": "likes"}, {"note": "x" * 5_001}])
def test_wrong_values_are_refused(alice: User, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        make_link(alice, make_article(), make_article(), **wrong)


def test_words_found_for_a_private_highlight_are_marked_privately(alice: User) -> None:
    near, far = make_highlight(alice, make_article(), audience="private"), make_article()
    end = End(far, passage=passage_of(far, "members decide"), version=1)

    link = links.create(viewer_of(alice), end_at(near), end, LinkDraft(audience="public"))

    assert link.to_annotation is not None
    assert (link.audience, link.to_annotation.audience) == ("private", "private")


def test_words_found_for_a_group_highlight_are_marked_for_the_groups_of_both(
    alice: User, bob: User, group: Group
) -> None:
    other = Group.objects.create(name="Without bob", slug="without-bob")
    Membership.objects.create(group=other, user=alice)
    ids = frozenset({group.pk, other.pk})
    near = make_highlight(alice, make_article(), audience="groups", group_ids=ids)
    far = make_article()
    end = End(far, passage=passage_of(far, "members decide"), version=1)

    for asked in ("public", "groups", None):
        link = links.create(viewer_of(bob), end_at(near), end, LinkDraft(audience=asked))

        assert link.to_annotation is not None
        for thing in (link, link.to_annotation):
            assert thing.audience == "groups"
            assert list(thing.groups.all()) == [group]
