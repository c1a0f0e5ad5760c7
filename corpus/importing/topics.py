"""The topic words that a source gives its article: its section, its tags, its keywords."""

import re
from collections.abc import Iterable

MOST_TOPICS = 12
LONGEST_TOPIC = 100
# What a page says of an article that nobody put anywhere.
_NO_TOPIC = frozenset(
    ["uncategorized", "uncategorised", "unkategorisiert", "non classé", "sin categoría", "none"]
)
_QUOTES = " \t#\"'“”‘’"


def topic_names(words: Iterable[str]) -> list[str]:
    """Return the topics in lines such as "Labour, By-elections", each once, whatever its case.

    At most MOST_TOPICS, each of at most LONGEST_TOPIC characters and with a letter.
    """
    names: dict[str, str] = {}
    for line in words:
        sign = next((sign for sign in ";|" if sign in line), ",")
        for part in line.split(sign):
            name = " ".join(part.split()).strip(_QUOTES)
            is_topic = re.search(r"[^\W\d_]", name) and len(name) <= LONGEST_TOPIC
            if is_topic and name.lower() not in _NO_TOPIC:
                names.setdefault(name.casefold(), name)
    return list(names.values())[:MOST_TOPICS]
