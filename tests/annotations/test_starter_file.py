"""The starter annotations: valid W3C, true to the texts, and worth reading."""

import itertools
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from annotations.starter.w3c import (
    STARTER_FILE,
    Malformed,
    Starter,
    StarterAnnotation,
    read_starter,
)
from corpus.importing.pipeline import read_and_interpret
from corpus.text.quote_search import find_quote

SEEDS = Path(__file__).parents[2] / "seeds"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


@pytest.fixture(scope="module")
def collection() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(STARTER_FILE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def starter() -> Starter:
    return read_starter(STARTER_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(starter: Starter) -> dict[str, str]:
    """Return the imported text of each article, by the article's id in the file."""
    return {article.id: _proposal(article).text for article in starter.articles}


def _proposal(article: Any) -> Any:
    source = SEEDS / article.source_name
    return read_and_interpret(source.read_bytes(), source.name)[article.position - 1]


def _highlights(starter: Starter) -> list[StarterAnnotation]:
    return [one for one in starter.annotations if one.quote is not None]


def _stances(starter: Starter) -> dict[str, dict[str, set[str]]]:
    """Return claim → stance → the articles in which it stands."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in _highlights(starter):
        for tag in one.tags:
            found[tag.claim][tag.stance].add(str(one.article))
    return found


def _places(starter: Starter, texts: dict[str, str]) -> dict[UUID, tuple[str, int, int]]:
    places = {}
    for one in _highlights(starter):
        assert one.quote is not None
        text = texts[str(one.article)]
        start = text.index(one.quote.exact)
        places[one.id] = (str(one.article), start, start + len(one.quote.exact))
    return places


def test_articles_are_the_six_that_the_seeds_hold(starter: Starter) -> None:
    assert len(starter.articles) == 6
    for article in starter.articles:
        assert _proposal(article).title.value == article.title


def test_every_quote_stands_exactly_once_where_its_prefix_and_suffix_say(
    starter: Starter, texts: dict[str, str]
) -> None:
    for one in _highlights(starter):
        assert one.quote is not None
        text = texts[str(one.article)]
        whole = one.quote.prefix + one.quote.exact + one.quote.suffix
        assert text.count(whole) == 1, one.quote.exact
        start = text.index(whole) + len(one.quote.prefix)
        assert one.quote.prefix == text[max(0, start - 32) : start]
        assert one.quote.suffix == text[start + len(one.quote.exact) :][:32]


def test_server_finds_every_quote_at_its_place(starter: Starter, texts: dict[str, str]) -> None:
    places = _places(starter, texts)
    for one in _highlights(starter):
        assert one.quote is not None
        article, start, end = places[one.id]
        found = find_quote(
            texts[article], one.quote.exact, prefix=one.quote.prefix, suffix=one.quote.suffix
        )
        assert found is not None
        assert (found.start, found.end) == (start, end)


def test_no_quote_begins_or_ends_with_white_space(starter: Starter) -> None:
    quotes = [one.quote.exact for one in _highlights(starter) if one.quote is not None]
    assert [quote for quote in quotes if quote != quote.strip()] == []


def test_collection_has_the_members_that_w3c_requires(collection: dict[str, Any]) -> None:
    assert collection["@context"][0] == CONTEXT
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == collection["id"]
    assert page["startIndex"] == 0
    assert collection["last"] == page["id"]
    assert collection["total"] == len(page["items"])


def test_every_annotation_has_the_members_that_w3c_requires(collection: dict[str, Any]) -> None:
    items = collection["first"]["items"]
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    for item in items:
        assert UUID(item["id"].removeprefix("urn:uuid:")).version == 5
        assert item["type"] == "Annotation"
        assert item["target"]
        assert "bodyValue" not in item
        assert item.get("body") != []


def test_bodies_and_targets_are_well_formed(collection: dict[str, Any]) -> None:
    for item in collection["first"]["items"]:
        for body in item.get("body", []):
            assert body["type"] in {"TextualBody", "SpecificResource"}
            needed = "value" if body["type"] == "TextualBody" else "source"
            assert body[needed]
            assert " " not in body.get("source", "")
        if isinstance(item["target"], dict):
            assert item["target"]["type"] == "SpecificResource"
            selector = item["target"]["selector"]
            assert selector["type"] == "TextQuoteSelector"
            assert selector["exact"]


def test_readers_are_named_as_samples(starter: Starter) -> None:
    assert len(starter.readers) == 3
    for reader in starter.readers:
        assert reader.name.startswith("Sample reader ")
        assert reader.username.startswith("sample-")


def test_there_is_enough_to_try_everything_on(starter: Starter) -> None:
    highlights = _highlights(starter)
    assert 20 <= len(starter.claims) <= 24
    assert len(highlights) >= 75
    assert {str(one.article) for one in highlights} == {one.id for one in starter.articles}
    assert sum(bool(one.note) for one in highlights) >= 35
    assert any(not one.tags for one in highlights)
    assert sum(len(one.tags) > 1 for one in highlights) >= 2
    assert sum(one.parent is not None for one in starter.annotations) >= 6


def test_some_notes_are_on_a_whole_article(starter: Starter) -> None:
    whole = [one for one in starter.annotations if one.article is not None and one.quote is None]
    assert len(whole) >= 3
    assert all(one.note and not one.tags for one in whole)


def test_some_highlights_of_different_readers_overlap(
    starter: Starter, texts: dict[str, str]
) -> None:
    reader_of = {one.id: one.reader for one in starter.annotations}
    placed = sorted((place, reader_of[key]) for key, place in _places(starter, texts).items())
    overlaps = [
        (first, second)
        for (first, reader), (second, other) in itertools.pairwise(placed)
        if first[0] == second[0] and second[1] < first[2] and reader != other
    ]
    assert len(overlaps) >= 6


def test_claims_are_disputed_as_well_as_supported(starter: Starter) -> None:
    stances = _stances(starter)
    both = [claim for claim, found in stances.items() if found["supports"] and found["disputes"]]
    assert len(both) >= 8


def test_claims_reach_across_articles(starter: Starter) -> None:
    spread = {claim: set().union(*found.values()) for claim, found in _stances(starter).items()}
    assert sum(len(articles) >= 2 for articles in spread.values()) >= 6
    assert len(spread["deselection threat"]) >= 4


def test_every_claim_is_defined_and_tagged(starter: Starter) -> None:
    tagged = set(_stances(starter))
    assert tagged == {claim.label for claim in starter.claims}
    for claim in starter.claims:
        assert claim.statement.endswith(".")
        assert claim.definition.startswith("Use ")
        assert claim.broader is None or claim.broader in tagged


def test_speakers_are_named_in_the_text_that_they_speak_in(
    starter: Starter, texts: dict[str, str]
) -> None:
    for one in _highlights(starter):
        for tag in one.tags:
            assert tag.speaker in texts[str(one.article)]
            assert not tag.speaker or tag.voice in {"quoted", "reported"}


def test_links_join_different_articles_and_say_why(starter: Starter) -> None:
    article_of = {one.id: one.article for one in starter.annotations}
    passages = [link for link in starter.links if link.from_end.annotation]
    assert len(passages) >= 8
    assert len(starter.links) > len(passages)
    for link in starter.links:
        ends = [
            end.article or article_of[UUID(str(end.annotation))]
            for end in (link.from_end, link.to_end)
        ]
        assert ends[0] != ends[1]
        assert link.note


def test_replies_come_from_another_reader_and_after_what_they_answer(starter: Starter) -> None:
    seen: dict[UUID, str] = {}
    for one in starter.annotations:
        if one.parent is not None:
            assert seen[one.parent] != one.reader
            assert one.note
        seen[one.id] = one.reader


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{", "not JSON"),
        ("{}", "first"),
        ("[]", "the collection"),
    ],
)
def test_file_that_is_no_collection_is_refused(text: str, names: str) -> None:
    with pytest.raises(Malformed, match=names):
        read_starter(text)


def test_annotation_by_nobody_is_refused_by_its_id(collection: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(collection))
    item = broken["first"]["items"][3]
    del item["creator"]
    with pytest.raises(Malformed, match=item["id"]):
        read_starter(json.dumps(broken))
