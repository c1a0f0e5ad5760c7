"""Knowing people and organisations by their names."""

import unicodedata
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid
from corpus.models import Agent, AgentSlug, Event
from corpus.models.agent import Find
from corpus.models.slugs import first_free, slug_base, unguessable
from corpus.services.events import record
from corpus.services.exclusive import one_writer_of
from corpus.signals import agents_merged
from corpus.text.unseen import as_shown

MAX_NAME = 200

_FEW = (Event.Audience.PRIVATE, Event.Audience.GROUPS)

# Each try fails only when another writer took the name or its slug in between.
_TRIES = 20


def plain_name(name: str) -> str:
    """Return `name` as it is stored and compared: NFC, single spaces, nothing unseen."""
    return " ".join(unicodedata.normalize("NFC", as_shown(name)).split())


def find(name: str, few: Find | None = None) -> Agent | None:
    """Return the agent with this name or alias, whatever its case and spaces, or None.

    `few` finds among the quiet ones, and by what only few called somebody, where there is none.
    """
    plain = plain_name(name)
    rows = Agent.objects.filter(is_quiet=False)
    found = rows.filter(folded=plain.casefold()).first()
    found = found or rows.filter(aliases__name__iexact=plain, aliases__is_quiet=False).first()
    return found or (few(plain) if few is not None else None)


def named(
    actor_id: int | None,
    name: str,
    *,
    kind: str = Agent.Kind.PERSON,
    audience: str = Event.Audience.STAFF,
    few: Find | None = None,
) -> Agent:
    """Return the agent called `name`, made and told of when nobody knew it yet.

    `audience` is who may know of the making; they are the actor's own where those whom they
    know, `few` among them, are none of that name. Two writers who name the same agent at once
    get the same one. Raises Invalid unless the name has 1 to MAX_NAME characters with a
    letter among them.
    """
    plain = _checked(name)
    is_quiet = audience in _FEW
    if few is not None:
        one_writer_of(plain.casefold())
    for _attempt in range(_TRIES):
        agent = find(plain, few)
        if agent is not None:
            return agent if is_quiet else open_up(agent)
        # By a number counted up, who knows a like name would learn that few have named one.
        slug = unguessable(_base(plain)) if is_quiet else _free_slug(plain)
        try:
            with transaction.atomic():
                agent = Agent.objects.create(name=plain, kind=kind, slug=slug, is_quiet=is_quiet)
                _take_in(agent, [agent.folded])
                after = {"name": plain, "kind": kind}
                record(actor_id, "agent.created", agent, audience=audience, after=after)
                return agent
        except IntegrityError:
            continue
    raise IntegrityError(f"no free slug for an agent after {_TRIES} tries")


def open_up(agent: Agent) -> Agent:
    """Let `agent`, whom everybody may know now, be the one of their name, and return that.

    They have the address of their name from then on; whoever has the one that nobody guesses
    is led on. It is a part of a larger write.
    """
    if not agent.is_quiet:
        return agent
    one_writer_of(agent.folded)
    stored = Agent.objects.select_for_update(no_key=True).filter(pk=agent.pk).first()
    twin = find(agent.name)
    if twin is not None or stored is None:
        take_in(twin or agent)
        return twin or agent
    AgentSlug.objects.create(slug=stored.slug, agent=stored)
    stored.slug, stored.is_quiet = _free_slug(stored.name), False
    stored.save(update_fields=["slug", "is_quiet"])
    take_in(stored)
    return stored


def take_in(agent: Agent) -> None:
    """Let `agent`, if they are for all, be the quiet ones of their names too.

    What those say and who follows them goes over to `agent`; who named them first finds in the
    Event how they spelt it. It is a part of a larger write.
    """
    shown = agent.aliases.filter(is_quiet=False).values_list("name", flat=True)
    _take_in(agent, {agent.folded, *(name.casefold() for name in shown)})


def _take_in(agent: Agent, names: Collection[str]) -> None:
    if agent.is_quiet:
        return
    quiet = Agent.objects.filter(is_quiet=True, folded__in=names)
    for gone in quiet.select_for_update(no_key=True).order_by("pk"):
        made = Event.objects.filter(verb="agent.created", subject_id=gone.pk).first()
        before, after = {"name": gone.name, "slug": gone.slug}, {"name": agent.name}
        agents_merged.send(Agent, gone=gone, kept=agent)
        gone.former_slugs.update(agent=agent)
        gone.aliases.update(agent=agent, is_quiet=True)
        gone.delete()
        AgentSlug.objects.create(slug=before["slug"], agent=agent)
        maker, to = made.actor_id if made else None, Event.Audience.PRIVATE
        record(maker, "agent.absorbed", agent, audience=to, before=before, after=after)


def hold(names: Iterable[str], few: Find) -> None:
    """Keep those of the agents with these names that there are from being merged away.

    That is until the transaction ends; who needs several asks for all of them first.
    """
    known = (find(name, few) for name in names)
    _locked([agent.pk for agent in known if agent is not None])


def named_and_held(actor_id: int | None, name: str, *, audience: str, few: Find) -> Agent:
    """Return the agent called `name` as `named` does, kept as `hold` does."""
    while True:
        kept = held(named(actor_id, name, audience=audience, few=few), name, few)
        if kept is not None:
            return kept


def held(agent: Agent | None, name: str, few: Find) -> Agent | None:
    """Return `agent`, kept as `hold` does, or who has their `name` since they were merged away.

    None comes back when nobody has it, or there was no agent. Raises Invalid for one who is
    merged on and on.
    """
    for _attempt in range(_TRIES):
        if agent is None or _locked([agent.pk]):
            return agent
        agent = find(name, few)
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
