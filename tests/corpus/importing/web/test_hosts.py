"""Only servers on the public network are asked, whatever an address is written like."""

import pytest

from corpus.importing.web.errors import NoAnswer, NotAsked, NotFetched
from corpus.importing.web.fetching import fetch
from corpus.importing.web.hosts import Hosts, is_public, place_of
from tests.corpus.importing.web.conftest import Names

NOBODY = Hosts()
PRIVATE = [
    *("127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.254", "0.0.0.0", "0.1.2.3", "224.0.0.1"),
    *("239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.0.1", "192.0.0.170"),
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::7f00:1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "64:ff9b::7f00:1"),
    *("64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "2001:10::1"),
    *("2001:db8::1", "3fff::1", "100::1", "5f00::1", "4000::1", "", "no number"),
]
PUBLIC = [
    *("93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"),
    *("2a00:1450:4001::5", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808"),
]
# Forms of 127.0.0.1 and others that the system reads as numbers, with what it makes of them.
WRITTEN = [
    *(("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1")),
    *(("127.1", "127.0.0.1"), ("0", "0.0.0.0"), ("0xa9fea9fe", "169.254.169.254")),
    *(("localhost", "::1"), ("localhost.", "127.0.0.1"), ("①②⑦.0.0.1", "127.0.0.1")),
]
NO_ADDRESSES = [
    *("", "the bus", "//host/", "file:///etc/passwd", "ftp://host/", "gopher://host:70/_"),
    *("javascript:alert(1)", "data:text/html,hi", "http://", "http:///etc", "https://?q"),
    *("http://user:word@host/", "http://user@host/", "http://@host/", "http://host:0/"),
    *("http://host:99999/", "http://host:port/", "http://[::1", "http://[::1%25eth0]/"),
    *(
        "http://a b/",
        "http://a\\b/",
        f"http://host/{'a' * 2_000}",
        f"http://host/{'ü' * 400}",
        f"http://{'ü' * 70}.org/",
    ),
]


@pytest.mark.parametrize("number", PRIVATE)
def test_number_that_is_not_public_is_not_asked(
    number: str, names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("news.example.org", [number])
    assert not is_public(number)
    with pytest.raises(NotFetched):
        fetch("https://news.example.org/a", NOBODY)
    assert connections == []


@pytest.mark.parametrize("number", PUBLIC)
def test_public_number_is_asked(
    number: str, names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("news.example.org", [number])
    with pytest.raises(NoAnswer, match=r"news\.example\.org did not answer"):
        fetch("https://news.example.org/a", NOBODY)
    assert connections == [(number, 443)]


@pytest.mark.parametrize(("written", "number"), WRITTEN)
def test_other_ways_to_write_a_number_are_checked_as_what_they_are(
    written: str, number: str, names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead(place_of(f"http://{written}/").host, [number])
    with pytest.raises(NotAsked, match="is not on the public network"):
        fetch(f"http://{written}/", NOBODY)
    assert connections == []


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_on_the_web_is_looked_up_nowhere(address: str, names: Names) -> None:
    with pytest.raises(NotAsked, match="is no address on the web; nothing was fetched"):
        fetch(address, NOBODY)
    assert names.looked_up == []


def test_one_private_number_among_public_ones_is_enough_to_refuse(
    names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("news.example.org", ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(NotAsked):
        fetch("https://news.example.org/", NOBODY)
    assert connections == []


def test_name_that_leads_elsewhere_at_a_second_look_is_looked_up_once(
    names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("rebound.example.org", ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(NoAnswer):
        fetch("http://rebound.example.org/", NOBODY)
    assert names.looked_up == ["rebound.example.org"]
    assert connections == [("93.184.216.34", 80)]


def test_each_number_of_a_name_is_tried(names: Names, connections: list[tuple[str, int]]) -> None:
    names.lead("news.example.org", ["2606:4700::1111", "93.184.216.34"])
    with pytest.raises(NoAnswer):
        fetch("http://news.example.org/", NOBODY)
    assert connections == [("2606:4700::1111", 80), ("93.184.216.34", 80)]


def test_other_ports_are_asked_only_where_they_are_listed(
    names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("wiki.example.org", ["10.0.0.1"])
    with pytest.raises(NotAsked, match="Only the ports 80 and 443 are asked, not 8080"):
        fetch("http://wiki.example.org:8080/", Hosts(frozenset({("wiki.example.org", 80)})))
    with pytest.raises(NoAnswer):
        fetch("http://wiki.example.org:8080/", Hosts(frozenset({("wiki.example.org", 8080)})))
    assert connections == [("10.0.0.1", 8080)]


def test_site_that_asks_only_listed_servers_asks_no_other(
    names: Names, connections: list[tuple[str, int]]
) -> None:
    names.lead("wiki.example.org", ["93.184.216.34"])
    names.lead("news.example.org", ["93.184.216.34"])
    hosts = Hosts(frozenset({("wiki.example.org", 443)}), is_public_asked=False)
    with pytest.raises(NotAsked, match=r"news\.example\.org is none of the servers"):
        fetch("https://news.example.org/", hosts)
    with pytest.raises(NoAnswer):
        fetch("https://wiki.example.org/", hosts)
    assert connections == [("93.184.216.34", 443)]


def test_name_that_nobody_knows_is_told(names: Names) -> None:
    with pytest.raises(NoAnswer, match=r"No server is called nowhere\.example\.org"):
        fetch("http://nowhere.example.org/", NOBODY)


def test_fragment_is_not_sent_and_other_letters_are_written_with_percent() -> None:
    place = place_of("HTTPS://Bücher.Example.org/ä b?q=ü%20#part")
    assert place.url == "https://xn--bcher-kva.example.org/%C3%A4%20b?q=%C3%BC%20"
    assert place_of("http://[2606:4700::1111]:8080").url == "http://[2606:4700::1111]:8080/"
