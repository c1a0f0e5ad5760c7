"""Every page on which curators add texts: in three themes, wide, on a phone and narrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import what_is_wrong
from tests.browser.devices import DEVICES
from tests.site import Site, complaints_of

pytestmark = pytest.mark.browser

PAGES = {
    "adding a text": "/imports/",
    "adding the text of an address": "/imports/?address=https://news.example/2016/x",
    "an import": "/imports/{batch}/",
    "an import that is done": "/imports/{done}/",
    "an import of a data set": "/imports/{pile}/",
    "a part of an import": "/imports/{pile}/?only=date",
    "what was not read of an import": "/imports/{pile}/?only=refused",
    "columns of a data set": "/imports/{pile}/files/{columns}/columns/",
    "columns that cannot be": "/imports/{pile}/files/{columns}/columns/?column-0=title",
    "a proposal": "/imports/{batch}/{whole}/",
    "a proposal with its kinds": "/imports/{batch}/{whole}/?open=r{heading}",
    "a proposal like a known article": "/imports/{batch}/{near}/",
    "a proposal beside a known article": "/imports/{batch}/{near}/?compare={known}",
    "a proposal of a cited page": "/imports/{batch}/{cited}/",
    "a proposal that was added": "/imports/{done}/{added}/",
    "a proposal that was rejected": "/imports/{batch}/{rejected}/",
    "source of an added text": "{added_article}source/",
}

_MAKE_THINGS = """
import json, time
from django.contrib.auth.models import User
from corpus.access import viewer_of
from corpus.models import ImportCandidate, ImportFile
from corpus.services import applying, reviewing
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes

carol = viewer_of(User.objects.get(username="carol"))
PAGE = "https://paper.example/2017/every/import/page"

def told(town):
    said = " ".join(f"{town} {number} was told of by those who were there." for number in range(60))
    return f"The lights of {town}\\n\\nBy Jane Smith\\n\\nAdvertisement\\n\\n{said}\\n\\n"

def wait_for(batch):
    until = time.monotonic() + 60
    while batch.files.filter(state=ImportFile.State.WAITING).exists():
        assert time.monotonic() < until, "The import is not read."
        time.sleep(0.1)

def read(**texts):
    files = [SourceBytes(f"{name}.txt", text.encode()) for name, text in texts.items()]
    batch = create_batch(carol, files).batch
    wait_for(batch)
    found = ImportCandidate.objects.filter(batch=batch).select_related("source")
    return batch, {one.source.name.removesuffix(".txt"): one for one in found}

done, first = read(added=told("Northing") + f"More of it <{PAGE}> was hisgoal.")
added = applying.apply_one(carol, first["added"], counter=1)
whole = told("Westing") + "A heading within\\n\\n" + told("Easting").replace("By Jane Smith", "")
batch, rows = read(
    whole=whole, near=told("Northing") + "It was told again.", again=told("Westing") + "Again.",
    cited=f"The page\\n\\nURL: {PAGE}\\n\\n" + told("Southing"), rejected=told("Nothing"),
    binary="\\x00\\x01",
)
reviewing.reject(carol, rows["rejected"], counter=1)
reviewing.set_fact(carol, rows["whole"], "outlet", "The Herald", counter=1)
lines = [{"title": f"Row {n}", "text": told(f"Row {n}")} for n in range(12)] + [{"text": ""}]
data = "\\n".join(map(json.dumps, lines)).encode()
pile = create_batch(carol, [SourceBytes("pile.jsonl", data)]).batch
wait_for(pile)
print(json.dumps({
    "pile": str(pile.pk), "columns": str(pile.files.get(within=None).pk),
    "batch": str(batch.pk), "done": str(done.pk), "known": str(added.article.pk),
    "added_article": added.article.get_absolute_url(), "added": str(added.pk),
    "heading": whole.index("A heading within"),
    **{name: str(row.pk) for name, row in rows.items()},
}))
"""

Reader = Callable[..., Page]


@pytest.fixture(scope="session")
def things(site: Site, session_keys: dict[str, str]) -> dict[str, str]:
    """Return the keys of what carol was given, as PAGES names them."""
    assert "carol" in session_keys
    made: dict[str, str] = site.made_by(_MAKE_THINGS)
    return made


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_fits_and_has_no_complaint(
    onlooker: Reader, things: dict[str, str], name: str, device: str
) -> None:
    page = onlooker("carol", **DEVICES[device])
    complaints = complaints_of(page)
    answer = page.goto(PAGES[name].format(**things))
    assert answer
    assert answer.status == 200
    for summary in page.locator("main summary").all():
        if summary.is_visible():
            summary.click()
    # Targets that the bar covers in part while they scroll under it are not too small.
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    assert what_is_wrong(page, is_phone=device == "phone") == []
    assert complaints == []


@pytest.mark.parametrize("has_scripts", [True, False])
def test_date_that_is_none_is_told_at_its_field_and_mended_there(
    reader: Reader, things: dict[str, str], has_scripts: bool
) -> None:
    page = reader("carol", java_script_enabled=has_scripts)
    page.goto(PAGES["a proposal"].format(**things))
    row = page.locator("#fact-published")
    row.locator("summary").click()
    field = row.get_by_label("Date", exact=True)
    field.fill("last spring")
    row.get_by_role("button", name="Save").click()
    expect(field).to_be_focused()
    expect(field).to_have_value("last spring")
    expect(field).to_have_accessible_description(re.compile("could not be read as a date"))
    if has_scripts:
        assert what_is_wrong(page, is_phone=False) == []
    field.fill("14/3/2016")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".fact-value")).to_have_text("14 March 2016")
    expect(page.get_by_text("The date is taken as: 14 March 2016.").first).to_be_visible()


def test_article_begins_at_a_line_by_key_and_is_joined_again_from_the_toast(
    reader: Reader, things: dict[str, str]
) -> None:
    page = reader("carol", **DEVICES["desktop"])
    page.goto(PAGES["a proposal"].format(**things))
    heading = page.locator(".raw-line", has_text="A heading within")
    heading.get_by_role("button", name="Split before this line").focus()
    page.keyboard.press("s")
    toast = page.locator(".toast", has_text="Split in two.")
    expect(toast).to_be_visible()
    expect(heading).to_have_count(0)
    toast.get_by_role("button", name="Undo").click()
    expect(heading).to_have_count(1)
    page.reload()
    expect(heading).to_have_count(1)
