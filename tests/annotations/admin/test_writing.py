"""What the admin changes: always by a service, always with one Event."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Claim
from annotations.services import annotations as marking
from annotations.services import claims, links
from corpus.access import viewer_of
from corpus.models import Agent, Article, Event, Invitation, Outlet
from corpus.permissions import SYSTEM
from corpus.services import articles
from corpus.services.agents import named
from corpus.services.indexing import index_article
from tests.factories import make_article, make_highlight, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def change(client: Client, thing: Any, **values: Any) -> HttpResponse:
    """Send the form of `thing` as a browser would, with `values` typed over what it shows."""
    address = reverse(
        f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk]
    )
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    sent = {
        name: value for name, value in {**shown, **values}.items() if value not in (None, False)
    }
    answer: Any = client.post(address, {key: _sent(value) for key, value in sent.items()})
    return answer  # type: ignore[no-any-return]


def act(client: Client, name: str, action: str, *things: Any, **more: str) -> HttpResponse:
    """Choose an action of a list for `things`."""
    chosen = {"action": action, "_selected_action": [str(thing.pk) for thing in things], **more}
    answer: Any = client.post(reverse(f"admin:{name}_changelist"), chosen)
    return answer  # type: ignore[no-any-return]


def events_since(number: int) -> list[str]:
    return [event.verb for event in Event.objects.order_by("id")[number:]]


@pytest.fixture
def curator(carol: User, client: Client) -> Client:
    client.force_login(carol)
    return client


@pytest.fixture
def administrator(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def article() -> Article:
    made = make_article(title="Guessed title", title_basis="derived", language_basis="inferred")
    assert made.current_version is not None
    index_article(made.current_version)
    return made


def test_curator_mends_an_article(curator: Client, article: Article, carol: User) -> None:
    before = Event.objects.count()
    answer = change(curator, article, title="The right title", author_names="Jade Azim")
    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.title, article.title_basis) == ("The right title", "curated")
    assert article.language_basis == "inferred"
    assert events_since(before) == ["agent.created", "article.edited"]
    assert Event.objects.latest("id").actor == carol


def test_ticked_fact_becomes_curated(curator: Client, article: Article) -> None:
    change(curator, article, confirm=["title"])
    article.refresh_from_db()
    assert (article.title_basis, article.language_basis) == ("curated", "inferred")


def test_saving_what_is_shown_changes_nothing(curator: Client, article: Article) -> None:
    before = Event.objects.count()
    assert change(curator, article).status_code == 302
    article.refresh_from_db()
    assert article.counter == 1
    assert events_since(before) == []


def test_topics_address_and_sight_are_set_on_the_page(curator: Client, article: Article) -> None:
    change(curator, article, topics="Labour, Unions", is_hidden="on", has_new_address="on")
    article.refresh_from_db()
    assert sorted(article.topics.names()) == ["Labour", "Unions"]
    assert (article.is_hidden, article.slug) == (True, "guessed-title")


def test_stale_page_shows_what_is_stored_and_saves_at_the_second_try(
    curator: Client, article: Article
) -> None:
    articles.edit_metadata(
        SYSTEM, article, articles.Metadata(title="Meanwhile"), counter=article.counter
    )
    answer = change(curator, article, seen_counter=1, title="Mine")
    page = answer.content.decode()
    assert "Stored now: Title: Meanwhile" in page
    assert "Mine" in page
    article.refresh_from_db()
    assert article.title == "Meanwhile"
    counter = re.search(r'name="seen_counter" value="(\d+)"', page)
    assert counter is not None
    assert int(counter[1]) == article.counter


def test_refused_value_is_named_beside_its_field(curator: Client, article: Article) -> None:
    answer = change(curator, article, canonical_url="javascript:alert(1)", title="Kept typing")
    page = answer.content.decode()
    assert "begins with http://" in page
    assert "Kept typing" in page
    article.refresh_from_db()
    assert article.title == "Guessed title"


def test_actions_hide_show_and_confirm_articles(curator: Client, article: Article) -> None:
    before = Event.objects.count()
    for action in ("hide", "hide", "restore", "confirm_all"):
        assert act(curator, "corpus_article", action, article).status_code == 302
    assert events_since(before) == ["article.hidden", "article.shown", "article.confirmed"]
    article.refresh_from_db()
    assert (article.title_basis, article.language_basis) == ("curated", "curated")


def test_curator_mends_a_claim_and_takes_its_broader_claim_away(
    curator: Client, alice: User, carol: User
) -> None:
    viewer = viewer_of(carol)
    claim, wider = claims.get_or_create(viewer, "prayer"), claims.get_or_create(viewer, "faith")
    change(curator, claim, definition="Praying.", status="reviewed", broader=wider.pk, slot=3)
    claim.refresh_from_db()
    assert (claim.definition, claim.status, claim.broader, claim.slot) == (
        "Praying.",
        "reviewed",
        wider,
        3,
    )
    change(curator, claim, broader="")
    claim.refresh_from_db()
    assert claim.broader is None
    assert Event.objects.filter(verb="claim.edited", subject_id=claim.pk).count() == 2


def test_renamed_claim_keeps_its_alias_and_its_address(curator: Client, carol: User) -> None:
    claim = claims.get_or_create(viewer_of(carol), "prayer")
    change(curator, claim, name="prayers")
    assert claims.find("prayer") == claim
    assert curator.get("/claims/prayer/", follow=True).redirect_chain[-1][0] == "/claims/prayers/"


def test_name_of_another_claim_is_refused(curator: Client, carol: User) -> None:
    claim = claims.get_or_create(viewer_of(carol), "prayer")
    claims.get_or_create(viewer_of(carol), "faith")
    answer = change(curator, claim, name="Faith")
    assert "Merge the two instead" in answer.content.decode()


def test_merge_asks_first_then_keeps_alias_and_redirect(
    curator: Client, alice: User, article: Article
) -> None:
    marked = make_highlight(alice, article, claim="prayer")
    gone, kept = claims.find("prayer"), claims.get_or_create(viewer_of(alice), "praying")
    assert gone is not None
    asked = act(curator, "annotations_claim", "merge", gone, kept)
    assert "The claim that stays" in asked.content.decode()
    assert claims.find("prayer") == gone
    act(curator, "annotations_claim", "merge", gone, kept, into=str(kept.pk))
    assert claims.find("prayer") == kept
    assert [claim.name for claim in marked.claims.all()] == ["praying"]
    assert curator.get("/claims/prayer/", follow=True).redirect_chain[-1][0] == "/claims/praying/"
    assert Event.objects.filter(verb="claim.merged", subject_id=gone.pk).count() == 1


def test_one_claim_is_merged_into_any_other(curator: Client, alice: User) -> None:
    viewer = viewer_of(alice)
    gone, kept = claims.get_or_create(viewer, "prayer"), claims.get_or_create(viewer, "praying")
    act(curator, "annotations_claim", "merge", gone, into=str(kept.pk))
    assert claims.find("prayer") == kept


def test_merged_claim_is_shown_and_not_changed(curator: Client, alice: User) -> None:
    viewer = viewer_of(alice)
    gone, kept = claims.get_or_create(viewer, "prayer"), claims.get_or_create(viewer, "praying")
    claims.merge(viewer_of(User.objects.get(username="carol")), gone, into=kept)
    address = reverse("admin:annotations_claim_change", args=[gone.pk])
    assert 'name="_save"' not in curator.get(address).content.decode()
    assert curator.post(address, {"name": "again"}).status_code == 403
    act(curator, "annotations_claim", "merge", gone)
    assert Claim.objects.get(pk=gone.pk).merged_into == kept


def test_hidden_highlight_is_gone_for_readers_and_comes_back(
    curator: Client, alice: User, dave: User, article: Article
) -> None:
    marked = make_highlight(alice, article)
    reader = Client()
    reader.force_login(dave)
    act(curator, "annotations_annotation", "hide", marked)
    assert reader.get(marked.get_absolute_url()).status_code == 404
    act(curator, "annotations_annotation", "show", marked)
    assert reader.get(marked.get_absolute_url()).status_code == 302


def test_deleted_highlight_and_link_are_brought_back(
    curator: Client, alice: User, article: Article
) -> None:
    marked = make_highlight(alice, article)
    link = make_link(alice, marked, make_article())
    links.delete(viewer_of(alice), link)
    marking.delete(viewer_of(alice), marked)
    act(curator, "annotations_annotation", "bring_back", marked)
    act(curator, "annotations_link", "bring_back", link)
    marked.refresh_from_db()
    link.refresh_from_db()
    assert (marked.deleted_at, link.deleted_at) == (None, None)


def test_private_highlight_cannot_be_reached_by_an_action(
    curator: Client, alice: User, article: Article
) -> None:
    own = make_highlight(alice, article, audience="private")
    act(curator, "annotations_annotation", "hide", own)
    own.refresh_from_db()
    assert own.moderation == "approved"


def test_words_of_readers_are_theirs(curator: Client, alice: User, article: Article) -> None:
    marked = make_highlight(alice, article, note="Mine.")
    address = reverse("admin:annotations_annotation_change", args=[marked.pk])
    assert curator.post(address, {"note": "Theirs."}).status_code == 403
    assert Annotation.objects.get(pk=marked.pk).note == "Mine."


def test_invitation_shows_its_link_once_and_it_works(administrator: Client) -> None:
    asked = {"role": "curator", "note": "Nora", "days": "7"}
    made = administrator.post(reverse("admin:corpus_invitation_add"), asked).content.decode()
    link = re.search(r"http://127\.0\.0\.1:8000(/account/invitation/[\w-]+/)", made)
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    invitation = Invitation.objects.get(note="Nora")
    opened = administrator.get(reverse("admin:corpus_invitation_change", args=[invitation.pk]))
    assert link[1] not in opened.content.decode()
    assert Event.objects.filter(verb="invitation.created").count() == 1


def test_curator_invites_nobody(curator: Client) -> None:
    asked = {"role": "administrator", "note": "", "days": "7"}
    assert curator.post(reverse("admin:corpus_invitation_add"), asked).status_code == 403
    assert not Invitation.objects.exists()


def test_administrator_changes_a_role_and_closes_an_account(
    administrator: Client, dave: User
) -> None:
    change(administrator, dave, role="curator")
    dave.refresh_from_db()
    assert (dave.is_staff, dave.is_superuser) == (True, False)
    change(administrator, dave, is_active="")
    dave.refresh_from_db()
    assert (dave.is_active, dave.is_staff) == (False, True)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        "role.changed",
        "account.closed",
    ]


def test_last_administrator_cannot_step_down(administrator: Client, ada: User) -> None:
    page = change(administrator, ada, role="reader").content.decode()
    assert "This is the only administrator." in page
    page = change(administrator, ada, is_active="").content.decode()
    assert "This is the only administrator." in page
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_active) == (True, True)


def test_curator_looks_at_accounts_and_changes_none(curator: Client, dave: User) -> None:
    address = reverse("admin:auth_user_change", args=[dave.pk])
    assert 'name="role"' not in curator.get(address).content.decode()
    assert curator.post(address, {"role": "administrator"}).status_code == 403
    dave.refresh_from_db()
    assert not dave.is_superuser


def test_outlets_are_added_and_mended(curator: Client, article: Article) -> None:
    asked = {"name": "New  Statesman", "homepage": "https://example.org/", "kind": "magazine"}
    assert curator.post(reverse("admin:corpus_outlet_add"), asked).status_code == 302
    outlet = Outlet.objects.get(name="New Statesman")
    change(curator, article, outlet=outlet.pk)
    change(curator, outlet, name="Statesman")
    assert curator.get("/search/?q=statesman&kind=articles").content.count(b"Guessed title") > 0
    twin = curator.post(reverse("admin:corpus_outlet_add"), {"name": "STATESMAN", "kind": ""})
    assert "already" in twin.content.decode()
    assert Event.objects.filter(verb__startswith="outlet.").count() == 2


def test_agent_gets_another_name_and_is_still_found_by_the_old_one(curator: Client) -> None:
    agent = named(None, "J. Azim")
    named(None, "Stephen Bush")
    change(curator, agent, name="Jade Azim", aliases="Ms Azim\n")
    assert {named(None, name) for name in ("J. Azim", "ms azim", "Jade Azim")} == {agent}
    page = change(curator, agent, aliases="stephen bush").content.decode()
    assert "is a name of somebody else here" in page
    assert sorted(Agent.objects.get(pk=agent.pk).aliases.values_list("name", flat=True)) == [
        "J. Azim",
        "Ms Azim",
    ]


def test_topic_is_renamed_on_all_its_articles(curator: Client, article: Article) -> None:
    articles.set_topics(SYSTEM, article, ["Labor", "Unions"], counter=1)
    labor, unions = article.topics.order_by("name")
    change(curator, labor, name="Labour")
    assert sorted(article.topics.names()) == ["Labour", "Unions"]
    assert "already" in change(curator, unions, name="LABOUR").content.decode()
    assert Event.objects.filter(verb="topic.renamed").count() == 1


def _sent(value: Any) -> Any:
    return "on" if value is True else value
