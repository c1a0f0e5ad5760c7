"""Signs at the beginning of a line that say what the line is."""

import re

BULLET = re.compile(r"[-*•‣·–][ \u00a0\t]+(?=\S)")
NUMBER = re.compile(r"(\d{1,2})[.)][ \u00a0\t]+(?=\S)")
QUOTED = re.compile(r">[ \t]?(?=\S)")
HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
SPEAKER = re.compile(r"(?:[QA][.:]|[A-ZÀ-ÖØ-Þ][\w.’'-]*(?: [\w.’'-]+){0,3}:)[ \u00a0\t]+(?=\S)")
"""Who speaks, in an interview: `Q: `, `Jane Smith: `."""
ADDRESS_LINE = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?')\]’]")
"""An address of the web that is a whole line."""
ROW = re.compile(r"([*~=_+·•–—-])[ \t]?(?:\1[ \t]?){2,}")
"""A line of one sign, three times or more: `* * *`, `-----`."""
DOCUMENT_COUNT = re.compile(r"\d+ of \d+ DOCUMENTS")
"""A line that counts the documents of a database's export: `2 of 30 DOCUMENTS`."""
