"""Claims and readers that the palette of commands finds by name: those one may know of."""

import pytest
from django.contrib.auth.models import User

from annotations.models import Profile
from corpus.access import viewer_of
from corpus.queries.commands import found_by_name
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.django_db


def _found(user: User | None, typed: str) -> dict[str, list[tuple[str, str]]]:
    kinds = found_by_name(viewer_of(user), typed)
    return {kind.finder.key: [(one.name, one.url) for one in kind.matches] for kind in kinds}


def _call(user: User, name: str) -> None:
    Profile.objects.filter(user=user).update(display_name=name)


def test_claims_are_found_with_how_often_they_are_tagged(alice: User, bob: User) -> None:
    article = make_article()
    for _ in range(2):
        make_highlight(alice, article, claim="herring shortage")
    (kind,) = [
        kind for kind in found_by_name(viewer_of(bob), "herr") if kind.finder.key == "claims"
    ]
    (match,) = kind.matches
    assert (match.name, match.url) == ("Herring shortage", "/claims/herring-shortage/")
    assert match.meta == "2 passages"
    assert match.slot


def test_a_claim_kept_to_oneself_is_found_by_oneself_alone(alice: User, bob: User) -> None:
    make_highlight(alice, make_article(), claim="herring secret", audience="private")
    assert "claims" in _found(alice, "herring")
    assert "claims" not in _found(bob, "herring")
    assert "claims" not in _found(None, "herring")


def test_readers_are_found_by_those_who_see_something_of_them(alice: User, bob: User) -> None:
    make_highlight(alice, make_article(), claim="herring")
    _call(alice, "Herring Fisher")
    expected = [("Herring Fisher", f"/?by={alice.username}")]
    assert _found(bob, "fisher")["readers"] == expected
    assert _found(None, "fisher")["readers"] == expected


def test_who_keeps_everything_to_themselves_is_not_there(alice: User, bob: User) -> None:
    make_highlight(alice, make_article(), audience="private")
    _call(alice, "Herring Fisher")
    assert "readers" in _found(alice, "fisher")
    assert _found(bob, "fisher") == {}


def test_readers_of_texts_that_one_may_not_read_are_not_there(alice: User, bob: User) -> None:
    make_highlight(alice, make_article(access="members"))
    _call(alice, "Herring Fisher")
    assert "readers" in _found(bob, "fisher")
    assert _found(None, "fisher") == {}
