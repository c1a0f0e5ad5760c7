"""Making highlights and notes."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from annotations.errors import NotFound
from annotations.models import Annotation, Claim
from annotations.services import annotations
from annotations.services.annotations import Changes, Draft, Reply
from annotations.services.occurrences import Tagging
from corpus.access import viewer_of
from corpus.errors import Invalid, SignInNeeded, Stale
from corpus.models import Event, Group
from corpus.permissions import Viewer
from tests.factories import (
    make_article,
    make_highlight,
    make_note,
    make_reply,
    passage_of,
)

pytestmark = pytest.mark.usefixtures("noise")

WORDS = "pray by their bedside"


def test_one_call_stores_note_claim_stance_speaker_voice_and_mode(alice: User) -> None:
    article = make_article()
    tagging = Tagging("deselection threat", "disputes", "quoted", "prediction", "Emma Rees")
    draft = Draft(passage=passage_of(article, WORDS), version=1, note="Hm.", tags=(tagging,))

    made = annotations.create(viewer_of(alice), article, draft)

    occurrence = made.occurrences.get()
    assert made.note == "Hm."
    assert occurrence.tag.name == "deselection threat"
    assert (occurrence.stance, occurrence.voice, occurrence.mode) == (
        "disputes",
        "quoted",
        "prediction",
    )
    assert occurrence.speaker is not None
    assert occurrence.speaker.name == "Emma Rees"


def test_it_leaves_one_event_that_tells_all_of_it(alice: User) -> None:
    article = make_article()

    made = make_highlight(alice, article, WORDS, claim="noise", note="Hm.", audience="private")

    event = Event.objects.get(subject_id=made.pk)
    assert (event.verb, event.actor, event.article) == ("annotation.created", alice, article)
    assert event.audience == "private"
    assert event.after["note"] == "Hm."
    assert event.after["claims"][0]["claim"] == "noise"


def test_a_first_highlight_is_for_everyone(alice: User) -> None:
    assert make_highlight(alice, make_article()).audience == "public"


def test_nobody_cannot_mark(db: None) -> None:
    article = make_article()

    with pytest.raises(SignInNeeded):
        annotations.create(Viewer(), article, Draft(note="Hello"))

    assert not article.annotations.exists()


def test_an_article_out_of_reach_looks_like_none(alice: User, carol: User) -> None:
    article = make_article(access="groups")

    with pytest.raises(NotFound):
        make_highlight(alice, article)

    assert make_highlight(carol, article).number == 1


def test_the_same_create_twice_is_stored_once_and_answers_the_same(alice: User) -> None:
    article, client_id = make_article(), uuid4()

    first = make_highlight(alice, article, client_id=client_id, claim="noise")
    second = make_highlight(alice, article, client_id=client_id, claim="noise")

    assert (first.pk, first.number) == (second.pk, second.number) == (client_id, 1)
    assert article.annotations.count() == 1
    assert Event.objects.filter(subject_id=client_id).count() == 1


def test_what_was_written_after_a_lost_answer_is_stored_too(alice: User) -> None:
    article, client_id = make_article(), uuid4()
    first = make_highlight(alice, article, client_id=client_id, note="First.")

    again = make_highlight(
        alice, article, client_id=client_id, note="First. And more.", audience="private"
    )

    stored = Annotation.objects.get(pk=client_id)
    assert again == stored == first
    assert (stored.note, stored.audience, stored.counter) == ("First. And more.", "private", 2)
    assert article.annotations.count() == 1
    assert make_highlight(alice, article, client_id=client_id, note="Third.").note == "Third."


def test_a_late_repetition_changes_nothing_back(alice: User) -> None:
    article, client_id = make_article(), uuid4()
    made = make_highlight(alice, article, client_id=client_id, note="First.")
    annotations.edit(viewer_of(alice), made, Changes(note="Better."), counter=1)

    again = make_highlight(alice, article, client_id=client_id, note="First.")

    assert again.note == "Better."
    with pytest.raises(Stale):
        make_highlight(alice, article, client_id=client_id, note="Third.")
    assert Annotation.objects.get(pk=client_id).note == "Better."


def test_a_reply_sent_again_says_what_was_sent_last(alice: User, bob: User) -> None:
    viewer, first = viewer_of(bob), make_highlight(alice, make_article())
    client_id = uuid4()
    annotations.reply(viewer, first, Reply("Why?", client_id))

    again = annotations.reply(viewer, first, Reply("Why is that?", client_id))

    assert (again.pk, again.note, first.replies.count()) == (client_id, "Why is that?", 1)


def test_the_client_id_of_somebody_else_is_refused_without_telling(alice: User, bob: User) -> None:
    article, client_id = make_article(), uuid4()
    make_highlight(alice, article, client_id=client_id, note="Mine alone.", audience="private")

    with pytest.raises(Invalid) as refusal:
        make_highlight(bob, article, "members decide", client_id=client_id)

    assert "Mine" not in refusal.value.message
    assert Annotation.objects.get(pk=client_id).creator == alice


def test_a_client_id_used_in_another_article_is_refused(alice: User) -> None:
    client_id = uuid4()
    make_highlight(alice, make_article(), client_id=client_id)

    with pytest.raises(Invalid):
        make_highlight(alice, make_article(), client_id=client_id)


def test_what_few_see_leaves_no_gap_in_the_numbers_that_others_see(
    alice: User, bob: User, group: Group
) -> None:
    article = make_article()
    first = make_highlight(bob, article)
    kept = make_highlight(alice, article, audience="private")
    made = [kept, make_reply(alice, kept)]
    made.append(make_note(alice, article, audience="groups", group_ids=frozenset({group.pk})))
    assert (first.number, make_note(bob, article).number) == (1, 2)
    assert len({one.number for one in made}) == 3
    assert all(100_000_000 <= one.number < 1_000_000_000 for one in made)


def test_numbers_count_up_and_are_never_given_again(alice: User, bob: User) -> None:
    article = make_article()
    first = make_highlight(alice, article)
    annotations.delete(viewer_of(alice), make_highlight(alice, article))

    assert first.number == 1
    assert make_note(bob, article).number == 3
    assert make_reply(bob, first).number == 4


@pytest.mark.parametrize("note", ["NUL \0 here", "half a pair \ud83d", "x" * 20_001])
def test_a_note_that_cannot_be_kept_is_refused_with_a_sentence(alice: User, note: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_note(alice, make_article(), note)

    assert "note" in refusal.value.fields


def test_a_note_of_the_greatest_length_is_kept_as_it_was_written(alice: User) -> None:
    note = "  <b>½ ﷽</b>\u202e" + "y" * (20_000 - 13)

    made = make_note(alice, make_article(), note)

    made.refresh_from_db()
    assert made.note == note


@pytest.mark.parametrize("note", ["", "   \n"])
def test_a_note_on_the_whole_article_needs_words(alice: User, note: str) -> None:
    with pytest.raises(Invalid):
        make_note(alice, make_article(), note)


def test_a_note_on_the_whole_article_carries_no_claim(alice: User) -> None:
    draft = Draft(note="On the whole.", tags=(Tagging("noise"),))

    with pytest.raises(Invalid):
        annotations.create(viewer_of(alice), make_article(), draft)


def test_a_claim_given_twice_is_tagged_once_and_the_first_counts(alice: User) -> None:
    article = make_article()
    tags = (Tagging("Noise", "disputes"), Tagging("other"), Tagging("noise", "supports"))
    draft = Draft(passage=passage_of(article, WORDS), version=1, tags=tags)

    made = annotations.create(viewer_of(alice), article, draft)

    assert list(made.occurrences.values_list("tag__name", "stance", "position")) == [
        ("noise", "disputes", 0),
        ("other", "supports", 1),
    ]


def test_a_refused_create_leaves_nothing_behind(alice: User) -> None:
    article = make_article()
    tags = (Tagging("a claim of its own"), Tagging("noise", stance="shouts"))
    draft = Draft(passage=passage_of(article, WORDS), version=1, tags=tags)

    with pytest.raises(Invalid):
        annotations.create(viewer_of(alice), article, draft)

    assert not article.annotations.exists()
    assert not Claim.objects.filter(name="a claim of its own").exists()
    assert make_highlight(alice, article).number == 1


def test_groups_are_those_of_the_writer(alice: User, dave: User, group: Group) -> None:
    article, ids = make_article(), frozenset({group.pk})

    made = make_highlight(alice, article, audience="groups", group_ids=ids)

    assert list(made.groups.all()) == [group]
    for user, group_ids in ((dave, ids), (alice, frozenset())):
        with pytest.raises(Invalid):
            make_highlight(user, article, audience="groups", group_ids=group_ids)


def test_a_note_that_shows_nothing_is_none(alice: User) -> None:
    assert make_highlight(alice, make_article(), note=" \u200b").note == ""


def test_a_first_write_gives_the_writer_a_name_and_a_colour(alice: User) -> None:
    make_highlight(alice, make_article())

    assert alice.profile.display_name == "Alice"
    assert alice.profile.person_slot == 3  # the two of the noise came before
