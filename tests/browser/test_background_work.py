"""A curator watches background work: it moves by itself, and its end shows by itself."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.site import Site

Reader = Callable[..., Page]

_BEGIN = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from corpus.models import Job
print(Job.objects.create(kind="index.rebuild", state="running", done=3, total=12, told="Words",
                         lease=uuid4(), heartbeat=timezone.now() + timedelta(days=1)).pk)
"""


def test_curator_watches_work_to_its_end(reader: Reader, site: Site) -> None:
    job = site.run_python(_BEGIN).split()[-1]
    page = reader("carol")
    page.goto(f"/jobs/{job}/")
    bar = page.get_by_role("progressbar", name="Rebuilding the index")
    expect(bar).to_have_js_property("value", 3)
    expect(page.get_by_text("3 of 12 · Words")).to_be_visible()

    _change(site, job, done=9, told="More words")
    expect(page.get_by_text("9 of 12 · More words", exact=True)).to_be_visible()
    expect(bar).to_have_js_property("value", 9)
    expect(page.locator("#announcements")).to_have_text(
        "Rebuilding the index: 9 of 12 · More words"
    )

    _change(site, job, state="done", told="12 things indexed.", lease=None)
    expect(page.get_by_text("Done. 12 things indexed.")).to_be_visible()
    expect(bar).to_have_count(0)


def test_curator_rebuilds_the_index_without_script(reader: Reader) -> None:
    page = reader("carol", java_script_enabled=False)
    page.goto("/jobs/")
    page.get_by_role("button", name="Rebuild the index").click()
    expect(page.get_by_role("heading", name="Rebuilding the index")).to_be_visible()
    again = page.get_by_role("link", name="Look again")
    for _ in range(60):
        if page.get_by_text("things indexed.").count():
            break
        page.wait_for_timeout(500)
        if again.count():
            again.click()
    expect(page.get_by_text("things indexed.")).to_be_visible()
    expect(again).to_have_count(0)


def _change(site: Site, job: str, **values: object) -> None:
    site.run_python(
        f"from corpus.models import Job; Job.objects.filter(pk={job!r}).update(**{values!r})"
    )
