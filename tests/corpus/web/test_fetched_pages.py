"""A web address is fetched and read like a file; fetched again it adds only what is new."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.errors import Invalid, NotAllowed
from corpus.models import (
    Article,
    ArticleVersion,
    Event,
    Fetch,
    ImportBatch,
    ImportCandidate,
    Job,
    SourceFile,
    WebAddress,
)
from corpus.permissions import SYSTEM, Viewer
from corpus.services import applying, fetching
from tests.corpus.web.pages import BUS, RAIL, page
from tests.corpus.web.serving import Site
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

KEPT = (Article, ArticleVersion, Fetch, ImportBatch, ImportCandidate, SourceFile)


def rows() -> list[int]:
    return [model._default_manager.count() for model in KEPT]


def fetched(viewer: Viewer, url: str) -> Job:
    """Return the work that fetches `url`, after all of it is done."""
    job = fetching.ask_fetch(viewer, url)
    run_jobs()
    job.refresh_from_db()
    return job


def added(viewer: Viewer) -> Article:
    """Return the article of the newest proposal, added to the library."""
    newest = ImportCandidate.objects.order_by("-batch__created_at")[0]
    article = applying.apply_one(viewer, newest, counter=newest.counter).article
    assert article is not None
    return article


def test_page_whose_encoding_only_its_server_tells_is_read_so(curator: Viewer, site: Site) -> None:
    words = "Мост через реку был закрыт на всю зиму, и почта шла пешком. " * 6
    body = f"<html><body><h1>Мост</h1><p>{words}</p></body></html>".encode("windows-1251")
    site.gives("/bridge", body, Content_Type="text/html; charset=windows-1251")
    fetched(curator, site.url("/bridge"))
    assert "закрыт на всю зиму" in ImportCandidate.objects.get().proposal["text"]


def test_page_is_kept_as_it_came_and_proposed(curator: Viewer, site: Site) -> None:
    body = page("The bus", BUS)
    site.leads_on("/short", "/bus")
    site.gives("/bus", body, Content_Type="text/html; charset=utf-8")
    job = fetched(curator, site.url("/short"))
    assert (job.state, job.told) == ("done", "The page is fetched, and is being read.")
    kept = Fetch.objects.get()
    assert bytes(kept.source.content) == body
    assert (kept.url, kept.status) == (site.url("/bus"), 200)
    assert kept.media_type == "text/html; charset=utf-8"
    assert kept.address.url == site.url("/short")
    assert kept.source.origin_url == site.url("/bus")
    candidate = kept.batch.candidates.get()
    assert candidate.state == "pending"
    assert BUS in candidate.proposal["text"]
    assert candidate.proposal["facts"]["title"]["value"] == "The bus"
    verbs = Event.objects.filter(subject_id=kept.address_id).values_list("verb", flat=True)
    assert set(verbs) == {"address.asked", "address.fetched"}


def test_page_that_its_server_calls_unchanged_adds_nothing(curator: Viewer, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS), ETag='"one"')
    fetched(curator, site.url("/bus"))
    before = rows()
    site.gives("/bus", b"", status=304)
    job = fetched(curator, site.url("/bus#comments"))
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    assert job.state == "done"
    assert job.told.startswith("It is as it was on ")
    assert job.told.endswith("; nothing was added.")
    assert rows() == before


def test_same_bytes_add_nothing(curator: Viewer, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS))
    fetched(curator, site.url("/bus"))
    before = rows()
    assert "nothing was added" in fetched(curator, site.url("/bus")).told
    assert rows() == before


def test_changed_page_proposes_a_new_version(curator: Viewer, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS))
    fetched(curator, site.url("/bus"))
    article = added(curator)
    site.gives("/bus", page("The bus", BUS, RAIL))
    fetched(curator, site.url("/bus"))
    changed = ImportCandidate.objects.get(state="pending")
    assert changed.updates == article
    assert added(curator) == article
    assert article.versions.count() == 2
    assert Fetch.objects.filter(address__url=site.url("/bus")).count() == 2


def test_fault_is_told_and_the_next_look_forgets_it(curator: Viewer, site: Site) -> None:
    before = rows()
    job = fetched(curator, site.url("/bus"))
    assert job.state == "failed"
    assert job.told == "127.0.0.1 has no such page (404); nothing was fetched."
    address = WebAddress.objects.get()
    assert (address.fault_in_words, address.fault_count) == (job.told, 1)
    assert rows() == before
    site.gives("/bus", page("The bus", BUS))
    assert fetched(curator, site.url("/bus")).state == "done"
    address.refresh_from_db()
    assert (address.fault_in_words, address.fault_count) == ("", 0)


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/", "http://169.254.169.254/", "file:///etc/passwd", "/away"]
)
def test_page_that_leads_to_a_private_place_ends_in_a_sentence(
    curator: Viewer, site: Site, location: str
) -> None:
    site.leads_on("/away", location)
    before = rows()
    job = fetched(curator, site.url("/away"))
    assert job.state == "failed"
    assert job.told.endswith("nothing was fetched.")
    assert rows() == before


def test_server_of_this_machine_is_asked_only_where_it_is_listed(
    curator: Viewer, site: Site, settings: Any
) -> None:
    settings.FETCH_HOSTS = frozenset()
    assert fetched(curator, site.url("/page")).state == "failed"
    assert site.asked == []


def test_only_curators_let_pages_be_fetched(alice: User, site: Site) -> None:
    with pytest.raises(NotAllowed):
        fetching.ask_fetch(Viewer(user_id=alice.pk, role="reader"), site.url("/page"))
    assert not WebAddress.objects.exists()


def test_who_is_no_curator_any_more_fetches_nothing(
    carol: User, curator: Viewer, site: Site
) -> None:
    site.gives("/bus", page("The bus", BUS))
    job = fetching.ask_fetch(curator, site.url("/bus"))
    User.objects.filter(pk=carol.pk).update(is_staff=False)
    run_jobs()
    job.refresh_from_db()
    assert job.state == "failed"
    assert not Fetch.objects.exists()
    assert site.asked == []


def test_what_is_no_address_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        fetching.ask_fetch(SYSTEM, "http://user:word@news.example/")
    assert "is no address on the web" in refusal.value.fields["address"]


def test_address_alone_is_fetched_and_leads_to_what_came_of_it(browser: Client, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS), Content_Type="text/html")
    answer = browser.post("/imports/", {"address": site.url("/bus"), "note": "From the web"})
    assert answer.status_code == 303
    waiting = browser.get(answer["Location"])
    assert "Waits for its turn" in waiting.content.decode()
    run_jobs()
    shown = browser.get(answer["Location"], follow=True)
    words = shown.content.decode()
    assert "From the web" in words
    assert site.url("/bus") in words
    assert "(200, text/html)" in words
    assert "Fetch it again" in words


def test_looking_again_at_what_is_unchanged_stays_and_says_so(browser: Client, site: Site) -> None:
    site.gives("/bus", page("The bus", BUS))
    browser.post("/imports/", {"address": site.url("/bus")})
    run_jobs()
    batch = ImportBatch.objects.get()
    again = browser.post(f"/imports/{batch.pk}/fetch/")
    run_jobs()
    told = browser.get(again["Location"]).content.decode()
    assert "nothing was added" in told
    assert f"/imports/{batch.pk}/" in told


def test_import_of_files_came_from_no_address(browser: Client, curator: Viewer) -> None:
    browser.post("/imports/", {"text": BUS})
    batch = ImportBatch.objects.get()
    assert "Fetch it again" not in browser.get(f"/imports/{batch.pk}/").content.decode()
    assert browser.post(f"/imports/{batch.pk}/fetch/").status_code == 404


def test_address_with_another_scheme_is_refused_on_the_page(browser: Client) -> None:
    answer = browser.post("/imports/", {"address": "ftp://news.example/bus"})
    assert answer.status_code == 422
    assert "is no address on the web" in answer.content.decode()


def test_page_knows_that_the_address_that_was_sent_has_arrived(browser: Client, site: Site) -> None:
    drawn = browser.get("/imports/").content.decode()
    browser.post("/imports/", {"address": site.url("/bus")})
    stored = Job.objects.get(kind="address.fetch").pk
    assert f'data-stored="{stored}"' not in drawn
    assert f'data-stored="{stored}"' in browser.get("/imports/").content.decode()
