"""Putting what hangs on a claim on another, which has its words from then on."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet

from annotations.models import Claim, ClaimAlias, ClaimRelation, Follow
from annotations.queries.known_claims import open_among
from annotations.queries.merging import Plan, doubled_in, plan_of_merge
from annotations.queries.quiet_words import WRITTEN
from annotations.services.tag_ends import end_tag, locked_keys
from corpus.models import Event
from corpus.services.events import record

Values = dict[str, Any]


def join(gone: Claim, kept: Claim, *, is_secret: bool) -> tuple[Values, Values]:
    """Let `gone` be merged into `kept`; a part of a larger write, which has both locked.

    Of a secret one the names stay with it, else they become aliases. Return how it was before
    and what came of it, as the Event has to keep it.
    """
    before = {
        "name": gone.name,
        "slug": gone.slug,
        "broader": _key(gone.broader_id),
        "other_broader": _key(kept.broader_id),
        "relations": [_relation_as_json(row) for row in _relations_of(gone)],
    }
    press = str(uuid4())
    after = _hang_over(gone, kept, plan_of_merge(gone, kept))
    after |= _move_occurrences(gone, kept, press)
    after |= _keep_names_apart(gone, kept) if is_secret else _move_names(gone, kept)
    _copy_followers(gone, kept)
    _end(gone, kept)
    kept.counter += 1
    kept.save()
    after |= {"into": str(kept.pk), "into_name": kept.name, "press": press}
    return before, after | {"is_secret": is_secret}


def absorb(gone: Claim, kept: Claim) -> None:
    """Let the passages of `gone`, a quiet claim, be those of `kept`, which is for all.

    Nothing else of it reaches `kept`, no number either; what was written about it and what it
    was said to be to others is kept for its maker by the Event. A part of a larger write, which
    has both locked.
    """
    written = {name: getattr(gone, name) for name in WRITTEN if getattr(gone, name)}
    before = {"name": gone.name, **written}
    before["relations"] = [_relation_as_json(row) for row in _relations_of(gone)]
    before["below"] = [str(row.pk) for row in gone.narrower.all()]
    _relations_of(gone).delete()
    gone.narrower.update(broader=None)
    press = str(uuid4())
    after = _move_occurrences(gone, kept, press) | _keep_names_apart(gone, kept)
    _copy_followers(gone, kept)
    _end(gone, kept)
    after |= {"into": str(kept.pk), "into_name": kept.name, "press": press, "name": kept.name}
    record(
        gone.created_by_id,
        "claim.absorbed",
        gone,
        audience=Event.Audience.PRIVATE,
        before=before,
        after=after,
    )


def _end(gone: Claim, kept: Claim) -> None:
    gone.merged_into = kept
    gone.broader = None
    gone.counter += 1
    gone.save()


def _hang_over(gone: Claim, kept: Claim, plan: Plan) -> dict[str, Any]:
    """Hang what hung on `gone` on `kept`; return the keys that undoing it needs."""
    kept.broader_id = plan.above
    Claim.objects.filter(pk__in=plan.below).update(broader=kept)
    Claim.objects.filter(pk__in=plan.freed).update(broader=None)
    for row in plan.ended:
        row.delete()
    for row, said in plan.carried:
        row.from_claim_id, row.to_claim_id = said.first, said.second
        row.save()
    return {
        "below": [str(pk) for pk in plan.below],
        "freed": [str(pk) for pk in plan.freed],
        "carried": [str(row.pk) for row, _said in plan.carried],
    }


def _move_occurrences(gone: Claim, kept: Claim, press: str) -> dict[str, Any]:
    """Move the passages; return their ids, and how many moved and stood beside the other.

    Only those that everybody sees are counted: more would tell of highlights that are
    private. What goes there is told apart, to those who see the highlight.
    """
    both = doubled_in(gone.occurrences.all(), kept)
    doubled = open_among(both).count()
    for row in list(both.select_related(*_WHOLE)):
        # In nobody's name: a curator must not get to read private ones by merging.
        end_tag(None, row, press=press)
    moved = [str(pk) for pk in locked_keys(gone.occurrences.all())]
    shown = open_among(gone.occurrences.all()).count()
    gone.occurrences.update(tag=kept)
    return {"moved": moved, "shown": shown, "doubled": doubled}


def _move_names(gone: Claim, kept: Claim) -> dict[str, Any]:
    moved = [str(pk) for pk in gone.aliases.values_list("pk", flat=True)]
    merged = [str(pk) for pk in gone.merged.values_list("pk", flat=True)]
    gone.aliases.update(claim=kept)
    alias, is_new = ClaimAlias.objects.get_or_create(
        folded=gone.folded, defaults={"claim": kept, "name": gone.name}
    )
    gone.merged.update(merged_into=kept)
    return {"aliases": moved, "merged": merged, "alias": str(alias.pk) if is_new else None}


def _keep_names_apart(gone: Claim, kept: Claim) -> dict[str, Any]:
    """Leave the names with `gone`; what was merged into it before goes on to `kept`."""
    merged = [str(pk) for pk in gone.merged.values_list("pk", flat=True)]
    gone.merged.update(merged_into=kept)
    return {"aliases": [], "merged": merged, "alias": None}


def _copy_followers(gone: Claim, kept: Claim) -> None:
    """Let who follows `gone` follow `kept` since the same moment; their first rows stay."""
    already = Follow.objects.filter(claim=kept).values("reader")
    rows = Follow.objects.filter(claim=gone).exclude(reader__in=already)
    Follow.objects.bulk_create(
        Follow(reader_id=row.reader_id, claim=kept, created_at=row.created_at, seen_at=row.seen_at)
        for row in rows
    )


def _relations_of(claim: Claim) -> QuerySet[ClaimRelation]:
    return ClaimRelation.objects.filter(Q(from_claim=claim) | Q(to_claim=claim))


def _relation_as_json(row: ClaimRelation) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "from": str(row.from_claim_id),
        "kind": row.kind,
        "to": str(row.to_claim_id),
        "by": row.created_by_id,
    }


def _key(pk: UUID | None) -> str | None:
    return str(pk) if pk else None


_WHOLE = ("tag", "speaker", "content_object__article")
