"""Lines by which a web page leads to its other pages: menus, bars of links, “Read more: …”."""

import re

# White space before a sign is looked through once, from its first character.
_SIGNS = re.compile(r"(?:(?<!\s)\s+)?([|›»>·•])\s*")
_SIGN = re.compile(r"[|›»>·•]")
_CRUMBS = frozenset("›»>")
_LONGEST_ENTRY = 30
_MOST_WORDS = 4
_FEWEST_SIGNS = 2
# Entries that hardly any other row has.
_DOORS = frozenset(
    [
        *("home", "home page", "log in", "log out", "login", "menu", "my account", "register"),
        *("sign in", "sign out", "sign up", "skip to content", "subscribe"),
    ]
)
# Entries that rows of other things may have as well.
_ROOMS = frozenset(
    [
        *(
            "about",
            "about us",
            "account",
            "advertise",
            "contact",
            "contact us",
            "cookies",
            "donate",
        ),
        *("e-paper", "help", "jobs", "latest", "latest news", "more", "news", "newsletter"),
        *("newsletters", "podcasts", "privacy", "search", "share", "shop", "sitemap", "sport"),
        *("support us", "terms", "today's paper", "today’s paper", "video", "videos"),
    ]
)
_FEWEST_ROOMS = 2
_LONGEST_LEAD = 120
_LEAD = re.compile(
    r"(?:Related|RELATED|Related \w+|Also read|ALSO READ|(?:Read|READ) (?:more|MORE|next|NEXT)): .+"
    r"|(?:Read|READ) (?:more|MORE|next|NEXT)"
    r"|(?i:(?:sign up (?:for|to)|subscribe to|get) (?:our|the) [\w’' -]{0,60}"
    r"\b(?:newsletters?|briefings?|bulletins?|round-?ups?|e-?mails?|alerts|podcast)[.!]?)"
    r"|(?i:sign up (?:for|to) [\w’' ]{0,60}newsletters?[.!]?)"
)


def is_menu(text: str) -> bool:
    """Say whether the line is certainly one of a menu: its entries are those that pages have.

    Of two entries both must be such, or the first leads home; of more, one or two.
    """
    entries, signs = _entries(text)
    if not entries or not signs:
        return False
    names = [entry.lower() for entry in entries]
    doors = [name in _DOORS for name in names]
    if len(signs) < _FEWEST_SIGNS:
        are_known = all(name in _DOORS | _ROOMS for name in names)
        return are_known or (doors[0] and signs[0] in _CRUMBS)
    return any(doors) or sum(name in _ROOMS for name in names) >= _FEWEST_ROOMS


def is_bar(text: str) -> bool:
    """Say whether the line is a row of short entries, such as links of a page or of a table."""
    entries, signs = _entries(text)
    is_row = len(signs) >= _FEWEST_SIGNS and signs[0] not in "·•"
    return is_menu(text) or (bool(entries) and is_row)


def leads_away(text: str) -> bool:
    """Say whether the line leads from the middle or the end of an article to other pages."""
    return len(text) <= _LONGEST_LEAD and _LEAD.fullmatch(text) is not None


def _entries(text: str) -> tuple[list[str], list[str]]:
    """Return the entries of the line and the signs between them; no entries if it is no row."""
    if not _SIGN.search(text):
        return [], []
    parts = _SIGNS.split(text.strip().strip("|").strip())
    entries, signs = parts[::2], parts[1::2]
    are_short = all(
        0 < len(entry) <= _LONGEST_ENTRY
        and len(entry.split()) <= _MOST_WORDS
        and not entry.endswith((".", "!", ","))
        for entry in entries
    )
    return (entries, signs) if are_short else ([], signs)
