"""What the site looks like in telling states, compared with pictures that are kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import kept
from tests.site import ROOT, Site

pytestmark = pytest.mark.browser

TOLD = ROOT / ".pytest_cache" / "pictures"
Still = tuple[Site, dict[str, str]]


@pytest.fixture(scope="session")
def still(prepared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    """Serve a site of its own, on which no other test marks anything."""
    data = tmp_path_factory.mktemp("still") / "data"
    shutil.copytree(prepared_data, data)
    with kept.still_site(data) as served:
        yield served


@pytest.mark.parametrize("name", kept.STATES)
def test_page_looks_as_in_the_picture_that_is_kept(
    chromium: Browser, still: Still, name: str
) -> None:
    picture = kept.taken(chromium, *still, kept.STATES[name])
    share, told = kept.compared(chromium, name, picture)
    if share > kept.MOST_SQUARES:
        TOLD.mkdir(parents=True, exist_ok=True)
        (TOLD / f"{name}.png").write_bytes(told)
    assert share <= kept.MOST_SQUARES, (
        f"{name} differs from its picture in {share:.1%} of the squares; see {TOLD / name}.png "
        f"(kept, now, in red where they differ). If it is meant to, take it anew: "
        f"python -m tests.browser.kept {name}"
    )


def test_other_themes_and_places_are_told_apart(chromium: Browser, still: Still) -> None:
    light = kept.taken(chromium, *still, kept.STATES["reader-light"])
    for name in ("reader-sepia", "reader-dark", "without-script", "selection-bar"):
        share, _ = kept.compared(chromium, name, light)
        assert share > kept.MOST_SQUARES, name


def test_every_picture_is_small_and_of_a_state() -> None:
    found = {path.stem: path.stat().st_size for path in kept.FOLDER.iterdir()}
    assert set(found) == set(kept.STATES)
    assert max(found.values()) <= kept.MOST_BYTES
