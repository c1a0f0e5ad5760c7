"""What the admin changes: always by a service, always with one Event."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Claim
from annotations.services import annotations as marking
from annotations.services import claims, links, merging
from corpus.access import viewer_of
from corpus.models import Article, Event
from corpus.permissions import SYSTEM
from corpus.services import articles
from corpus.services.metadata import Metadata
from tests.annotations.admin.forms import act, change
from tests.factories import make_article, make_highlight, make_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def events_since(number: int) -> list[str]:
    return [event.verb for event in Event.objects.order_by("id")[number:]]


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
    articles.edit_metadata(SYSTEM, article, Metadata(title="Meanwhile"), counter=article.counter)
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
    merging.merge(viewer_of(User.objects.get(username="carol")), gone, into=kept)
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
