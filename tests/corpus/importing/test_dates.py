"""Dates are read as written, never invented."""

import pytest

from corpus.importing.dates import dates_in, dates_in_address, past_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 17 May 2010 in", "2010-05-17"),
        ("Friday 9th June 2017.", "2017-06-09"),
        ("May 17, 2010", "2010-05-17"),
        ("the 1st of March 1997", "1997-03-01"),
        ("2017-03-23", "2017-03-23"),
        ("In June 2016, she", "2016-06"),
        ("Sept. 2016", "2016-09"),
        ("the Bill in 2015", "2015"),
    ],
)
def test_a_written_date_is_read_as_far_as_it_goes(text: str, iso: str) -> None:
    assert [found.iso for found in dates_in(text)] == [iso]


@pytest.mark.parametrize(
    "text", ["31 June 2017", "in the 1980s", "5,179 votes", "in May", "Room 2012", "2017-13-40"]
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert list(dates_in(text)) == []


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://a.org/politics/2017/jan/13/hunt-quits", ["2017-01-13"]),
        ("https://a.org/2016/12/21/x", ["2016-12-21"]),
        ("https://a.org/2016/12/x", ["2016-12"]),
        ("https://a.org/news-2016-12-21.html", ["2016-12-21"]),
        ("https://a.org/politics/labour", []),
        ("https://a.org/2016/99/x", []),
    ],
)
def test_an_address_may_carry_a_date(url: str, days: list[str]) -> None:
    assert [found.iso for found in dates_in_address(url)] == days


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("She resigned on 18 February 2019. He stays.", ["2019-02-18"]),
        ("They were elected in 2015.", ["2015"]),
        ("The conference is scheduled for 25 March 2017.", []),
        ("They will meet on 1 July 2017, he said.", []),
        ("He resigns. The vote is on 3 May 2018.", []),
    ],
)
def test_only_dates_told_as_past_bound_the_day_of_publication(text: str, isos: list[str]) -> None:
    found = list(past_dates(text))
    assert [f"{date.iso}" for date, _ in found] == isos
    assert all(evidence in text for _, evidence in found)


@pytest.mark.parametrize("path", ["/2017/0", "/2017/00/12", "/2017/5/0", "/2017/05/00/x"])
def test_month_or_day_of_nought_in_an_address_is_no_date(path: str) -> None:
    assert list(dates_in_address(f"https://herald.example{path}")) == []


def test_the_number_of_an_issue_in_an_address_is_no_month() -> None:
    assert list(dates_in_address("https://herald.example/issues/2019-4/article/votes")) == []
