"""The speakers that a field offers while a reader types, and who may be meant by a new name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_agents, visible_claims, visible_occurrences
from annotations.models import ClaimOccurrence
from annotations.models.naming import folded_label
from annotations.suggesting.people import may_be_same
from corpus.models import Agent, AgentAlias, Article, Authorship
from corpus.permissions import Viewer
from corpus.text.words import words_of

Where = Literal["author", "article", "claim", ""]

MOST_OFFERED = 8
"""The most that a list shows while a reader types."""
MOST_LISTED = 60
"""The most that stand in the list of a page without script."""

# So many names that share something with what was typed are looked at more closely.
_CONSIDERED = 400
# Names with a slip in them mostly begin alike.
_BEGINNING = 2
_PLACES: Sequence[Where] = ("author", "article", "claim", "")


@dataclass(frozen=True)
class SpeakerOption:
    """Somebody to choose: an author of the article, who speaks in it or with the claim, another.

    `alias` is the other name that was matched, "" when the name itself was; `passages` is how
    often they are recorded; `is_near` says that their name is only like what was typed.
    """

    name: str
    alias: str
    where: Where
    passages: int
    is_near: bool = False


@dataclass(frozen=True)
class SpeakerNames:
    """Whom to offer.

    `new_name` is who could be named for the first time, "" for nobody; `author` who speaks where
    the voice is the author's: the only author of the article, "" for none or several.
    """

    options: Sequence[SpeakerOption]
    new_name: str
    author: str


def complete_speakers(
    viewer: Viewer,
    typed: str,
    *,
    article: Article | None = None,
    claim: str = "",
    most: int = MOST_OFFERED,
) -> SpeakerNames:
    """Return the agents that `viewer` may know with `typed` in a name, all when it is empty.

    Those of `article` come first, then those who speak with `claim` (its label or slug), then
    who speaks most; whose name is only like what was typed comes last.
    """
    folded = _folded(typed)
    seen = visible_occurrences(viewer).filter(speaker__isnull=False).order_by()
    places = _places(seen, article, _claim_keys(viewer, claim))
    agents = _called(viewer, folded) if folded else _known(viewer, seen, places)
    counts = _counts(seen.filter(speaker__in=[agent.pk for agent in agents]))
    ranked = sorted(
        agents,
        key=lambda agent: (
            _PLACES.index(places.get(agent.pk, "")),
            -counts.get(agent.pk, 0),
            agent.folded,
        ),
    )[:most]
    aliases = _aliases([agent for agent in ranked if folded not in agent.folded], folded)
    options = [
        SpeakerOption(
            name=agent.name,
            alias=aliases.get(agent.pk, ""),
            where=places.get(agent.pk, ""),
            passages=counts.get(agent.pk, 0),
        )
        for agent in ranked
    ]
    if not folded:
        return SpeakerNames(options, "", sole_author(article))
    known = {_folded(name) for option in options for name in (option.name, option.alias)}
    near = [name for name in _near(viewer, typed) if _folded(name) not in known]
    options += [SpeakerOption(name, "", "", 0, is_near=True) for name in near]
    new_name = " ".join(typed.split()) if words_of(typed) and folded not in known else ""
    return SpeakerNames(options[:most], new_name, sole_author(article))


def sole_author(article: Article | None) -> str:
    """Return the name of the only author of `article`, "" when it has none or several."""
    wrote = Authorship.objects.filter(article=article) if article else Authorship.objects.none()
    names = list(wrote.order_by("position").values_list("agent__name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def names_like(viewer: Viewer, name: str) -> list[str]:
    """Return who may be meant by `name`; nobody when an agent that `viewer` may know has it."""
    alias = {"aliases__name__iexact": " ".join(name.split()), "aliases__is_quiet": False}
    same = Q(folded=_folded(name)) | Q(**alias)
    return [] if visible_agents(viewer).filter(same).exists() else _near(viewer, name)


def _called(viewer: Viewer, folded: str) -> list[Agent]:
    """Return the agents with `folded` in their name or in an alias."""
    named = Q(folded__contains=folded) | Q(
        pk__in=AgentAlias.objects.filter(name__icontains=folded, is_quiet=False).values("agent")
    )
    return list(visible_agents(viewer).filter(named).order_by("folded")[:_CONSIDERED])


def _known(
    viewer: Viewer, seen: QuerySet[ClaimOccurrence], places: Mapping[UUID, Where]
) -> list[Agent]:
    """Return the agents of `places`, and those who speak most."""
    return list(visible_agents(viewer).filter(pk__in={*places, *_loudest(seen)}))


def _places(
    seen: QuerySet[ClaimOccurrence], article: Article | None, claims: Sequence[UUID]
) -> dict[UUID, Where]:
    """Return where agents are known from; the nearest place counts."""
    places: dict[UUID, Where] = {}
    places |= dict.fromkeys(_loudest(seen.filter(tag__in=claims)), "claim")
    if article is None:
        return places
    places |= dict.fromkeys(_loudest(seen.filter(content_object__article=article)), "article")
    wrote = Authorship.objects.filter(article=article).values_list("agent_id", flat=True)
    return places | dict.fromkeys(wrote, "author")


def _loudest(said: QuerySet[ClaimOccurrence]) -> list[UUID]:
    """Return the keys of who speaks most in `said`."""
    rows = said.values("speaker_id").annotate(times=Count("id")).order_by("-times", "speaker_id")
    return [row["speaker_id"] for row in rows[:MOST_LISTED]]


def _claim_keys(viewer: Viewer, claim: str) -> list[UUID]:
    if not claim:
        return []
    named = Q(slug=claim) | Q(folded=folded_label(claim))
    return list(visible_claims(viewer).filter(named).values_list("pk", flat=True))


def _counts(said: QuerySet[ClaimOccurrence]) -> dict[UUID | None, int]:
    return dict(said.values_list("speaker_id").annotate(Count("id")))


def _aliases(agents: Sequence[Agent], folded: str) -> dict[UUID, str]:
    rows = AgentAlias.objects.filter(agent__in=agents, name__icontains=folded, is_quiet=False)
    return dict(rows.values_list("agent_id", "name")) if folded else {}


def _near(viewer: Viewer, name: str) -> list[str]:
    """Return the names like `name`, by the alphabet: those that share an end or a beginning."""
    words = words_of(name)
    if not words:
        return []
    begin = _folded(name)[:_BEGINNING]
    may_be = Q(folded__startswith=begin) | Q(folded__contains=words[-1])
    names = visible_agents(viewer).filter(may_be).order_by("folded").values_list("name", flat=True)
    return [known for known in names[:_CONSIDERED] if may_be_same(name, known)]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
