"""Readers with a browser each."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.site import Site, new_profile

PASSWORD = "correct horse battery"

MAKE_READERS = f"""
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
    keys: dict[str, str] = site.made_by(MAKE_READERS)
    return keys


@pytest.fixture(scope="session")
def profiles(
    chromium: Browser, site: Site, session_keys: dict[str, str]
) -> Callable[..., BrowserContext]:
    """Return a function that gives the profile of a reader, the same one for the same options."""
    opened: dict[str, BrowserContext] = {}

    def profile(name: str, **options: Any) -> BrowserContext:
        key = f"{name} {options}"
        if key not in opened:
            opened[key] = new_profile(chromium, site, **options)
            _sign_in(opened[key], site, session_keys.get(name))
        return opened[key]

    return profile


@pytest.fixture
def onlooker(profiles: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Return what opens a page as `reader` does, for tests that look and touch nothing.

    Those who look share a browser for each reader, which has styles and scripts already.
    """
    pages: list[Page] = []

    def open_page(name: str, **options: Any) -> Page:
        pages.append(profiles(name, **options).new_page())
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def reader(
    new_context: Any, site: Site, session_keys: dict[str, str]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in the own browser of a reader, by name; "" is nobody.

    Errors of scripts fail the test at its end, and so do changed settings of a named reader:
    they stay with the account, which other tests use as well.
    """
    errors: list[str] = []

    def open_page(name: str, **options: Any) -> Page:
        context = new_context(**options)
        if name:
            _sign_in(context, site, session_keys[name])
            context.on("request", lambda request: errors.extend(_settings_kept(name, request)))
        page: Page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    assert errors == []


def _settings_kept(name: str, request: Request) -> list[str]:
    """Return a complaint where `request` keeps other settings with the account of `name`."""
    address = urlsplit(request.url).path
    if request.method != "POST" or address not in ("/account/appearance/", "/account/keys/"):
        return []
    return [f"{name} is shared by all tests, and the settings of {name} were changed at {address}."]


def _sign_in(context: BrowserContext, site: Site, session_key: str | None) -> None:
    if session_key:
        context.add_cookies([{"name": "sessionid", "value": session_key, "url": site.url}])
