"""The inbox of suggestions: what waits for a decision, and what was decided."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.access import visible_annotations, visible_claims, visible_occurrences
from annotations.models import Annotation, Claim, ClaimOccurrence, Link, Suggestion
from annotations.permissions import can_decide_suggestions
from annotations.queries.done_by_hand import not_done_by_hand
from annotations.queries.few_passages import passages_of_alike
from annotations.queries.quiet_words import with_words_for
from annotations.queries.readers import names_of
from corpus.access import visible_articles
from corpus.extensions import Choice
from corpus.models import Agent, Article
from corpus.permissions import Viewer
from corpus.related import reason_from_json
from corpus.search.snippets import Piece
from corpus.text.words import words_with_offsets

A_PAGE = 50
_MOST_CHOICES = 100

_Kind = Suggestion.Kind
_State = Suggestion.State

Thing = Article | Claim | Agent


@dataclass(frozen=True)
class Asked:
    """Which suggestions are asked for; "" and None stand for all, `after` for the beginning."""

    kind: str = ""
    claim: Claim | None = None
    article: Article | None = None
    is_decided: bool = False
    after: UUID | None = None


@dataclass(frozen=True)
class SuggestionRow:
    """A suggestion with the two things it is about, and the words of both that say why.

    `like` is an accepted passage of the claim that the viewer sees; `who` decided it. `passages`
    are a few of each of two claims.
    """

    suggestion: Suggestion
    subject: Thing
    object: Thing
    like: Annotation | None
    who: str
    choices: Sequence[tuple[str, str]]
    usual: str
    is_undoable: bool
    passages: Sequence[Sequence[Annotation]] = ()

    @property
    def is_link(self) -> bool:
        """Say whether two articles would be linked."""
        return self.suggestion.kind in Suggestion.LINKING

    @property
    def is_merge(self) -> bool:
        """Say whether accepting it is a merge, which is looked at first."""
        return self.suggestion.kind in Suggestion.MERGING

    @property
    def is_worded(self) -> bool:
        """Say whether more than the name of one of two claims is there to compare."""
        both = self.subject, self.object
        return bool(self.passages) or any(getattr(thing, "statement", "") for thing in both)

    @property
    def reasons(self) -> list[str]:
        """Return why two articles are related, worded for who reads."""
        stored = self.suggestion.reason.get("reasons", ())
        return [reason_from_json(reason).text for reason in stored]

    @property
    def words(self) -> list[Piece]:
        """Return the words of the passage, those that tell apart from the others."""
        exact = self.suggestion.reason["there"]["exact"]
        return _pieces(exact, set(self.suggestion.reason.get("words", ())))


@dataclass(frozen=True)
class Inbox:
    """One page of suggestions, the likeliest first; `after` is where the next one goes on."""

    rows: Sequence[SuggestionRow]
    count: int
    waiting: int
    decided: int
    kinds: Sequence[Choice]
    claims: Sequence[Choice]
    articles: Sequence[Choice]
    after: UUID | None


def visible_suggestions(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return the suggestions that `viewer` may decide, whose two things they both see."""
    if not viewer.is_signed_in:
        return Suggestion.objects.none()
    articles = visible_articles(viewer).filter(is_hidden=False).order_by().values("pk")
    claims = visible_claims(viewer).order_by().values("pk")
    shown = Q(kind__in=Suggestion.LINKING, subject_id__in=articles, object_id__in=articles)
    shown |= Q(kind=_Kind.CLAIM_PASSAGE, subject_id__in=claims, object_id__in=articles)
    # What one accepted oneself can be taken back when its claim was merged since.
    shown |= Q(
        kind=_Kind.CLAIM_PASSAGE,
        state=_State.ACCEPTED,
        decided_by=viewer.user_id,
        subject_id__in=_merged_into(claims),
        object_id__in=articles,
    )
    if can_decide_suggestions(viewer, _Kind.DUPLICATE_CLAIM):
        # Curators see every claim and agent; one of two that were merged stands no more.
        shown |= Q(kind__in=[_Kind.DUPLICATE_CLAIM, _Kind.AGENT_ALIAS])
    return Suggestion.objects.filter(shown)


def _claims_of(viewer: Viewer) -> QuerySet[Claim]:
    """Return the claims that suggestions to `viewer` are about, also those merged since."""
    claims = visible_claims(viewer).order_by().values("pk")
    return Claim.objects.filter(Q(pk__in=claims) | Q(pk__in=_merged_into(claims)))


def _merged_into(claims: Any) -> Any:
    return Claim.objects.filter(merged_into__in=claims).order_by().values("pk")


def inbox(viewer: Viewer, asked: Asked) -> Inbox:
    """Return the page that is asked for, with the counts of what it can be narrowed to."""
    everything = visible_suggestions(viewer)
    waiting, decided = _waiting(viewer, everything), everything.exclude(state=_State.PENDING)
    of_state = decided if asked.is_decided else waiting
    asked_for = of_state.filter(kind=asked.kind) if asked.kind else of_state
    narrowed = _narrowed(of_state, asked)
    of_kind = narrowed.filter(kind=asked.kind) if asked.kind else narrowed
    page = list(_behind(of_kind, asked)[: A_PAGE + 1])
    shown = page[:A_PAGE]
    return Inbox(
        rows=rows_of(viewer, shown),
        count=of_kind.count(),
        waiting=waiting.count(),
        decided=decided.count(),
        kinds=_kinds(narrowed),
        claims=_claims(asked_for),
        articles=_articles(asked_for),
        after=shown[-1].pk if len(page) > A_PAGE else None,
    )


def suggestions_called(viewer: Viewer, ids: Sequence[UUID]) -> list[Suggestion]:
    """Return those of the suggestions `ids` that `viewer` may decide, in that order."""
    found = visible_suggestions(viewer).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def waiting_count(viewer: Viewer) -> int:
    """Return how many suggestions wait for `viewer`."""
    return _waiting(viewer, visible_suggestions(viewer)).count()


def waiting_by_kind(viewer: Viewer, asked: Asked) -> Mapping[str, int]:
    """Return how many wait about what is asked for, by kind; a kind without any is not in it."""
    waiting = _waiting(viewer, visible_suggestions(viewer))
    return {kind.value: kind.count for kind in _kinds(_narrowed(waiting, asked))}


def rows_of(viewer: Viewer, suggestions: Sequence[Suggestion]) -> list[SuggestionRow]:
    """Return what the list shows of each; a query for each kind of thing."""
    ids = {pk for row in suggestions for pk in (row.subject_id, row.object_id)}
    things: dict[UUID, Thing] = {}
    for found in (
        visible_articles(viewer).select_related("outlet"),
        _claims_of(viewer),
        Agent.objects.all(),
    ):
        things |= {thing.pk: thing for thing in found.filter(pk__in=ids)}
    claims = (thing for thing in things.values() if isinstance(thing, Claim))
    with_words_for(viewer, visible_occurrences(viewer), claims)
    for row in suggestions:
        if row.kind == _Kind.AGENT_ALIAS and row.state != _State.PENDING:
            for pk, name in zip((row.subject_id, row.object_id), row.reason["names"], strict=True):
                things.setdefault(pk, Agent(pk=pk, name=name))
    likes = {UUID(row.reason["like"]) for row in suggestions if row.reason.get("like")}
    marks = visible_annotations(viewer).select_related("article").in_bulk(likes)
    alike = passages_of_alike(viewer, suggestions, things)
    names = names_of(sorted({row.decided_by_id for row in suggestions if row.decided_by_id}))
    return [
        replace(_row(viewer, row, things, marks, names), passages=alike.get(row.pk, ()))
        for row in suggestions
        if row.subject_id in things and row.object_id in things
    ]


def _pieces(text: str, telling: Container[str]) -> list[Piece]:
    """Return `text` cut where a word begins or ends that is one of the folded `telling`."""
    pieces: list[Piece] = []
    reached = 0
    for word in words_with_offsets(text):
        if word.folded in telling:
            match = Piece(text[word.start : word.end], is_match=True)
            pieces += [Piece(text[reached : word.start]), match]
            reached = word.end
    return [piece for piece in (*pieces, Piece(text[reached:])) if piece.text]


def _row(
    viewer: Viewer,
    row: Suggestion,
    things: Mapping[UUID, Thing],
    marks: Mapping[UUID, Annotation],
    names: Mapping[int, str],
) -> SuggestionRow:
    like = row.reason.get("like")
    is_own = row.decided_by_id == viewer.user_id
    choices: Sequence[tuple[str, Any]] = ()
    if row.kind in Suggestion.LINKING:
        choices = Link.Relation.choices
    elif row.kind == _Kind.CLAIM_PASSAGE:
        choices = ClaimOccurrence.Stance.choices
    return SuggestionRow(
        suggestion=row,
        subject=things[row.subject_id],
        object=things[row.object_id],
        like=marks.get(UUID(like)) if like else None,
        who=names.get(row.decided_by_id, "") if row.decided_by_id else "",
        choices=choices,
        usual="quotes" if row.kind == _Kind.SAME_QUOTATION else "background",
        is_undoable=is_own or (row.state == _State.REJECTED and viewer.is_staff),
    )


def _waiting(viewer: Viewer, rows: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    """Return those that wait, without what somebody asked never to be told of again.

    What was done by hand meanwhile, as far as `viewer` sees it, waits no more.
    """
    silenced = Suggestion.objects.filter(is_silencing=True).exclude(topic="")
    waiting = rows.filter(state=_State.PENDING)
    return not_done_by_hand(viewer, waiting.exclude(topic__in=silenced.order_by().values("topic")))


def _narrowed(rows: QuerySet[Suggestion], asked: Asked) -> QuerySet[Suggestion]:
    for thing in (asked.claim, asked.article):
        if thing is not None:
            rows = rows.filter(Q(subject_id=thing.pk) | Q(object_id=thing.pk))
    return rows


def _behind(rows: QuerySet[Suggestion], asked: Asked) -> QuerySet[Suggestion]:
    """Return `rows` in order, those behind the one that the page before ended with."""
    last = Suggestion.objects.filter(pk=asked.after).first() if asked.after else None
    if asked.is_decided:
        if last is not None and last.decided_at is not None:
            same = Q(decided_at=last.decided_at, pk__gt=last.pk)
            rows = rows.filter(Q(decided_at__lt=last.decided_at) | same)
        return rows.order_by("-decided_at", "pk")
    if last is not None:
        rows = rows.filter(Q(score__lt=last.score) | Q(score=last.score, pk__gt=last.pk))
    return rows.order_by("-score", "pk")


def _kinds(rows: QuerySet[Suggestion]) -> list[Choice]:
    counts = dict(rows.order_by().values_list("kind").annotate(Count("id")))
    return [
        Choice(value, str(label), counts[value])
        for value, label in _Kind.choices
        if value in counts
    ]


def _claims(rows: QuerySet[Suggestion]) -> list[Choice]:
    counts = _counts(rows.filter(kind=_Kind.CLAIM_PASSAGE), "subject_id")
    found = Claim.objects.in_bulk(list(counts))
    chosen = [Choice(found[pk].slug, found[pk].label, n) for pk, n in counts.items() if pk in found]
    return sorted(chosen, key=lambda choice: choice.label.casefold())


def _articles(rows: QuerySet[Suggestion]) -> list[Choice]:
    about = rows.filter(kind__in=[*Suggestion.LINKING, _Kind.CLAIM_PASSAGE])
    counts = _counts(about, "object_id")
    for pk, count in _counts(about.filter(kind__in=Suggestion.LINKING), "subject_id").items():
        counts[pk] = counts.get(pk, 0) + count
    found = Article.objects.in_bulk(list(counts))
    chosen = [Choice(found[pk].slug, found[pk].title, n) for pk, n in counts.items() if pk in found]
    return sorted(chosen, key=lambda choice: choice.label.casefold())


def _counts(rows: QuerySet[Suggestion], of: str) -> dict[UUID, int]:
    counted = rows.order_by().values_list(of).annotate(found=Count("id")).order_by("-found", of)
    return dict(counted[:_MOST_CHOICES])
