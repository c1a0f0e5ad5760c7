"""Saved web pages: where the article begins and ends, whatever the page puts around it."""

import pytest

from tests.corpus.importing.test_pages import MORE, blocks, read

MENU = "<ul class=menu>" + "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(9))
SAID = (
    "<p>What the council says about the harbour is not what it said a year ago, and nobody"
    " believes a word of it any more.</p>"
)


def shown(body: str) -> list[str]:
    """Return the blocks of the article on a page with this body."""
    article = read(f"<!DOCTYPE html><html lang=en><head></head><body>{body}</body></html>")
    return [words for _kind, words in blocks(article)]


def paragraphs() -> list[str]:
    return shown(f"<main><article>{MORE}</article></main>")


@pytest.mark.parametrize("around", ["<form id=aspnet>", "<div class='page menu'>", "<aside>"])
def test_what_holds_all_of_a_page_holds_the_article(around: str) -> None:
    broken = "<p>Votes were counted at the harbour all night.<br>Nobody knows who won them.</p>"
    found = shown(f"{around}{MENU}</ul><div>{MORE}{broken}</div>")
    assert found == [
        *paragraphs(),
        "Votes were counted at the harbour all night.\nNobody knows who won them.",
    ]


def test_comments_of_readers_are_left_out() -> None:
    comments = "".join(
        f"<div class=sf_comment_text>{SAID.replace('year', f'{n}')}</div>" for n in range(9)
    )
    assert shown(f"<div>{MORE}</div><div>{comments}</div>") == paragraphs()


def test_the_lead_below_the_title_is_part_of_the_text() -> None:
    lead = "<p class=lead>Votes are counted at the harbour tonight, and nobody knows who won.</p>"
    body = f"<div><h1>Votes at the harbour</h1><div>{lead}</div></div><div><div>{MORE}</div></div>"
    assert shown(body)[-len(paragraphs()) :] == paragraphs()
    assert "nobody knows who won" in str(read(f"<html><body>{body}</body></html>"))


def test_a_list_of_other_articles_behind_the_text_is_none_of_it() -> None:
    cards = "".join(
        f"<a href='https://ducks.example/{n}'><h3>Ducks come back to the pond for the time {n}</h3>"
        f"<p>The {n} ducks that left the pond in the spring are back, and all are glad.</p></a>"
        f"<span>May {n}, 2019</span>"
        for n in range(1, 9)
    )
    assert shown(f"<main><div>{MORE}<section>{cards}</section></div></main>") == paragraphs()


def test_what_a_page_says_of_its_cookies_is_none_of_the_article() -> None:
    links = "".join(f"<div><a href='/{n}'>Page {n}</a></div>" for n in range(20))
    cookies = "<p>We use cookies so that these pages work, and so that we know who reads them.</p>"
    assert shown(f"<main>{MORE}</main>{links}<div>{cookies}</div>") == paragraphs()
