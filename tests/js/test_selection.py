"""From what is chosen in the browser to the offsets that the server counts, and back."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.text.spans import context, snap_to_graphemes, trim_white_space
from tests.js.workbench import Workbench, article_html, text_of

pytestmark = pytest.mark.browser

# What has tripped up other annotators: each is one thing to a reader.
HOSTILE = [
    "a", "Z", "é", "e\u0301", "n\u0303\u0323", " ", " ", "\u00a0", "\u2009", "\u00ad", "\u200b",
    "\u200d", "\ufeff", "\u2060", "😀", "👩‍👩‍👧‍👦", "🇬🇧", "👍🏽", "❤️", "𝒳", "שלום",
    "مرحبا", "क्षि", "한", "ไทย", "‘", "—", "<", "&", "\n", "&amp;", "\U00020000",
]  # fmt: skip

words = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=30).map("".join)
paragraphs = st.lists(words.filter(lambda text: text.strip() != ""), min_size=1, max_size=4)
places = st.floats(0, 1)

patient = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

FIND = "const article = document.getElementById('text');"
PICK = """
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.length > 0) nodes.push(walker.currentNode);
  const place = (part) => {
    const node = nodes[Math.min(Math.floor(part * nodes.length), nodes.length - 1)];
    return [node, Math.floor((part * 7919) % (node.length + 1))];
  };
  const range = document.createRange();
  range.setStart(...place(Math.min(...argument)));
  if (range.comparePoint(...place(Math.max(...argument))) < 0) return null;
  range.setEnd(...place(Math.max(...argument)));
"""


@patient
@given(paragraphs=paragraphs, first=places, last=places)
def test_any_selection_gives_words_that_the_server_finds_at_these_offsets(
    bench: Workbench, paragraphs: list[str], first: float, last: float
) -> None:
    text, blocks = text_of(paragraphs)
    bench.show(article_html(paragraphs, *_spans(text, first, last)))
    found = bench.call(
        "selection", f"{FIND}{PICK} return m.passageOf(article, range);", [first, last]
    )
    if found is None:
        return
    start, end = found["start"], found["end"]
    assert found["exact"] == text[start:end]
    assert (found["prefix"], found["suffix"]) == context(text, start, end)
    assert tuple(snap_to_graphemes(text, start, end)) == (start, end)
    assert tuple(trim_white_space(text, start, end)) == (start, end)
    touched = [n for n, block in enumerate(blocks, 1) if block.start < end and start < block.end]
    assert found["blocks"] == touched


@patient
@given(paragraphs=paragraphs, first=places, last=places)
def test_offsets_become_a_range_that_gives_the_same_offsets_again(
    bench: Workbench, paragraphs: list[str], first: float, last: float
) -> None:
    text, _ = text_of(paragraphs)
    for start, end in _spans(text, first, last):
        bench.show(article_html(paragraphs))
        again = bench.call(
            "selection", f"{FIND} {SPANNED} return m.passageOf(article, whole);", [start, end]
        )
        assert again is not None
        assert (again["start"], again["end"]) == (start, end)


@patient
@given(paragraphs=paragraphs, first=places, last=places)
def test_a_highlight_drawn_by_the_server_marks_the_words_that_were_chosen(
    bench: Workbench, paragraphs: list[str], first: float, last: float
) -> None:
    text, _ = text_of(paragraphs)
    spans = _spans(text, first, last) + _spans(text, first / 2, (1 + last) / 2)
    bench.show(article_html(paragraphs, *spans))
    for number, (start, end) in enumerate(spans, start=1):
        found = bench.call(
            "selection", f"{FIND} return m.passageOfHighlight(article, argument);", f"h{number}"
        )
        assert (found["start"], found["end"], found["exact"]) == (start, end, text[start:end])


SPANNED = """
  const ranges = m.rangesOf(article, ...argument);
  const whole = document.createRange();
  whole.setStart(ranges[0].startContainer, ranges[0].startOffset);
  whole.setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
"""


def _spans(text: str, first: float, last: float) -> list[tuple[int, int]]:
    """Return the span between two parts of `text` as a highlight would have it, or none."""
    start, end = sorted((int(first * len(text)), int(last * len(text))))
    span = trim_white_space(text, *snap_to_graphemes(text, start, end))
    return [(span.start, span.end)] if span.start < span.end else []


THREE = ["One two three.", "Four 😀 five.", "Six seven."]


def chosen(bench: Workbench, code: str, paragraphs: Sequence[str] = THREE) -> Any:
    """Return the passage of the range that `code` sets up on the page of `paragraphs`."""
    bench.show(article_html(paragraphs, (4, 7)))
    script = (
        f"{FIND} const range = document.createRange(); {code} return m.passageOf(article, range);"
    )
    return bench.call("selection", script)


def test_triple_click_ends_with_its_own_block(bench: Workbench) -> None:
    found = chosen(
        bench,
        "range.setStart(article.querySelector('#p1').firstChild, 0);"
        "range.setEnd(article.querySelector('#p2'), 0);",
    )
    assert found["exact"] == "One two three."
    assert found["blocks"] == [1]


def test_select_all_takes_the_text_and_nothing_else(bench: Workbench) -> None:
    found = chosen(bench, "range.selectNodeContents(document.body);")
    assert found["exact"] == "\n\n".join(THREE)
    assert (found["start"], found["end"]) == (0, len("\n\n".join(THREE)))


def test_selection_from_a_note_begins_with_the_next_block(bench: Workbench) -> None:
    found = chosen(
        bench,
        "range.setStart(article.querySelector('.note p').firstChild, 3);"
        "range.setEnd(article.querySelector('#p2').firstChild, 5);",
    )
    assert found["exact"] == "Four"


def test_selection_from_the_title_begins_with_the_text(bench: Workbench) -> None:
    found = chosen(
        bench,
        "range.setStart(article.querySelector('h1').firstChild, 3);"
        "range.setEnd(article.querySelector('#p1').firstChild, 3);",
    )
    assert (found["start"], found["end"], found["exact"]) == (0, 3, "One")


def test_selection_inside_a_note_is_no_passage(bench: Workbench) -> None:
    assert chosen(bench, "range.selectNodeContents(article.querySelector('.note'));") is None


def test_white_space_alone_is_no_passage(bench: Workbench) -> None:
    found = chosen(
        bench,
        "const node = article.querySelector('#p2').firstChild;"
        "range.setStart(node, 4); range.setEnd(node, 5);",
    )
    assert found is None


def test_half_of_an_emoji_becomes_the_whole(bench: Workbench) -> None:
    found = chosen(
        bench,
        "const node = article.querySelector('#p2').firstChild;"
        "range.setStart(node, 6); range.setEnd(node, 12);",
    )
    assert found["exact"] == "😀 five"
    assert "\n\n".join(THREE)[found["start"] : found["end"]] == "😀 five"


def test_quotes_longer_than_the_server_takes_are_no_passage(bench: Workbench) -> None:
    long = ["x" * 10_001]
    assert chosen(bench, "range.selectNodeContents(article);", long) is None
