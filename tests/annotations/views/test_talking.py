"""Names in notes as pages show them, quotations, and what was said before an edit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from annotations.services import annotations, profiles
from annotations.services.annotations import Changes
from corpus.access import viewer_of
from corpus.models import Group
from tests.factories import make_article, make_highlight, make_note, make_reply

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
JSON = {"accept": "application/json"}


def _edit(annotation: Annotation, **changes: object) -> Annotation:
    fresh = Annotation.objects.get(pk=annotation.pk)
    changed = Changes(**changes)  # type: ignore[arg-type]
    return annotations.edit(viewer_of(fresh.creator), fresh, changed, counter=fresh.counter)


def test_a_name_is_shown_as_the_reader_is_called_and_leads_to_their_marks(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    note = make_note(alice, make_article(), "Ask @bob, *please*.")
    make_reply(alice, note, "Or `@bob`; @bob!")
    profiles.rename(viewer_of(bob), "Bob <Tall>")

    page = client_of(None).get(note.article.get_absolute_url()).content.decode()

    link = '<a href="/readers/bob/">@Bob &lt;Tall&gt;</a>'
    assert f"<p>Ask {link}, <em>please</em>.</p>" in page
    assert f"<p>Or <code>@bob</code>; {link}!</p>" in page


def test_the_answer_names_those_who_will_not_be_told(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    article = make_article()
    sent = {"note": "@bob, @zoe and @zoe", "audience": "private"}
    writer = client_of(alice)

    answer = writer.post(f"{article.get_absolute_url()}annotations/", sent, headers=JSON)
    page = writer.post(f"{article.get_absolute_url()}annotations/", sent, follow=True)

    sentence = "Saved, but nobody called @bob and @zoe can see this"
    assert answer.status_code == 201
    assert answer.json()["warning"].startswith(sentence)
    assert sentence in page.content.decode()


def test_names_are_offered_of_those_alone_who_see_the_thread(
    alice: User, bob: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    article = make_article()
    for user in (alice, bob, dave):
        profiles.ensure(user.pk)
    keys = frozenset({group.pk})
    asked = make_note(bob, article, audience="groups", group_ids=keys)
    own = f"/reader-names/?article={article.slug}&audience="
    offered = {
        f"{own}public": {"bob", "dave", "nina", "noel"},
        f"{own}private": set(),
        f"{own}groups:{group.pk}": {"bob"},
        f"{own}groups:nonsense": set(),
        f"{own}public&q=da": {"dave"},
        f"/reader-names/?annotation={asked.pk}": {"bob"},
    }

    for address, names in offered.items():
        page = client_of(alice).get(address).content.decode()
        assert (address, {name for name in _PEOPLE if f'data-name="{name}"' in page}) == (
            address,
            names,
        )
    assert client_of(dave).get(f"/reader-names/?annotation={asked.pk}").status_code == 404
    assert "data-name" not in client_of(dave).get(f"{own}groups:{group.pk}").content.decode()
    assert "data-name" not in client_of(None).get(f"{own}public").content.decode()


_PEOPLE = ("alice", "bob", "dave", "nina", "noel")


def test_a_reply_can_begin_with_the_words_it_answers(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    answer = make_reply(bob, make_highlight(alice, make_article()), "First.\n\nThen *more*.")
    profiles.rename(viewer_of(bob), "Bob [B]")

    page = client_of(alice).get(f"{answer.get_absolute_url()}reply/?quote=yes")

    place = f"{answer.article.get_absolute_url()}#n{answer.number}"
    assert page.context["form"].initial["note"] == (
        f"> [Bob \\[B\\]]({place}):\n> First.\n>\n> Then *more*.\n\n"
    )


def test_what_a_reply_said_before_is_shown_to_whoever_sees_it(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    answer = make_reply(bob, make_highlight(alice, make_article()), "First words.")
    _edit(answer, note="Second words.")

    article = client_of(None).get(answer.article.get_absolute_url()).content.decode()
    page = client_of(None).get(f"{answer.get_absolute_url()}earlier/").content.decode()

    assert f'href="{answer.get_absolute_url()}earlier/"' in article
    assert "First words." in page
    assert page.count("Second words.") == 1


def test_words_from_when_it_was_private_are_for_its_writer_alone(
    alice: User, bob: User, dave: User, group: Group, client_of: ClientOf
) -> None:
    note = make_note(alice, make_article(), "One, in private.", audience="private")
    _edit(note, note="Two, for the group.", audience="groups", group_ids=frozenset({group.pk}))
    _edit(note, note="Three, alone.", audience="private")
    _edit(note, note="Four, for all.", audience="public")
    _edit(note, note="Five, for all.")

    seen = {
        user.username: [
            word
            for word in ("One", "Two", "Three", "Four")
            if f"{word}, "
            in client_of(user).get(f"{note.get_absolute_url()}earlier/").content.decode()
        ]
        for user in (alice, bob, dave)
    }

    assert seen == {
        "alice": ["One", "Two", "Three", "Four"],
        "bob": ["Two", "Four"],
        "dave": ["Four"],
    }


def test_the_earlier_replies_of_a_long_thread_are_folded(
    alice: User, bob: User, client_of: ClientOf
) -> None:
    asked = make_highlight(alice, make_article())
    replies = [make_reply(bob, asked, f"Reply {number}.") for number in range(8)]

    page = client_of(alice).get(asked.article.get_absolute_url()).content.decode()

    folded = page.partition("Show 5 earlier replies</summary>")[2].partition("</details>")[0]
    shown = [answer.number for answer in replies if f'id="n{answer.number}"' in folded]
    assert shown == [answer.number for answer in replies[:5]]
    assert all(page.count(f'id="n{answer.number}"') == 1 for answer in replies)
