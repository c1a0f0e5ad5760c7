"""Whether words stand between quotation marks: what a guess at the voice of a passage rests on."""

_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"'}
_MARKS = frozenset('“”„«»‘’"')


def is_quoted(paragraph: str, start: int, end: int) -> bool:
    """Say whether start..end (code points in `paragraph`) is wholly inside one quotation.

    Marks at the edges of the passage itself count as being round it. An apostrophe inside a
    word ends no quotation; what cannot be told for sure is not quoted.
    """
    opened = _before(paragraph, start)
    while start < end and (paragraph[start] in _MARKS or paragraph[start].isspace()):
        opened = _after(opened, paragraph, start)
        start += 1
    while start < end and (paragraph[end - 1] in _MARKS or paragraph[end - 1] in " .,;:!?…"):
        end -= 1
    stays = all(_after(opened, paragraph, index) == opened for index in range(start, end))
    return bool(opened) and start < end and stays


def _before(paragraph: str, start: int) -> str:
    opened = ""
    for index in range(start):
        opened = _after(opened, paragraph, index)
    return opened


def _after(opened: str, paragraph: str, index: int) -> str:
    """Return the mark that is open behind the sign at `index`, "" for none."""
    sign = paragraph[index]
    if opened:
        ends = sign in _CLOSED_BY[opened] and not _is_apostrophe(paragraph, index)
        return "" if ends else opened
    if sign == "»" and not _leans_on_what_follows(paragraph, index):
        return ""
    return sign if sign in _CLOSED_BY else ""


def _is_apostrophe(paragraph: str, index: int) -> bool:
    before, after = paragraph[max(0, index - 1) : index], paragraph[index + 1 : index + 2]
    return paragraph[index] == "’" and before.isalpha() and after.isalpha()


def _leans_on_what_follows(paragraph: str, index: int) -> bool:
    return index == 0 or paragraph[index - 1].isspace()
