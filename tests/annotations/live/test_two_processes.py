"""A site of two processes: everybody hears everything once, also when the server is killed."""

import json
import shutil
from pathlib import Path

import pytest

from tests.annotations.live.listeners import Listening
from tests.site import Site, own_database, running

pytestmark = pytest.mark.django_db  # so that it is run on PostgreSQL as well

WRITERS, EACH = 4, 6

_BEGIN = """
import json
from django.contrib.auth.models import User
from django.test import Client
from tests.factories import make_article
article = make_article()
sessions = []
for name in ("anna", "ben"):
    client = Client()
    client.force_login(User.objects.create_user(name, first_name=name))
    sessions.append(client.cookies["sessionid"].value)
print(json.dumps([str(article.pk), sessions]))
"""

_WRITE = """
import json
from concurrent.futures import ThreadPoolExecutor
from django.contrib.auth.models import User
from django.db import connections
from corpus.models import Article
from tests.factories import make_note
article, anna = Article.objects.get(pk={article!r}), User.objects.get(username="anna")

def write(writer):
    try:
        private = [make_note(anna, article, audience="private") for _ in range(2)]
        return [str(make_note(anna, article).pk) for _ in range({each})]
    finally:
        connections.close_all()

with ThreadPoolExecutor({writers}) as pool:
    print(json.dumps([pk for made in pool.map(write, range({writers})) for pk in made]))
"""

_SIGN_OUT = """
import json
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from corpus.models import Article
from tests.factories import make_note
Session.objects.filter(session_key={session!r}).delete()
made = make_note(User.objects.get(username="anna"), Article.objects.get(pk={article!r}))
print(json.dumps(str(made.pk)))
"""


def test_all_is_heard_once_over_two_processes_and_a_killed_server(
    prepared_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(prepared_data, tmp_path / "data")
    database = own_database()
    first = running(data, "--workers=2", DATABASE_URL=database)
    with first as site:
        article, (anna, ben) = site.made_by(_BEGIN)
        listening = [Listening(site.url, [article], session) for session in (ben, "") * 4]
        assert listening[0].answer.headers["Cache-Control"] == "no-store"
        made = _write(site, article)
        for one in listening:
            assert sorted(one.changed(len(made))) == sorted(made)
        first.process.kill()
        first.process.wait()
        for one in listening:
            one.wait_for_the_end()
        while_away = _write(site, article)

    with running(data, "--workers=2", DATABASE_URL=database) as site:
        again = [
            Listening(site.url, [article], one.session, last_id=one.last_id) for one in listening
        ]
        reader = Listening(site.url, [article], anna)
        there = {one["name"] for one in reader.first("here")["readers"]}
        made_later = _write(site, article)
        for one in again:
            assert sorted(one.changed(len(while_away + made_later))) == sorted(
                while_away + made_later
            )

        last = site.made_by(_SIGN_OUT.format(article=article, session=ben))
        for one in again:
            if one.session:
                assert one.first("ended") == {"why": "signed-out"}
                one.wait_for_the_end()
            else:
                assert one.changed(len(while_away + made_later) + 1)[-1] == last
        assert there <= {"anna", "ben"}
    for one in (*again, reader):
        one.wait_for_the_end()


def _write(site: Site, article: str) -> list[str]:
    made: list[str] = json.loads(
        site.run_python(_WRITE.format(article=article, writers=WRITERS, each=EACH))
    )
    assert len(made) == WRITERS * EACH
    return made
