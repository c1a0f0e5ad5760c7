"""Books made for tests."""

import io
import zipfile
from collections.abc import Mapping

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>'


def page(body: str) -> str:
    """Return a file of a book with this body."""
    return f"{HEAD}<title/></head><body>{body}</body></html>"


def book(*chapters: str, more: Mapping[str, str] | None = None, language: str = "") -> bytes:
    """Return a book of these chapters, called c0, c1 ...; `more` files stand beside them.

    It gives its language, unless that is "".
    """
    spoken = f"<dc:language>{language}</dc:language>" if language else ""
    numbers = range(len(chapters))
    items = "".join(
        f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in numbers
    )
    read = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    links = "".join(f'<li><a href="text/c%20{n}.xhtml">Chapter {n}</a></li>' for n in numbers)
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
        ),
        "OEBPS/book.opf": (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Quays</dc:title>'
            "<dc:creator>Jane Smith</dc:creator><dc:creator>Ann Lee</dc:creator>"
            f"<dc:date>2019-05-03</dc:date>{spoken}</metadata><manifest>"
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>'
            f'{items}</manifest><spine><itemref idref="cover"/><itemref idref="nav"/>'
            f"{read}</spine></package>"
        ),
        "OEBPS/nav.xhtml": page(f"<nav><ol>{links}</ol></nav>"),
        "OEBPS/cover.xhtml": page("<p>A fine cover</p>"),
        **{f"OEBPS/text/c {n}.xhtml": page(body) for n, body in enumerate(chapters)},
        **(more or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, words in files.items():
            archive.writestr(zipfile.ZipInfo(name), words, zipfile.ZIP_DEFLATED)
    return written.getvalue()
