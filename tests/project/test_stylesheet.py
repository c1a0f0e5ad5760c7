"""The joined stylesheet says what its parts say, and is small enough."""

import gzip
import re
from pathlib import Path

from annotations.project.stylesheet import PARTS, joined

STATIC = Path(__file__).parents[2] / "static"
MOST_BYTES = 12_000  # gzipped, the budget of the reading page


def read_parts() -> list[str]:
    return [(STATIC / part).read_text(encoding="utf-8") for part in PARTS]


def test_every_part_in_the_folder_is_joined() -> None:
    assert {f"css/{path.name}" for path in (STATIC / "css").glob("*.css")} == set(PARTS)


def test_joined_sheet_fits_the_budget() -> None:
    assert len(gzip.compress(joined(read_parts()).encode(), 9)) <= MOST_BYTES


def test_comments_and_white_space_go() -> None:
    part = "/* why */\na,\n  b:hover > c {\n  color: red;  /* so */\n  margin: 0 auto;\n}\n"
    assert joined([part]) == "a,b:hover > c{color:red;margin:0 auto;}"


def test_strings_sums_and_descendants_keep_their_spaces() -> None:
    part = 'a :is(b, c) { width: calc(1px + 2em); content: "▲  {;} " / ""; }'
    assert joined([part]) == 'a :is(b,c){width:calc(1px + 2em);content:"▲  {;} " / "";}'


def test_no_part_uses_an_id_or_force() -> None:
    for name, part in zip(PARTS, read_parts(), strict=True):
        plain = re.sub(r"/\*.*?\*/", "", part, flags=re.DOTALL)
        selectors = re.findall(r"([^{};]+)\{", plain)
        assert not [selector for selector in selectors if "#" in selector], name
        assert "!important" not in plain, name


def test_every_slot_has_its_colours_and_a_pattern() -> None:
    tokens = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    for slot in range(9):
        rules = re.findall(rf"\.k{slot}\b[^{{]*\{{([^}}]*)\}}", tokens)
        declared = "".join(rules)
        for name in ("--tint:", "--line:", "--label:", "--pattern:", "--weight:", "--stripe:"):
            assert name in declared, f"slot {slot} lacks {name}"
