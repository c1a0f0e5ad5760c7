"""The joined stylesheet says what its parts say, and is small enough."""

import gzip
import re
from pathlib import Path

from annotations.project.stylesheet import SHEETS, joined

STATIC = Path(__file__).parents[2] / "static"
MOST_BYTES = 12_000  # gzipped, the budget of the reading page
PARTS = [part for parts in SHEETS.values() for part in parts]


def read(part: str) -> str:
    return (STATIC / part).read_text(encoding="utf-8")


def test_every_part_in_the_folder_is_joined() -> None:
    assert {f"css/{path.name}" for path in (STATIC / "css").glob("*.css")} == set(PARTS)
    assert len(set(PARTS)) == len(PARTS)


def test_the_sheet_of_the_reading_page_fits_the_budget() -> None:
    sheet = joined(read(part) for part in SHEETS["css/postil.css"])
    assert len(gzip.compress(sheet.encode(), 9)) <= MOST_BYTES


def test_comments_and_white_space_go() -> None:
    part = "/* why */\na,\n  b:hover > c {\n  color: red;  /* so */\n  margin: 0 auto;\n}\n"
    assert joined([part]) == "a,b:hover > c{color:red;margin:0 auto;}"


def test_strings_sums_and_descendants_keep_their_spaces() -> None:
    part = 'a :is(b, c) { width: calc(1px + 2em); content: "▲  {;} " / ""; }'
    assert joined([part]) == 'a :is(b,c){width:calc(1px + 2em);content:"▲  {;} " / "";}'


def test_no_part_uses_an_id_or_force() -> None:
    for name in PARTS:
        plain = re.sub(r"/\*.*?\*/", "", read(name), flags=re.DOTALL)
        selectors = re.findall(r"([^{};]+)\{", plain)
        assert not [selector for selector in selectors if "#" in selector], name
        assert "!important" not in plain, name


def test_every_slot_has_its_colours_and_a_pattern() -> None:
    tokens = read("css/tokens.css")
    for slot in range(9):
        rules = re.findall(rf"\.k{slot}\b[^{{]*\{{([^}}]*)\}}", tokens)
        declared = "".join(rules)
        for name in ("--tint:", "--line:", "--label:", "--pattern:", "--weight:", "--stripe:"):
            assert name in declared, f"slot {slot} lacks {name}"
