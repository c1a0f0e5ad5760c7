"""What holds for every answer: headers, addresses behind a proxy, compression, health."""

import gzip
from urllib.robotparser import RobotFileParser

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from annotations.project import health
from annotations.project.compression import WORTH_IT, compress_answers, gzip_bytes
from annotations.project.environment import read_networks
from annotations.project.middleware import harden_answers, trust_proxy

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'; manifest-src 'self'; worker-src 'self'"
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/healthz", 200), ("/account/login/", 200), ("/no-such-page/", 404)]
)
def test_every_answer_carries_the_strict_policy(client: Client, address: str, status: int) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    sent = answer.headers["Content-Security-Policy"]
    assert sorted(sent.split("; ")) == sorted(POLICY.split("; "))
    assert "Content-Security-Policy-Report-Only" not in answer.headers


@pytest.mark.django_db
def test_every_answer_carries_the_other_headers(client: Client) -> None:
    headers = client.get("/no-such-page/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/account/login/", "no-store"), ("/admin/", "no-store"), ("/claims/", "private, no-cache")],
)
def test_pages_with_secrets_are_never_stored(path: str, kept: str) -> None:
    answer = harden_answers(lambda request: HttpResponse())(RequestFactory().get(path))

    assert answer.headers["Cache-Control"] == kept


def test_a_page_may_say_itself_how_long_it_keeps() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60"})

    answer = harden_answers(page)(RequestFactory().get("/"))

    assert answer.headers["Cache-Control"] == "max-age=60"


def seen_by_the_page(settings: object, monkeypatch: pytest.MonkeyPatch, **sent: str) -> HttpRequest:
    """Return the request as it is after trust_proxy, with 10.0.0.0/8 for trusted proxies."""
    monkeypatch.setenv("PROXIES", "10.0.0.0/8")
    settings.TRUSTED_PROXY = read_networks("PROXIES")  # type: ignore[attr-defined]
    seen: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    trust_proxy(page)(RequestFactory().get("/", **sent))  # type: ignore[arg-type]
    return seen[0]


def test_stranger_cannot_claim_another_address_or_https(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = seen_by_the_page(
        settings,
        monkeypatch,
        REMOTE_ADDR="192.0.2.7",
        HTTP_X_FORWARDED_FOR="198.51.100.1",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_HOST="evil.example",
    )

    assert request.META["REMOTE_ADDR"] == "192.0.2.7"
    assert not request.is_secure()
    assert "HTTP_X_FORWARDED_FOR" not in request.META
    assert "HTTP_X_FORWARDED_HOST" not in request.META


def test_trusted_proxy_tells_the_address_and_https(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = seen_by_the_page(
        settings,
        monkeypatch,
        REMOTE_ADDR="10.0.0.1",
        HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1, 10.0.0.2",
        HTTP_X_FORWARDED_PROTO="https",
    )

    assert request.META["REMOTE_ADDR"] == "198.51.100.1"
    assert request.is_secure()


@pytest.mark.parametrize("forwarded", ["", "nonsense", "203.0.113.9, nonsense", "10.0.0.3"])
def test_without_a_usable_address_the_proxy_stands_for_the_reader(
    forwarded: str, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = seen_by_the_page(
        settings, monkeypatch, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded
    )

    assert request.META["REMOTE_ADDR"] == "10.0.0.1"


@given(st.binary(max_size=5000))
def test_gzip_gives_back_what_went_in(content: bytes) -> None:
    assert gzip.decompress(gzip_bytes(content)) == content


def compressed(accepts: str, answer: HttpResponse) -> HttpResponseBase:
    """Return `answer` as it leaves for a client that sends `accepts` as Accept-Encoding."""
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return compress_answers(lambda _: answer)(request)


def test_text_is_compressed_for_a_client_that_accepts_it() -> None:
    page = "word " * WORTH_IT

    answer = compressed("br, gzip", HttpResponse(page, headers={"ETag": '"a"'}))

    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content).decode() == page
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert answer.headers["ETag"] == 'W/"a"'
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0", "gzip;q=0.0, br"])
def test_text_stays_plain_for_a_client_that_does_not_accept_gzip(accepts: str) -> None:
    answer = compressed(accepts, HttpResponse("word " * WORTH_IT))

    assert not answer.has_header("Content-Encoding")
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("short"),
        HttpResponse(b"\0" * 5000, content_type="image/png"),
        HttpResponse("x" * 5000, headers={"Content-Encoding": "br"}),
    ],
)
def test_what_gains_nothing_is_not_compressed(answer: HttpResponse) -> None:
    before = answer.content

    compressed("gzip", answer)

    assert answer.content == before
    assert answer.headers.get("Content-Encoding") != "gzip"


def test_equal_pages_differ_in_length_when_compressed() -> None:
    assert len({len(gzip_bytes(b"secret" * 500)) for _ in range(50)}) > 5


def test_crawlers_read_articles_and_leave_accounts_and_searches_alone(client: Client) -> None:
    answer = client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    kept_out = ("/account/login/", "/account/signup/", "/admin/", "/jobs/", "/search/?q=a")
    assert not any(rules.can_fetch("crawler", address) for address in kept_out)
    read = ("/", "/articles/a-text/", "/claims/a-claim/", "/collections/", "/accountancy/")
    assert all(rules.can_fetch("crawler", address) for address in read)


@pytest.mark.django_db
def test_health_is_200_while_the_database_takes_a_write(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_health_is_503_when_the_database_takes_no_write(client: Client) -> None:
    is_sqlite = connection.vendor == "sqlite"
    refuse = "PRAGMA query_only=ON" if is_sqlite else "SET default_transaction_read_only TO on"
    accept = "PRAGMA query_only=OFF" if is_sqlite else "SET default_transaction_read_only TO off"
    with connection.cursor() as cursor:
        cursor.execute(refuse)
        try:
            answer = client.get("/healthz")
        finally:
            cursor.execute(accept)

    assert answer.status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_health_is_503_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    def fail() -> None:
        raise problem("the connection is closed")

    monkeypatch.setattr(health, "_write_and_roll_back", fail)
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_health_check_leaves_nothing_behind(client: Client) -> None:
    from django.contrib.sessions.models import Session

    client.get("/healthz")

    assert not Session.objects.exists()
