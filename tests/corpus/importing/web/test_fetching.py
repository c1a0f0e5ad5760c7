"""What is fetched comes whole, or not at all with one sentence; each step on is checked."""

import gzip
import ssl
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from corpus.importing.web.asking import Limits
from corpus.importing.web.errors import NoAnswer, NoPage, NotAsked, TooMuch
from corpus.importing.web.fetching import Fetched, Seen, fetch
from tests.corpus.importing.web.conftest import Names
from tests.corpus.web.serving import HOST, PAGE, Site

QUICK = Limits(seconds=0.5, bytes=1024 * 1024)
LONG_DRIP = 400
"""So many bytes, a few hundredths of a second apart, take far longer than QUICK."""


def got(site: Site, path: str, **more: Any) -> Fetched:
    found = fetch(site.url(path), site.hosts, **more)
    assert found is not None
    return found


def test_page_comes_byte_for_byte_with_what_its_server_tells(site: Site) -> None:
    headers: Any = {"Content_Type": "text/html; charset=latin-1", "ETag": '"one"'}
    site.gives(
        "/a", b"<p>caf\xe9</p>\r\n", **headers, Last_Modified="Mon, 02 Jan 2017 10:00:00 GMT"
    )
    assert got(site, "/a#part") == Fetched(
        site.url("/a"),
        200,
        "text/html; charset=latin-1",
        '"one"',
        "Mon, 02 Jan 2017 10:00:00 GMT",
        b"<p>caf\xe9</p>\r\n",
    )


def test_server_is_told_the_product_and_nothing_of_who_asks(site: Site) -> None:
    site.gives("/a", PAGE, Set_Cookie="visit=1")
    got(site, "/a")
    got(site, "/a")
    headers = site.asked[1][1]
    assert headers["User-Agent"].startswith("Postil/")
    assert headers["Host"] == f"{HOST}:{site.port}"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_address_that_leads_on_gives_the_last_one(site: Site) -> None:
    site.leads_on("/short", "/longer?a=1")
    site.leads_on("/longer?a=1", site.url("/page"))
    assert got(site, "/short").url == site.url("/page")


@pytest.mark.parametrize(
    ("steps", "moved_to"),
    [((301,), "/1"), ((308, 301), "/2"), ((301, 302, 301), "/1"), ((302, 301), ""), ((), "")],
)
def test_only_what_leads_on_for_good_moves_an_address(
    site: Site, steps: tuple[int, ...], moved_to: str
) -> None:
    for number, status in enumerate(steps):
        site.gives(f"/{number}", b"", status=status, Location=f"/{number + 1}")
    site.gives(f"/{len(steps)}", PAGE)
    assert got(site, "/0").moved_to == (site.url(moved_to) if moved_to else "")


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is not on the public network"),
        ("http://127.0.0.1:22/", "Only the ports 80 and 443"),
        ("//169.254.169.254/latest/meta-data/", "169.254.169.254 is not on the public network"),
        ("http://inside.example.org/", "inside.example.org is not on the public network"),
        ("file:///etc/passwd", "leads on to “file:///etc/passwd”, no address on the web"),
        ("http://[::1", "no address on the web"),
        ("/round", "leads back to where it was asked before"),
    ],
)
def test_each_step_on_is_checked_like_the_first(
    site: Site, names: Names, location: str, sentence: str
) -> None:
    names.lead("inside.example.org", ["10.1.2.3"])
    for host in (HOST, "169.254.169.254"):
        names.lead(host, [host])
    site.leads_on("/round", location)
    with pytest.raises(NotAsked) as refusal:
        got(site, "/round")
    assert sentence in str(refusal.value)
    assert site.paths == ["/round"]


def test_address_leads_on_five_times_and_no_more(site: Site) -> None:
    for step in range(6):
        site.leads_on(f"/{step}", f"/{step + 1}")
    site.gives("/6", PAGE)
    assert got(site, "/1").content == PAGE
    with pytest.raises(NotAsked, match="leads on more than 5 times"):
        got(site, "/0")


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    _drip(handler)


def drip_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    _drip(handler)


def say_to_wait(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(LONG_DRIP):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.02)


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(LONG_DRIP * 0.02)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(LONG_DRIP):
        handler.wfile.write(b"a")
        time.sleep(0.02)


@pytest.mark.parametrize("slow", [drip_body, drip_head, say_to_wait, say_nothing])
def test_server_that_takes_too_long_is_left(site: Site, slow: Any) -> None:
    site.answers["/slow"] = slow
    with pytest.raises(TooMuch, match=r"took longer than \d seconds; nothing was kept of it"):
        got(site, "/slow", limits=QUICK)


def test_small_answer_that_grows_when_it_is_unpacked_is_left(site: Site) -> None:
    site.gives("/bomb", gzip.compress(bytes(50 * 1024 * 1024)), Content_Encoding="gzip")
    with pytest.raises(TooMuch, match="is larger than 1 MB; nothing was kept of it"):
        got(site, "/bomb", limits=Limits(20, 1024 * 1024))


def test_large_answer_is_left(site: Site) -> None:
    site.gives("/large", b"a" * (1024 * 1024 + 1))
    with pytest.raises(TooMuch, match="is larger than 1 MB"):
        got(site, "/large", limits=Limits(20, 1024 * 1024))


def test_packed_answer_comes_unpacked(site: Site) -> None:
    site.gives("/a", gzip.compress(PAGE), Content_Encoding="gzip")
    assert got(site, "/a").content == PAGE


@pytest.mark.parametrize(
    ("packing", "body"),
    [("br", PAGE), ("gzip", PAGE), ("gzip", gzip.compress(PAGE) + gzip.compress(PAGE))],
    ids=["other", "not", "twice"],
)
def test_what_cannot_be_unpacked_whole_is_not_kept(site: Site, packing: str, body: bytes) -> None:
    site.gives("/a", body, Content_Encoding=packing)
    with pytest.raises(NoPage, match="cannot be unpacked; nothing was kept of it"):
        got(site, "/a")


def test_answer_that_is_broken_off_is_not_kept(site: Site) -> None:
    site.gives("/packed", gzip.compress(PAGE * 50)[:-9], Content_Encoding="gzip")
    site.says("/short", b"HTTP/1.0 200 OK\r\nContent-Length: 90\r\n\r\nIt came late.")
    site.says("/other", b"220 mail.example.org ESMTP\r\n")
    for path in ("/packed", "/short", "/other"):
        with pytest.raises(NoAnswer, match="broke off its answer; nothing was kept of it"):
            got(site, path)


@pytest.mark.parametrize(
    ("status", "kind", "body", "sentence"),
    [
        (404, "text/html", PAGE, "has no such page (404)"),
        (410, "text/html", PAGE, "says that the page is gone for good (410)"),
        (403, "text/html", PAGE, "does not give the page (403)"),
        (500, "text/html", PAGE, "does not give the page (500)"),
        (304, "text/html", b"", "does not give the page (304)"),
        (200, "image/png", b"\x89PNG", "is of a kind that is not read (image/png)"),
        (200, "video/mp4", b"....", "is of a kind that is not read (video/mp4)"),
        (200, "text/html", b" \n", "sends an empty page"),
    ],
)
def test_what_is_no_page_is_told_in_one_sentence(
    site: Site, status: int, kind: str, body: bytes, sentence: str
) -> None:
    site.gives("/a", body, status=status, Content_Type=kind)
    with pytest.raises(NoPage) as refusal:
        got(site, "/a")
    assert sentence in str(refusal.value)


def test_headers_that_are_no_words_are_as_none(site: Site) -> None:
    head = b"HTTP/1.0 200 OK\r\nETag: \x00\x01\r\nContent-Type: text/\x00html\r\n"
    site.says("/a", head + b"Last-Modified: " + b"a" * 501 + b"\r\n\r\n" + PAGE)
    found = got(site, "/a")
    assert (found.etag, found.media_type, found.last_modified) == ("", "", "")
    site.says("/b", b"HTTP/1.0 302 Found\r\nLocation: file:\x00//a\r\n\r\n")
    with pytest.raises(NotAsked, match="“file://a”"):
        got(site, "/b")


def test_page_that_is_as_it_was_seen_is_not_sent_again(site: Site) -> None:
    site.gives("/a", b"", status=304)
    seen = Seen(site.url("/a"), '"one"', "Mon, 02 Jan 2017 10:00:00 GMT")
    assert fetch(site.url("/a"), site.hosts, seen=seen) is None
    headers = site.asked[0][1]
    assert headers["If-None-Match"] == '"one"'
    assert headers["If-Modified-Since"] == "Mon, 02 Jan 2017 10:00:00 GMT"


def test_only_the_address_that_a_page_came_from_is_told_what_was_seen(site: Site) -> None:
    site.leads_on("/short", "/page")
    got(site, "/short", seen=Seen(site.url("/page"), '"one"', ""))
    told = [headers["If-None-Match"] for _path, headers in site.asked]
    assert told == [None, '"one"']


def test_certificate_has_to_hold_for_the_name_and_not_for_the_number(
    site: Site, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.lead("news.example.org", [HOST])
    secured: list[tuple[str, bool, ssl.VerifyMode]] = []

    def wrap(self: ssl.SSLContext, plain: object, server_hostname: str) -> ssl.SSLSocket:
        secured.append((server_hostname, self.check_hostname, self.verify_mode))
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    hosts = type(site.hosts)(frozenset({("news.example.org", site.port)}))
    with pytest.raises(NoAnswer, match="has no certificate that proves its name"):
        fetch(f"https://news.example.org:{site.port}/", hosts)
    assert secured == [("news.example.org", True, ssl.CERT_REQUIRED)]
    assert site.paths == []


def test_server_that_does_not_speak_tls_is_told(site: Site) -> None:
    with pytest.raises(NoAnswer, match="broke off its answer"):
        fetch(f"https://{HOST}:{site.port}/page", site.hosts)
