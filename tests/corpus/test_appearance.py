"""How a reader likes the page to look."""

import pytest
from django.test import Client
from django.urls import reverse

from corpus.appearance import Appearance, appearance_from

pytestmark = pytest.mark.django_db


def _choose(client: Client, **values: str) -> str:
    answer = client.post(reverse("appearance"), values)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_chosen_theme_is_in_the_next_page_from_its_first_byte(client: Client) -> None:
    assert _choose(client, theme="sepia", size="5", patterns="on", next="/claims/") == "/claims/"
    page = client.get("/").content.decode()
    assert 'data-theme="sepia"' in page
    assert 'data-size="5"' in page


def test_unknown_values_fall_back_to_the_defaults() -> None:
    assert appearance_from({"theme": '"><script>', "rest": "x"}) == Appearance()


def test_forged_cookie_changes_nothing(client: Client) -> None:
    client.cookies["appearance"] = 'theme="><script>&size=900'
    page = client.get("/").content.decode()
    assert 'data-theme="auto"' in page


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_way_back_never_leaves_the_site(client: Client, address: str) -> None:
    assert _choose(client, theme="dark", next=address) == "/"


def test_get_changes_nothing(client: Client) -> None:
    assert client.get(reverse("appearance")).status_code == 405
