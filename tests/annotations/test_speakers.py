"""Those who speak: their pages, and two of them found to be one."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Follow
from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Agent, Article, Authorship, Event
from corpus.services import agent_merging, agents
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def say(
    user: User, speaker: str, claim: str = "threat", *, stance: str = "supports", **draft: str
) -> Article:
    """Return an article in which `user` marks that `speaker` says something of `claim`."""
    article = make_article()
    mark = make_highlight(user, article, **draft)
    make_tag(user, mark, claim, stance=stance, speaker=speaker, voice="quoted")
    return article


def agent(name: str) -> Agent:
    found = agents.find(name)
    assert found is not None
    return found


class TestPages:
    """/speakers/ and /speakers/<slug>/"""

    def test_where_sources_disagree_comes_first(self, alice: User, client: Client) -> None:
        for claim in ("aaa", "aaa", "aaa", "in dispute"):
            say(alice, "Jane Doe", claim)
        against = say(alice, "Jane Doe", "in dispute", stance="disputes")
        html = client.get("/speakers/jane-doe/").content.decode()
        assert html.index("Where sources disagree") < html.index("In dispute")
        assert html.index("In dispute") < html.index("By claim") < html.index("Aaa")
        assert against.title in html

    def test_a_guess_and_a_doubt_are_told_as_everywhere(self, alice: User, client: Client) -> None:
        said = say(alice, "Jane Doe").annotations.get().occurrences.filter(speaker__isnull=False)
        said.update(voice_basis="guessed", confidence="unsure")
        html = client.get("/speakers/jane-doe/").content.decode()
        assert "quoted (a guess) · tagged in doubt" in html

    def test_a_speaker_of_private_highlights_is_known_to_their_maker_alone(
        self, alice: User, dave: User, client_of: ClientOf
    ) -> None:
        say(alice, "Secret Source", audience="private")
        address = reverse("speaker", args=[Agent.objects.get(name="Secret Source").slug])
        assert client_of(alice).get(address).status_code == 200
        for user in (None, dave):
            assert client_of(user).get(address).status_code == 404
            assert "Secret Source" not in client_of(user).get("/speakers/").content.decode()

    def test_what_is_private_is_not_counted_for_others(
        self, alice: User, dave: User, client_of: ClientOf
    ) -> None:
        say(alice, "Jane Doe", "open claim")
        say(alice, "Jane Doe", "hidden claim", audience="private")
        html = client_of(dave).get("/speakers/jane-doe/").content.decode()
        assert "Open claim" in html
        assert "Hidden claim" not in html
        assert "<dd>1</dd>" in html

    def test_names_what_they_wrote_of_what_the_viewer_may_read(
        self, alice: User, client: Client, client_of: ClientOf
    ) -> None:
        say(alice, "Jane Doe")
        shown, hidden = (
            make_article(title="For all"),
            make_article(title="For few", access="members"),
        )
        for article in (shown, hidden):
            Authorship.objects.create(article=article, agent=agent("Jane Doe"))
        html = client.get("/speakers/jane-doe/").content.decode()
        assert "For all" in html
        assert "For few" not in html
        assert "For few" in client_of(alice).get("/speakers/jane-doe/").content.decode()

    def test_a_reader_follows_somebody_and_ceases_to(
        self, alice: User, client_of: ClientOf
    ) -> None:
        say(alice, "Jane Doe")
        reader = client_of(alice)
        page = reader.post("/speakers/jane-doe/follow/", follow=True).content.decode()
        assert "Unfollow" in page
        assert Follow.objects.get().agent == agent("Jane Doe")
        reader.post("/speakers/jane-doe/unfollow/")
        assert not Follow.objects.exists()

    def test_needs_no_more_queries_for_twice_the_passages(
        self, alice: User, client: Client
    ) -> None:
        counts = []
        for round_ in range(2):
            for number in range(3):
                say(alice, "Jane Doe", f"claim {round_} {number}")
                say(alice, f"Other {round_} {number}")
            for address in ("/speakers/", "/speakers/jane-doe/"):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                counts.append(len(queries))
        assert counts[:2] == counts[2:]


class TestMerging:
    """corpus.services.agent_merging, with what annotations adds"""

    def test_moves_everything_keeps_the_names_and_redirects(
        self, alice: User, carol: User, client: Client
    ) -> None:
        say(alice, "J. Doe")
        say(alice, "J. Doe", audience="private")
        say(alice, "Jane Doe")
        gone, kept = agent("J. Doe"), agent("Jane Doe")
        Authorship.objects.create(article=make_article(), agent=gone)
        Follow.objects.create(reader=alice, agent=gone)
        agent_merging.merge(viewer_of(carol), gone, into=kept)
        assert kept.occurrences.count() == 3
        assert kept.articles.count() == kept.follows.count() == 1
        assert agents.named(alice.pk, "j. doe") == kept
        answer = client.get("/speakers/j-doe/?page=1")
        assert (answer.status_code, answer["Location"]) == (301, "/speakers/jane-doe/?page=1")

    def test_is_taken_back_with_what_both_had_and_without_what_changed_since(
        self, alice: User, carol: User
    ) -> None:
        curator = viewer_of(carol)
        say(alice, "J. Doe")
        say(alice, "J. Doe")
        say(alice, "Jane Doe")
        gone, kept = agent("J. Doe"), agent("Jane Doe")
        both = make_article()
        for position, author in enumerate((kept, gone)):
            Authorship.objects.create(article=both, agent=author, position=position)
            Follow.objects.create(reader=alice, agent=author)
        first = gone.occurrences.order_by("pk").first()
        assert first is not None
        event = agent_merging.merge(curator, gone, into=kept)
        assert [row.agent for row in both.authorships.all()] == [kept]
        kept.occurrences.filter(pk=first.pk).update(speaker=agents.named(carol.pk, "Another"))
        back = agent_merging.part(curator, kept, event.pk)
        assert (back.pk, back.slug, back.name) == (gone.pk, "j-doe", "J. Doe")
        assert (back.occurrences.count(), kept.occurrences.count()) == (1, 1)
        assert [row.agent for row in both.authorships.order_by("position")] == [kept, back]
        assert (back.follows.count(), kept.follows.count()) == (1, 1)
        assert agents.find("J. Doe") == back
        with pytest.raises(NotFound):
            agent_merging.part(curator, kept, event.pk)

    def test_is_refused_with_itself_for_readers_and_for_who_is_gone(
        self, alice: User, carol: User
    ) -> None:
        one, other = agents.named(None, "One"), agents.named(None, "Other")
        with pytest.raises(NotAllowed):
            agent_merging.merge(viewer_of(alice), one, into=other)
        with pytest.raises(Invalid):
            agent_merging.merge(viewer_of(carol), one, into=one)
        agent_merging.merge(viewer_of(carol), one, into=other)
        with pytest.raises(NotFound):
            agent_merging.merge(viewer_of(carol), one, into=other)
        assert agents.named(None, "One").pk == other.pk

    def test_cannot_be_taken_back_while_the_other_bears_the_name(self, carol: User) -> None:
        curator = viewer_of(carol)
        gone, kept = agents.named(None, "Jane Doe"), agents.named(None, "J. Doe")
        event = agent_merging.merge(curator, gone, into=kept)
        kept.name = "Jane Doe"
        kept.save()
        with pytest.raises(Invalid):
            agent_merging.part(curator, kept, event.pk)
        assert not Agent.objects.filter(pk=gone.pk).exists()

    def test_a_form_on_one_who_was_merged_meanwhile_merges_nobody_else(
        self, carol: User, client_of: ClientOf
    ) -> None:
        one, other, third = (agents.named(None, name) for name in ("One", "Other", "Third"))
        agent_merging.merge(viewer_of(carol), one, into=other)
        answer = client_of(carol).post("/speakers/one/merge/", {"into": third.slug})
        assert answer["Location"] == "/speakers/other/"
        assert Agent.objects.filter(pk=other.pk).exists()

    def test_a_curator_sees_what_moves_and_takes_it_back_on_the_page(
        self, alice: User, carol: User, client_of: ClientOf
    ) -> None:
        say(alice, "J. Doe")
        say(alice, "Jane Doe")
        curator = client_of(carol)
        assert "Jane Doe" in curator.get("/speakers/j-doe/merge/").content.decode()
        preview = curator.get("/speakers/j-doe/merge/?into=jane-doe").content.decode()
        assert "1 passage" in preview
        assert Agent.objects.filter(name="J. Doe").exists()
        curator.post("/speakers/j-doe/merge/", {"into": "jane-doe"})
        page = curator.get("/speakers/jane-doe/").content.decode()
        (undo,) = re.findall(r'action="(/speakers/jane-doe/parted/[^"]+/)"', page)
        number = Event.objects.get(verb="agent.merged").pk
        assert curator.post(f"/speakers/jane-doe/parted/{number}/").status_code == 404
        curator.post(undo)
        assert agent("J. Doe").occurrences.count() == 1
        assert client_of(alice).get("/speakers/j-doe/merge/").status_code == 403
