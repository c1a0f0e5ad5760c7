"""The faces of the pages, cut down to what the pages use.

The whole faces come from the packages font-source-serif-pro and font-source-sans-pro (SIL
Open Font Licence 1.1). Each is subset to WOFF2 once, when the site is set up.
"""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple


class Face(NamedTuple):
    """One face: the package and file it is cut from, and the name of the WOFF2 file."""

    package: str
    source: str
    name: str


FACES = (
    Face("font_source_serif_pro", "SourceSerifPro-Regular.otf", "serif-regular.woff2"),
    Face("font_source_serif_pro", "SourceSerifPro-Semibold.otf", "serif-semibold.woff2"),
    Face("font_source_serif_pro", "SourceSerifPro-It.otf", "serif-italic.woff2"),
    Face("font_source_sans_pro", "SourceSansPro-Regular.otf", "sans-regular.woff2"),
    Face("font_source_sans_pro", "SourceSansPro-Semibold.otf", "sans-semibold.woff2"),
    Face("font_source_sans_pro", "SourceSansPro-It.otf", "sans-italic.woff2"),
)

CHARACTERS = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x0218, 0x021B),  # Romanian s and t with a comma
    (0x02C6, 0x02DD),  # spacing accents
    (0x0300, 0x0328),  # combining accents
    (0x1E80, 0x1E9E),  # Welsh w, capital sharp s
    (0x2000, 0x2070),  # punctuation and its spaces
    (0x20AC, 0x20AC),  # euro
    (0x2116, 0x2122),  # numero, trade mark
    (0x2190, 0x2199),  # arrows
    (0x2212, 0x2215),  # minus, division slash
    (0x2260, 0x2265),  # not equal, at most, at least
    (0x25A0, 0x25CF),  # the shapes of the stances
)
"""First and last code point of each range that stays; the faces do not hold them all."""

FEATURES = ("kern", "liga", "onum", "pnum", "lnum", "tnum", "calt", "ccmp", "locl", "mark")

_MARKER = "fonts.sha256"


def build_fonts(target: Path) -> list[Path]:
    """Write the subset faces into the folder `target` and return their paths.

    Nothing is done when they are there already and were cut from the same packages in the
    same way. Takes about five seconds. Raises OSError when `target` cannot be written.
    """
    paths = [target / face.name for face in FACES]
    marker = target / _MARKER
    digest = _digest()
    is_current = marker.is_file() and marker.read_text(encoding="ascii") == digest
    if is_current and all(path.is_file() for path in paths):
        return paths
    target.mkdir(parents=True, exist_ok=True)
    for face, path in zip(FACES, paths, strict=True):
        _subset(_source(face), path)
    marker.write_text(digest, encoding="ascii")
    return paths


def _digest() -> str:
    versions = sorted((face.package, version(face.package), face.name) for face in FACES)
    recipe = repr((versions, CHARACTERS, FEATURES, version("fonttools")))
    return hashlib.sha256(recipe.encode()).hexdigest()


def _source(face: Face) -> Path:
    spec = find_spec(face.package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {face.package} is not installed.")
    return Path(spec.origin).parent / "files" / face.source


def _subset(source: Path, path: Path) -> None:
    # Loaded here: half a second that only a first start pays.
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(
        flavor="woff2",
        layout_features=list(FEATURES),
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 13, 14],  # the copyright and the licence stay with the face
        drop_tables=["FFTM", "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_code_points())
    # Written beside and moved over, so that a server never reads half a face.
    unfinished = path.with_suffix(".part")
    with load_font(str(source), options) as font:
        subsetter.subset(font)
        save_font(font, str(unfinished), options)
    unfinished.replace(path)


def _code_points() -> Iterator[int]:
    for first, last in CHARACTERS:
        yield from range(first, last + 1)
