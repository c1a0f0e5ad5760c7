"""Names hold no character that shows nothing, save where a word needs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.unseen import as_shown, without_unseen

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
FAMILY = "\U0001f469\u200d\U0001f467"
HEART = "\u2764\ufe0f"
NAMES = st.text(st.sampled_from("ab \u200b\u200c\u200d\u202e\ufe0f\u2066"), max_size=12)


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u2066", "\u061c", "\u3164", "\U000e0041"],
)
def test_marks_that_nobody_sees_are_dropped(unseen: str) -> None:
    assert as_shown(f"{unseen}pra{unseen}yer{unseen}") == "prayer"
    assert without_unseen(f"pra{unseen}yer") == "prayer"


@pytest.mark.parametrize("word", [PERSIAN, FAMILY, HEART])
def test_what_a_word_needs_is_kept(word: str) -> None:
    assert as_shown(f"{word} and {word}") == f"{word} and {word}"


def test_joiner_at_the_edge_of_a_word_joins_nothing() -> None:
    assert as_shown("\u200d\ufe0fprayer\u200c at\u200b\u200d") == "prayer at"


def test_joiners_do_not_count_when_names_are_compared() -> None:
    assert without_unseen("pra\u200dyer") == "prayer"


@given(NAMES)
def test_name_as_it_is_stored_stays_as_it_is(name: str) -> None:
    assert as_shown(as_shown(name)) == as_shown(name)
