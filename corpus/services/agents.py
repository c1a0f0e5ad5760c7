"""Knowing people and organisations by their names."""

import unicodedata
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid
from corpus.models import Agent, AgentSlug, Event
from corpus.models.slugs import first_free, is_unguessable, slug_base, unguessable
from corpus.services.events import record
from corpus.text.unseen import as_shown

MAX_NAME = 200

_FEW = (Event.Audience.PRIVATE, Event.Audience.GROUPS)

# Each try fails only when another writer took the name or its slug in between.
_TRIES = 20


def plain_name(name: str) -> str:
    """Return `name` as it is stored and compared: NFC, single spaces, nothing unseen."""
    return " ".join(unicodedata.normalize("NFC", as_shown(name)).split())


def find(name: str) -> Agent | None:
    """Return the agent with this name or alias, whatever its case and spaces, or None."""
    plain = plain_name(name)
    by_name = Agent.objects.filter(folded=plain.casefold()).first()
    return by_name or Agent.objects.filter(aliases__name__iexact=plain).first()


def named(
    actor_id: int | None,
    name: str,
    *,
    kind: str = Agent.Kind.PERSON,
    audience: str = Event.Audience.STAFF,
) -> Agent:
    """Return the agent called `name`, made and told of when nobody knew it yet.

    `audience` is who may know of the making. Two writers who name the same agent at once
    get the same one. Raises Invalid unless the name has 1 to MAX_NAME characters with a
    letter among them.
    """
    plain = _checked(name)
    for _attempt in range(_TRIES):
        agent = find(plain)
        if agent is not None:
            if audience not in _FEW:
                open_up(agent)
            return agent
        # By a number counted up, who knows a like name would learn that few have named one.
        slug = unguessable(_base(plain)) if audience in _FEW else _free_slug(plain)
        try:
            with transaction.atomic():
                agent = Agent.objects.create(name=plain, kind=kind, slug=slug)
                after = {"name": plain, "kind": kind}
                record(actor_id, "agent.created", agent, audience=audience, after=after)
                return agent
        except IntegrityError:
            continue
    raise IntegrityError(f"no free slug for an agent after {_TRIES} tries")


def open_up(agent: Agent) -> None:
    """Let `agent`, whom everybody may know now, have the address of their name.

    Whoever has the one that nobody guesses is led on. It is a part of a larger write.
    """
    if is_unguessable(agent.slug, _base(agent.name)):
        AgentSlug.objects.create(slug=agent.slug, agent=agent)
        agent.slug = _free_slug(agent.name)
        agent.save(update_fields=["slug"])


def hold(names: Iterable[str]) -> None:
    """Keep those of the agents with these names that there are from being merged away.

    That is until the transaction ends; who needs several asks for all of them first.
    """
    known = (find(name) for name in names)
    _locked([agent.pk for agent in known if agent is not None])


def named_and_held(actor_id: int | None, name: str, *, audience: str) -> Agent:
    """Return the agent called `name` as `named` does, kept as `hold` does."""
    while True:
        kept = held(named(actor_id, name, audience=audience), name)
        if kept is not None:
            return kept


def held(agent: Agent | None, name: str) -> Agent | None:
    """Return `agent`, kept as `hold` does, or who has their `name` since they were merged away.

    None comes back when nobody has it, or there was no agent. Raises Invalid for one who is
    merged on and on.
    """
    for _attempt in range(_TRIES):
        if agent is None or _locked([agent.pk]):
            return agent
        agent = find(name)
    sentence = _("“%(name)s” is being merged with others just now. Save again.") % {"name": name}
    raise Invalid(sentence, speaker=sentence)


def _locked(keys: Collection[UUID]) -> list[Agent]:
    """Return those of the agents that there are still, locked in one order."""
    rows = Agent.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return list(rows.order_by("pk"))


def _checked(name: str) -> str:
    plain = plain_name(name)
    kinds = {unicodedata.category(character) for character in plain}
    if not any(kind[0] == "L" for kind in kinds) or kinds & {"Cc", "Cs"}:
        raise Invalid(_("A name needs at least one letter."), speaker=_("This is no name."))
    if len(plain) > MAX_NAME or len(plain.casefold()) > MAX_NAME:
        sentence = _("A name has at most %(limit)d characters.") % {"limit": MAX_NAME}
        raise Invalid(sentence, speaker=sentence)
    return plain


def _free_slug(name: str) -> str:
    base = _base(name)
    taken = set(Agent.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(AgentSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)


def _base(name: str) -> str:
    return slug_base(name, "agent")
