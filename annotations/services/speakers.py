"""What agents say and who follows them moves with them when two of them are one."""

from collections.abc import Mapping
from typing import Any

from annotations.models import Follow
from annotations.services.tag_ends import locked_keys
from corpus.models import Agent
from corpus.signals import agents_merged, agents_parted


def connect() -> None:
    """Hear of merges and of those taken back, inside their transactions."""
    agents_merged.connect(_move, dispatch_uid="annotations.speakers.move")
    agents_parted.connect(_give_back, dispatch_uid="annotations.speakers.give_back")


def _move(sender: Any, *, gone: Agent, kept: Agent, **_more: Any) -> dict[str, Any]:
    """Let `kept` say and be followed as `gone` was; return the keys of what moved.

    Of highlights that are private no more is told than their keys.
    """
    occurrences = [str(pk) for pk in locked_keys(gone.occurrences.all())]
    gone.occurrences.update(speaker=kept)
    both = gone.follows.filter(reader__in=kept.follows.values("reader"))
    doubled = list(both.values_list("reader_id", flat=True))
    both.delete()
    follows = [str(pk) for pk in gone.follows.values_list("pk", flat=True)]
    gone.follows.update(agent=kept)
    return {"occurrences": occurrences, "follows": follows, "doubled_follows": doubled}


def _give_back(
    sender: Any, *, back: Agent, kept: Agent, moved: Mapping[str, Any], **_more: Any
) -> None:
    kept.occurrences.filter(pk__in=moved.get("occurrences", ())).update(speaker=back)
    kept.follows.filter(pk__in=moved.get("follows", ())).update(agent=back)
    still = kept.follows.filter(reader__in=moved.get("doubled_follows", ()))
    Follow.objects.bulk_create(Follow(reader_id=row.reader_id, agent=back) for row in still)
