"""Who speaks in passages; what they say and who follows them when two of them are one."""

from collections.abc import Mapping
from typing import Any

from annotations.models import Annotation, Follow
from annotations.queries.known_claims import reach_of
from annotations.queries.quiet_agents import known_to_account
from annotations.services.tag_ends import locked_keys
from corpus.models import Agent
from corpus.services import agents
from corpus.signals import agents_merged, agents_parted


def connect() -> None:
    """Hear of merges and of those taken back, inside their transactions."""
    agents_merged.connect(_move, dispatch_uid="annotations.speakers.move")
    agents_parted.connect(_give_back, dispatch_uid="annotations.speakers.give_back")


def speaker_called(actor_id: int, annotation: Annotation, name: str) -> Agent:
    """Return who is called `name` in the highlight, as the account knows them, made when new."""
    few = known_to_account(actor_id)
    return agents.named_and_held(actor_id, name, audience=reach_of(annotation), few=few)


def speaker_then(annotation: Annotation, kept: Mapping[str, Any]) -> Agent | None:
    """Return who `kept` says spoke, or who they turned out to be since: their name tells."""
    if kept["speaker_id"] is None:
        return None
    then = Agent.objects.filter(pk=kept["speaker_id"]).first()
    few = known_to_account(annotation.creator_id)
    return agents.held(then or agents.find(kept["speaker"], few), kept["speaker"], few)


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
