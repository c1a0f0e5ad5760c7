"""Who may change, delete, reply, tag and link: everybody at every address."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from annotations.services import annotations
from corpus.access import viewer_of
from tests.factories import (
    make_article,
    make_highlight,
    make_link,
    make_tag,
)
from tests.people import WALKERS

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
ClientOf = Callable[[User | None], Client]
Walkers = dict[str, Client]

# What is sent to each address below /annotations/<id>/, and what a curator's answer is.
WRITES: dict[str, dict[str, Any]] = {
    "edit/": {"note": "Changed.", "counter": "2"},
    "delete/": {},
    "resolve/": {},
    "reopen/": {},
    "reply/": {"note": "And why?"},
    "claims/": {"claim": "another"},
    "claims/first/": {"stance": "disputes", "counter": "2"},
    "claims/first/remove/": {},
    "claims/first/restore/": {},
}
AUTHOR_ONLY = set(WRITES) - {"reply/"}
CURATORS_TOO = {"resolve/", "reopen/"}
RESTORES = {"claims/first/restore/"}


def _highlight(alice: User, **draft: Any) -> Annotation:
    made = make_highlight(alice, make_article(), **draft)
    make_tag(alice, made, "first")
    return made


@pytest.mark.parametrize("path", WRITES)
def test_only_its_author_writes_on_a_public_highlight_but_all_may_reply(
    walkers: Walkers, alice: User, path: str
) -> None:
    expected = {"anonymous": 401, "dave": 403, "alice": 200, "carol": 403, "ada": 403}
    if path not in AUTHOR_ONLY:
        expected = dict.fromkeys(WALKERS, 201) | {"anonymous": 401}
    if path in CURATORS_TOO:
        expected |= {"carol": 200, "ada": 200}

    for name in WALKERS:
        url = f"/annotations/{_highlight(alice).pk}/{path}"
        answer = walkers[name].post(url, WRITES[path], headers=JSON)
        assert (name, answer.status_code) == (name, expected[name])


@pytest.mark.parametrize("path", [*WRITES, "link/", "restore/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_private_highlight_is_404_to_all_others(
    walkers: Walkers, alice: User, path: str, method: str
) -> None:
    private = _highlight(alice, audience="private")

    for name in ("dave", "carol", "ada"):
        url = f"/annotations/{private.pk}/{path}"
        answer = getattr(walkers[name], method)(url, WRITES.get(path, {}), headers=JSON)
        absent = getattr(walkers[name], method)(
            f"/annotations/{uuid4()}/{path}", WRITES.get(path, {}), headers=JSON
        )
        assert answer.status_code == absent.status_code == 404
        assert answer.content == absent.content
    private.refresh_from_db()
    assert (private.counter, private.note) == (2, "")


@pytest.mark.parametrize("path", sorted({*WRITES, "link/"} - CURATORS_TOO - RESTORES))
def test_pages_show_to_whom_they_are_for_and_never_write(
    walkers: Walkers, alice: User, path: str
) -> None:
    made = _highlight(alice)
    is_open = path in {"reply/", "link/"}

    for name in WALKERS:
        status = walkers[name].get(f"/annotations/{made.pk}/{path}").status_code
        other = 200 if is_open else 403
        expected = {"anonymous": 302, "alice": 200}.get(name, other)
        assert (name, status) == (name, expected)
    made.refresh_from_db()
    assert (made.counter, made.deleted_at) == (2, None)


def test_strangers_do_not_bring_back_what_another_deleted(walkers: Walkers, alice: User) -> None:
    for name, status in (("anonymous", 401), ("dave", 404), ("carol", 200), ("ada", 200)):
        made = make_highlight(alice, make_article())
        annotations.delete(viewer_of(alice), made)
        answer = walkers[name].post(f"/annotations/{made.pk}/restore/", headers=JSON)
        assert (name, answer.status_code) == (name, status)


@pytest.mark.parametrize(
    ("path", "sent"),
    [("edit/", {"relation": "quotes", "counter": "1"}), ("delete/", {}), ("restore/", {})],
)
def test_only_its_creator_changes_a_link(
    walkers: Walkers, alice: User, path: str, sent: dict[str, str]
) -> None:
    may = {"alice"} | ({"carol", "ada"} if path == "restore/" else set())

    for name in WALKERS:
        link = make_link(alice, make_article(), make_article())
        answer = walkers[name].post(f"/links/{link.pk}/{path}", sent, headers=JSON)
        expected = 401 if name == "anonymous" else 200 if name in may else 403
        assert (name, answer.status_code) == (name, expected)


def test_a_private_link_is_404_to_all_others(walkers: Walkers, alice: User) -> None:
    link = make_link(alice, make_article(), make_article(), audience="private")

    for name in ("dave", "carol", "ada"):
        for path in ("edit/", "delete/", "restore/"):
            url = f"/links/{link.pk}/{path}"
            assert walkers[name].post(url, {"counter": "1"}, headers=JSON).status_code == 404
            assert walkers[name].get(url).status_code == 404
