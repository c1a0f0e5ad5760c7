"""How a reader likes the page to look: read from a cookie, so that nothing flashes."""

from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

COOKIE = "appearance"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie

CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "sepia", "dark"),
    "size": ("1", "2", "3", "4", "5"),
    "line": ("close", "normal", "open"),
    "measure": ("narrow", "normal", "wide"),
    "patterns": ("on", "off"),
    "notes": ("margin", "inline", "hidden"),
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


def appearance_from(values: dict[str, str]) -> Appearance:
    """Return the settings in `values`; what is missing or unknown has its default."""
    known = {key: value for key, value in values.items() if value in CHOICES.get(key, ())}
    return Appearance(**known)


def appearance_of(request: HttpRequest) -> Appearance:
    """Return the settings that the reader's browser keeps."""
    return appearance_from(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))


def as_cookie(appearance: Appearance) -> str:
    """Return the settings as the value of the cookie."""
    return urlencode(asdict(appearance))
