"""What cannot be read is refused before it is stored, with a sentence, to scripts and to pages."""

import logging
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Annotation
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
JSON = {"accept": "application/json"}


@pytest.fixture
def reader(alice: User) -> Client:
    """Return a browser in which alice is signed in, before the article that she notes."""
    make_article(slug="noted")
    client = Client()
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, body: bytes, kind: str = FORM, **headers: str) -> tuple[int, str]:
    """Return the status and the content of what is answered to a note with this body."""
    answer = client.post("/articles/noted/annotations/", body, kind, headers=headers)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("bad", ["%ED%A0%80", "%FF", "%C3", "a%00b"])
@pytest.mark.parametrize("field", ["note=word{}", "note=word&claim={}", "note=word&{}=1"])
def test_characters_that_cannot_be_stored_are_refused(reader: Client, bad: str, field: str) -> None:
    body = field.format(bad).encode()

    for headers in (JSON, {}):
        status, content = send(reader, body, **headers)
        assert status == 400
        assert "cannot be stored" in content
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("bad", [b"\xed\xa0\x80", b"\xff", b"a\x00b"])
def test_forms_in_parts_are_read_as_strictly(reader: Client, bad: bytes) -> None:
    part = b'--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\n%s\r\n--edge--\r\n'

    assert send(reader, part % bad, "multipart/form-data; boundary=edge", **JSON)[0] == 400
    assert not Annotation.objects.exists()
    assert send(reader, part % b"word", "multipart/form-data; boundary=edge", **JSON)[0] == 201


@pytest.mark.parametrize("note", ["\ufffd", "naïve 100% + more", "😀\u200d", "\x7f\x1b"])
def test_other_odd_characters_are_stored_as_they_are(reader: Client, note: str) -> None:
    status, _ = send(reader, urlencode({"note": note}).encode(), **JSON)

    assert status == 201
    assert Annotation.objects.get().note == note


def test_too_much_at_once_is_told_to_scripts_and_to_pages(
    reader: Client, caplog: pytest.LogCaptureFixture
) -> None:
    body = b"note=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    with caplog.at_level(logging.WARNING):
        script = send(reader, body, **JSON)
        page = send(reader, body)

    assert (script[0], page[0]) == (413, 413)
    assert '"error": "too_large"' in script[1]
    assert "too much at once" in page[1]
    assert "<h1>" in page[1]
    assert [record.exc_info for record in caplog.records] == [None, None]


def test_too_many_fields_are_told_as_what_they_are(reader: Client) -> None:
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    body = urlencode([("note", "word")] * (most + 1)).encode()

    script = send(reader, body, **JSON)
    page = send(reader, body)

    assert (script[0], page[0]) == (413, 413)
    assert '"error": "too_large"' in script[1]
    assert f"more than {most} fields" in page[1]
    assert not Annotation.objects.exists()


def test_parts_without_a_boundary_are_refused(reader: Client) -> None:
    assert send(reader, b"no parts", "multipart/form-data", **JSON)[0] == 400
