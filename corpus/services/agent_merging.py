"""Saying that two agents are one, and taking that back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Agent, AgentAlias, AgentSlug, Article, Authorship, Event
from corpus.permissions import Viewer, allowed
from corpus.queries.merges import MERGED, PARTED, merges_of
from corpus.services.agents import find, open_up, take_in
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article
from corpus.signals import agents_merged, agents_parted


def merge(viewer: Viewer, agent: Agent, *, into: Agent, is_quiet: bool = False) -> Event:
    """Put `agent` into another and return the Event, by which `part` takes it back.

    All that points to the one points to the other, the names become aliases, and the address
    redirects; where `is_quiet`, they are shown to nobody who did not know them. Raises
    NotAllowed, NotFound when one of them is not there any more, and Invalid when the two are one.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    with transaction.atomic():
        one_text_at_a_time()
        kept, gone = _locked_pair(into, agent)
        if not gone.is_quiet:
            kept = open_up(kept)
        is_quiet = is_quiet or kept.is_quiet
        articles = [row.article for row in gone.authorships.select_related("article")]
        before = _described(gone)
        moved: dict[str, Any] = _move_authorships(gone, kept)
        for _receiver, told in agents_merged.send(Agent, gone=gone, kept=kept):
            moved.update(told)  # type: ignore[arg-type]  # the stubs know only texts
        _move_names(gone, kept, is_quiet=is_quiet)
        gone.delete()
        now = {"agent": kept, "is_quiet": is_quiet}
        AgentAlias.objects.get_or_create(name=before["name"], defaults=now)
        take_in(kept)
        AgentSlug.objects.create(slug=before["slug"], **now)
        _index(articles)
        return record(viewer.user_id, MERGED, kept, before=before, after=moved)


def part(viewer: Viewer, agent: Agent, event_id: int) -> Agent:
    """Bring back the agent that the Event says was merged into `agent`, and return them.

    They get back what was theirs, as far as `agent` still has it. Raises NotAllowed, NotFound
    when there is no such merge or it was taken back, and Invalid when somebody else has
    their name now.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    with transaction.atomic():
        one_text_at_a_time()
        kept = Agent.objects.select_for_update().filter(pk=agent.pk).first()
        event = merges_of(agent).filter(pk=event_id).first()
        if kept is None or event is None:
            raise NotFound
        before, moved = event.before, event.after
        if find(before["name"]) not in {None, kept} or kept.name == before["name"]:
            raise Invalid(
                _("“%(name)s” is the name of somebody else by now. Rename them first.")
                % {"name": before["name"]}
            )
        _give_back_names(kept, before)
        names = {name: before[name] for name in ("name", "kind", "slug")}
        names["is_quiet"] = before.get("is_quiet", False)
        back = Agent.objects.create(pk=UUID(before["id"]), **names)
        _give_back_other_names(kept, back, before)
        _give_back_authorships(kept, back, moved)
        agents_parted.send(Agent, back=back, kept=kept, moved=moved)
        _index([row.article for row in back.authorships.select_related("article")])
        after = {"merge": event.pk, "agent": str(back.pk), "name": back.name}
        record(viewer.user_id, PARTED, kept, before=before, after=after)
        return back


def _locked_pair(into: Agent, agent: Agent) -> tuple[Agent, Agent]:
    """Return the agent that stays and the one that goes, both locked in one order."""
    if into.pk == agent.pk:
        raise Invalid(_("Nobody can be merged into themselves. Choose somebody else."))
    rows = Agent.objects.select_for_update().filter(pk__in=[into.pk, agent.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if into.pk not in found or agent.pk not in found:
        raise NotFound
    return found[into.pk], found[agent.pk]


def _described(agent: Agent) -> dict[str, Any]:
    quiet_aliases = agent.aliases.filter(is_quiet=True)
    quiet_slugs = agent.former_slugs.filter(is_quiet=True)
    return {
        "id": str(agent.pk),
        "name": agent.name,
        "kind": agent.kind,
        "slug": agent.slug,
        "is_quiet": agent.is_quiet,
        "aliases": sorted(agent.aliases.values_list("name", flat=True)),
        "slugs": sorted(agent.former_slugs.values_list("slug", flat=True)),
        "quiet_aliases": list(quiet_aliases.values_list("name", flat=True)),
        "quiet_slugs": list(quiet_slugs.values_list("slug", flat=True)),
    }


def _move_names(gone: Agent, kept: Agent, *, is_quiet: bool) -> None:
    """Let `kept` have the other names and addresses of `gone`; a quiet one stays so."""
    if is_quiet:
        gone.aliases.update(is_quiet=True)
        gone.former_slugs.update(is_quiet=True)
    gone.aliases.update(agent=kept)
    gone.former_slugs.update(agent=kept)


def _move_authorships(gone: Agent, kept: Agent) -> dict[str, Any]:
    """Let `kept` have written what `gone` did; return what moved, and what both had written."""
    both = gone.authorships.filter(article__in=kept.authorships.values("article"))
    doubled = [
        {
            "article": str(row.article_id),
            "position": row.position,
            "basis": row.basis,
            "evidence": row.evidence,
        }
        for row in both
    ]
    both.delete()
    moved = list(gone.authorships.values_list("pk", flat=True))
    gone.authorships.update(agent=kept)
    return {"authorships": moved, "doubled_authorships": doubled}


def _give_back_authorships(kept: Agent, back: Agent, moved: dict[str, Any]) -> None:
    kept.authorships.filter(pk__in=moved["authorships"]).update(agent=back)
    wanted = [row["article"] for row in moved["doubled_authorships"]]
    there = {str(pk) for pk in Article.objects.filter(pk__in=wanted).values_list("pk", flat=True)}
    Authorship.objects.bulk_create(
        Authorship(
            agent=back,
            article_id=row["article"],
            position=row["position"],
            basis=row["basis"],
            evidence=row["evidence"],
        )
        for row in moved["doubled_authorships"]
        if row["article"] in there
    )


def _give_back_names(kept: Agent, before: dict[str, Any]) -> None:
    kept.aliases.filter(name=before["name"]).delete()
    kept.former_slugs.filter(slug=before["slug"]).delete()


def _give_back_other_names(kept: Agent, back: Agent, before: dict[str, Any]) -> None:
    """Let `back` have the names and addresses that came with them, as quiet as they were."""
    kept.aliases.filter(name__in=before["aliases"]).update(agent=back, is_quiet=False)
    kept.former_slugs.filter(slug__in=before["slugs"]).update(agent=back, is_quiet=False)
    back.aliases.filter(name__in=before.get("quiet_aliases", ())).update(is_quiet=True)
    back.former_slugs.filter(slug__in=before.get("quiet_slugs", ())).update(is_quiet=True)


def _index(articles: list[Article]) -> None:
    for article in articles:
        if article.current_version is not None:
            index_article(article.current_version)
