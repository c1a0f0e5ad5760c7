"""The stylesheets that pages load, joined from their parts in `static/css/`.

Eleven small files would cost eleven requests and, compressed one by one, half as much
again in bytes.
"""

import re
from collections.abc import Iterable

SHEETS = {
    "css/postil.css": (
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/reading.css",
        "css/shown.css",
        "css/cited.css",
        "css/step.css",
        "css/margin.css",
        "css/orphans.css",
        "css/forms.css",
        "css/components.css",
    ),
    "css/paper.css": ("css/print.css",),
    "css/tools.css": (
        "css/dialogs.css",
        "css/panel.css",
        "css/sticky.css",
        "css/palette.css",
        "css/composer.css",
        "css/resizing.css",
        "css/completing.css",
        "css/codebook.css",
        "css/live.css",
    ),
    "css/pages.css": (
        "css/tabs.css",
        "css/library.css",
        "css/claims.css",
        "css/claimwork.css",
        "css/graph.css",
        "css/matrix.css",
        "css/speakers.css",
        "css/handout.css",
        "css/panes.css",
        "css/collections.css",
        "css/groups.css",
        "css/activity.css",
        "css/curation.css",
        "css/work.css",
        "css/importing.css",
        "css/versions.css",
        "css/carried.css",
        "css/stubs.css",
        "css/inbox.css",
        "css/notebook.css",
        "css/keys.css",
        "css/suggestions.css",
    ),
    "css/curating.css": ("css/admin.css",),
}
"""The parts of each sheet: the first for every page; paper for every page that is printed; tools
for what opens on demand, loaded with the first of it; pages for all but the reading page; the last
for the admin.

The order matters little: every rule stands in a layer, and the tokens say their order.
"""

# A string stays as it is; a comment goes; a run of white space becomes one space, or none
# beside a brace, a semicolon or a comma, and after the colon of a declaration.
_TOKEN = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')
    |(?P<comment>/\*.*?\*/\s*)
    |\s*(?P<mark>[{};,])\s*
    |(?P<colon>:\s+)
    |(?P<space>\s+)""",
    re.DOTALL | re.VERBOSE,
)


def joined(parts: Iterable[str]) -> str:
    """Return the texts of `parts` as one, without comments and needless white space."""
    return "".join(_TOKEN.sub(_shortened, part).strip() for part in parts)


def _shortened(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "string":
            return token["string"]
        case "comment":
            return ""
        case "mark":
            return token["mark"]
        case "colon":
            return ":"
        case _:
            return " "
