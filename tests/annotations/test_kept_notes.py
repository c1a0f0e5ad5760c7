"""A note that is kept as it was drawn is drawn again once anything that it shows has changed."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation, Claim, Link
from annotations.services import (
    annotations,
    claims,
    deletion,
    links,
    moderation,
    profiles,
    reacting,
    resolving,
)
from annotations.services.annotations import Changes
from annotations.services.claims import ClaimChanges
from annotations.services.links import LinkChanges
from annotations.templatetags import kept_notes
from corpus.access import viewer_of
from corpus.models import Agent, Article
from tests.factories import make_article, make_highlight, make_link, make_reply, make_tag

pytestmark = pytest.mark.django_db

Change = Callable[[Annotation, User, User], object]

CHANGES: dict[str, Change] = {
    "words": lambda note, alice, _ada: annotations.edit(
        viewer_of(alice), note, Changes(note="Not so."), counter=note.counter
    ),
    "audience": lambda note, alice, _ada: annotations.edit(
        viewer_of(alice), note, Changes(audience="private"), counter=note.counter
    ),
    "claim": lambda note, alice, _ada: make_tag(alice, note, "losing heart"),
    "speaker named": lambda note, alice, _ada: make_tag(
        alice, note, "praying", speaker="Ann Coffey", voice="quoted"
    ),
    "speaker renamed": lambda _note, _alice, _ada: Agent.objects.filter(name="Bo Quayle").update(
        name="Beatrix Quayle"
    ),
    "address of the speaker": lambda _note, _alice, _ada: Agent.objects.filter(
        name="Bo Quayle"
    ).update(slug="beatrix-quayle"),
    "claim renamed": lambda _note, _alice, ada: claims.edit(
        viewer_of(ada), Claim.objects.get(slug="praying"), ClaimChanges(name="prayer"), counter=1
    ),
    "colour of the claim": lambda _note, _alice, ada: claims.edit(
        viewer_of(ada), Claim.objects.get(slug="praying"), ClaimChanges(slot=7), counter=1
    ),
    "reader renamed": lambda _note, alice, _ada: profiles.rename(viewer_of(alice), "Alix Other"),
    "reply": lambda note, _alice, ada: make_reply(ada, note),
    "reaction": lambda note, _alice, ada: reacting.react(viewer_of(ada), note, "agree"),
    "name of who is named": lambda note, _alice, _ada: profiles.rename(
        viewer_of(User.objects.get(username="named")), "Somebody Else"
    ),
    "resolved": lambda note, alice, _ada: resolving.resolve(viewer_of(alice), note),
    "moderated": lambda note, _alice, ada: moderation.hide(viewer_of(ada), note),
    "linked": lambda note, alice, _ada: make_link(alice, note, make_article(title="Far away")),
    "link changed": lambda note, alice, _ada: links.edit(
        viewer_of(alice),
        Link.objects.get(from_annotation=note),
        LinkChanges(relation="corrects"),
        counter=1,
    ),
    "note of the link": lambda note, alice, _ada: links.edit(
        viewer_of(alice),
        Link.objects.get(from_annotation=note),
        LinkChanges(note="As was said."),
        counter=1,
    ),
    "audience of the link": lambda note, alice, _ada: links.edit(
        viewer_of(alice),
        Link.objects.get(from_annotation=note),
        LinkChanges(audience="private"),
        counter=1,
    ),
    "reader of a link renamed": lambda _note, _alice, ada: profiles.rename(
        viewer_of(ada), "Adele Other"
    ),
    "link deleted": lambda note, alice, _ada: deletion.delete(
        viewer_of(alice), Link.objects.get(from_annotation=note)
    ),
    "article at the other end renamed": lambda _note, _alice, _ada: Article.objects.filter(
        title="The other end"
    ).update(title="Another name"),
}


@pytest.fixture
def note(alice: User, ada: User) -> Annotation:
    """A tagged and linked highlight with a note; another reader linked one beside it."""
    User.objects.create_user("named")
    made = make_highlight(alice, make_article(), claim="praying", note="So, @named.")
    make_tag(alice, made, "working", speaker="Bo Quayle", voice="reported")
    make_link(alice, made, make_article(title="The other end"))
    make_link(ada, make_highlight(alice, made.article, "members decide"), make_article())
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_never_out_of_date(
    change: str,
    note: Annotation,
    alice: User,
    ada: User,
    client_of: Callable[[User | None], Client],
) -> None:
    reader = client_of(alice)
    before = _notes(reader, note.article)
    CHANGES[change](note, alice, ada)
    kept = _notes(reader, note.article)
    kept_notes.draw.cache_clear()
    assert kept == _notes(reader, note.article)
    assert kept != before


def test_a_note_is_drawn_for_each_reader_apart(
    note: Annotation,
    alice: User,
    carol: User,
    client_of: Callable[[User | None], Client],
) -> None:
    own = _notes(client_of(alice), note.article)
    of_others = _notes(client_of(carol), note.article)
    of_nobody = _notes(client_of(None), note.article)
    assert "/edit/" in own
    assert "/edit/" not in of_others
    assert "/reply/" in of_others
    assert "/reply/" not in of_nobody


def test_the_name_of_a_speaker_leads_to_their_page(
    note: Annotation, alice: User, client_of: Callable[[User | None], Client]
) -> None:
    assert '<a href="/speakers/bo-quayle/">Bo Quayle</a> · reported</p>' in _notes(
        client_of(alice), note.article
    )


def test_a_link_says_who_made_it_why_and_for_whom(
    alice: User, bob: User, client_of: Callable[[User | None], Client]
) -> None:
    marked = make_highlight(alice, make_article())
    make_link(alice, marked, make_article(), note="So *too* there. " * 20, audience="private")
    make_link(bob, marked, make_article(), note="Not there.")
    own, of_bob = _links(client_of(alice), marked.article)
    assert "So too there. So too there." in own
    assert own.count("So too there.") < 20
    assert "only you" in own
    assert bob.profile.display_name in of_bob
    assert "Not there." in of_bob
    assert "only you" not in of_bob
    assert alice.profile.display_name not in own


def test_the_forms_of_a_note_carry_the_token_of_their_page(
    note: Annotation, alice: User, client_of: Callable[[User | None], Client]
) -> None:
    reader = client_of(alice)
    for _turn in range(2):
        page = reader.get(note.article.get_absolute_url()).content.decode()
        tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page))
        assert len(tokens) == 1


def _notes(reader: Client, article: Article) -> str:
    page = reader.get(article.get_absolute_url()).content.decode()
    found = re.search(r'<div class="notes".*', page, re.DOTALL)
    assert found
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", found[0])


def _links(reader: Client, article: Article) -> list[str]:
    """Return the links in the margin as they are written, the oldest first."""
    found = re.findall(r'<a class="note-link".*?</a>', _notes(reader, article), re.DOTALL)
    return found[::-1]
