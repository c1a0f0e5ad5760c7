"""What curators see of background work, with a script that looks again and without."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from corpus.access import viewer_of
from corpus.models import Job
from corpus.queries.jobs import PER_PAGE
from corpus.services.rebuilding import ask_rebuild
from tests.people import WALKERS
from tests.work import run_jobs

pytestmark = pytest.mark.django_db

MAY = {"carol", "ada"}
WATCHES = {"HX-Request": "true"}


@pytest.fixture
def job(carol: User) -> Job:
    """Return a job of carol's that waits."""
    return ask_rebuild(viewer_of(carol))


@pytest.mark.parametrize("name", WALKERS)
def test_only_curators_ask_for_work(walkers: dict[str, Client], name: str) -> None:
    answer = walkers[name].post(reverse("jobs_rebuild"))
    assert answer.status_code == (303 if name in MAY else 302 if name == "anonymous" else 403)
    assert Job.objects.exists() == (name in MAY)


@pytest.mark.parametrize("name", WALKERS)
def test_only_curators_try_again(walkers: dict[str, Client], job: Job, name: str) -> None:
    Job.objects.update(state=Job.State.FAILED)
    answer = walkers[name].post(reverse("job_retry", args=[job.pk]))
    assert answer.status_code == (303 if name in MAY else 302 if name == "anonymous" else 403)
    assert (Job.objects.get().state == Job.State.WAITING) == (name in MAY)


def test_button_leads_to_the_work_and_the_work_to_its_end(walkers: dict[str, Client]) -> None:
    page = walkers["carol"].post(reverse("jobs_rebuild"), follow=True).content.decode()
    assert "<h1>Rebuilding the index</h1>" in page
    assert "Waits for its turn." in page
    assert "Asked for by carol" in page
    assert "Look again" in page

    run_jobs()
    after = walkers["carol"].get(reverse("job", args=[Job.objects.get().pk])).content.decode()
    assert "Done. 0 things indexed." in after
    assert "Look again" not in after
    assert "hx-get" not in after


def test_running_work_shows_how_far_it_is(walkers: dict[str, Client], job: Job) -> None:
    _run(done=3, total=12, told="The owl of the north")
    fragment = walkers["carol"].get(_progress(job), headers=WATCHES).content.decode()
    assert 'max="12" value="3"' in fragment
    assert "3 of 12 · The owl of the north" in fragment
    assert 'hx-trigger="every 1s"' in fragment
    assert "<html" not in fragment


def test_listeners_hear_each_quarter_once(walkers: dict[str, Client], job: Job) -> None:
    _run(done=2, total=12)
    silent = walkers["carol"].get(_progress(job) + "?seen=running-0", headers=WATCHES)
    assert "announcements" not in silent.content.decode()

    _run(done=3, total=12)
    told = walkers["carol"].get(_progress(job) + "?seen=running-0", headers=WATCHES)
    assert 'id="announcements" hx-swap-oob="innerHTML"' in told.content.decode()
    assert "?seen=running-1" in told.content.decode()


def test_page_that_watches_is_loaded_anew_at_the_end(walkers: dict[str, Client], job: Job) -> None:
    going_on = walkers["carol"].get(_progress(job), headers=WATCHES)
    assert "HX-Refresh" not in going_on.headers
    run_jobs()
    over = walkers["carol"].get(_progress(job), headers=WATCHES)
    assert over.headers["HX-Refresh"] == "true"


def test_page_of_who_was_signed_out_asks_to_sign_in(
    client_of: Callable[[User | None], Client], job: Job
) -> None:
    answer = client_of(None).get(_progress(job), headers=WATCHES)
    assert answer.headers["HX-Refresh"] == "true"
    assert "Rebuilding" not in answer.content.decode()


def test_failed_work_says_why_and_is_tried_again(walkers: dict[str, Client], job: Job) -> None:
    Job.objects.update(state=Job.State.FAILED, told="The disk is full.", attempts=5)
    address = reverse("job", args=[job.pk])
    page = walkers["carol"].get(address).content.decode()
    assert "Failed. The disk is full." in page
    assert "5 attempts" in page

    retry = reverse("job_retry", args=[job.pk])
    after = walkers["carol"].post(retry, follow=True).content.decode()
    assert "It waits for its turn again." in after
    again = walkers["carol"].post(retry, follow=True).content.decode()
    assert "Only work that failed can be tried again" in again


def test_pause_before_the_next_attempt_is_told(walkers: dict[str, Client], job: Job) -> None:
    Job.objects.update(attempts=2, run_after=timezone.now())
    page = walkers["carol"].get(reverse("job", args=[job.pk])).content.decode()
    assert "Attempt 2 went wrong. The next one is at " in page


def test_list_asks_the_database_as_often_for_few_as_for_many(
    walkers: dict[str, Client], job: Job, carol: User
) -> None:
    few = _queries(walkers["carol"])
    for number in range(PER_PAGE + 2):
        Job.objects.create(kind=f"test.{number}", started_by=carol)
    assert _queries(walkers["carol"]) == few
    assert "?page=2" in walkers["carol"].get(reverse("jobs")).content.decode()


def test_list_without_work_says_so(walkers: dict[str, Client]) -> None:
    page = walkers["ada"].get(reverse("jobs")).content.decode()
    assert "Nothing has been done in the background yet." in page
    assert "Rebuild the index" in page


def test_menu_leads_curators_here(walkers: dict[str, Client]) -> None:
    link = f'href="{reverse("jobs")}"'
    assert link in walkers["carol"].get("/").content.decode()
    assert link not in walkers["alice"].get("/").content.decode()


def _run(**progress: Any) -> None:
    Job.objects.update(state=Job.State.RUNNING, **progress)


def _progress(job: Job) -> str:
    return reverse("job_progress", args=[job.pk])


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("jobs"))
    return len(queries)
