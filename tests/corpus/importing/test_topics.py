"""The topics that a source gives: its section and its tags, by whatever it gives them."""

import json

import pytest

from corpus.importing.columns import guessed_mapping
from corpus.importing.containers import members_of
from corpus.importing.errors import NotDecidable
from corpus.importing.facts import checked_fact
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal
from corpus.importing.topics import LONGEST_TOPIC, MOST_TOPICS, topic_names
from tests.corpus.importing.test_feeds import ATOM, RSS, WORDS
from tests.corpus.importing.test_pages import linked_data, page


def read(raw: str | bytes) -> Proposal:
    (article,) = read_and_interpret(raw.encode() if isinstance(raw, str) else raw, "given")
    return article


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["Labour, By-elections ,  labour"], ["Labour", "By-elections"]),
        (["Politics", "Smith, John; #Copeland"], ["Politics", "Smith, John", "Copeland"]),
        (["1; 2017; Uncategorized; ", "x" * (LONGEST_TOPIC + 1)], []),
        ([", ".join(f"Topic {n}" for n in range(40))], [f"Topic {n}" for n in range(MOST_TOPICS)]),
    ],
)
def test_topics_are_parted_each_once(words: list[str], names: list[str]) -> None:
    assert topic_names(words) == names


@pytest.mark.parametrize(
    "head",
    [
        linked_data(**{"@type": "Article", "articleSection": "UK", "keywords": ["Tea", "Ports"]}),
        linked_data(**{"@type": "Article", "articleSection": ["UK"], "keywords": "Tea,Ports"}),
        '<meta name="parsely-section" content="UK"><meta name="news_keywords" content="Tea,Ports">',
        '<meta name="section" content="UK"><meta name="keywords" content="Tea, Ports, tea">',
    ],
)
def test_a_page_gives_its_section_and_its_tags(head: str) -> None:
    topics = read(page(head=head)).topics
    assert (topics.value, topics.basis) == (("UK", "Tea", "Ports"), "given")
    assert topics.evidence.startswith("Section: UK\nTopics: Tea")


def test_what_names_no_topic_is_not_known() -> None:
    assert read(page()).topics.basis == "unknown"
    assert read("A plain text.\n\nIt has words.").topics.value is None


@pytest.mark.parametrize(
    "raw",
    [
        json.dumps({"text": WORDS, "category": "UK", "tags": ["Tea", {"name": "Ports"}]}),
        json.dumps({"text": WORDS, "section": "UK", "keywords": "['Tea', 'Ports']"}),
        f'title,text,section,tags\nGate,"{WORDS}",UK,"Tea, Ports"\n',
        f"---\ntitle: Gate\nsection: UK\ntags:\n  - Tea\n  - Ports\n---\n{WORDS}",
        f'+++\ntitle = "Gate"\nsection = "UK"\ntags = ["Tea", "Ports"]\n+++\n{WORDS}',
    ],
)
def test_columns_and_front_matter_give_topics(raw: str) -> None:
    assert read(raw).topics.value == ("UK", "Tea", "Ports")


def test_columns_are_guessed_to_be_topics() -> None:
    guessed = guessed_mapping({"text": WORDS, "Tags": "Tea", "category": "UK"})
    assert (guessed["topics"], guessed["section"]) == ("Tags", "category")


def test_feeds_give_what_an_entry_is_filed_under() -> None:
    rss = RSS.replace(b"</item>", b"<category>Tea</category><category>Ports</category></item>", 1)
    atom = ATOM.replace(b"</id>", b'</id><category term="tea" label="Tea"/>', 1)
    for raw, names in ((rss, ("Tea", "Ports")), (atom, ("Tea",))):
        (first, second, *_others) = members_of(raw, "feed.xml") or []
        assert read(first.content).topics.value == names
        assert read(second.content).topics.value is None


def test_a_proposal_from_before_topics_were_read_has_none() -> None:
    data = read(page()).to_data()
    del data["facts"]["topics"]
    assert Proposal.from_data(data).topics.basis == "unknown"


def test_topics_that_a_curator_gives_are_checked() -> None:
    assert checked_fact("topics", [" Tea ", "tea", "Ports"]) == ["Tea", "Ports"]
    for wrong in ("Tea", ["x" * 101], ["x"] * 101):
        with pytest.raises(NotDecidable):
            checked_fact("topics", wrong)
