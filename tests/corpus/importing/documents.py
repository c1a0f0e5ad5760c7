"""PDF documents made for tests, byte by byte."""

from collections.abc import Sequence


def drawn(lines: Sequence[str]) -> bytes:
    """Return what draws these lines on a page, from its top."""
    shown = b"".join(
        b"(%s) Tj T*\n" % line.replace("(", "\\(").replace(")", "\\)").encode("cp1252")
        for line in lines
    )
    return b"BT /F1 11 Tf 14 TL 72 770 Td\n" + shown + b"ET"


def placed(lines: Sequence[str], x: int, y: int, size: int = 10) -> bytes:
    """Return what draws these lines below each other from x, y on, in letters of a size."""
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines)
    return b"BT /F1 %d Tf %d TL %d %d Td\n%sET\n" % (size, round(1.3 * size), x, y, shown)


def pdf(*pages: Sequence[str], title: str = "", author: str = "") -> bytes:
    """Return a document of these pages, each of its lines."""
    return written([drawn(lines) if lines else b"" for lines in pages], title, author)


def written(contents: Sequence[bytes], title: str = "", author: str = "", more: str = "") -> bytes:
    """Return a document whose pages are drawn so; `more` stands in its trailer."""
    first = 5
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Title({title})/Author({author})>>".encode("cp1252"),
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (first + 2 * number + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = f"trailer<</Size {size}/Root 1 0 R/Info 4 0 R{more}>>\nstartxref\n{len(whole)}\n%%EOF"
    return whole + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail.encode()
