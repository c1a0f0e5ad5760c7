"""The contrasts of the colour tokens, computed from the stylesheet that pages get."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
THEMES = ("light", "sepia", "dark")
SLOTS = range(1, 9)

# Contrast against paper as the design promises it, light, sepia and dark.
PROMISED = {
    "ink": (16.0, 13.2, 13.1),
    "ink2": (7.8, 7.1, 8.0),
    "ink3": (5.0, 5.1, 5.9),
    "edge": (3.5, 3.6, 4.0),
    "accent": (7.3, 7.4, 9.0),
}
ROUNDING = 0.1  # the promise was reckoned before the colours were rounded to hex

Rgb = tuple[int, int, int]


def colours_of(theme: str) -> dict[str, Rgb]:
    """Return the colour tokens of `theme` by name."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS)
    is_dark = theme == "dark"
    found = {name: dark if is_dark else light for name, light, dark in pairs}
    if theme == "sepia":
        _, _, block = TOKENS.partition('[data-theme="sepia"] {')
        own = dict(re.findall(r"--([\w-]+): (#\w{6});", block.partition("}")[0]))
        assert own.keys() == found.keys(), "sepia has to set every colour that the others set"
        found = own
    return {name: as_rgb(value) for name, value in found.items()}


def as_rgb(value: str) -> Rgb:
    """Return "#rrggbb" as three numbers from 0 to 255."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Rgb) -> float:
    """Return the relative luminance, 0 to 1. Source: WCAG 2.2, definitions."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_right_for_black_on_white() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("token", PROMISED)
def test_ink_edge_and_accent_keep_the_promised_contrast(theme: str, token: str) -> None:
    colours = colours_of(theme)
    promised = PROMISED[token][THEMES.index(theme)]
    assert contrast(colours[token], colours["paper"]) >= promised - ROUNDING


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
def test_the_smallest_text_is_readable_on_every_ground(theme: str, ground: str) -> None:
    colours = colours_of(theme)
    assert contrast(colours["ink3"], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slot", SLOTS)
def test_words_and_lines_of_a_claim_stand_out(theme: str, slot: int) -> None:
    colours = colours_of(theme)
    tint, line, label = (colours[f"{role}-{slot}"] for role in ("tint", "line", "label"))
    assert contrast(colours["ink"], tint) >= 7
    assert contrast(line, colours["paper"]) >= 3
    assert contrast(line, tint) >= 3
    assert contrast(label, tint) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_every_slot_looks_different(theme: str) -> None:
    colours = colours_of(theme)
    for role in ("tint", "line", "label"):
        assert len({colours[f"{role}-{slot}"] for slot in SLOTS}) == len(SLOTS)
