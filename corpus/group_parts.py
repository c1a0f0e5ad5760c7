"""Parts that another app adds to the page of a group; filled in its AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass

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


group_parts: Registry[GroupPart] = Registry()
