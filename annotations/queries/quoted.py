"""The words of a note or a reply as somebody who answers quotes them."""

import re

from django.utils.text import Truncator

from annotations.markdown import words_of
from annotations.models import Annotation
from annotations.queries.places import place_of

# Of a longer note its opening is quoted, so that the answer stays below its own limit.
MOST_QUOTED = 600

_SIGNS = re.compile(r"([\\`*_\[\]<>])")


def quoted(annotation: Annotation) -> str:
    """Return a quotation in Markdown, with its writer's name and its address, to write below."""
    words = annotation.note.strip()
    if len(words) > MOST_QUOTED:
        words = _SIGNS.sub(r"\\\1", Truncator(words_of(words)).chars(MOST_QUOTED, truncate="…"))
    name = _SIGNS.sub(r"\\\1", annotation.creator.profile.display_name)
    lines = [f"[{name}]({place_of(annotation)}):", *words.split("\n")]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"
