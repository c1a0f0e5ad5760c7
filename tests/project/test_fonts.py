"""The faces are cut once, hold what pages write, and are cut anew when a file is gone."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from annotations.project.fonts import FACES, build_fonts

MOST_BYTES = 36_000  # of one face


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return build_fonts(tmp_path_factory.mktemp("fonts"))


def test_every_face_is_small(fonts: list[Path]) -> None:
    assert [path.name for path in fonts] == [face.name for face in FACES]
    assert max(path.stat().st_size for path in fonts) <= MOST_BYTES


def test_faces_hold_the_letters_of_the_articles_and_the_shapes_of_the_stances(
    fonts: list[Path],
) -> None:
    with TTFont(fonts[0]) as serif, TTFont(fonts[3]) as sans:
        for face in (serif, sans):
            characters = set(face.getBestCmap())
            assert {ord(letter) for letter in "Kovač’“”–—…£€▲▼◆"} <= characters


def test_old_style_figures_stay_in_the_serif(fonts: list[Path]) -> None:
    with TTFont(fonts[0]) as serif:
        features = {record.FeatureTag for record in serif["GSUB"].table.FeatureList.FeatureRecord}
    assert {"onum", "liga"} <= features


def test_second_call_cuts_nothing_and_a_missing_face_is_cut_again(fonts: list[Path]) -> None:
    first = [path.stat().st_mtime_ns for path in fonts]
    assert build_fonts(fonts[0].parent) == fonts
    assert [path.stat().st_mtime_ns for path in fonts] == first
    fonts[5].unlink()
    build_fonts(fonts[0].parent)
    assert fonts[5].stat().st_size > 0
