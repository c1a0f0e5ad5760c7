"""Names are runs of capitals, without the words that only begin a sentence."""

import pytest

from corpus.text.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Jamie Reed’s friends.", {"Jamie Reed"}),
        ("Yesterday Mr Hunt left. Others saw Hunt go.", {"Hunt"}),
        ("She ran the London School of Economics for years.", {"London School of Economics"}),
        ("It is what I think, and I’ve said so.", set()),
        ("Momentum, the group, grew. Nobody likes Momentum.", {"Momentum"}),
        ("The result is in. The seat is lost.", set()),
        ("We saw Len McCluskey and Gerhard Schröder.", {"Len McCluskey", "Gerhard Schröder"}),
        ("", set()),
    ],
)
def test_the_names_of_a_text_are_found(text: str, names: set[str]) -> None:
    assert set(names_in(text)) == names


def test_names_are_counted_in_all_their_forms() -> None:
    assert names_in("We like Copeland. In Copeland’s pubs, Copeland is home.")["Copeland"] == 3


def test_a_sentence_opener_that_the_text_also_writes_small_is_left_out() -> None:
    assert set(names_in("When Corbyn arrives, when he speaks, Corbyn laughs.")) == {"Corbyn"}
