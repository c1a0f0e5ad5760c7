"""Readers with a browser each."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site import Site

PASSWORD = "correct horse battery"

_MAKE_READERS = f"""
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
keys = {{}}
for name in ("alice", "bob", "carol", "ada"):
    user = User.objects.create_user(
        name, password="{PASSWORD}", first_name=name.title(), is_staff=name in ("carol", "ada"),
        is_superuser=name == "ada",
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    keys[name] = session.session_key
print(json.dumps(keys))
"""


@pytest.fixture(scope="session")
def session_keys(site: Site) -> dict[str, str]:
    """Return what signs alice, bob, carol and ada in, by name; all know PASSWORD as well."""
    keys: dict[str, str] = json.loads(site.run_python(_MAKE_READERS).splitlines()[-1])
    return keys


@pytest.fixture
def reader(
    new_context: Any, site: Site, session_keys: dict[str, str]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in the own browser of a reader, by name; "" is nobody.

    Errors of scripts fail the test at its end.
    """
    errors: list[str] = []

    def open_page(name: str, **options: Any) -> Page:
        context = new_context(**options)
        if name:
            key = {"name": "sessionid", "value": session_keys[name], "url": site.url}
            context.add_cookies([key])
        page: Page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    assert errors == []
