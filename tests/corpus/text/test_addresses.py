"""Addresses on the web as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.addresses import address_key, page_address, shown_address

PAGE = "https://www.example.com/politics/2017/jan/13/hunt"


@pytest.mark.parametrize(
    "same",
    [
        "http://example.com/politics/2017/jan/13/hunt",
        "https://EXAMPLE.com./politics/2017/jan/13/hunt/",
        "https://m.example.com:443/politics/2017/jan/13/hunt#comments",
        " https://amp.example.com/politics/2017/jan/13/hunt?utm_source=x&fbclid=1 ",
    ],
)
def test_the_same_page_has_one_address(same: str) -> None:
    assert page_address(same) == page_address(PAGE) == "example.com/politics/2017/jan/13/hunt"
    assert address_key(same) == address_key(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.com/politics/2017/jan/14/hunt",
        "https://www.example.com/politics/2017/jan/13/HUNT",
        "https://www.example.com:8000/politics/2017/jan/13/hunt",
        "https://news.example.com/politics/2017/jan/13/hunt",
        "https://www.example.com/politics/2017/jan/13/hunt?page=2",
    ],
)
def test_other_pages_have_others(other: str) -> None:
    assert address_key(other) not in (None, address_key(PAGE))


def test_the_order_of_what_a_query_asks_does_not_count() -> None:
    assert page_address("http://a.example/?b=2&a=1") == page_address("https://a.example?a=1&b=2")


@pytest.mark.parametrize(
    "none",
    [
        *("", "https://example.com", "https://www.example.com/", "https://example.com/?utm_id=3"),
        *("mailto:a@example.com", "ftp://example.com/x", "javascript:alert(1)", "/relative"),
        *("https://", "http://[::1", "http://example.com:x/y", "https://a.example/?q=\ud800"),
    ],
)
def test_what_names_no_page_has_none(none: str) -> None:
    assert page_address(none) == ""
    assert address_key(none) is None


def test_a_country_is_no_host() -> None:
    assert page_address("https://m.uk/x") == "m.uk/x"


def test_a_long_address_is_shown_by_its_host_and_its_end() -> None:
    assert shown_address(PAGE) == "example.com/politics/2017/jan/13/hunt"
    assert shown_address(f"{PAGE}-to-quit-as-an-mp") == "example.com/…/hunt-to-quit-as-an-mp"
    shown = shown_address(f"{PAGE}-to-quit-as-an-mp-to-become-director-of-it")
    assert shown.startswith("example.com/…/hunt-to-quit")
    assert len(shown) == 48
    assert shown.endswith("…")


@given(st.text(max_size=80))
def test_nothing_typed_raises(typed: str) -> None:
    key = address_key(typed)
    assert key is None or 0 <= key < 2**63
    assert shown_address(f"https://example.com/{typed}")
