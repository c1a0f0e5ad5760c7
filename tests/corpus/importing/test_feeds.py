"""Feeds: what each entry says, and what becomes of it as a source."""

import pytest

from corpus.importing.archives import Member
from corpus.importing.containers import members_of
from corpus.importing.errors import ImportRefused
from corpus.importing.feeds import Feed, entries_of, is_feed
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.read import is_page

WORDS = "The harbour master told us again that the gate is shut. " * 5

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Quay</title><link>https://quay.example/</link>
<item><title>Gate &amp;amp; lock</title><media:title>A picture</media:title>
  <link>https://quay.example/gate</link><guid isPermaLink="false">q-1</guid>
  <dc:creator>Jane Smith</dc:creator><pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate>
  <description>In short.</description>
  <content:encoded><![CDATA[<p>{WORDS}</p><h2>Later</h2><p>See <a href="/other">the
  other gate</a>. {WORDS}</p>]]></content:encoded></item>
<item><title>In brief</title><author>ann@quay.example (Ann Lee)</author>
  <guid>https://quay.example/brief</guid><description>{WORDS}</description></item>
<item><title>Nothing</title></item>
</channel></rss>""".encode()

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://quay.example/">
<title>The Quay</title><link rel="self" href="feed.atom"/><link href="/"/>
<author><name>Jane Smith</name></author>
<entry><id>urn:1</id><title type="html">The &lt;em&gt;old&lt;/em&gt; gate</title>
  <link rel="edit" href="/edit"/><link href="/old"/><published>2021-09-06T00:01:00Z</published>
  <updated>2022-01-01T00:00:00Z</updated><summary>In short.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p>
  <blockquote><p>So it was said.</p></blockquote></div></content></entry>
<entry><id>urn:2</id><title>Told again</title><updated>2022-01-01T00:00:00Z</updated>
  <content type="text">{WORDS}

5 &lt; 6 &amp; so on. {WORDS}</content></entry>
</feed>""".encode()

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://quay.example/"><title>The Quay</title>
  <link>https://quay.example/</link></channel>
<item rdf:about="https://quay.example/1"><title>First</title><link>https://quay.example/1</link>
  <dc:date>2004-03-02</dc:date><description>{WORDS}</description></item>
</rdf:RDF>""".encode()


def members(raw: bytes) -> list[Member]:
    held = members_of(raw, "feed.xml")
    assert held is not None
    return list(held)


def article(raw: bytes, number: int = 0) -> Proposal:
    (proposal,) = read_and_interpret(members(raw)[number].content, "entry")
    return proposal


def test_an_entry_becomes_an_article_with_what_the_feed_tells_of_it() -> None:
    proposal = article(RSS)
    assert proposal.title.value == "Gate & lock"
    assert proposal.authors.value == ("Jane Smith",)
    assert proposal.outlet.value == "The Quay"
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2021-09-06"
    assert proposal.url.value == "https://quay.example/gate"
    assert [block.kind for block in proposal.blocks] == ["paragraph", "heading", "paragraph"]
    assert [mark.url for mark in proposal.marks] == ["https://quay.example/other"]
    assert WORDS.strip() in proposal.text
    assert not proposal.flags


def test_a_summary_alone_is_said_to_be_one() -> None:
    proposal = article(RSS, 1)
    assert [flag.kind for flag in proposal.flags] == ["summary_only"]
    assert proposal.authors.value == ("Ann Lee",)
    assert proposal.url.value == "https://quay.example/brief"


def test_an_entry_without_words_is_refused_alone() -> None:
    assert [str(member.refusal or "") for member in members(RSS)] == [
        "",
        "",
        "feed.xml, 3 has neither a text nor a summary; it was not imported.",
    ]


def test_atom_is_read_in_each_of_its_ways() -> None:
    first, second = article(ATOM), article(ATOM, 1)
    assert (first.title.value, first.url.value) == ("The old gate", "https://quay.example/old")
    assert [block.kind for block in first.blocks] == ["paragraph", "quotation"]
    assert first.authors.value == second.authors.value == ("Jane Smith",)
    assert len(second.blocks) == 2
    assert "5 < 6 & so on." in second.text
    # When it was changed is not when it was published.
    assert second.published.value is None or second.published.value.date is None


def test_rss_as_rdf_is_read() -> None:
    proposal = article(RDF)
    assert (proposal.title.value, proposal.outlet.value) == ("First", "The Quay")
    assert proposal.published.value is not None
    assert proposal.published.value.date == "2004-03-02"


def test_what_a_subscription_needs_is_there() -> None:
    feed: Feed = entries_of(RSS)
    assert (feed.title, feed.home) == ("The Quay", "https://quay.example/")
    assert [entry.id for entry in feed.entries][:2] == ["q-1", "https://quay.example/brief"]
    assert [entry.is_summary for entry in feed.entries][:2] == [False, True]


def test_the_same_feed_gives_the_same_bytes() -> None:
    assert [one.content for one in members(RSS)] == [one.content for one in members(RSS)]
    more = RSS.replace(b"<item>", b"<item><title>New</title></item><item>", 1)
    assert members(more)[1].content == members(RSS)[0].content


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_a_feed_names_its_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    written = f"{head}<rss><channel><title>Café</title></channel></rss>"
    assert entries_of(written.encode(encoding)).title == "Café"


def test_signs_that_only_html_names_are_read() -> None:
    raw = b"<rss><channel><title>A&nbsp;quay &eacute;t&eacute;</title></channel></rss>"
    assert entries_of(raw).title == "A quay été"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;">]><rss><channel><title>&c;</title></channel></rss>"""
OUTSIDE = b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss><channel><title>&x;</title></channel></rss>"""


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (BOMB, "document type or entities of its own"),
        (OUTSIDE, "document type or entities of its own"),
        (BOMB.decode().encode("utf-16"), "document type or entities of its own"),
        (b"<rss><channel><title>cut off", "damaged"),
        (b"<rss>" + b"<a>" * 100_000, "damaged"),
        (b"<p>A page</p>", "damaged"),
        (b"<rss><channel>" + b"<item/>" * 5_001 + b"</channel></rss>", "more than 5,000 articles"),
    ],
)
def test_a_feed_that_cannot_be_read_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        entries_of(raw, "feed.xml")


def test_comments_without_end_before_nothing_are_looked_through_once() -> None:
    # Tried in all their lengths these would take longer than anybody can wait.
    raw = b"<!---->" * 1_000 + b"words"
    assert not is_feed(raw)
    assert not is_page(raw)
    assert is_feed(b"<!-- a --><!-- > -->\n<rss version='2.0'></rss>")
    assert is_page(b"<!-- a --><!-- > -->\n<html></html>")


def test_a_bomb_is_refused_and_not_read_as_a_text() -> None:
    assert is_feed(BOMB)
    assert not is_feed(b"<!DOCTYPE html><html><body>a</body></html>")
    with pytest.raises(ImportRefused, match="entities of its own"):
        members(BOMB)
