"""Prose whose lines were broken at no fixed column becomes paragraphs; nothing else does."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.importing.decisions import NOTHING_DECIDED, UNDONE, repair_key
from corpus.importing.hyphens import cuts_a_word
from corpus.importing.pipeline import interpret
from corpus.importing.read import read_source
from corpus.importing.split import Part
from tests.corpus.importing.test_wrapping import PROSE, blocks

SEEDS = Path(__file__).parents[3] / "seeds"
MAIL = """Whatever the people in the hall may have thought of it, the
motion was carried by a large majority, and those who
had spoken against it went home through the rain to their is-
land without a word to one another, and so did the gov-
ernment."""
JOINED = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain to their island"
    " without a word to one another, and so did the government."
)


def ragged(paragraph: str, choose: random.Random, narrowest: int, widest: int) -> str:
    """Return the paragraph in lines, each broken at a column of its own."""
    lines, current, width = [], "", choose.randint(narrowest, widest)
    for word in paragraph.split(" "):
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current, width = word, choose.randint(narrowest, widest)
        else:
            current = f"{current} {word}" if current else word
    return "\n".join([*lines, current])


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), narrowest=st.integers(50, 65), spread=st.integers(8, 20))
def test_a_ragged_copy_gives_nearly_every_paragraph_again(
    number: str, seed: int, narrowest: int, spread: int
) -> None:
    raw = next(SEEDS.glob(f"{number}_*.txt")).read_text("utf-8")
    choose = random.Random(seed)
    copy = "\n".join(
        ragged(line, choose, narrowest, narrowest + spread) if line.strip() else line
        for line in raw.split("\n")
    )
    whole, again = blocks(raw), blocks(copy)
    lost = [row for row in whole if row not in again]
    assert len(lost) <= max(1, len(whole) // 20), lost


def test_mail_and_pages_of_print_become_paragraphs() -> None:
    assert blocks(f"{MAIL}\n\n{MAIL}") == [("paragraph", JOINED)] * 2


def test_joined_lines_and_hyphens_are_recorded_and_can_be_taken_back() -> None:
    text = f"{PROSE}\n\n{MAIL}"
    source = read_source(text.encode(), "a.txt")
    part = Part(0, len(text))
    found = interpret(source, part)
    assert [one.kind for one in found.repairs] == ["hyphen_removed", "hyphen_removed", "unwrapped"]
    cut, _, joined = found.repairs
    assert (source.text[cut.start : cut.end], cut.before, cut.after) == ("-", "-", "")
    kept = NOTHING_DECIDED.decided(repair_key(cut), UNDONE, found)
    assert "to their is-land without" in interpret(source, part, kept).text
    apart = NOTHING_DECIDED.decided(repair_key(joined), UNDONE, found)
    assert interpret(source, part, apart).text.endswith(MAIL)


def test_without_blank_lines_a_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    text = """The motion is carried in the hall
Whatever the people in the hall may have thought of it, the
motion was carried by a large majority, and those who
had spoken against it went home through the rain. They
were sad.
When Jeremy Corbyn came out, the government of the day
had fallen, and nobody in the whole of the square
said a word to anybody else.
After the vote
In the end there was nobody left in the hall, and all the lights
were put out."""
    found = blocks(text)
    assert [(kind, words.split()[-1]) for kind, words in found] == [
        ("paragraph", "sad."),
        ("paragraph", "else."),
        ("heading", "vote"),
        ("paragraph", "out."),
    ]


def test_lists_and_tables_between_ragged_lines_stay() -> None:
    items = "- tea and all that belongs to it on such a long line as this\n  with more\n- milk"
    table = "Copeland   2,147   Con\nStoke      2,620   Lab"
    found = blocks(f"{MAIL}\n{items}\n{MAIL}\n\n{table}\n\n{MAIL}")
    assert [kind for kind, _ in found].count("list_item") == 2
    assert ("verse", table) in found
    assert [words for kind, words in found if kind == "paragraph"] == [JOINED] * 3


LINED = """Whan that Aprille with his shoures soote,
The droghte of March hath perced to the roote,
And bathed every veyne in swich licour
Of which vertu engendred is the flour;

I celebrate myself, and sing myself, and what I assume you shall assume,
For every atom belonging to me as good belongs to you and to the others.
I loafe and invite my soul, I lean and loafe at my ease observing

so much depends
upon

Q: What did the people in the hall think of the motion?
A: They liked it.
Q: And those who had come out into the rain by then?
A: They did not.

Q: What did the people in the hall think of the motion, then?
A: They liked it.

Jane Smith: It was carried by a large majority of them all.
Tom Lee: So they say.

12 Station Road
Stoke-on-Trent
Staffordshire"""


@pytest.mark.parametrize("text", LINED.split("\n\n"))
@pytest.mark.parametrize("around", [PROSE, MAIL])
def test_verse_interviews_and_addresses_keep_their_lines(text: str, around: str) -> None:
    found = [words for _, words in blocks(f"{around}\n\n{text}\n\n{around}\n\n{around}")]
    lines = [line for words in found for line in words.split("\n")]
    assert [line for line in text.split("\n") if line not in lines] == []


@given(
    st.lists(st.sampled_from(PROSE.lower().split()), min_size=80, max_size=200), st.integers(0, 999)
)
def test_joining_changes_nothing_but_white_space(words: list[str], seed: int) -> None:
    wrapped = ragged(" ".join(words), random.Random(seed), 30, 90)
    found = " ".join(words for _, words in blocks(f"{PROSE}\n\n{wrapped}\n\n{PROSE}"))
    assert found.split() == [*PROSE.split(), *words, *PROSE.split()]


@pytest.mark.parametrize(
    ("before", "after", "is_cut"),
    [
        ("their is-", "land without", True),
        ("the gov-", "ernment had", True),
        ("the Com-", "mittee had", True),
        ("a mis-", "take", True),
        ("they went with-", "out a word", True),
        ("the re-", "port said", True),
        ("at mid-", "night", True),
        ("for ex-", "ample", True),
        ("they over-", "night", True),
        ("the well-", "known square", False),
        ("to re-", "enter", False),
        ("the co-", "ordinator", False),
        ("the post-", "war years", False),
        ("its sub-", "committee", False),
        ("in the north-", "west of it", False),
        ("to co-", "operate", False),
        ("an up-", "to-date", False),
        ("the Anglo-", "Saxon", False),
        ("one -", "or two", False),
        ("", "or two", False),
    ],
)
def test_a_hyphen_that_only_cut_a_word_is_told_from_one_of_the_word(
    before: str, after: str, is_cut: bool
) -> None:
    assert cuts_a_word(before, after) is is_cut
