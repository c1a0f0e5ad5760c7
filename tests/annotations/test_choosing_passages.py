"""Passages that are chosen to be moved stay chosen on every page and in every list."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Claim
from tests.factories import make_article, make_highlight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

MOVE = "/claims/tides/move/"


@pytest.fixture
def _tides(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tag a claim on five passages, of which a page shows two."""
    monkeypatch.setattr("annotations.views.claim_moving.PAGE_SIZE", 2)
    for number in range(5):
        words = f"Tide {number} was {'high' if number % 2 else 'low'}."
        make_highlight(alice, make_article(words, title=f"T{number}"), words, claim="tides")


def _fields(page: str) -> dict[str, list[str]]:
    """Return what the form on the page sends, its buttons left out."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]+>", page.split('class="form"', 1)[1]):
        name, value = (re.search(f' {part}="([^"]*)"', tag) for part in ("name", "value"))
        is_left = 'type="checkbox"' in tag and " checked" not in tag
        if name and not is_left:
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


@pytest.mark.usefixtures("_tides")
def test_what_is_ticked_is_kept_on_other_pages_and_moved_with_the_rest(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(carol)
    boxes = re.findall(r'name="passages" value="([^"]+)"', client.get(MOVE).content.decode())
    sent = {"passages": boxes[:1], "kept": "", "at": "1", "page": "2", "claim": "floods"}
    second = client.post(MOVE, sent).content.decode()
    assert "1 of them is not on this page" in second
    assert 'value="floods"' in second

    listed = client.post(MOVE, _fields(second) | {"q": "Tide 3", "show": "1"}).content.decode()
    assert "1 passage is chosen" in listed
    both = client.post(MOVE, _fields(listed) | {"q": "Tide 3", "all": "1"}).content.decode()
    assert "2 passages are chosen" in both
    assert Claim.objects.get(name="tides").occurrences.count() == 5

    answer = client.post(MOVE, _fields(both))
    assert answer.status_code == 303
    moved = Claim.objects.get(name="floods").occurrences
    assert len(boxes) == 2
    assert moved.count() == 2
    assert moved.filter(pk=boxes[0]).exists()


@pytest.mark.usefixtures("_tides")
def test_all_of_a_list_are_chosen_at_once_and_none_again(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(carol)
    low = client.post(MOVE, {"q": "low", "all": "1"}).content.decode()
    assert "3 passages are chosen" in low
    again = client.post(MOVE, _fields(low) | {"page": "2"}).content.decode()
    assert len(_fields(again)["passages"]) == 1
    none = client.post(MOVE, _fields(again) | {"none": "1"}).content.decode()
    assert ("passages" in _fields(none), "is chosen" in none) == (False, False)


@pytest.mark.usefixtures("_tides")
def test_enter_moves_what_is_chosen_unless_another_list_is_asked_for(
    carol: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(carol)
    page = client.post(MOVE, {"q": "low", "all": "1"}).content.decode()
    form = page.split('class="form"', 1)[1]
    assert form.index('name="entered"') < form.index('name="show"')
    unnamed = client.post(MOVE, _fields(page) | {"entered": "1", "claim": " "})
    asked = client.post(MOVE, _fields(page) | {"entered": "1", "claim": "floods", "q": "2"})
    assert (unnamed.status_code, asked.status_code) == (200, 200)
    listed = asked.content.decode()
    assert "3 passages are chosen. 2 of them are not on this page" in listed
    answer = client.post(MOVE, _fields(listed) | {"entered": "1", "q": "2"})
    assert answer.status_code == 303
    assert Claim.objects.get(name="floods").occurrences.count() == 3
