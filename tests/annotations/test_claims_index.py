"""The list of claims, and what the claim picker offers."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim
from annotations.queries.completion import MOST_OPTIONS, complete_claims
from annotations.services import claims, merging
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from tests.factories import make_article, make_highlight, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def names_in(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/claims/[^"]+">([^<]+)</a></h2>', html)


def index(client: Client, query: str = "") -> str:
    answer = client.get(f"/claims/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def offered(user: User | None, typed: str, article: str = "") -> list[str]:
    found = complete_claims(viewer_of(user), typed, article)
    return [option.claim.name for option in found.options]


def test_claims_are_listed_by_name_with_their_counts(alice: User, client: Client) -> None:
    article = make_article()
    make_highlight(alice, article, claim="Zeal")
    make_highlight(alice, article, claim="boundary review", stance="disputes")
    html = index(client)
    assert names_in(html) == ["Boundary review", "Noise", "Zeal"]
    row = " ".join(re.sub(r"<[^>]+>", " ", html.split("Boundary review")[1]).split())
    assert row.startswith("▲ 0 support ▼ 1 dispute ◆ 0 give context 1 passage · 1 article")


def test_claims_are_sorted_by_marks_and_by_the_newest_mark(alice: User, client: Client) -> None:
    article = make_article()
    for words in ("The mood", "the party", "is dark"):
        make_highlight(alice, article, words, claim="often")
    make_highlight(alice, article, claim="lately")
    assert names_in(index(client, "?sort=marked")) == ["Often", "Noise", "Lately"]
    assert names_in(index(client, "?sort=recent")) == ["Lately", "Often", "Noise"]
    assert names_in(index(client, "?sort=nonsense")) == ["Lately", "Noise", "Often"]


def test_the_field_finds_names_aliases_and_statements(
    alice: User, carol: User, client: Client
) -> None:
    claim = make_highlight(alice, make_article(), claim="exodus").occurrences.get().tag
    changes = ClaimChanges(name="MPs’ exodus", statement="They leave Parliament.")
    claims.edit(viewer_of(carol), claim, changes, counter=claim.counter)
    for words in ("mps%27", "leave+parl", "EXODUS"):
        assert names_in(index(client, f"?q={words}")) == ["MPs’ exodus"]
    assert names_in(index(client, "?q=%25")) == []


def test_a_claim_tagged_in_private_is_listed_for_its_reader_alone(
    alice: User, dave: User, client_of: ClientOf
) -> None:
    make_highlight(alice, make_article(), claim="secret", audience="private")
    assert "Secret" in names_in(index(client_of(alice)))
    for user in (None, dave):
        assert "Secret" not in names_in(index(client_of(user)))
        assert offered(user, "secret") == []


def test_twice_the_claims_need_no_more_queries(alice: User, client: Client) -> None:
    counts = []
    for batch in range(2):
        article = make_article()
        for number in range(3):
            make_highlight(alice, article, claim=f"claim {batch} {number}")
        for address in ("/claims/", "/claims/complete/?q=claim", "/claims/complete/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:]


def test_names_that_begin_with_what_was_typed_are_offered_first(alice: User) -> None:
    article = make_article()
    for name in ("mandatory selection", "preselected seats", "selection"):
        make_highlight(alice, article, claim=name)
    assert offered(None, "Selec") == ["selection", "mandatory selection", "preselected seats"]


def test_quotes_dashes_and_case_make_no_difference(alice: User) -> None:
    make_highlight(alice, make_article(), claim="Corbyn’s by–election")
    assert offered(None, "corbyn's by-e") == ["Corbyn’s by–election"]


def test_an_alias_is_offered_under_its_claim(alice: User, carol: User) -> None:
    claim = make_highlight(alice, make_article(), claim="exodus").occurrences.get().tag
    claims.edit(viewer_of(carol), claim, ClaimChanges(name="departures"), counter=claim.counter)
    found = complete_claims(viewer_of(None), "exo")
    assert [(option.claim.name, option.alias) for option in found.options] == [
        ("departures", "exodus")
    ]
    assert complete_claims(viewer_of(None), "Exodus").new_label == ""
    assert found.new_label == "exo"


def test_a_merged_claim_is_not_offered(alice: User, carol: User) -> None:
    article = make_article()
    gone = make_highlight(alice, article, claim="leaving").occurrences.get().tag
    kept = make_highlight(alice, article, claim="exodus").occurrences.get().tag
    merging.merge(viewer_of(carol), gone, into=kept)
    assert offered(None, "leav") == ["exodus"]


def test_an_empty_field_offers_the_recent_claims_of_the_article_first(alice: User) -> None:
    here, there = make_article(), make_article()
    make_highlight(alice, here, "members decide", claim="older")
    make_highlight(alice, here, claim="newer")
    for words in ("The mood", "the party", "Others have left"):
        make_highlight(alice, there, words, claim="elsewhere")
    assert offered(None, "", here.slug)[:3] == ["newer", "older", "elsewhere"]


def test_only_a_few_are_offered(alice: User) -> None:
    marked = make_highlight(alice, make_article())
    for number in range(MOST_OPTIONS + 3):
        make_tag(alice, marked, f"reason {number}")
    assert len(offered(None, "reason")) == MOST_OPTIONS


def test_the_options_mark_the_typed_part_and_end_with_a_new_claim(
    alice: User, client: Client
) -> None:
    make_highlight(alice, make_article(), claim="deselection threat")
    html = client.get("/claims/complete/?q=+DESEL").content.decode()
    assert "<b>Desel</b>ection threat" in html
    assert "1 passage · 1 article" in html
    assert 'data-slug="deselection-threat" data-name="deselection threat"' in html
    assert "Create claim “DESEL”" in html.rsplit("<li", 1)[1]


@pytest.mark.parametrize("typed", ["<b>", "%", "ﬁ", "İ", "\x00", "x" * 5000, "&q=", "'"])
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    answer = client.get("/claims/complete/", {"q": typed})
    assert answer.status_code == 200
    assert "<b><b>" not in answer.content.decode()
    assert Claim.objects.count() == 2
