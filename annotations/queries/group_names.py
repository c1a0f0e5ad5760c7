"""The names of the groups that words are for, as one of those who see them may know."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from annotations.models import Annotation, Audience, Link
from corpus.permissions import Viewer


def name_groups(viewer: Viewer, things: Iterable[Annotation | Link]) -> None:
    """Set `shown_groups` of those of `things` that are for groups; one query, or none.

    Only groups that the viewer is in are named.
    """
    for_groups = [thing for thing in things if thing.audience == Audience.GROUPS]
    for model in (Annotation, Link):
        prefetch_related_objects([one for one in for_groups if isinstance(one, model)], "groups")
    for thing in for_groups:
        names = (group.name for group in thing.groups.all() if group.pk in viewer.group_ids)
        thing.shown_groups = tuple(sorted(names))
