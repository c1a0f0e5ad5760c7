"""Make the picture of the README: `python -m tests.browser.screenshot`, run by hand.

It serves the six articles with the starter annotations, opens one with a note lit up, and
writes static/img/reader.png in 256 colours, which halves it and which nobody sees.
"""

import struct
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from annotations.project.checks.browser import chromium_path
from tests.browser.reading import LABOUR, press_on
from tests.site import ROOT, running

PICTURE = ROOT / "static" / "img" / "reader.png"
SIZE: ViewportSize = {"width": 1440, "height": 900}
MAX_BYTES = 250_000
PLACES = 200  # of the 256 go to one colour of each shade, the others to the commonest that are left
SIGNATURE = b"\x89PNG\r\n\x1a\n"

Colour = bytes  # three of them: red, green, blue


def main() -> None:
    """Write the picture; raises ValueError when it is too heavy for a README."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), DATABASE_URL="") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(base_url=site.url, viewport=SIZE, color_scheme="light")
        _open_a_note(page)
        drawn = in_256_colours(page.screenshot(animations="disabled"))
        browser.close()
    if len(drawn) > MAX_BYTES:
        raise ValueError(f"The picture has {len(drawn)} bytes, more than {MAX_BYTES}.")
    PICTURE.write_bytes(drawn)


def in_256_colours(picture: bytes) -> bytes:
    """Return a PNG of 8-bit RGB with 256 of its colours; the others take the nearest."""
    chunks = list(_chunks(picture))
    width, height, *kind = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    if kind != [8, 2, 0, 0, 0]:
        raise ValueError("The picture is not one of 8-bit RGB.")
    packed = b"".join(content for name, content in chunks if name == b"IDAT")
    rows = list(_rows(zlib.decompress(packed), width * 3))
    pixels = [[row[at : at + 3] for at in range(0, len(row), 3)] for row in rows]
    counted = Counter(pixel for row in pixels for pixel in row)
    palette = _palette(counted)
    place = {colour: _nearest(colour, palette) for colour in counted}
    drawn = b"".join(b"\0" + bytes(place[pixel] for pixel in row) for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(drawn, 9))]
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in [*parts, (b"IEND", b"")])


def _open_a_note(page: Page) -> None:
    page.goto(LABOUR)
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    press_on(page, "Danczuk could find")
    page.locator(".note[data-state~=active]").wait_for()
    page.mouse.move(5, 5)
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        length, name = struct.unpack(">I4s", picture[at : at + 8])
        yield name, picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def _rows(filtered: bytes, size: int) -> Iterator[bytes]:
    """Yield the rows of `size` bytes as they were before filtering. Source: PNG 9.2."""
    above = bytes(size)
    for at in range(0, len(filtered), size + 1):
        row = bytearray(filtered[at + 1 : at + 1 + size])
        for place in range(size):
            left = row[place - 3] if place >= 3 else 0
            corner = above[place - 3] if place >= 3 else 0
            row[place] = (row[place] + _guess(filtered[at], left, above[place], corner)) & 255
        above = bytes(row)
        yield above


def _guess(method: int, left: int, up: int, corner: int) -> int:
    if method == 4:  # Paeth: whichever of the three is nearest to left + up - corner
        return min((left, up, corner), key=lambda near: abs(left + up - corner - near))
    return (0, left, up, (left + up) // 2)[method]


def _palette(counted: Counter[Colour]) -> list[Colour]:
    """Return up to 256 colours: the commonest of each shade, so that rare hues keep theirs."""
    shades: dict[bytes, Colour] = {}
    for colour, _ in counted.most_common():
        shades.setdefault(bytes(part >> 4 for part in colour), colour)
    chosen = dict.fromkeys(
        [*list(shades.values())[:PLACES], *(colour for colour, _ in counted.most_common())]
    )
    return list(chosen)[:256]


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    """Return the place in `palette` of the colour that is least away from `colour`."""

    def distance(place: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(colour, palette[place], strict=True))

    return min(range(len(palette)), key=distance)


if __name__ == "__main__":
    main()
