"""Dates are taken as people in Britain type them, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.errors import NotDecidable
from corpus.importing.typed_dates import typed_date


@pytest.mark.parametrize(
    ("typed", "stored", "precision"),
    [
        ("14/3/2016", "2016-03-14", "day"),
        ("03/04/2016", "2016-04-03", "day"),
        ("14.03.2016", "2016-03-14", "day"),
        (" 14 - 3 - 2016 ", "2016-03-14", "day"),
        ("14 March 2016", "2016-03-14", "day"),
        ("Monday, 14th of march, 2016", "2016-03-14", "day"),
        ("1st Sept. 2016", "2016-09-01", "day"),
        ("March 14, 2016", "2016-03-14", "day"),
        ("14-Mar-2016", "2016-03-14", "day"),
        ("2016-03-14", "2016-03-14", "day"),
        ("2016/3/4", "2016-03-04", "day"),
        ("March 2016", "2016-03", "month"),
        ("mar 2016", "2016-03", "month"),
        ("3/2016", "2016-03", "month"),
        ("2016-03", "2016-03", "month"),
        ("2016", "2016", "year"),
        ("  ", "", "unknown"),
    ],
)
def test_common_forms_are_taken(typed: str, stored: str, precision: str) -> None:
    assert typed_date(typed) == (stored, precision)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("last spring", "could not be read"),
        ("14/3/16", "could not be read"),
        ("Mayhem 2016", "could not be read"),
        ("14/3-2016", "could not be read"),
        ("31/2/2016", "no such day"),
        ("3/14/2016", "The day comes before the month"),
        ("2016-13", "no such day"),
        ("0000", "no such day"),
    ],
)
def test_what_is_no_date_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(NotDecidable, match=sentence):
        typed_date(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%A %d %b %Y"):
        assert typed_date(day.strftime(form)) == (day.isoformat(), "day")
