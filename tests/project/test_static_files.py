"""What a page and a script name is there under its hashed name, compressed."""

import json
import re
from pathlib import Path, PurePosixPath

import pytest

from annotations.project.static_build import build_static_files

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
ADDRESS = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
HASH = r"\.[0-9a-f]{12}\."


@pytest.fixture(scope="module")
def collected(prepared_data: Path) -> Path:
    """Return the folder of static files that a first start built."""
    return prepared_data / "static"


def names(folder: Path) -> dict[str, str]:
    """Return the hashed name of each file, by its plain name."""
    found: dict[str, str] = json.loads((folder / "staticfiles.json").read_text())["paths"]
    return found


def test_every_import_between_scripts_leads_to_a_hashed_file(collected: Path) -> None:
    scripts = [name for plain, name in names(collected).items() if plain.startswith("js/")]

    broken = [
        (script, target)
        for script in scripts
        for target in IMPORT.findall(COMMENT.sub("", (collected / script).read_text()))
        if not re.search(HASH, target) or not (collected / script).parent.joinpath(target).exists()
    ]

    assert len(scripts) > 5
    assert broken == []


def test_every_address_in_a_stylesheet_leads_to_a_hashed_file(collected: Path) -> None:
    sheets = [name for plain, name in names(collected).items() if plain.startswith("css/")]

    addresses = {
        (sheet, address)
        for sheet in sheets
        for address in ADDRESS.findall((collected / sheet).read_text())
        if not address.startswith("data:")
    }

    assert any(address.endswith(".woff2") for _, address in addresses)
    for sheet, address in addresses:
        assert re.search(HASH, address), address
        assert (collected / PurePosixPath(sheet).parent / address).exists()


def test_scripts_and_sheets_are_compressed_once(collected: Path) -> None:
    found = [
        name
        for plain, name in names(collected).items()
        if plain.endswith((".js", ".css")) and (collected / name).stat().st_size > 2000
    ]

    assert found
    assert [name for name in found if not (collected / f"{name}.br").exists()] == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    folder = Path(__file__).parents[2] / "static" / "js"
    imports = {
        path.name: {target[2:] for target in IMPORT.findall(path.read_text())}
        for path in folder.glob("*.js")
    }

    while leaves := {name for name, targets in imports.items() if not targets & set(imports)}:
        imports = {name: targets for name, targets in imports.items() if name not in leaves}

    assert imports == {}


def test_nothing_is_built_again_while_nothing_changed(
    prepared_data: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = prepared_data / "static"  # type: ignore[attr-defined]
    said: list[str] = []

    build_static_files(said.append)

    assert said == []
