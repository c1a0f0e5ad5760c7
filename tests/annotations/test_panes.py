"""What the two panes of /side-by-side/ show as the reading page shows it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.models import Link
from tests.factories import make_article, make_highlight, make_link

pytestmark = pytest.mark.usefixtures("noise")

ClientOf = Callable[[User | None], Client]


def page_of(client: Client, **asked: str) -> str:
    return client.get(reverse("side_by_side"), asked).content.decode()


@pytest.fixture
def link(alice: User, bob: User) -> Link:
    """Return a link between words of two articles, beside two highlights that are not linked."""
    first, second = make_article(title="The one"), make_article("Words of its own.")
    made = make_link(alice, make_highlight(alice, first, "party"), second)
    make_highlight(alice, second, "its own")
    make_highlight(bob, second, "Words")
    return made


@pytest.mark.parametrize(("shown", "count"), [("all", 3), ("mine", 2), ("none", 1)])
def test_the_panes_show_the_highlights_that_the_reader_chose_and_what_is_linked(
    alice: User, link: Link, client_of: ClientOf, shown: str, count: int
) -> None:
    client = client_of(alice)
    client.post(reverse("appearance"), {"shown": shown})
    first, second = link.articles
    for html in (
        page_of(client, first=first.slug, second=second.slug),
        client.get(link.get_absolute_url()).content.decode(),
    ):
        assert html.count("<mark ") == count
        assert html.count('data-state="linked"') == 1


def test_a_paragraph_that_runs_from_right_to_left_does_so_in_a_pane(client: Client) -> None:
    hebrew = make_article("שלום לכולם\n\nAnd this is English.")
    html = page_of(client, first=hebrew.slug, second=make_article().slug)
    assert html.count('<p id="first-p1" data-start="0" dir="rtl">') == 1
    assert html.count('dir="rtl"') == 1


def test_the_way_back_to_a_long_search_is_whole(client: Client, link: Link) -> None:
    back = f"/search/?{urlencode([('q', 'herring')] + [('topic', 'words-' * 9)] * 12)}"
    first, second = link.articles
    html = page_of(client, first=first.slug, second=second.slug, back=back)
    assert f'<a class="back" href="{back.replace("&", "&amp;")}">' in html
