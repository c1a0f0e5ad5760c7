"""Invitations, accounts, outlets, agents and topics in the admin."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from corpus.models import Agent, Article, Event, Invitation, Outlet
from corpus.permissions import SYSTEM
from corpus.services import articles, invitations
from corpus.services.agents import named
from tests.annotations.admin.forms import change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def test_invitation_shows_its_link_once_and_it_works(administrator: Client) -> None:
    asked = {"role": "curator", "note": "Nora", "days": "7"}
    made = administrator.post(reverse("admin:corpus_invitation_add"), asked, follow=True)
    shown = made.content.decode()
    link = re.search(r"http://127\.0\.0\.1:8000(/account/invitation/[\w-]+/)", shown)
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    invitation = Invitation.objects.get(note="Nora")
    opened = administrator.get(reverse("admin:corpus_invitation_change", args=[invitation.pk]))
    assert link[1] not in opened.content.decode()
    assert Event.objects.filter(verb="invitation.created").count() == 1


def test_page_with_the_link_can_be_reloaded_and_invites_nobody_again(
    administrator: Client,
) -> None:
    asked = {"role": "reader", "note": "Nora", "days": "7"}
    answer = administrator.post(reverse("admin:corpus_invitation_add"), asked)
    assert answer.status_code == 302
    assert "/account/invitation/" in administrator.get(answer["Location"]).content.decode()
    again = administrator.get(answer["Location"], follow=True)
    assert again.redirect_chain[-1][0] == reverse("admin:corpus_invitation_changelist")
    assert "The link was shown once." in again.content.decode()
    assert "/account/invitation/" not in again.content.decode()
    assert Invitation.objects.count() == 1


def test_curator_sees_no_link_to_hand_on(curator: Client) -> None:
    made, _ = invitations.create(SYSTEM, note="Nora")
    assert curator.get(reverse("admin:corpus_invitation_made", args=[made.pk])).status_code == 403


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
