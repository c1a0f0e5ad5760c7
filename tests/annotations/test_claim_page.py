"""The page of a claim."""

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim
from annotations.queries.claim_page import claim_page
from annotations.queries.passages import COLUMN_SIZE, PAGE_SIZE
from annotations.services import annotations, claims, merging
from annotations.services.claims import ClaimChanges
from corpus.access import viewer_of
from corpus.models import Article
from tests.factories import make_article, make_highlight, make_note, make_tag

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]
ADDRESS = "/claims/deselection-threat/"


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def dated(day: date, **facts: str) -> Article:
    return make_article(published_on=day, published_precision=Article.Precision.DAY, **facts)


def tag_many(user: User, count: int, stance: str = "supports") -> Claim:
    article = make_article()
    for _ in range(count):
        make_highlight(user, article, claim="deselection threat", stance=stance)
    claim: Claim = Claim.objects.get(slug="deselection-threat")
    return claim


def test_a_passage_stands_in_its_sentence_with_reason_article_and_place(
    alice: User, client: Client
) -> None:
    article = dated(date(2015, 12, 6), title="Warding off")
    marked = make_highlight(alice, article, claim="deselection threat", note="In plain words.")
    html = page_of(client)
    slot = marked.occurrences.get().tag.slot
    mark = f'<mark class="k{slot} b0 b1">pray by their bedside</mark>'
    assert f"<p>Some MPs {mark} that nobody deselects them.</p>" in html
    assert f"{article.get_absolute_url()}#h{marked.number}" in html
    assert "In plain words." in html
    assert "6 Dec 2015 · para 2" in text_of(html)


def test_speaker_voice_and_mode_are_named_when_given(alice: User, client: Client) -> None:
    marked = make_highlight(alice, make_article())
    make_tag(
        alice, marked, "deselection threat", speaker="Jess Phillips", voice="quoted", mode="demand"
    )
    assert "para 2 · Jess Phillips · quoted · demand" in text_of(page_of(client))


def test_a_claim_stored_with_a_note_on_a_whole_article_is_shown_without_words(
    alice: User, client: Client
) -> None:
    # No service tags a note; a row that came otherwise must not break the page.
    tagged = make_highlight(alice, make_article(), claim="deselection threat").occurrences
    tagged.update(content_object=make_note(alice, make_article()))
    assert "On the whole article" in text_of(page_of(client))


def test_counts_tell_passages_articles_readers_and_stances(alice: User, bob: User) -> None:
    first, second = make_article(), make_article()
    make_highlight(alice, first, claim="deselection threat")
    make_highlight(alice, second, claim="deselection threat", stance="disputes")
    make_highlight(bob, second, "members decide", claim="deselection threat", stance="disputes")
    counts = claim_page(viewer_of(None), Claim.objects.get(slug="deselection-threat")).counts
    assert (counts.passages, counts.articles, counts.readers) == (3, 2, 2)
    assert counts.stances == (1, 2, 0)


def test_private_deleted_and_hidden_passages_are_neither_shown_nor_counted(
    alice: User, dave: User, client_of: ClientOf
) -> None:
    article, closed = make_article(), make_article(access=Article.Access.MEMBERS)
    make_highlight(alice, article, claim="deselection threat")
    make_highlight(alice, article, "members decide", claim="deselection threat", audience="private")
    gone = make_highlight(alice, article, "Others have left", claim="deselection threat")
    annotations.delete(viewer_of(alice), gone)
    make_highlight(alice, closed, claim="deselection threat")
    claim = Claim.objects.get(slug="deselection-threat")
    for user, seen in ((None, 1), (dave, 2), (alice, 3)):
        assert claim_page(viewer_of(user), claim).counts.passages == seen
        assert page_of(client_of(user)).count('class="passage"') == seen


def test_a_claim_that_is_tagged_in_private_alone_is_as_if_it_were_not_there(
    alice: User, walkers: dict[str, Client]
) -> None:
    make_highlight(alice, make_article(), claim="deselection threat", audience="private")
    address = Claim.objects.get(created_by=alice).get_absolute_url()
    codes = {name: browser.get(address).status_code for name, browser in walkers.items()}
    assert codes == {"anonymous": 404, "dave": 404, "alice": 200, "carol": 404, "ada": 404}


def test_the_address_of_a_merged_claim_redirects(alice: User, carol: User, client: Client) -> None:
    make_highlight(alice, make_article(), claim="deselection threat")
    gone = make_tag(alice, make_highlight(alice, make_article()), "unseating MPs").tag
    merging.merge(viewer_of(carol), gone, into=Claim.objects.get(slug="deselection-threat"))
    answer = client.get("/claims/unseating-mps/")
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)
    assert "unseating MPs" in page_of(client)
    answer = client.get("/claims/unseating-mps/?stance=disputes")
    assert answer["Location"] == f"{ADDRESS}?stance=disputes"


def test_a_tag_keeps_the_address_of_a_claim_that_was_merged_away(
    alice: User, carol: User, client_of: ClientOf
) -> None:
    marked = make_highlight(alice, make_article(), claim="unseating MPs")
    gone = marked.occurrences.get().tag
    kept = make_tag(alice, make_highlight(alice, make_article()), "deselection threat").tag
    merging.merge(viewer_of(carol), gone, into=kept)
    address = f"/annotations/{marked.pk}/claims/unseating-mps/"
    assert client_of(alice).get(address).status_code == 200
    client_of(alice).post(f"{address}remove/")
    assert not marked.occurrences.exists()


def test_the_address_before_a_new_name_redirects(alice: User, carol: User, client: Client) -> None:
    marked = make_highlight(alice, make_article(), claim="reselection threat")
    claim = marked.occurrences.get().tag
    changes = ClaimChanges(name="deselection threat")
    claims.edit(viewer_of(carol), claim, changes, counter=claim.counter)
    answer = client.get("/claims/reselection-threat/")
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)


def test_passages_are_ordered_by_date_article_reader_and_place(alice: User, bob: User) -> None:
    undated = make_article(slug="a-undated")
    bounded = make_article(slug="b-bounded", published_not_before=date(2017, 1, 13))
    later = dated(date(2017, 3, 23), slug="c-later")
    early = dated(date(2010, 5, 17), slug="d-early")
    for user in (bob, alice):
        for article in (later, undated, early, bounded):
            make_highlight(user, article, "members decide", claim="deselection threat")
    make_highlight(alice, early, claim="deselection threat")
    claim = Claim.objects.get(slug="deselection-threat")
    viewer = viewer_of(None)
    supports = claim_page(viewer, claim).columns[0]
    rows = [
        (passage.article.slug, passage.reader.user.username, passage.number)
        for passage in supports.passages
    ]
    assert rows == [
        ("d-early", "alice", 3),
        ("d-early", "alice", 2),
        ("d-early", "bob", 1),
        ("b-bounded", "alice", 2),
        ("b-bounded", "bob", 1),
        ("c-later", "alice", 2),
        ("c-later", "bob", 1),
        ("a-undated", "alice", 2),
        ("a-undated", "bob", 1),
    ]


def test_the_pages_of_a_column_show_each_passage_once(alice: User) -> None:
    claim = tag_many(alice, PAGE_SIZE + COLUMN_SIZE + 3)
    viewer = viewer_of(None)
    seen: list[UUID] = []
    (page,) = claim_page(viewer, claim, stance="supports").columns
    sizes = [len(page.passages)]
    seen += [passage.id for passage in page.passages]
    while page.after is not None:
        (page,) = claim_page(viewer, claim, stance="supports", after=page.after).columns
        sizes.append(len(page.passages))
        seen += [passage.id for passage in page.passages]
    assert sizes == [PAGE_SIZE, COLUMN_SIZE + 3]
    assert len(set(seen)) == len(seen) == page.count


def test_the_first_page_leads_to_the_rest_of_a_long_column(alice: User, client: Client) -> None:
    tag_many(alice, COLUMN_SIZE + 1)
    html = page_of(client)
    found = re.search(r'href="(\?stance=supports&amp;after=[0-9a-f-]+)"', html)
    assert found is not None
    rest = page_of(client, found[1].replace("&amp;", "&"))
    assert rest.count('class="passage"') == 1
    assert "All three columns" in rest


@pytest.mark.parametrize("query", ["?stance=doubts", "?stance=supports&after=x", "?after=\x00"])
def test_a_senseless_query_shows_the_beginning(alice: User, client: Client, query: str) -> None:
    tag_many(alice, 1)
    assert page_of(client, query).count('class="passage"') == 1


def test_the_time_line_links_each_mark_to_its_passage(alice: User, client: Client) -> None:
    article = dated(date(2015, 12, 6))
    marked = make_highlight(alice, article, claim="deselection threat")
    drawing = page_of(client).split('<svg class="timeline')[1].split("</svg>")[0]
    assert f'<a href="{article.get_absolute_url()}#h{marked.number}">' in drawing
    assert "style=" not in drawing


def test_an_article_without_a_date_is_named_beside_the_time_line(
    alice: User, client: Client
) -> None:
    make_highlight(alice, make_article(title="Undated"), claim="deselection threat")
    html = page_of(client)
    assert 'class="timeline ' not in html
    assert "Without a date: Undated" in text_of(html)


def test_a_month_is_not_guessed_to_be_a_day(alice: User, client: Client) -> None:
    article = make_article(
        published_on=date(2019, 2, 1), published_precision=Article.Precision.MONTH
    )
    make_highlight(alice, article, claim="deselection threat")
    assert 'class="bounded"' in page_of(client)


def test_twice_the_passages_need_no_more_queries(alice: User, client: Client) -> None:
    counts = []
    for _ in range(2):
        for stance in ("supports", "disputes", "context"):
            tag_many(alice, 2, stance)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_words_of_readers_are_escaped(alice: User, client: Client) -> None:
    article = make_article("He said <b>no</b> & left.", title="<i>Title</i>")
    make_highlight(alice, article, "<b>no</b>", claim="deselection threat", note="<img src=x>")
    html = page_of(client)
    assert "<b>no" not in html
    assert "<i>Title" not in html
    assert "<img" not in html


class TestEditing:
    """The form that changes a claim."""

    address = f"{ADDRESS}edit/"

    def test_is_for_its_proposer_and_for_curators(
        self, alice: User, walkers: dict[str, Client]
    ) -> None:
        make_highlight(alice, make_article(), claim="deselection threat")
        codes = {name: browser.get(self.address).status_code for name, browser in walkers.items()}
        assert codes == {"anonymous": 302, "dave": 403, "alice": 200, "carol": 200, "ada": 200}

    def test_stores_what_a_proposer_may_mend(self, alice: User, client_of: ClientOf) -> None:
        make_highlight(alice, make_article(), claim="deselection threat")
        sent = {
            "statement": "MPs may lose their seats.",
            "definition": "",
            "counter": 1,
            "name": "x",
        }
        answer = client_of(alice).post(self.address, sent)
        assert (answer.status_code, answer["Location"]) == (303, ADDRESS)
        claim = Claim.objects.get(slug="deselection-threat")
        assert (claim.statement, claim.name) == ("MPs may lose their seats.", "deselection threat")

    def test_shows_a_curator_what_changed_meanwhile(
        self, alice: User, carol: User, client_of: ClientOf
    ) -> None:
        claim = (
            make_highlight(alice, make_article(), claim="deselection threat").occurrences.get().tag
        )
        changes = ClaimChanges(statement="Said meanwhile.")
        claims.edit(viewer_of(alice), claim, changes, counter=claim.counter)
        sent = {"name": claim.name, "status": "reviewed", "statement": "Mine.", "counter": 1}
        answer = client_of(carol).post(self.address, sent)
        assert answer.status_code == 412
        assert "Said meanwhile." in answer.content.decode()
        assert "Mine." in answer.content.decode()
