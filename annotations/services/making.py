"""Making highlights, notes on whole articles, and replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.access import is_readable
from annotations.anchoring import Passage, Target
from annotations.errors import NotFound
from annotations.models import Annotation, AnnotationTally, Audience, Claim, ClaimOccurrence
from annotations.models.naming import folded_label
from annotations.queries.known_claims import reach_of
from annotations.queries.quiet_agents import known_to_account
from annotations.services import claims
from annotations.services.guards import (
    checked_audience,
    groups_of,
    locked,
    needed_note,
    writer_id,
)
from annotations.services.mentioning import name_readers
from annotations.services.numbering import locked_tally, next_number
from annotations.services.occurrences import Tagging, attach
from annotations.services.standing import TARGET, target_in
from annotations.services.telling import describe, tell, told_of
from corpus.errors import Invalid
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.services import agents


@dataclass(frozen=True)
class Draft:
    """A highlight to be made, or without a passage a note on the whole article.

    `version` is the number of the version that the offsets in `passage` refer to;
    `client_id` makes sending it twice harmless. `selectors` are those of other clients.
    `together` is an id that the Event keeps for all that were made by one press.
    """

    client_id: UUID | None = None
    passage: Passage | None = None
    version: int | None = None
    note: str = ""
    audience: str = Audience.PUBLIC.value
    group_ids: frozenset[UUID] = frozenset()
    tags: tuple[Tagging, ...] = ()
    selectors: Sequence[dict[str, Any]] = field(default_factory=tuple)
    is_sample: bool = False
    together: UUID | None = None


@dataclass(frozen=True)
class Reply:
    """An answer to be made."""

    note: str
    client_id: UUID | None = None
    is_sample: bool = False


def create(viewer: Viewer, article: Article, draft: Draft) -> Annotation:
    """Store a highlight with its note and claims, or a note on the whole article.

    The same client id once more returns what is stored. Raises TextChanged when the words
    do not stand in the current version, Invalid, SignInNeeded, NotFound.
    """
    return create_all(viewer, article, [draft])[0]


def create_all(viewer: Viewer, article: Article, drafts: Sequence[Draft]) -> list[Annotation]:
    """Store several as `create` does: all of them or, when one is refused, none."""
    try:
        with transaction.atomic():
            actor = writer_id(viewer)
            tally = locked_tally(article)
            if not is_readable(viewer, tally.article):
                raise NotFound
            return [_create(viewer, actor, tally, draft) for draft in drafts]
    except IntegrityError as error:
        raise _client_id_taken([draft.client_id for draft in drafts], error) from error


def reply(viewer: Viewer, annotation: Annotation, answer: Reply) -> Annotation:
    """Store an answer in the thread of `annotation`, for the same audience.

    An answer to an answer joins the same thread. Raises as `create` does.
    """
    try:
        with transaction.atomic():
            return _reply(viewer, annotation, answer)
    except IntegrityError as error:
        raise _client_id_taken([answer.client_id], error) from error


def _create(viewer: Viewer, actor: int, tally: AnnotationTally, draft: Draft) -> Annotation:
    stored = _stored_before(actor, tally.article, draft.client_id)
    if stored is not None:
        return stored
    version, target = _placed(tally.article, draft)
    audience = checked_audience(viewer, draft.audience, draft.group_ids)
    annotation = Annotation.objects.create(
        id=draft.client_id or uuid4(),
        number=next_number(tally, audience),
        article=tally.article,
        version=version,
        **_target_fields(target),
        note=needed_note(draft.note, is_needed=target is None),
        creator_id=actor,
        audience=audience,
        selectors=list(draft.selectors),
        is_sample=draft.is_sample,
    )
    if annotation.audience == Audience.GROUPS:
        annotation.groups.set(groups_of(draft.group_ids))
    tagged = _tag(actor, annotation, draft)
    after = {**told_of(annotation), "exact": annotation.exact}
    after["claims"] = [describe(occurrence) for occurrence in tagged]
    if named := name_readers(annotation):
        after["mentions"] = named
    if draft.together:
        after["together"] = str(draft.together)
    tell(actor, "annotation.created", annotation, after=after)
    return annotation


def _reply(viewer: Viewer, annotation: Annotation, answer: Reply) -> Annotation:
    actor = writer_id(viewer)
    tally = locked_tally(annotation.article)
    stored = _stored_before(actor, tally.article, answer.client_id)
    if stored is not None:
        return stored
    first = _locked_first(annotation)
    locked(viewer, annotation, "reply")
    made = Annotation.objects.create(
        id=answer.client_id or uuid4(),
        number=next_number(tally, first.audience),
        article=tally.article,
        parent=first,
        note=needed_note(answer.note, is_needed=True),
        creator_id=actor,
        audience=first.audience,
        is_sample=answer.is_sample,
    )
    if first.audience == Audience.GROUPS:
        made.groups.set(first.groups.all())
    after = {**told_of(made), "parent": str(first.pk)}
    if named := name_readers(made):
        after["mentions"] = named
    tell(actor, "annotation.replied", made, after=after)
    return made


def _locked_first(annotation: Annotation) -> Annotation:
    """Return the first annotation of the thread, locked: an answer takes its audience.

    The answered annotation alone would not do: it is the first whose audience can change.
    """
    rows = Annotation.objects.select_for_update(of=("self",))
    first = rows.filter(pk=annotation.parent_id or annotation.pk).first()
    if first is None:
        raise NotFound
    return first


def _stored_before(actor_id: int, article: Article, client_id: UUID | None) -> Annotation | None:
    """Return what the writer stored under `client_id`; raises Invalid if it is another's."""
    if client_id is None:
        return None
    stored = Annotation.objects.select_related("version", "parent").filter(pk=client_id).first()
    if stored is None:
        return None
    if stored.creator_id != actor_id or stored.article_id != article.pk:
        raise _not_stored()
    stored.article = article
    return stored


def _client_id_taken(client_ids: Sequence[UUID | None], error: IntegrityError) -> Exception:
    is_taken = Annotation.objects.filter(pk__in=[pk for pk in client_ids if pk]).exists()
    return _not_stored() if is_taken else error


def _not_stored() -> Invalid:
    return Invalid(_("This could not be stored. Reload the page and write it again."))


def _placed(article: Article, draft: Draft) -> tuple[ArticleVersion | None, Target | None]:
    """Return the version and the place of the passage in it; both None without a passage."""
    if draft.passage is None:
        if draft.tags:
            raise Invalid(_("Only a highlight can carry a claim. Mark some words first."))
        return None, None
    version = article.current_version
    if version is None:
        raise NotFound
    return version, target_in(version, draft.passage, seen=draft.version)


def _target_fields(target: Target | None) -> dict[str, Any]:
    if target is None:
        return {}
    return {name: getattr(target, name) for name in TARGET}


def _tag(actor_id: int, annotation: Annotation, draft: Draft) -> list[ClaimOccurrence]:
    """Store the claims of a new highlight, each once, the first given first."""
    first: dict[str, Tagging] = {}
    for tagging in draft.tags:
        first.setdefault(folded_label(tagging.claim), tagging)
    # Two writers who use or make the same claims do so in one order, or each waits for the other.
    if len(first) > 1:
        claims.hold(first, by=actor_id)
        speakers = (tagging.speaker for tagging in first.values() if tagging.speaker.strip())
        agents.hold(speakers, known_to_account(actor_id))
    named = {
        label: claims.named(
            actor_id,
            first[label].claim,
            audience=reach_of(annotation),
            is_sample=draft.is_sample,
        )
        for label in sorted(first)
    }
    once: dict[Claim, Tagging] = {}
    for label, tagging in first.items():
        once.setdefault(named[label], tagging)
    return [
        attach(actor_id, annotation, claim, tagging.said, position=position)
        for position, (claim, tagging) in enumerate(once.items())
    ]
