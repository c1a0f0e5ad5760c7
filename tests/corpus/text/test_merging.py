"""Two curators change one text at the same time: nothing that either wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.editing import EditedBlock
from corpus.text.merging import MergedBlock, Window, merged, widened


def blocks(words: str) -> list[EditedBlock]:
    return [EditedBlock("paragraph", word) for word in words.split()]


def shown(found: list[MergedBlock]) -> str:
    return " ".join(item.block.text + ("*" if item.is_adopted else "") for item in found)


def test_changes_in_different_places_are_both_kept() -> None:
    found = merged(blocks("a b c d"), blocks("a B c d"), blocks("a b c D"))
    assert shown(found) == "a B* c D"
    assert not any(item.theirs for item in found)


def test_of_two_changes_in_one_place_mine_stays_with_theirs_beside_it() -> None:
    found = merged(blocks("a b c"), blocks("a B c"), blocks("a β c"))
    assert shown(found) == "a β c"
    assert found[1].theirs == tuple(blocks("B"))


def test_of_neighbours_that_were_changed_each_is_settled_by_itself() -> None:
    found = merged(blocks("a b c"), blocks("A B c"), blocks("a β C"))
    assert shown(found) == "A* β C"
    assert [item.theirs for item in found] == [(), tuple(blocks("B")), ()]


def test_what_they_changed_and_i_took_away_stays_as_theirs() -> None:
    assert shown(merged(blocks("a b c"), blocks("a B c"), blocks("a c"))) == "a B* c"


def test_what_they_took_away_and_i_changed_stays_as_mine() -> None:
    found = merged(blocks("a b c"), blocks("a c"), blocks("a β c"))
    assert shown(found) == "a β c"


def test_what_both_added_at_the_end_is_told() -> None:
    found = merged(blocks("a"), blocks("a x"), blocks("a y"))
    assert (shown(found), found[1].theirs) == ("a y", tuple(blocks("x")))


def test_window_grows_over_a_change_that_it_would_cut() -> None:
    base, theirs = blocks("a b c d e f"), blocks("a X Y Z e f")
    assert widened(base, theirs, Window(2, 3)) == (Window(1, 4), Window(1, 4))
    assert widened(base, theirs, Window(4, 5)) == (Window(4, 5), Window(4, 5))
    assert widened(base, blocks("new a b c d e f"), Window(2, 3)) == (Window(2, 3), Window(3, 4))
    assert widened(base, blocks("a b"), Window(0, 6)) == (Window(0, 6), Window(0, 2))


_some = st.lists(st.sampled_from([EditedBlock("paragraph", word) for word in "abcdef"]), max_size=7)


@given(_some, _some)
def test_an_edit_that_nobody_crossed_is_taken_whole(
    base: list[EditedBlock], other: list[EditedBlock]
) -> None:
    assert [item.block for item in merged(base, base, other)] == other
    assert [item.block for item in merged(base, other, base)] == other
    assert [item.block for item in merged(base, other, other)] == other


@given(_some, _some, _some)
def test_nothing_new_is_lost(
    base: list[EditedBlock], theirs: list[EditedBlock], mine: list[EditedBlock]
) -> None:
    found = merged(base, theirs, mine)
    kept = {item.block for item in found} | {one for item in found for one in item.theirs}
    assert (set(theirs) | set(mine)) - set(base) <= kept


@given(_some, _some, _some, st.data())
def test_an_edit_of_a_part_meets_the_other_edit_in_that_part(
    base: list[EditedBlock],
    theirs: list[EditedBlock],
    rows: list[EditedBlock],
    data: st.DataObject,
) -> None:
    first = data.draw(st.integers(0, len(base)))
    stop = data.draw(st.integers(first, len(base)))
    here, there = widened(base, theirs, Window(first, stop))
    assert here.first <= first <= stop <= here.stop
    assert 0 <= there.first <= there.stop <= len(theirs)

    def composed(part: list[EditedBlock]) -> list[MergedBlock]:
        mine = base[here.first : first] + part + base[stop : here.stop]
        return merged(base[here.first : here.stop], theirs[there.first : there.stop], mine)

    outside = [*theirs[: there.first], *theirs[there.stop :]]
    untouched = [item.block for item in composed(base[first:stop])]
    assert [*theirs[: there.first], *untouched, *theirs[there.stop :]] == theirs
    found = composed(rows)
    kept = {item.block for item in found} | {one for item in found for one in item.theirs}
    assert (set(theirs) | set(rows)) - set(base) <= kept | set(outside)
