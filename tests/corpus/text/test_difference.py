"""What a reader sees of a change: whole blocks, and in them the words that went and came."""

import time

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.blocks import Block
from corpus.text.difference import DiffBlock, difference

ONE = "The mood in the party is dark, and everybody who was asked says so."
TWO = "Some members pray by their bedside that nobody deselects them this year."
THREE = "The leader said that members decide. He said it twice: members decide."

Blocks = list[tuple[str, str]]


def laid_out(blocks: Blocks) -> tuple[str, list[Block]]:
    text, found = "", []
    for kind, words in blocks:
        text += "\n\n" if text else ""
        found.append(Block(kind, len(text), len(text) + len(words)))  # type: ignore[arg-type]
        text += words
    return text, found


def compared(old: list[str] | Blocks, new: list[str] | Blocks) -> list[DiffBlock]:
    sides = [
        [("paragraph", item) if isinstance(item, str) else item for item in side]
        for side in (old, new)
    ]
    return difference(*laid_out(sides[0]), *laid_out(sides[1]))


def told(rows: list[DiffBlock]) -> list[str]:
    """Return each row as its state and its words, [-removed-] and {+added+}."""
    shape = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return [
        f"{row.state}: " + "".join(shape[piece.state].format(piece.text) for piece in row.pieces)
        for row in rows
    ]


def test_equal_texts_are_the_same_block_by_block() -> None:
    assert [row.state for row in compared([ONE, TWO], [ONE, TWO])] == ["same", "same"]


def test_changed_words_stand_in_their_block() -> None:
    rows = compared([ONE, TWO], [ONE, TWO.replace("pray by", "weep at")])
    assert told(rows)[1] == (
        "changed: Some members [-pray by-]{+weep at+} their bedside "
        "that nobody deselects them this year."
    )


def test_a_word_that_goes_takes_one_space_with_it() -> None:
    rows = compared([ONE], [ONE.replace("the party ", "")])
    assert told(rows) == [
        "changed: The mood in [-the party -]is dark, and everybody who was asked says so."
    ]


def test_new_and_lost_blocks_stand_where_they_are() -> None:
    rows = compared([ONE, TWO], [ONE, "An entirely fresh remark.", TWO])
    assert [row.state for row in rows] == ["same", "added", "same"]
    rows = compared([ONE, "An entirely fresh remark.", TWO], [ONE, TWO])
    assert [row.state for row in rows] == ["same", "removed", "same"]


def test_block_that_was_replaced_is_one_that_went_and_one_that_came() -> None:
    rows = compared([ONE, TWO, THREE], [ONE, "Zebras graze quietly under acacias.", THREE])
    assert [row.state for row in rows] == ["same", "removed", "added", "same"]


def test_moved_block_is_told_at_both_places() -> None:
    rows = compared([ONE, TWO, THREE], [TWO, THREE, ONE])
    assert [row.state for row in rows] == ["moved_away", "same", "same", "moved_here"]
    assert rows[0].new == rows[3].new
    assert rows[0].old == rows[3].old


def test_block_that_was_moved_and_changed_is_one_with_its_words_marked() -> None:
    rows = compared([ONE, TWO, THREE], [TWO, THREE, ONE.replace("dark", "bright")])
    assert [row.state for row in rows] == ["moved_away", "same", "same", "moved_changed"]
    assert told(rows)[3] == (
        "moved_changed: The mood in the party is [-dark-]{+bright+}, "
        "and everybody who was asked says so."
    )


def test_moved_block_is_not_lost_in_another_that_ends_with_the_same_sign() -> None:
    rows = compared(
        [ONE, TWO, THREE, "A clock that stood in the hall struck eleven for no reason."],
        ["A clock that stood in the hall struck twelve for no reason.", ONE, f"{TWO} {THREE}"],
    )
    assert [row.state for row in rows] == ["moved_changed", "same", "changed", "moved_away"]
    assert told(rows)[2] == f"changed: {TWO}{{+ +}}{THREE}"


def test_of_many_that_moved_each_is_paired_with_the_one_most_like_it() -> None:
    lines = [f"Speaker {name} says that the vote on item {name} was lost." for name in "abcdef"]
    changed = [line.replace("lost", "won") for line in reversed(lines)]
    rows = compared(lines, changed)
    pairs = [
        (lines.index("".join(p.text for p in row.pieces if p.state != "added")), row.state)
        for row in rows
        if row.old is not None and row.new is not None and row.state != "moved_away"
    ]
    assert sorted(index for index, _state in pairs) == list(range(len(lines)))


def test_moved_block_of_another_kind_is_changed_too() -> None:
    old = [("paragraph", ONE), ("paragraph", TWO), ("paragraph", THREE)]
    rows = compared(old, [*old[1:], ("quotation", ONE)])
    assert rows[3].state == "moved_changed"
    assert rows[3].has_new_kind


def test_short_block_is_moved_only_as_it_was() -> None:
    rows = compared(["He left.", TWO, THREE], [TWO, THREE, "He stayed."])
    assert [row.state for row in rows] == ["removed", "same", "same", "added"]


def test_new_word_stands_apart_from_the_one_it_replaces() -> None:
    (row,) = compared([TWO], [TWO.replace("pray", "weep").replace("year.", "year!")])
    gaps = [(piece.text, piece.gap) for piece in row.pieces if piece.state == "added"]
    assert gaps == [("weep", " "), ("!", "")]


def test_block_that_was_parted_says_so() -> None:
    first, second = THREE.split(". ", 1)
    rows = compared([ONE, THREE], [ONE, f"{first}.", second])
    assert [(row.state, row.is_split) for row in rows] == [
        ("same", False),
        ("same", False),
        ("changed", True),
    ]


def test_blocks_that_were_joined_are_one() -> None:
    rows = compared([ONE, TWO, THREE], [f"{ONE} {TWO}", THREE])
    assert [(row.state, row.is_joined) for row in rows] == [("changed", True), ("same", False)]
    assert told(rows)[0].count(TWO) == 1


def test_new_kind_of_block_is_a_change_though_its_words_stayed() -> None:
    (row,) = compared([("paragraph", ONE)], [("quotation", ONE)])
    assert (row.state, row.has_new_kind) == ("changed", True)


def test_straightened_quotes_are_a_change() -> None:
    (row,) = compared([f"{ONE} “Yes”."], [f'{ONE} "Yes".'])
    assert row.state == "changed"


def test_nothing_against_something_is_all_new() -> None:
    assert [row.state for row in compared([], [ONE, TWO])] == ["added", "added"]
    assert [row.state for row in compared([ONE], [])] == ["removed"]


_words = st.sampled_from(
    [
        "the",
        "mood",
        "party",
        "dark",
        "members",
        "decide",
        "pray",
        "some",
        "said",
        "twice",
        "‘so’",
        "A.",
        "b,",
    ]
)
_block = st.lists(_words, min_size=1, max_size=14).map(" ".join)
_texts = st.lists(_block, max_size=6)


def sides(rows: list[DiffBlock]) -> tuple[str, str]:
    """Return the words of the old and of the new blocks, as the difference tells them."""
    here = {"moved_here", "moved_changed"}
    old = [piece for row in rows if row.state not in here for piece in row.pieces]
    new = [piece for row in rows if row.state != "moved_away" for piece in row.pieces]
    return (
        "".join(piece.text for piece in old if piece.state != "added"),
        "".join(piece.text for piece in new if piece.state != "removed"),
    )


@given(_texts, _texts)
def test_both_texts_are_in_the_difference_to_the_letter(old: list[str], new: list[str]) -> None:
    rows = compared(old, new)
    assert sides(rows) == ("".join(old), "".join(new))
    shown = [row.new for row in rows if row.new is not None and row.state != "moved_away"]
    assert shown == laid_out([("paragraph", words) for words in new])[1]


_long = st.lists(_words, min_size=8, max_size=14).map(" ".join)


@given(st.lists(_long, min_size=2, max_size=6), st.data())
def test_moved_and_changed_blocks_are_told_to_the_letter(
    old: list[str], data: st.DataObject
) -> None:
    new = data.draw(st.permutations(old))
    for index in data.draw(st.sets(st.integers(0, len(new) - 1))):
        words = new[index].split()
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(_words | st.just("new"))
        new[index] = " ".join(words)
    rows = compared(old, new)
    assert sides(rows) == ("".join(old), "".join(new))
    states = [row.state for row in rows]
    assert states.count("moved_away") == states.count("moved_here") + states.count("moved_changed")


@given(_block, _block, st.sampled_from(["paragraph", "preformatted"]))
def test_blank_lines_within_a_block_are_told_too(one: str, other: str, kind: str) -> None:
    whole = [(kind, f"{one}\n\n{other}")]
    apart = [("paragraph", one), ("paragraph", other)]
    for old, new in ((whole, apart), (apart, whole)):
        rows = compared(old, new)
        words = tuple("".join(text for _kind, text in side) for side in (old, new))
        assert sides(rows) == words


def test_a_megabyte_with_changes_everywhere_takes_bounded_time() -> None:
    paragraphs = [f"Paragraph {number} says: {ONE} {TWO} {number * 7}." for number in range(6500)]
    changed = [
        words.replace("mood", "moods") if number % 3 else words
        for number, words in enumerate(paragraphs)
    ]
    start = time.process_time()
    rows = compared(paragraphs, changed)
    assert time.process_time() - start < 20
    assert sum(row.state == "changed" for row in rows) == sum(
        bool(number % 3) for number in range(6500)
    )
