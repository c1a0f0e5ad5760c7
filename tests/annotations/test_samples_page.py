"""The page that lists the samples, and its one button."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.queries.samples import sample_annotations, sample_listing
from tests.factories import make_reply
from tests.people import WALKERS
from tests.samples import sample

pytestmark = pytest.mark.usefixtures("small_starter_site", "noise")

MAY = {"carol", "ada"}


@pytest.mark.parametrize("name", WALKERS)
def test_only_curators_see_the_page(walkers: dict[str, Client], name: str) -> None:
    answer = walkers[name].get(reverse("samples"))
    expected = 200 if name in MAY else 302 if name == "anonymous" else 403
    assert answer.status_code == expected


@pytest.mark.parametrize("name", WALKERS)
def test_only_curators_remove_with_the_button(walkers: dict[str, Client], name: str) -> None:
    before = sample_annotations().count()
    answer = walkers[name].post(reverse("samples"))
    assert answer.status_code == (303 if name in MAY else 302 if name == "anonymous" else 403)
    assert sample_annotations().count() == (0 if name in MAY else before)


def test_opening_the_page_removes_nothing(walkers: dict[str, Client]) -> None:
    before = sample_annotations().count()
    walkers["carol"].get(reverse("samples"))
    assert sample_annotations().count() == before > 0


def test_page_says_who_wrote_how_much(walkers: dict[str, Client]) -> None:
    page = walkers["carol"].get(reverse("samples")).content.decode()
    listing = sample_listing()
    for reader in listing.readers:
        assert reader.name in page
    assert f"<td>{listing.highlights}</td>" in page
    assert "Remove all samples" in page
    assert "What stays" not in page


def test_page_names_what_stays_before_and_after(walkers: dict[str, Client], alice: User) -> None:
    make_reply(alice, sample("Labour MPs also have to work out"))
    before = walkers["carol"].get(reverse("samples")).content.decode()
    assert "What stays" in before
    after = walkers["carol"].post(reverse("samples"), follow=True).content.decode()
    assert "Labour MPs also have to work out" in after
    assert "2 things stay, because people built on them." in after
    assert "Remove all samples" not in after


def test_page_without_samples_says_how_to_get_them_back(walkers: dict[str, Client]) -> None:
    page = walkers["ada"].post(reverse("samples"), follow=True).content.decode()
    assert "There are no samples here." in page
    assert "samples load" in page


def test_page_asks_the_database_as_often_for_few_as_for_many(
    walkers: dict[str, Client], alice: User
) -> None:
    make_reply(alice, sample("Labour MPs also have to work out"))
    few = _queries(walkers["carol"])
    for words in ("they seem like", "if you love them", "Danczuk could find"):
        make_reply(alice, sample(words))
    assert _queries(walkers["carol"]) == few


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("samples"))
    return len(queries)
