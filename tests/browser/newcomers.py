"""People whom no other test knows, each signed in in a browser of their own."""

from typing import Any

from playwright.sync_api import Page

from tests.site import Site

_MAKE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from annotations.services.profiles import introduce
keys = []
for name in {names!r}:
    user = User.objects.create_user(name)
    introduce(user.pk, name.title())
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    keys.append(session.session_key)
print(json.dumps(keys))
"""


def newcomers(new_context: Any, site: Site, *names: str) -> list[Page]:
    """Return a page for each of `names`, by which they sign in; others see these with a capital."""
    pages = []
    for key in site.made_by(_MAKE.format(names=names)):
        context = new_context()
        context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
        pages.append(context.new_page())
    return pages
