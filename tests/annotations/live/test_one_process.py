"""A running site, as those who listen to it meet it: rights that end, and the end of the site."""

import http.client
import shutil
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.annotations.live.listeners import PATIENCE, Listening
from tests.site import SECONDS_TO_STOP, own_database, running

pytestmark = pytest.mark.django_db  # so that it is run on PostgreSQL as well

MANY = 40

_BEGIN = """
import json
from django.contrib.auth.models import User
from django.test import Client
from corpus.models import Group, Membership
from tests.factories import make_article
article, closed = make_article(), make_article(access="groups")
group = Group.objects.create(name="Readers", slug="readers")
closed.groups.add(group)
sessions = []
for name in ("anna", "ben", "cleo"):
    client = Client()
    client.force_login(user := User.objects.create_user(name))
    Membership.objects.create(group=group, user=user)
    sessions.append(client.cookies["sessionid"].value)
print(json.dumps([str(article.pk), str(closed.pk), sessions]))
"""

_END_RIGHTS = """
import json
from datetime import timedelta
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from corpus.models import Article, Membership
from tests.factories import make_note
Membership.objects.filter(user__username="ben").delete()
past = timezone.now() - timedelta(seconds=1)
Session.objects.filter(session_key={expired!r}).update(expire_date=past)
made = make_note(User.objects.get(username="anna"), Article.objects.get(pk={closed!r}))
print(json.dumps(str(made.pk)))
"""


def test_rights_end_at_the_next_event_and_all_streams_with_the_site(
    prepared_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(prepared_data, tmp_path / "data")
    server = running(data, DATABASE_URL=own_database())
    with server as site:
        article, closed, (anna, ben, cleo) = site.made_by(_BEGIN)
        member, removed, expired = (
            Listening(site.url, [closed], session) for session in (anna, ben, cleo)
        )

        made = site.made_by(_END_RIGHTS.format(expired=cleo, closed=closed))

        assert member.changed(1) == [made]
        for one, why in ((removed, "no-access"), (expired, "signed-out")):
            assert one.first("ended") == {"why": why}
            one.wait_for_the_end()
            again = Listening(site.url, [closed], one.session, last_id=one.last_id)
            assert again.answer.status == 204
            assert one.changed(0) == []
        for method in ("HEAD", "POST"):
            assert _status(site.url, method, closed) in (403, 405)

        open_streams = [_open(site.url, article) for _ in range(MANY)]
        server.process.send_signal(signal.SIGTERM)
        for stream in open_streams:
            assert _rest(stream).endswith(b"0\r\n\r\n")  # the end of an answer that is whole
        member.wait_for_the_end()
        assert server.process.wait(SECONDS_TO_STOP) == 0


def _status(url: str, method: str, article: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request(method, f"/live/?article={article}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _open(url: str, article: str) -> socket.socket:
    """Return a connection on which a stream has begun."""
    parts = urlsplit(url)
    stream = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
    stream.sendall(
        f"GET /live/?article={article} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    )
    read = b""
    while b"\nid: " not in read:
        part = stream.recv(4_096)
        assert part, read
        read += part
    return stream


def _rest(stream: socket.socket) -> bytes:
    """Return what comes until the server closes the connection."""
    read = b""
    with stream:
        while part := stream.recv(4_096):
            read += part
    return read
