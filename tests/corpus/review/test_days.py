"""The day of publication is said in words, as far as it is known."""

import pytest

from corpus.queries.days import published_words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, ""),
        ({"date": None}, ""),
        ({"date": "2017-03-05"}, "5 March 2017"),
        ({"date": "2017-03"}, "March 2017"),
        ({"date": "2017"}, "2017"),
        ({"not_before": "2018-01-01"}, "not before 1 January 2018"),
        ({"not_after": "2018-01-01"}, "not after 1 January 2018"),
        (
            {"not_before": "2018-01-01", "not_after": "2018-02-03"},
            "between 1 January 2018 and 3 February 2018",
        ),
    ],
)
def test_date_is_said_as_far_as_it_is_known(published: dict[str, str] | None, words: str) -> None:
    assert published_words(published) == words
