"""Names that few knew when they were merged away, and who may know of them still."""

from django.db.models import OuterRef, Q, QuerySet

from annotations.models import Claim, ClaimOccurrence
from annotations.queries.claim_events import last_event, told_by_press
from annotations.queries.known_claims import open_among
from corpus.models import Agent, AgentAlias, AgentSlug, Article, Authorship, Event
from corpus.permissions import Viewer
from corpus.queries.merges import MERGED


def is_name_of_few(viewer: Viewer, agent: Agent) -> bool:
    """Say whether not everybody may know `agent`, and somebody beside `viewer` does."""
    wrote = Authorship.objects.filter(agent=agent)
    shown = wrote.filter(article__is_hidden=False).exclude(article__access=Article.Access.GROUPS)
    if shown.exists() or open_among(agent.occurrences.all()).exists():
        return False
    others = agent.occurrences.exclude(content_object__creator_id=viewer.user_id)
    return wrote.exists() or others.exists()


def made_for_few(of: type[Claim | Agent], verb: str) -> QuerySet[Event]:
    """Return what tells that a row of `of`, the outer one, was made for some readers alone."""
    few = (Event.Audience.PRIVATE, Event.Audience.GROUPS)
    made = Event.objects.filter(subject_type=of._meta.label_lower, verb=verb, audience__in=few)
    return made.filter(subject_id=OuterRef("pk"))


def may_know_address(viewer: Viewer, seen: QuerySet[ClaimOccurrence], slug: str) -> bool:
    """Say whether `viewer`, who sees the tags `seen`, may be led on from the claim once at `slug`.

    Who merged a claim that few knew, and kept its name from all others, leads those alone on
    who made it or see a passage that it stood on.
    """
    once = Q(slug=slug) | Q(former_slugs__slug=slug)
    gone = Claim.objects.filter(once, merged_into__isnull=False).first()
    told = last_event(gone, "claim.merged") if gone else None
    is_secret = told is not None and told.after.get("is_secret")
    return gone is None or not is_secret or knew(viewer, seen, gone)


def knew(viewer: Viewer, seen: QuerySet[ClaimOccurrence], gone: Claim) -> bool:
    """Say whether `viewer`, who sees the tags `seen`, knew the claim that a curator merged away."""
    told = last_event(gone, "claim.merged")
    if told is None:
        return False
    if viewer.is_staff or (viewer.is_signed_in and gone.created_by_id == viewer.user_id):
        return True
    ended = [event.subject_id for event in told_by_press(told)]
    stood = Q(pk__in=told.after["moved"]) | Q(content_object_id__in=ended)
    return seen.filter(stood).exists()


def agent_once_at(viewer: Viewer, seen: QuerySet[ClaimOccurrence], slug: str) -> Agent | None:
    """Return the agent that whoever was at `slug` was merged into, if `viewer` may be led there.

    From an address that few knew those are who see, among the tags `seen`, one that named them.
    """
    former = AgentSlug.objects.filter(slug=slug).select_related("agent").first()
    if former is None or not former.is_quiet:
        return former.agent if former else None
    told = Event.objects.filter(verb=MERGED, before__slug=slug).order_by("-pk").first()
    return former.agent if _knew_agent(viewer, seen, told) else None


def agent_once_called(viewer: Viewer, seen: QuerySet[ClaimOccurrence], plain: str) -> Agent | None:
    """Return the agent that whoever few called `plain` was merged into, if `viewer` knew them."""
    quiet = AgentAlias.objects.filter(name__iexact=plain, is_quiet=True)
    former = quiet.select_related("agent").first()
    if former is None:
        return None
    merges = Event.objects.filter(verb=MERGED).order_by("-pk").iterator()
    named = (one for one in merges if former.name in (one.before["name"], *one.before["aliases"]))
    return former.agent if _knew_agent(viewer, seen, next(named, None)) else None


def _knew_agent(viewer: Viewer, seen: QuerySet[ClaimOccurrence], told: Event | None) -> bool:
    """Say whether `viewer`, who sees the tags `seen`, sees one that moved with the merge `told`."""
    stood = told.after.get("occurrences", ()) if told else ()
    return viewer.is_staff or seen.filter(pk__in=stood).exists()
