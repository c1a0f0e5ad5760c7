"""How much script a reader downloads before the first view, and how modules hang together."""

import gzip
import re
from pathlib import Path

from corpus.templatetags.modules import imported_by, preloaded_modules

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
FIRST_VIEW = 40_000  # bytes, gzipped; design brief, section 11

_STATIC = re.compile(r'^import [^;]*?"\./([\w.]+)";', re.MULTILINE)
_LATER = re.compile(r'import\("\./([\w.]+)"\)')


def _loaded() -> set[str]:
    """Return the modules that the reading page loads before anything is asked for."""
    names = imported_by("js/reader.js") | imported_by("js/site.js")
    return {name.removeprefix("js/") for name in names}


def test_scripts_of_the_first_view_of_an_article_stay_within_their_budget() -> None:
    sizes = [len(gzip.compress((SCRIPTS / name).read_bytes())) for name in _loaded()]
    assert len(sizes) > 10
    assert sum(sizes) < FIRST_VIEW


def test_what_is_used_seldom_comes_on_first_use() -> None:
    seldom = {
        "appearance.js",
        "attaching.js",
        "caret.js",
        "claimdialog.js",
        "claimpicker.js",
        "composer.js",
        "keyhelp.js",
        "left.js",
        "leftout.js",
        "linker.js",
        "opening.js",
        "sheet.js",
    }
    assert not seldom & _loaded()
    asked_for = {name for path in SCRIPTS.glob("*.js") for name in _LATER.findall(path.read_text())}
    assert seldom <= asked_for


def test_no_two_modules_import_each_other() -> None:
    # Names that carry a module's content cannot be given to modules that contain each other's.
    needs = {
        path.name: set(_STATIC.findall(path.read_text()) + _LATER.findall(path.read_text()))
        for path in SCRIPTS.glob("*.js")
    }
    while settled := {name for name, needed in needs.items() if not needed & needs.keys()}:
        for name in settled:
            del needs[name]
    assert not needs


def test_the_head_of_an_article_names_every_module_of_the_first_view() -> None:
    head = preloaded_modules("js/reader.js", "js/site.js")
    preloaded = set(re.findall(r'rel="modulepreload" href="[^"]*/js/(\w+)[.\w]*\.js"', head))
    assert {f"{name}.js" for name in preloaded} == _loaded()
