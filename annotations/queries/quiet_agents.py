"""Whom of those that were named where few see it somebody knows by their name."""

from django.contrib.auth.models import User

from annotations.access import visible_agents, visible_occurrences
from annotations.queries.quiet_names import agent_once_called
from corpus.access import viewer_of
from corpus.models import Agent
from corpus.models.agent import Find


def known_to_account(actor_id: int) -> Find:
    """Return what finds the quiet agents whom the account knows; it is looked up when needed."""

    def find(plain: str) -> Agent | None:
        viewer = viewer_of(User.objects.get(pk=actor_id))
        here = visible_agents(viewer).filter(is_quiet=True)
        found: Agent | None = here.filter(folded=plain.casefold()).order_by("pk").first()
        return found or agent_once_called(viewer, visible_occurrences(viewer), plain)

    return find
