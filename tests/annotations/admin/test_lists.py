"""The lists of the admin: who sees them, what stands in them, and how often they ask."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.services import annotations as marking
from annotations.services import claims
from corpus.access import viewer_of
from corpus.models import AgentAlias, Article, Group, Outlet, SourceFile
from corpus.permissions import SYSTEM
from corpus.services import articles, invitations
from corpus.services.agents import named
from tests.factories import (
    make_article,
    make_collection,
    make_highlight,
    make_link,
    make_note,
    make_tag,
)
from tests.people import WALKERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

LISTS = (
    "corpus_article",
    "corpus_sourcefile",
    "corpus_articleversion",
    "corpus_collection",
    "corpus_outlet",
    "corpus_agent",
    "corpus_event",
    "corpus_invitation",
    "taggit_tag",
    "auth_user",
    "annotations_claim",
    "annotations_annotation",
    "annotations_link",
)
FOR_ADMINISTRATORS = {"corpus_invitation"}


def address(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


def page(client: Client, name: str, query: str = "") -> str:
    return client.get(f"{address(name)}{query}").content.decode()


def grow(number: int) -> None:
    """Store more of everything that a list shows."""
    reader = User.objects.create_user(f"reader-{number}")
    group = Group.objects.create(name=f"Group {number}", slug=f"group-{number}")
    source = SourceFile.objects.create(
        sha256=f"{number}", name=f"{number}.txt", content=b"words", size=5
    )
    outlet = Outlet.objects.create(name=f"Outlet {number}", slug=f"outlet-{number}")
    article = make_article(outlet=outlet, language_basis="inferred")
    other = make_article(outlet=outlet)
    article.authorships.create(agent=named(None, f"Author {number}"))
    AgentAlias.objects.create(agent=named(None, f"Author {number}"), name=f"A. {number}")
    articles.set_topics(SYSTEM, article, [f"Topic {number}"], counter=1)
    version = article.current_version
    assert version is not None
    type(version).objects.filter(pk=version.pk).update(source=source)
    marked = make_highlight(reader, article, claim=f"claim {number}")
    make_tag(reader, marked, f"other claim {number}", speaker=f"Speaker {number}")
    make_note(reader, article)
    make_link(reader, marked, other)
    make_collection(article, other, title=f"Collection {number}", group_id=group.pk)
    invitation, _ = invitations.create(SYSTEM, note=f"for {number}")
    invitations.claim(invitation)
    invitations.welcome(invitation, reader)


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_often_for_few_as_for_many(
    name: str, ada: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(ada)
    for number in range(2):
        grow(number)
    few = _queries(client, name)
    for number in range(2, 4):
        grow(number)
    assert _queries(client, name) == few


@pytest.mark.parametrize("walker", WALKERS)
def test_only_curators_see_the_lists(walker: str, walkers: dict[str, Client]) -> None:
    client = walkers[walker]
    for name in LISTS:
        answer = client.get(address(name))
        if walker == "anonymous":
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")
        elif walker in {"alice", "dave"}:
            assert answer.status_code == 302
            assert client.get(answer["Location"]).status_code == 403
        else:
            is_closed = walker != "ada" and name in FOR_ADMINISTRATORS
            assert answer.status_code == (403 if is_closed else 200)


def test_nobody_signs_in_at_a_door_of_its_own(client: Client) -> None:
    answer = client.get(address("corpus_article"), follow=True)
    assert answer.redirect_chain[-1][0] == "/account/login/?next=/admin/corpus/article/"


def test_door_leads_nowhere_else(client: Client) -> None:
    answer = client.get("/admin/login/?next=https://elsewhere.example/")
    assert answer["Location"] == "/account/login/?next=/admin/login/"


def test_nothing_can_be_deleted(walkers: dict[str, Client]) -> None:
    grow(1)
    for name in LISTS:
        assert "delete_selected" not in page(walkers["ada"], name)
        gone = reverse(f"admin:{name}_delete", args=[_ids(walkers["ada"], name)[0]])
        assert walkers["ada"].get(gone).status_code == 403
        assert walkers["ada"].post(gone, {"post": "yes"}).status_code == 403


def test_every_list_can_be_searched_and_narrowed(walkers: dict[str, Client]) -> None:
    grow(1)
    for name in LISTS:
        for query in ("?q=claim", "?q=%27%22%3B%25"):
            assert walkers["ada"].get(f"{address(name)}{query}").status_code == 200
        shown = walkers["ada"].get(address(name)).context["cl"]
        for spec in shown.filter_specs:
            chosen = list(spec.choices(shown))[-1]["query_string"]
            assert walkers["ada"].get(address(name) + chosen).status_code == 200


def test_filter_keys_of_our_own_making_do_not_reach_the_tables(
    walkers: dict[str, Client],
) -> None:
    for query in ("?creator__password__startswith=a", "?article__created_at__year=2000"):
        answer = walkers["carol"].get(address("annotations_annotation") + query)
        assert answer.status_code == 400


def test_what_is_private_stands_in_no_list(alice: User, walkers: dict[str, Client]) -> None:
    article = make_article()
    hidden = make_highlight(alice, article, note="My own secret.", audience="private")
    for walker in ("carol", "ada"):
        assert str(hidden.pk) not in page(walkers[walker], "annotations_annotation")
        assert "My own secret" not in page(walkers[walker], "corpus_event")
        opened = reverse("admin:annotations_annotation_change", args=[hidden.pk])
        assert walkers[walker].get(opened).status_code == 302
    events = walkers["carol"].get(
        reverse("admin:annotations_annotation_history", args=[hidden.pk]), follow=True
    )
    assert events.context["cl"].result_count == 0


def test_article_row_counts_what_readers_see(alice: User, walkers: dict[str, Client]) -> None:
    article = make_article(title="Counted")
    make_highlight(alice, article)
    make_highlight(alice, article, "members decide", audience="private")
    gone = make_highlight(alice, article, "members decide")
    marking.delete(viewer_of(alice), gone)
    make_note(alice, article)
    row = (
        walkers["carol"].get(address("corpus_article") + "?q=Counted").context["cl"].result_list[0]
    )
    assert (row.highlight_count, row.note_count, row.link_count) == (1, 1, 0)


def test_lists_say_dates_and_counts_in_words(alice: User, walkers: dict[str, Client]) -> None:
    dated = make_article(title="Dated", published_on="2017-03-23", published_precision="day")
    make_highlight(alice, dated)
    shown = page(walkers["carol"], "corpus_article", "?q=Dated")
    assert "23 Mar 2017" in shown
    assert "2017-03-23" not in shown
    assert "1 in all" in page(walkers["carol"], "annotations_annotation", "?q=Dated")
    assert "Highlights and notes" in page(walkers["ada"], "auth_user")


def test_article_page_says_how_a_fact_is_known_in_words(walkers: dict[str, Client]) -> None:
    bound = "https://example.org/2017/jan/13/"
    facts = {
        "title": {"rule": "nothing_found", "evidence": ""},
        "published": {
            "rule": "linked_page",
            "evidence": bound,
            "value": {"not_before_evidence": bound},
        },
    }
    article = make_article(facts=facts)
    opened = reverse("admin:corpus_article_change", args=[article.pk])
    shown = walkers["carol"].get(opened).content.decode()
    assert "nothing in the text tells it" in shown
    assert "the date in the address of a linked page · “https://example.org/2017/jan/13/”" in shown
    assert shown.count(bound) == 1
    assert "nothing_found" not in shown


def test_articles_with_a_guess_are_found(walkers: dict[str, Client]) -> None:
    make_article(title="Certain")
    make_article(title="Guessed", outlet_basis="inferred")
    for query in ("?state=confirm", "?basis=outlet"):
        found = page(walkers["carol"], "corpus_article", query)
        assert "Guessed" in found
        assert "Certain" not in found
    assert "Guessed" not in page(walkers["carol"], "corpus_article", "?basis=title")


def test_versions_are_not_narrowed_by_a_reason_in_free_words(walkers: dict[str, Client]) -> None:
    make_article(slug="one").versions.update(reason="Somebody typed this")
    assert "?reason" not in page(walkers["ada"], "corpus_articleversion")


def test_highlights_are_narrowed_by_claim(alice: User, walkers: dict[str, Client]) -> None:
    article = make_article()
    tagged = make_highlight(alice, article, claim="prayer")
    make_highlight(alice, article, "members decide", claim="democracy")
    claim = claims.find("prayer")
    assert claim is not None
    found = walkers["carol"].get(address("annotations_annotation") + f"?claim={claim.pk}")
    assert [row.pk for row in found.context["cl"].result_list] == [tagged.pk]


def test_first_page_says_what_waits_and_what_happened(walkers: dict[str, Client]) -> None:
    article = make_article(title="Guessed", title_basis="derived")
    articles.hide(SYSTEM, article)
    shown = walkers["carol"].get("/admin/").content.decode()
    assert "In 1 article something was inferred" in shown
    assert "Article hidden" in shown
    assert "Invitations" not in shown
    assert "Invitations" in walkers["ada"].get("/admin/").content.decode()


def test_pages_open_and_hold_no_style_or_script_of_their_own(
    walkers: dict[str, Client],
) -> None:
    grow(1)
    for name in LISTS:
        opened = reverse(f"admin:{name}_change", args=[_ids(walkers["ada"], name)[0]])
        answer = walkers["ada"].get(opened)
        assert answer.status_code == 200
        for text in (page(walkers["ada"], name), answer.content.decode()):
            assert " style=" not in text
            assert "<style" not in text
            assert "<script>" not in text


def _ids(client: Client, name: str) -> list[str]:
    rows = client.get(address(name)).context["cl"].result_list
    return [str(row.pk) for row in rows]


def _queries(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(name)).status_code == 200
    return len(queries)


def test_source_page_shows_the_raw_text_as_text(walkers: dict[str, Client]) -> None:
    source = SourceFile.objects.create(
        sha256="raw", name="raw.txt", content=b"<b>bold</b> words", size=17
    )
    opened = walkers["carol"].get(reverse("admin:corpus_sourcefile_change", args=[source.pk]))
    assert "&lt;b&gt;bold&lt;/b&gt; words" in opened.content.decode()
    assert Article.objects.filter(versions__source=source).count() == 0
