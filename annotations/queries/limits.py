"""What limits the marks of the reading page: its address, else how the reader likes to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.queries.margin_rows import Row, Tagged
from corpus.permissions import Viewer


@dataclass(frozen=True)
class Filters:
    """What the address asks for: a claim's slug, a reader's name, a stance; folded threads open.

    `seen_by` is what it asks for of who sees it, as `Row.seen_by` says it; any one will do.

    `shown` is the reader's setting: "all" highlights, "mine" or "none". An address that names
    a claim, a reader, a stance or an audience says more: it shows what it names, whatever the
    setting.
    """

    claim: str = ""
    by: str = ""
    stance: str = ""
    seen_by: tuple[str, ...] = ()
    all_notes_of: int | None = None
    opens_resolved: bool = False
    shown: str = "all"

    def __bool__(self) -> bool:
        return bool(self.claim or self.by or self.stance or self.seen_by)

    @property
    def is_setting(self) -> bool:
        """Say whether it is the reader's setting alone that leaves highlights out."""
        return not self and self.shown != "all"

    def fits(self, tagged: Tagged) -> bool:
        """Say whether this claim on a highlight is one that the address asks for."""
        return self.claim in ("", tagged.slug) and self.stance in ("", tagged.stance)


def passes(viewer: Viewer, row: Row, tagged: Sequence[Tagged], chosen: Filters) -> bool:
    """Say whether `row`, which carries `tagged`, is among what `chosen` shows to `viewer`."""
    if not chosen:
        return row.start is None or is_wanted(viewer, row.creator_id, chosen.shown)
    return _is_by(row, chosen.by) and _is_for(row, chosen) and _has_claim(tagged, chosen)


def is_wanted(viewer: Viewer, creator_id: int, shown: str) -> bool:
    """Say whether the setting `shown` lets `viewer` see what `creator_id` marked."""
    return shown == "all" or (shown == "mine" and creator_id == viewer.user_id)


def _is_by(row: Row, username: str) -> bool:
    return username in ("", row.username)


def _is_for(row: Row, chosen: Filters) -> bool:
    return not chosen.seen_by or not row.seen_by.isdisjoint(chosen.seen_by)


def _has_claim(tagged: Sequence[Tagged], chosen: Filters) -> bool:
    return not (chosen.claim or chosen.stance) or any(map(chosen.fits, tagged))
