"""Steps of deciding are taken back one by one, and each leaves exactly what it found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.decisions import NOTHING_DECIDED, UNDONE, Decisions, repair_key
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.steps import (
    Step,
    lost_by_split,
    parted,
    step_between,
    steps_in,
    taken_back,
    with_steps,
    with_what_was_lost,
)

TEXT = """The motion

Whatever the people in the hall may have thought of it, the motion was carried by a majority.

It was hisgoal <https://example.org/2016/may/04/story> from the start, and they all went home.

Whoever had spoken against it went home through the rain without a word to anybody at all.
"""
(PROPOSAL,) = read_and_interpret(TEXT.encode(), "a.txt")
SECOND = TEXT.index("It was")
THIRD = TEXT.index("Whoever")
(PARTED,) = [repair_key(one) for one in PROPOSAL.repairs if one.kind == "words_parted"]

# What can be decided, a few at a time; None takes the decision back.
VALUES = {
    "fact:title": ("One", "Two", None),
    "fact:outlet": ("The Herald", "", None),
    f"block:{SECOND}": ("title", "quotation", "boilerplate", None),
    f"block:{THIRD}": ("title", "verse", None),
    f"line:{THIRD}": ("caption", None),
    f"join:{THIRD}": ("above", None),
    PARTED: (UNDONE, None),
}
ACTS = st.lists(
    st.lists(
        st.sampled_from(sorted(VALUES)).flatmap(
            lambda key: st.tuples(st.just(key), st.sampled_from(VALUES[key]))
        ),
        min_size=1,
        max_size=3,
    ),
    max_size=12,
)


def after(decisions: Decisions, acts: list[tuple[str, str | None]]) -> Decisions:
    for key, value in acts:
        decisions = (
            decisions.withdrawn(key) if value is None else decisions.decided(key, value, PROPOSAL)
        )
    return decisions


@given(ACTS)
def test_steps_lead_back_the_way_they_came(acts: list[list[tuple[str, str | None]]]) -> None:
    states, steps = [NOTHING_DECIDED], []
    for number, together in enumerate(acts):
        now = after(states[-1], together)
        steps.append(step_between(together[0][0], str(number), states[-1], now))
        states.append(now)
    data = with_steps(states[-1], steps)
    assert Decisions.from_data(data) == states[-1]
    for step, before in zip(reversed(steps_in(data)), reversed(states[:-1]), strict=True):
        back = taken_back(step, states.pop())
        # Decisions that were made again in one step stand at the end of their order anew.
        assert replace(back, order=()) == replace(before, order=())
        states[-1] = back


def test_a_decision_that_was_replaced_has_its_place_in_the_order_again() -> None:
    first, second = f"block:{SECOND}", f"block:{THIRD}"
    titles = after(NOTHING_DECIDED, [(first, "title"), (second, "title")])
    again = after(titles, [(first, "verse"), (second, None)])
    assert taken_back(step_between(first, "", titles, again), again) == titles


def test_steps_go_with_their_part_and_those_about_both_with_none() -> None:
    keys = ["fact:title", "block:0", f"block:{SECOND}", f"join:{THIRD}", PARTED]
    steps = [Step(key, was={key: []}) for key in keys]
    both = Step("block:0", was={"block:0": [], f"block:{THIRD}": []})
    first, second = parted([*steps, both], SECOND)
    assert [step.key for step in first] == keys[:2]
    assert [step.key for step in second] == keys[2:]


def test_what_a_split_loses_is_kept() -> None:
    whole = after(
        NOTHING_DECIDED, [(f"block:{THIRD}", "verse"), ("fact:title", "A"), ("block:0", "title")]
    )
    whole = whole.decided(f"join:{THIRD}", "above", PROPOSAL)
    first, second = whole.split(THIRD)
    assert first.joined(second) != whole
    lost = lost_by_split(whole, first, second)
    assert with_what_was_lost(first.joined(second), lost) == whole
