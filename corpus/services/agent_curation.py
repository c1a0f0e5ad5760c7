"""What curators say of people and organisations."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Agent, AgentAlias
from corpus.permissions import Viewer, allowed
from corpus.services.agents import MAX_NAME, find, plain_name, take_in
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article


@dataclass(frozen=True)
class AgentDetails:
    """All that a curator says of an agent; `aliases` are its other names."""

    name: str
    kind: str = Agent.Kind.PERSON.value
    aliases: tuple[str, ...] = ()


def details_of(agent: Agent) -> AgentDetails:
    """Return what is known of `agent` now."""
    aliases = agent.aliases.filter(is_quiet=False).order_by("name").values_list("name", flat=True)
    return AgentDetails(agent.name, agent.kind, tuple(aliases))


def edit(viewer: Viewer, agent: Agent, details: AgentDetails) -> Agent:
    """Change names and kind; the name that was stays an alias, so that it is still found.

    Raises NotAllowed, and Invalid when a name is none or another agent has it.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    with transaction.atomic():
        one_text_at_a_time()
        stored = Agent.objects.select_for_update().get(pk=agent.pk)
        before = details_of(stored)
        kept = _checked(stored, details)
        if kept == before:
            return stored
        stored.name, stored.kind = kept.name, kept.kind
        stored.save()
        _set_aliases(stored, kept.aliases)
        take_in(stored)
        if kept.name != before.name:
            _index_articles(stored)
        record(viewer.user_id, "agent.edited", stored, before=asdict(before), after=asdict(kept))
        return stored


def _checked(agent: Agent, details: AgentDetails) -> AgentDetails:
    name = _name(agent, details.name, "name")
    aliases = {alias.casefold(): alias for alias in _aliases(agent, details.aliases)}
    if agent.is_quiet and aliases:
        sentence = _("Few know this name. There are others beside it once everybody may know it.")
        raise Invalid(sentence, aliases=sentence)
    if name.casefold() != agent.folded and not agent.is_quiet:
        aliases.setdefault(agent.folded, agent.name)
    aliases.pop(name.casefold(), None)
    if details.kind not in Agent.Kind.values:
        raise Invalid(_("Choose a kind."), kind=_("Choose a kind."))
    return replace(details, name=name, aliases=tuple(sorted(aliases.values())))


def _aliases(agent: Agent, aliases: Sequence[str]) -> list[str]:
    return [_name(agent, alias, "aliases") for alias in aliases if alias.strip()]


def _name(agent: Agent, name: str, field: str) -> str:
    plain = plain_name(name)
    sentence = ""
    if not plain or len(plain.casefold()) > MAX_NAME or not plain.isprintable():
        sentence = _("A name has 1 to %(limit)d characters.") % {"limit": MAX_NAME}
    holder = find(plain)
    if holder is not None and holder != agent:
        sentence = _("“%(name)s” is a name of somebody else here.") % {"name": plain}
    if sentence:
        raise Invalid(sentence, **{field: sentence})
    return plain


def _set_aliases(agent: Agent, names: Sequence[str]) -> None:
    """Let `names` be those that are shown; who only finds the agent by another still does."""
    agent.aliases.filter(is_quiet=False).exclude(name__in=names).delete()
    for name in names:
        AgentAlias.objects.update_or_create(name=name, defaults={"agent": agent, "is_quiet": False})


def _index_articles(agent: Agent) -> None:
    for article in agent.articles.select_related("current_version"):
        if article.current_version is not None:
            index_article(article.current_version)
