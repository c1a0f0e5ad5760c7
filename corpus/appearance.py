"""How pages can be made to look: what a reader may choose, and how a cookie holds it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

COOKIE = "appearance"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "sepia", "dark"),
    "size": ("1", "2", "3", "4", "5"),
    "line": ("close", "normal", "open"),
    "measure": ("narrow", "normal", "wide"),
    "patterns": ("on", "off"),
    "notes": ("margin", "inline", "after", "hidden"),
    "shown": ("all", "mine", "none"),
    "colour": ("claim", "person", "stance"),
}


@dataclass(frozen=True)
class Appearance:
    """The reading settings; every value is one of CHOICES."""

    theme: str = "auto"
    size: str = "3"
    line: str = "normal"
    measure: str = "normal"
    patterns: str = "on"
    notes: str = "margin"
    shown: str = "all"
    colour: str = "claim"


def is_choice(name: str, value: object) -> bool:
    """Say whether `value` can be chosen for the setting `name`."""
    return value in CHOICES.get(name, ())


def appearance_from(values: Mapping[str, str]) -> Appearance:
    """Return the settings in `values`; what is missing or unknown has its default."""
    return Appearance(**known(values))


def known(values: Mapping[str, str]) -> dict[str, str]:
    """Return those of `values` that are settings, with a value that can be chosen."""
    return {name: value for name, value in values.items() if is_choice(name, value)}


def as_values(appearance: Appearance) -> dict[str, str]:
    """Return the settings by name."""
    return asdict(appearance)


def from_cookie(cookie: str) -> Appearance:
    """Return the settings that a cookie holds; "" holds the defaults."""
    return appearance_from(dict(parse_qsl(cookie)))


def as_cookie(appearance: Appearance) -> str:
    """Return the settings as the value of the cookie."""
    return urlencode(asdict(appearance))
