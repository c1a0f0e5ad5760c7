"""Parts that another app adds to the page of a group; filled in its AppConfig.ready()."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.models import Group
from corpus.permissions import Viewer
from corpus.registry import Registry


@dataclass(frozen=True)
class GroupPart:
    """A part of the page that members see.

    `of` returns what `template` shows as `part`, for a viewer who is in the group.
    """

    key: str
    order: int
    template: str
    of: Callable[[Viewer, Group], object]


@dataclass(frozen=True)
class MemberSign:
    """How a member shows to others: the colour slot of their sign, 0 for none yet.

    `wrote_at` is when they last wrote for the group, None where nobody knows of any.
    """

    slot: int = 0
    wrote_at: datetime | None = None


@dataclass(frozen=True)
class MemberSigns:
    """Finds how members show to a viewer who is among them, by their accounts."""

    key: str
    order: int
    of: Callable[[Viewer, Group, Sequence[int]], Mapping[int, MemberSign]]


group_parts: Registry[GroupPart] = Registry()
member_signs: Registry[MemberSigns] = Registry()
