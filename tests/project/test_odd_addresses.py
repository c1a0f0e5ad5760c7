"""What nobody means to ask for: odd values in an address, and methods that a page has not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from tests.factories import make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

LONG = "a" * 60_000
ODD = ("%00", "a%00b", LONG, "9" * 5009, "00000000199", "-1", "%ED%A0%80", "%F0%9F%98%80", "'")
FIELDS = {
    "/": ("topic", "outlet", "year", "claim", "sort", "page"),
    "/search/": ("q", "kind", "page"),
    "/claims/": ("q", "sort", "page"),
    "/claims/walked/": ("stance", "after"),
    "/claims/complete/": ("q", "article"),
    "/links/": ("relation", "page"),
    "/links/search/": ("q", "kind", "not"),
    "/articles/walked/": ("claim", "by", "stance", "notes"),
    "/articles/walked/blocks/2/": ("claim", "by", "stance", "notes"),
    "/articles/walked/link/": ("q", "kind"),
}
READ_ONLY = (
    *("/", "/search/", "/claims/", "/claims/walked/", "/claims/complete/"),
    *("/links/", "/links/search/", "/articles/walked/", "/articles/walked/blocks/2/"),
    "/articles/walked/source/",
)


@pytest.fixture
def marked(alice: User) -> Annotation:
    """Return a highlight in the article that the addresses name."""
    return make_highlight(alice, make_article(slug="walked"), claim="walked")


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:12])
def test_odd_values_of_an_address_never_break_a_page(
    value: str, walkers: dict[str, Client], marked: Annotation
) -> None:
    for path, names in FIELDS.items():
        for name in names:
            answer = walkers["alice"].get(f"{path}?{name}={value}")
            assert (path, name, answer.status_code) == (path, name, 200)


@pytest.mark.parametrize("value", ODD, ids=lambda value: value[:12])
def test_odd_numbers_of_a_paragraph_are_not_found(
    value: str, walkers: dict[str, Client], marked: Annotation
) -> None:
    address = "/articles/walked/annotations/"
    assert walkers["alice"].get(f"{address}?block={value}").status_code == 404
    assert walkers["alice"].get(f"{address}?block=1&version={value}").status_code == 404


@pytest.mark.parametrize("path", READ_ONLY)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_that_only_show_take_nothing(
    path: str, method: str, walkers: dict[str, Client], marked: Annotation
) -> None:
    assert getattr(walkers["carol"], method)(path).status_code == 405


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_lasting_address_of_an_annotation_takes_nothing(
    method: str, walkers: dict[str, Client], marked: Annotation
) -> None:
    assert getattr(walkers["alice"], method)(marked.get_absolute_url()).status_code == 405
