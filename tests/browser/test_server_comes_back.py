"""The server is killed while a page is open: what happened meanwhile shows once it is back."""

import shutil
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site import SECONDS_TO_STOP, Site, new_profile, own_database, running

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]

_BEGIN = """
import json
from django.contrib.auth.models import User
from tests.factories import make_article
User.objects.create_user("anna", first_name="Anna")
print(json.dumps(make_article().get_absolute_url()))
"""
_MARK = """
import json
from django.contrib.auth.models import User
from corpus.models import Article
from tests.factories import make_highlight
anna, article = User.objects.get(username="anna"), Article.objects.latest("created_at")
print(json.dumps(make_highlight(anna, article, {words!r}, note={note!r}).number))
"""


def test_what_happened_while_the_server_was_away_shows_once(
    chromium: Browser, prepared_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(prepared_data, tmp_path / "data")
    server = running(data, DATABASE_URL=own_database())
    with ExitStack() as open_now:
        with server as site:
            path = site.made_by(_BEGIN)
            context = open_now.enter_context(closing(new_profile(chromium, site)))
            page = context.new_page()
            with page.expect_response(lambda answer: "/live/?" in answer.url):
                page.goto(path)
            _mark(site, "pray by their bedside", "Said before.")
            _expect_once(page, "pray by their bedside", "Said before.")
            page.evaluate("() => { window.isTheSame = true; }")
            server.process.kill()
            server.process.wait(SECONDS_TO_STOP)
            _mark(site, "members decide", "Said meanwhile.")

        with server as site:
            _expect_once(page, "members decide", "Said meanwhile.")
            _mark(site, "Others have left", "Said after.")
            _expect_once(page, "Others have left", "Said after.")
            _expect_once(page, "pray by their bedside", "Said before.")
            _expect_once(page, "members decide", "Said meanwhile.")
            assert page.evaluate("() => window.isTheSame")


def _mark(site: Site, words: str, note: str) -> Any:
    return site.made_by(_MARK.format(words=words, note=note))


def _expect_once(page: Page, words: str, note: str) -> None:
    expect(page.locator("#text mark", has_text=words)).to_have_count(1)
    expect(page.get_by_text(note, exact=True)).to_have_count(1)
