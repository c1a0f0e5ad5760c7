"""Near-copies, quotations and links relate articles, each said in its own words."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus.access import viewer_of
from corpus.models import Article, Group
from corpus.permissions import Viewer
from corpus.related import Related, near_copies, related_articles
from corpus.services.indexing import index_article
from corpus.text.blocks import Mark, marks_to_data
from corpus.text.cut import CutText
from tests.factories import make_article, make_link

ANYONE = Viewer()
STAFF = Viewer(role="curator")
PAGE = "https://www.paper.example/2017/hunt"
WORDS = "The harbour master of Hull counted eleven gulls"
QUOTE = f"“{WORDS}”"
TURN = "and at the end of the day it was not so much that we had to"

pytestmark = pytest.mark.django_db


def prose(name: str, length: int = 120) -> str:
    """Return `length` words that stand in no other text."""
    return " ".join(f"{name}{number}" for number in range(length))


@pytest.fixture(autouse=True)
def _other_articles() -> None:
    """Store what shares nothing with anything."""
    for number in range(3):
        indexed(prose(f"noise{number}"))


def indexed(*paragraphs: str, links: str = "", **facts: str) -> Article:
    """Return an article that is compared with others; `links` are addresses it cites."""
    article = make_article(*paragraphs, **facts)
    version = article.current_version
    assert version is not None
    marks = [Mark("link", 0, 4, url) for url in links.split()]
    type(version).objects.filter(pk=version.pk).update(marks=marks_to_data(marks))
    version.refresh_from_db()
    index_article(version)
    return Article.objects.select_related("current_version").get(pk=article.pk)


def related_to(article: Article, other: Article, viewer: Viewer = ANYONE) -> Related | None:
    """Return what `viewer` is told of `other` beside `article`, or None."""
    found = related_articles(viewer, article, limit=8)
    return next((item for item in found if item.article == other), None)


def reason(article: Article, other: Article, viewer: Viewer = ANYONE) -> str:
    """Return why `other` is related to `article`, in one line, or ""."""
    item = related_to(article, other, viewer)
    return item.reason if item else ""


# Near-copies


def test_a_text_with_a_few_words_changed_is_nearly_the_same() -> None:
    text = prose("word")
    one, other = indexed(text), indexed(text.replace("word30 ", "changed "))
    assert reason(one, other).startswith("nearly the same text")
    assert reason(other, one).startswith("nearly the same text")
    assert related_articles(ANYONE, one)[0].article == other


def test_a_text_that_is_part_of_another_is_said_to_be() -> None:
    part = prose("part", 60)
    short, long = indexed(part), indexed(prose("more", 150), part)
    assert reason(short, long).startswith("has nearly all of this text")
    assert reason(long, short).startswith("nearly all of its text stands here")


def test_texts_with_less_than_half_in_common_are_no_near_copies() -> None:
    shared = prose("shared", 50)
    one, other = indexed(shared, prose("one", 80)), indexed(shared, prose("other", 80))
    assert "nearly" not in reason(one, other)


def test_near_copies_of_a_text_are_found_before_it_is_stored() -> None:
    text = f"“{prose('word')}”"
    whole, half = indexed(text), indexed(prose("word", 70), prose("own", 20))
    found = near_copies(
        ANYONE, CutText(text.replace(" ", "\n").replace("“", '"') + " and a little more")
    )
    assert [item.article for item in found] == [whole, half]
    assert found[0].share > found[1].share > 0.5
    assert found[0].share <= 1


def test_a_sentence_has_no_near_copies() -> None:
    indexed(QUOTE)
    assert near_copies(ANYONE, CutText(QUOTE)) == []
    assert near_copies(ANYONE, CutText("")) == []


def test_near_copies_among_articles_one_may_not_read_are_not_told() -> None:
    text = prose("word")
    hidden, members = indexed(text), indexed(text, access="members")
    Article.objects.filter(pk=hidden.pk).update(is_hidden=True)
    assert near_copies(ANYONE, CutText(text)) == []
    assert [item.article for item in near_copies(Viewer(1, "reader"), CutText(text))] == [members]
    assert {item.article for item in near_copies(STAFF, CutText(text))} == {hidden, members}


def test_near_copies_of_a_long_text_take_a_bounded_number_of_queries() -> None:
    long = prose("word", 60_000)
    with CaptureQueriesContext(connection) as queries:
        near_copies(STAFF, CutText(long))
    assert len(queries) <= 8


# Quotations


def test_a_shared_quotation_leads_to_its_words_in_both_texts() -> None:
    one = indexed(prose("one"), f"He wrote: {QUOTE}, and so on.")
    other = indexed(f'"{WORDS.lower()}"? Surely not!', prose("other"))
    item = related_to(one, other)
    assert item is not None
    first = item.reasons[0]
    assert first.text == f"both quote “{WORDS}”"
    assert words_at(first.here, one) == WORDS
    assert words_at(first.there, other) == WORDS.lower()
    assert first.here.endswith("#p2")
    assert first.there.endswith("#p1")


def test_a_long_quotation_is_given_by_its_beginning() -> None:
    long = prose("quoted", 30)
    one, other = indexed(prose("one"), long), indexed(prose("other"), long)
    item = related_to(one, other)
    assert item is not None
    assert item.reasons[0].text == f"both quote “{' '.join(long.split()[:20])} …”"
    assert words_at(item.reasons[0].here, one) == long


def test_words_that_several_articles_have_are_boilerplate() -> None:
    articles = [indexed(prose(f"text{number}"), QUOTE) for number in range(3)]
    assert "both quote" in reason(articles[0], articles[1])
    indexed(prose("text3"), QUOTE)
    assert "both quote" not in reason(articles[0], articles[1])


def test_a_turn_of_phrase_is_no_quotation() -> None:
    phrase = " ".join(TURN.split()[:9])
    one, other = indexed(prose("one"), f"“{phrase}”"), indexed(prose("other"), f"“{phrase}”")
    assert "both quote" not in reason(one, other)
    one, other = indexed(prose("this"), TURN), indexed(prose("that"), TURN)
    assert f"both quote “{TURN}”" in reason(one, other)


def test_a_written_out_address_is_no_quotation() -> None:
    address = "https://paper.example/a/very/long/path/that/has/more/than/thirteen/words/in/it/all"
    one, other = indexed(f"{prose('one')} {address}"), indexed(f"{prose('other')} {address}")
    assert "both quote" not in reason(one, other)


# Links


def test_articles_that_cite_the_same_page_say_which() -> None:
    one = indexed(prose("one"), links=f"{PAGE}?utm_source=feed https://one.example/x")
    other = indexed(prose("other"), links="http://paper.example/2017/hunt/")
    assert reason(one, other) == reason(other, one) == "both link to paper.example/2017/hunt"


def test_an_article_and_one_that_links_to_it_say_so() -> None:
    report = indexed(prose("report"), canonical_url=PAGE)
    essay = indexed(prose("essay"), links=f"{PAGE}#top")
    assert reason(report, essay) == "links to this article"
    assert reason(essay, report) == "this article links to it"


def test_two_articles_from_one_address_say_so() -> None:
    first, second = (indexed(prose(name), canonical_url=PAGE) for name in ("first", "second"))
    assert reason(first, second) == "from the same address"


def test_pages_that_many_cite_and_whole_sites_relate_nobody() -> None:
    site = "https://www.paper.example/"
    articles = [indexed(prose(f"text{number}"), links=f"{PAGE} {site}") for number in range(3)]
    assert reason(articles[0], articles[1]) == "both link to paper.example/2017/hunt"
    indexed(prose("text3"), links=PAGE)
    assert reason(articles[0], articles[1]) == ""


# All of them


def test_each_kind_stands_above_likeness_and_readers_links_above_all(alice: User) -> None:
    words = "glockenspiel xylophone tambourine"
    here = indexed(prose("here"), QUOTE, f"{words}. {words}. {words}.", links=PAGE)
    alike = indexed(prose("alike", 30), words)
    citing = indexed(prose("citing"), links=PAGE)
    quoting = indexed(prose("quoting"), QUOTE)
    copy = indexed(prose("here"), "A last line.")
    linked = indexed(prose("linked"))
    make_link(alice, here, linked, relation="background")
    found = related_articles(ANYONE, here, limit=5)
    assert [item.article for item in found][:3] == [linked, copy, quoting]
    assert [item.article for item in found][3:] == [citing, alike]
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= 1 >= scores[1]


def test_the_strongest_reason_comes_first() -> None:
    one = indexed(prose("one"), QUOTE, links=PAGE)
    other = indexed(prose("other"), QUOTE, links=PAGE)
    first, second, *rest = reason(one, other).split("; ")
    assert first == f"both quote “{WORDS}”"
    assert second == "both link to paper.example/2017/hunt"
    assert all(item.startswith(("both use", "both mention")) for item in rest)


@pytest.mark.parametrize("kind", ["copy", "quotation", "citation", "cited"])
def test_what_one_may_not_read_is_not_related(kind: str, alice: User, group: Group) -> None:
    here = indexed(prose("here"), QUOTE, links=PAGE)
    there = {
        "copy": lambda: indexed(prose("here"), access="groups"),
        "quotation": lambda: indexed(prose("there"), QUOTE, access="groups"),
        "citation": lambda: indexed(prose("there"), links=PAGE, access="groups"),
        "cited": lambda: indexed(prose("there"), canonical_url=PAGE, access="groups"),
    }[kind]()
    there.groups.add(group)
    assert related_to(here, there) is None
    assert related_to(here, there, viewer_of(alice)) is not None
    Article.objects.filter(pk=there.pk).update(is_hidden=True)
    assert related_to(here, there, viewer_of(alice)) is None
    assert related_to(here, there, STAFF) is not None


def test_more_related_articles_take_no_more_queries() -> None:
    here = indexed(prose("here"), QUOTE, links=PAGE, canonical_url="https://paper.example/here")

    def some(number: int) -> None:
        indexed(prose("here"), prose(f"more{number}", 20))
        indexed(prose(f"quoting{number}"), QUOTE, prose("here", 20))
        indexed(prose(f"both{number}"), links=PAGE)
        indexed(prose(f"citing{number}"), links="https://paper.example/here")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(related_articles(ANYONE, here, limit=20)) >= 4
        return len(captured)

    for number in range(4):
        some(number)
    before = queries()
    for number in range(4, 8):
        some(number)
    assert queries() == before


def test_the_export_names_the_kind(tmp_path: Path) -> None:
    one, other = indexed(prose("one"), QUOTE), indexed(prose("other"), QUOTE)
    output = tmp_path / "related.jsonl"
    call_command("export_related", limit=2, output=output, verbosity=0)
    rows = {
        row["id"]: row["related"] for row in map(json.loads, output.read_text("utf-8").splitlines())
    }
    assert rows[str(one.id)][0]["id"] == str(other.id)
    assert rows[str(one.id)][0]["reason"].startswith(f"both quote “{WORDS}”")
    assert 0.5 <= rows[str(one.id)][0]["score"] <= 1


def test_the_page_gives_each_reason_a_line_and_leads_to_the_quoted_words(client: Client) -> None:
    one = indexed(prose("one"), QUOTE, links=PAGE)
    other = indexed(prose("other"), QUOTE, links=PAGE)
    page = client.get(one.get_absolute_url()).content.decode()
    assert f"<span>Both quote “{WORDS}”<br>" in page
    assert "<span>Both link to paper.example/2017/hunt</span>" in page
    (here,) = re.findall(r'<a href="([^"]+)">Read it here</a>', page)
    (there,) = re.findall(r'<a href="([^"]+)">Read it there</a>', page)
    assert words_at(here, one) == words_at(there, other) == WORDS
    assert client.get(here).status_code == client.get(there).status_code == 200


def words_at(address: str, article: Article) -> str:
    """Return the words of `article` that `address` opens it on."""
    found = re.fullmatch(r"(.*)\?t=(\d+),(\d+)#p\d+", address)
    assert found is not None
    assert found[1] == article.get_absolute_url()
    assert article.current_version is not None
    return article.current_version.text[int(found[2]) : int(found[3])]
