"""The title of an article below other lines, such as the name of the site it was copied from."""

import re
from collections.abc import Sequence

from corpus.importing.blocks import could_be_title
from corpus.importing.labels import HEAD_LINES, LONGEST_HEAD_LINE, Label
from corpus.importing.mastheads import Masthead, mastheads
from corpus.importing.passages import Line, whole_line
from corpus.text.spans import is_blank

_HOST = re.compile(r"https?://([^/\s]+)")
_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST_NAME = 4


def with_title(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels of one article with its title, when a by-line or date shows it.

    A first line that stands alone is left to other rules. Above the title stand sentences, which
    stay text, or lines that only name the site, which become labels.
    """
    top = _top(lines)
    head = None if any(label.value("title") for label in labels) else _head(top)
    if head is None:
        return list(labels)
    labelled = [label.line for label in labels]
    free = [
        line for line in top if not any(label.start <= line.start < label.end for label in labelled)
    ]
    above = [line for line in free if line.start < head.title.start]
    names = [line for line in above if could_be_title(line.text)]
    stands_alone = all(line.start != head.title.end + 1 for line in free)
    if (stands_alone and not above) or not all(_is_name(line, head, labels) for line in names):
        return list(labels)
    says = (("title", head.title.text),)
    title = Label(head.title, "title", "above_by_line", "it is the title", says)
    why = "it stands above the title, as the name of a site does"
    sites = [Label(line, "boilerplate", "above_title", why) for line in names]
    return sorted([*labels, *sites, title], key=lambda label: label.line.start)


def _head(top: Sequence[Line]) -> Masthead | None:
    """Return the head whose title is one of the lines, the first sure one if there is any."""
    starts = {line.start for line in top}
    heads = [one for one in mastheads(top) if one.is_whole and one.title.start in starts]
    return next((one for one in heads if one.is_sure), next(iter(heads), None))


def _top(lines: Sequence[Line]) -> list[Line]:
    """Return the shown lines that a title may be found among, and a few below."""
    top: list[Line] = []
    for line in lines:
        if is_blank(line.text):
            continue
        shown = whole_line(line)
        top.append(shown)
        if len(shown.text) > LONGEST_HEAD_LINE or len(top) == 2 * HEAD_LINES:
            break
    return top


def _is_name(line: Line, head: Masthead, labels: Sequence[Label]) -> bool:
    """Say whether the line above the title only names the site or the page.

    Then something of the page or an address stands below it, it holds the title, or the address
    of the article holds it.
    """
    below = (label for label in labels if line.start < label.line.start < head.title.start)
    if any(label.rule in ("page_interface", "address_line") for label in below):
        return True
    if head.title.text in line.text:
        return True
    name = _NO_LETTER.sub("", line.text).lower()
    hosts = (_HOST.match(label.value("url")) for label in labels)
    return len(name) >= _SHORTEST_NAME and any(
        name in _NO_LETTER.sub("", host.group(1)).lower() for host in hosts if host
    )
