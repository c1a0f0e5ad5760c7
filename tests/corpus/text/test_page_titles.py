"""What pages are called by their addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.addresses import page_address
from corpus.text.page_titles import title_of_page

PAPER = "https://www.paper.example"


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (
            f"{PAPER}/politics/2017/jan/13/tristram-hunt-to-quit-as-mp-to-become-va-director",
            "Tristram hunt to quit as mp to become va director",
        ),
        (f"{PAPER}/2016/08/corbyn_ally_named_as_candidate.html", "Corbyn ally named as candidate"),
        (f"{PAPER}/news/uk-politics-38612345", "Uk politics (paper.example)"),
        (f"{PAPER}/why-labour-lost-copeland/38612345", "Why labour lost copeland"),
        (f"{PAPER}/why-labour-lost-copeland-a7598121.html?ref=x", "Why labour lost copeland"),
        (f"{PAPER}/politics/labour", "Labour (paper.example)"),
        (
            f"{PAPER}/caf%C3%A9-society-in-the-%E2%80%98north%E2%80%99/",
            "Café society in the ‘north’",
        ),
        (f"{PAPER}/?p=1234", "paper.example?p=1234"),
        (f"{PAPER}/2017/03/12", "paper.example/2017/03/12"),
        (f"{PAPER}/%00%e2%80%ae-words-are-turned-round", "Words are turned round"),
    ],
)
def test_page_is_called_by_the_words_of_its_path(url: str, title: str) -> None:
    assert title_of_page(url) == title


def test_long_path_is_cut_between_words() -> None:
    title = title_of_page(f"{PAPER}/{'very-' * 60}long")
    assert len(title) <= 125
    assert title.startswith("Very very very")
    assert title.endswith("very …")


@given(st.text(max_size=300))
def test_every_page_has_a_title_that_can_be_stored(path: str) -> None:
    url = f"{PAPER}/{path}"
    if page_address(url):
        title = title_of_page(url)
        assert title.strip()
        assert len(title) <= 500
        assert "\x00" not in title
        title.encode()
