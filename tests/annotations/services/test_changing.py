"""Changing, deleting and bringing back annotations; hiding and showing them."""

import pytest
from django.contrib.auth.models import User

from annotations.access import in_threads, visible_annotations
from annotations.errors import NotFound
from annotations.services import annotations, moderation
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Event, Group
from tests.factories import make_article, make_highlight, make_link, make_note, make_reply

pytestmark = pytest.mark.usefixtures("noise")


def test_a_change_counts_up_and_tells_before_and_after(alice: User) -> None:
    made = make_highlight(alice, make_article(), note="First.")

    saved = annotations.edit(viewer_of(alice), made, Changes(note="Second."), counter=1)

    event = Event.objects.get(verb="annotation.edited", subject_id=made.pk)
    assert (saved.note, saved.counter) == ("Second.", 2)
    assert saved.edited_at is not None
    assert (event.before["note"], event.after["note"]) == ("First.", "Second.")


def test_saving_what_is_stored_changes_nothing(alice: User) -> None:
    made = make_highlight(alice, make_article(), note="Same.")

    saved = annotations.edit(viewer_of(alice), made, Changes(note="Same."), counter=1)

    assert saved.counter == 1
    assert not Event.objects.filter(verb="annotation.edited").exists()


def test_a_stale_change_is_refused_with_what_is_stored(alice: User) -> None:
    made = make_highlight(alice, make_article(), note="First.")
    annotations.edit(viewer_of(alice), made, Changes(note="Second."), counter=1)

    with pytest.raises(Stale) as refusal:
        annotations.edit(viewer_of(alice), made, Changes(note="Third."), counter=1)

    assert refusal.value.current == {"note": "Second.", "audience": "public", "counter": 2}
    made.refresh_from_db()
    assert made.note == "Second."


def test_nobody_else_changes_it_not_even_an_administrator(
    alice: User, bob: User, carol: User, ada: User
) -> None:
    made = make_highlight(alice, make_article(), note="Mine.")

    for user in (bob, carol, ada):
        with pytest.raises(NotAllowed):
            annotations.edit(viewer_of(user), made, Changes(note="Yours."), counter=1)


def test_what_one_does_not_see_looks_absent(alice: User, carol: User) -> None:
    private = make_highlight(alice, make_article(), audience="private")

    for act in (annotations.delete, annotations.restore):
        with pytest.raises(NotFound):
            act(viewer_of(carol), private)
    with pytest.raises(NotFound):
        annotations.edit(viewer_of(carol), private, Changes(note="Yours."), counter=1)


@pytest.mark.parametrize("is_reply", [False, True])
def test_a_note_without_a_passage_keeps_some_words(alice: User, is_reply: bool) -> None:
    made = make_note(alice, make_article())
    made = make_reply(alice, made) if is_reply else made

    with pytest.raises(Invalid):
        annotations.edit(viewer_of(alice), made, Changes(note=" "), counter=1)


def test_replies_go_along_with_a_wider_audience(alice: User) -> None:
    made = make_highlight(alice, make_article(), audience="private")
    answer = make_reply(alice, made)

    annotations.edit(viewer_of(alice), made, Changes(audience="public"), counter=1)

    answer.refresh_from_db()
    assert answer.audience == "public"


def test_an_audience_that_would_hide_others_words_from_them_is_refused(
    alice: User, bob: User, dave: User, group: Group
) -> None:
    made = make_highlight(alice, make_article())
    make_reply(bob, made)
    ids = frozenset({group.pk})

    saved = annotations.edit(
        viewer_of(alice), made, Changes(audience="groups", group_ids=ids), counter=1
    )
    with pytest.raises(Invalid):
        annotations.edit(viewer_of(alice), saved, Changes(audience="private"), counter=2)

    assert list(made.replies.get().groups.all()) == [group]
    public = make_highlight(alice, make_article())
    make_link(dave, public, make_article())
    with pytest.raises(Invalid):
        annotations.edit(
            viewer_of(alice), public, Changes(audience="groups", group_ids=ids), counter=1
        )


def test_a_reply_has_no_audience_of_its_own(alice: User) -> None:
    answer = make_reply(alice, make_highlight(alice, make_article()))

    with pytest.raises(Invalid):
        annotations.edit(viewer_of(alice), answer, Changes(audience="private"), counter=1)


def test_words_and_audience_change_in_one_write(alice: User) -> None:
    made = make_highlight(alice, make_article())
    changes = Changes(note="New.", audience="private")

    saved = annotations.edit(viewer_of(alice), made, changes, counter=1)

    assert (saved.note, saved.audience, saved.counter) == ("New.", "private", 2)
    assert Event.objects.filter(subject_id=made.pk).count() == 2


def test_deleting_and_restoring_twice_is_harmless(alice: User) -> None:
    made = make_highlight(alice, make_article())
    viewer = viewer_of(alice)

    annotations.delete(viewer, made)
    assert annotations.delete(viewer, made).counter == 2
    assert made not in visible_annotations(viewer)
    annotations.restore(viewer, made)
    assert annotations.restore(viewer, made).counter == 3
    assert made in visible_annotations(viewer)
    verbs = Event.objects.filter(subject_id=made.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["annotation.created", "annotation.deleted", "annotation.restored"]


def test_replies_outlive_what_they_answer_at_its_tombstone(
    alice: User, bob: User, dave: User
) -> None:
    made = make_highlight(alice, make_article(), note="Gone soon.")
    answer = make_reply(bob, made)

    annotations.delete(viewer_of(alice), made)

    seen = viewer_of(dave)
    assert answer in visible_annotations(seen)
    assert made not in visible_annotations(seen)
    assert {made, answer} <= set(in_threads(seen))
    annotations.delete(viewer_of(bob), answer)
    assert made not in in_threads(seen)


def test_an_answer_to_a_reply_is_taken_though_the_first_was_deleted(alice: User, bob: User) -> None:
    made = make_highlight(alice, make_article())
    answer = make_reply(bob, made)
    annotations.delete(viewer_of(alice), made)

    assert make_reply(alice, answer).parent == made


def test_curators_bring_back_what_was_public_but_not_what_was_private(
    alice: User, carol: User, dave: User
) -> None:
    public = make_highlight(alice, make_article())
    private = make_highlight(alice, make_article(), audience="private")
    for made in (public, private):
        annotations.delete(viewer_of(alice), made)

    assert annotations.restore(viewer_of(carol), public).deleted_at is None
    with pytest.raises(NotFound):
        annotations.restore(viewer_of(carol), private)
    with pytest.raises(NotFound):
        annotations.restore(viewer_of(dave), private)


def test_hidden_is_seen_by_its_creator_and_curators_alone(
    alice: User, bob: User, carol: User
) -> None:
    made = make_highlight(alice, make_article())

    moderation.hide(viewer_of(carol), made)
    moderation.hide(viewer_of(carol), made)

    assert made not in visible_annotations(viewer_of(bob))
    assert made in visible_annotations(viewer_of(alice))
    assert made in visible_annotations(viewer_of(carol))
    event = Event.objects.get(verb="annotation.hidden")
    assert (event.actor, event.audience) == (carol, "staff")
    moderation.show(viewer_of(carol), made)
    assert made in visible_annotations(viewer_of(bob))


def test_readers_do_not_moderate_and_curators_not_what_is_private(
    alice: User, bob: User, carol: User
) -> None:
    public = make_highlight(alice, make_article())
    private = make_highlight(alice, make_article(), audience="private")

    for user in (alice, bob):
        with pytest.raises(NotAllowed):
            moderation.hide(viewer_of(user), public)
    with pytest.raises(NotFound):
        moderation.hide(viewer_of(carol), private)
