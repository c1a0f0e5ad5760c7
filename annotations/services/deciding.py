"""What people say of suggestions: accepting does the thing, rejecting keeps it away for good."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.access import claim_at, claim_or_404, kept_links, visible_annotations
from annotations.anchoring import Passage
from annotations.models import Annotation, Claim, ClaimOccurrence, Link, Suggestion
from annotations.permissions import can_decide_suggestions
from annotations.queries.claim_events import is_undone, last_event
from annotations.queries.quiet_names import is_name_of_few
from annotations.queries.suggestions import visible_suggestions
from annotations.services import annotations as marking
from annotations.services import deletion, links, merging, occurrences
from annotations.services.guards import checked_choice, writer_id
from annotations.services.links import End, LinkDraft
from annotations.services.making import Draft
from annotations.services.occurrences import Tagging
from corpus.access import visible_articles
from corpus.errors import Invalid, NotAllowed, NotFound
from corpus.models import Agent, Article, Event
from corpus.permissions import Viewer
from corpus.queries.merges import is_parted
from corpus.services import agent_merging
from corpus.services.events import record

_Kind = Suggestion.Kind
_State = Suggestion.State
Made = dict[str, Any]


_VERBS = {
    _State.PENDING: "suggestion.undone",
    _State.ACCEPTED: "suggestion.accepted",
    _State.REJECTED: "suggestion.rejected",
}


def accept(viewer: Viewer, suggestion: Suggestion, chosen: str = "") -> Suggestion:
    """Do what is proposed, as if by hand; return the suggestion as stored.

    `chosen` is the relation of a link, or the stance of a passage; "" is the usual one. Raises
    NotFound for what the viewer does not see, NotAllowed for what they may not do, Invalid when
    somebody decided meanwhile and for two that would be merged, which have functions of their
    own, and whatever doing it by hand raises.
    """
    with transaction.atomic():
        stored = _locked(viewer, suggestion)
        if stored.state != _State.PENDING:
            raise _decided_already()
        if stored.kind in Suggestion.MERGING:
            raise Invalid(_("See first what moves, then merge the two on that page."))
        made = _DOING[_Kind(stored.kind)](viewer, stored, chosen)
        return _keep(viewer, stored, _State.ACCEPTED, made=made)


def merge_claims(
    viewer: Viewer, gone: Claim, *, into: Claim, is_open_about_name: bool = False
) -> Claim:
    """Merge a claim as `merging.merge` does; who proposed that the two are one was right.

    Raises as that does.
    """
    with transaction.atomic():
        kept = merging.merge(viewer, gone, into=into, is_open_about_name=is_open_about_name)
        merge = last_event(gone, merging.MERGED)
        made = {"merge": merge.pk} if merge else {}
        _settle(viewer, _Kind.DUPLICATE_CLAIM, {gone.pk, into.pk}, made)
        return kept


def join_agents(viewer: Viewer, gone: Agent, *, into: Agent, is_open: bool = False) -> Event:
    """Merge an agent as `agent_merging.merge` does; who proposed that was right.

    Names that few know stay quiet, unless the curator asks by `is_open` to show them to all.
    """
    with transaction.atomic():
        pair = {gone.pk, into.pk}
        is_quiet = not is_open and is_name_of_few(viewer, gone)
        event = agent_merging.merge(viewer, gone, into=into, is_quiet=is_quiet)
        _settle(viewer, _Kind.AGENT_ALIAS, pair, {"joined": event.pk, "into": str(into.pk)})
        return event


def reject(viewer: Viewer, suggestion: Suggestion) -> Suggestion:
    """Keep it away for good, also after a re-import; return it. Twice is harmless.

    Raises as `accept` does.
    """
    return _reject(viewer, suggestion, is_silencing=False)


def silence(viewer: Viewer, suggestion: Suggestion) -> Suggestion:
    """Keep it away, and with it all that has the same topic. Raises as `accept` does."""
    return _reject(viewer, suggestion, is_silencing=True)


def undo(viewer: Viewer, suggestion: Suggestion) -> Suggestion:
    """Take a decision back, and what was made by it; return the suggestion, waiting again.

    Only who accepted can take that back, for what was made is theirs; a rejection, every
    curator too. Twice is harmless. Raises NotFound, NotAllowed.
    """
    with transaction.atomic():
        stored = _locked(viewer, suggestion)
        if stored.state == _State.PENDING:
            return stored
        is_own = stored.decided_by_id == viewer.user_id
        if not is_own and (stored.state == _State.ACCEPTED or not viewer.is_staff):
            raise NotAllowed
        _unmake(viewer, stored.made)
        return _keep(viewer, stored, _State.PENDING)


def _reject(viewer: Viewer, suggestion: Suggestion, *, is_silencing: bool) -> Suggestion:
    with transaction.atomic():
        stored = _locked(viewer, suggestion)
        if stored.state == _State.ACCEPTED:
            raise _decided_already()
        if stored.state == _State.REJECTED and (stored.is_silencing or not is_silencing):
            return stored
        return _keep(viewer, stored, _State.REJECTED, is_silencing=is_silencing)


def _settle(viewer: Viewer, kind: Suggestion.Kind, pair: set[UUID], made: Made) -> None:
    """Accept what waits about the two that were merged, in either order."""
    rows = Suggestion.objects.select_for_update().filter(kind=kind, state=_State.PENDING)
    for stored in rows.filter(subject_id__in=pair, object_id__in=pair):
        _keep(viewer, stored, _State.ACCEPTED, made=made)


def _locked(viewer: Viewer, suggestion: Suggestion) -> Suggestion:
    writer_id(viewer)
    rows = Suggestion.objects.select_for_update()
    stored = rows.filter(pk=suggestion.pk).first()
    if stored is None or not visible_suggestions(viewer).filter(pk=stored.pk).exists():
        raise NotFound
    if not can_decide_suggestions(viewer, stored.kind):
        raise NotAllowed
    return stored


def _decided_already() -> Invalid:
    return Invalid(_("Somebody decided this meanwhile. Nothing was changed."))


def _keep(
    viewer: Viewer,
    stored: Suggestion,
    state: Suggestion.State,
    *,
    made: Made | None = None,
    is_silencing: bool = False,
) -> Suggestion:
    before = stored.state
    is_open = state == _State.PENDING
    stored.state = state
    stored.made = made or {}
    stored.is_silencing = is_silencing
    stored.decided_by_id = None if is_open else viewer.user_id
    stored.decided_at = None if is_open else timezone.now()
    stored.save()
    record(
        viewer.user_id,
        "suggestion.silenced" if is_silencing else _VERBS[state],
        stored,
        audience=Event.Audience.STAFF,
        before={"state": before},
        after={"state": str(state), "kind": stored.kind, **stored.made},
    )
    return stored


def _link(viewer: Viewer, stored: Suggestion, chosen: str) -> Made:
    """Link from the article that came later to the other one."""
    articles = visible_articles(viewer).in_bulk([stored.subject_id, stored.object_id])
    if len(articles) < 2:  # noqa: PLR2004 - the two articles
        raise NotFound
    ends = [(articles[stored.subject_id], "here"), (articles[stored.object_id], "there")]
    ends.sort(key=lambda end: _when(end[0]), reverse=True)
    is_whole = stored.kind == _Kind.RELATED_ARTICLE
    from_, to = (
        End(article) if is_whole else _end(article, stored.reason[side]) for article, side in ends
    )
    usual = (
        Link.Relation.QUOTES if stored.kind == _Kind.SAME_QUOTATION else Link.Relation.BACKGROUND
    )
    relation = checked_choice(chosen or usual.value, Link.Relation.values, "relation")
    began = timezone.now()
    link = links.create(viewer, from_, to, LinkDraft(relation=relation))
    marked = [str(end.pk) for end in link.ends if end is not None and end.created_at >= began]
    return {"link": str(link.pk), "annotations": marked}


def _when(article: Article) -> tuple[str, str]:
    return (article.published_on.isoformat() if article.published_on else "", article.slug)


def _end(article: Article, place: Mapping[str, Any]) -> End:
    return End(article, passage=_passage(place), version=place["version"])


def _passage(place: Mapping[str, Any]) -> Passage:
    return Passage(place["start"], place["end"], place["exact"])


def _tag(viewer: Viewer, stored: Suggestion, chosen: str) -> Made:
    """Tag the claim on the words, which are highlighted if the viewer did not do so before."""
    claim = Claim.objects.filter(pk=stored.subject_id).first()
    article = visible_articles(viewer).filter(pk=stored.object_id).first()
    if claim is None or article is None:
        raise NotFound
    claim = claim_or_404(viewer, claim.slug)
    place = stored.reason["there"]
    stances = ClaimOccurrence.Stance
    stance = checked_choice(chosen or stances.SUPPORTS.value, stances.values, "stance")
    tagging = Tagging(claim=claim.name, stance=stance)
    mine = _own_highlight(viewer, article, place)
    if mine is None:
        draft = Draft(passage=_passage(place), version=place["version"], tags=(tagging,))
        return {"annotations": [str(marking.create(viewer, article, draft).pk)]}
    if mine.occurrences.filter(tag=claim).exists():
        return {}
    tagged = occurrences.tag(viewer, mine, tagging)
    return {"tagged": str(mine.pk), "claim": claim.slug, "occurrence": str(tagged.pk)}


def _own_highlight(viewer: Viewer, article: Article, place: Mapping[str, Any]) -> Annotation | None:
    mine = Annotation.objects.filter(creator_id=viewer.user_id, deleted_at__isnull=True)
    return mine.filter(
        article=article,
        version_id=article.current_version_id,
        start=place["start"],
        end=place["end"],
        exact=place["exact"],
    ).first()


def _unmake(viewer: Viewer, made: Mapping[str, Any]) -> None:
    """Take back what an acceptance made: nothing of it is lost, all can be restored.

    What somebody took back by hand meanwhile stays so.
    """
    if "link" in made:
        link = kept_links(viewer).filter(pk=made["link"]).first()
        if link is not None:
            deletion.delete(viewer, link)
    if "tagged" in made:
        _untag(viewer, made)
    _part_again(viewer, made)
    for key in made.get("annotations", ()):
        mark = Annotation.objects.filter(pk=key, deleted_at__isnull=True).first()
        if mark is not None and not _is_built_on(mark):
            deletion.delete(viewer, mark)


def _untag(viewer: Viewer, made: Mapping[str, Any]) -> None:
    """Take the tag away, under the claim that stands for its own by now.

    A highlight that carried both claims when they were merged keeps what was said of the other.
    """
    mine = visible_annotations(viewer).filter(pk=made["tagged"]).first()
    # What was accepted before the keys of tags were kept is known by its claim alone.
    key = made.get("occurrence")
    asked = {"pk": key} if key else {"tag": claim_at(viewer, made["claim"])}
    for row in mine.occurrences.select_related("tag").filter(**asked) if mine else ():
        occurrences.untag(viewer, row.content_object, row.tag)


def _part_again(viewer: Viewer, made: Mapping[str, Any]) -> None:
    """Take back a merge of claims or of agents."""
    if "merge" in made:
        merge = Event.objects.get(pk=made["merge"])
        if not is_undone(merge, merging.UNDONE):
            merging.undo(viewer, merge)
    if "joined" in made and not is_parted(made["joined"]):
        agent = Agent.objects.filter(pk=made["into"]).first()
        if agent is None:
            raise NotFound
        agent_merging.part(viewer, agent, made["joined"])


def _is_built_on(mark: Annotation) -> bool:
    """Say whether more than the acceptance hangs on a highlight: words, replies, links."""
    linked = mark.links_from.filter(deleted_at__isnull=True)
    back = mark.links_to.filter(deleted_at__isnull=True)
    return bool(mark.note) or mark.replies.exists() or linked.exists() or back.exists()


_DOING: Mapping[Suggestion.Kind, Callable[[Viewer, Suggestion, str], Made]] = {
    _Kind.RELATED_ARTICLE: _link,
    _Kind.SAME_QUOTATION: _link,
    _Kind.SAME_URL: _link,
    _Kind.CLAIM_PASSAGE: _tag,
}
