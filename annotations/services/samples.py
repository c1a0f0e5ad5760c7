"""Loading the starter annotations, and removing them again.

They are written by the same services as a person's, by sample readers whose accounts cannot
sign in. Loading twice adds nothing; loading after a removal brings back what was removed.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import F

from annotations.models import Claim
from annotations.permissions import can_remove_samples
from annotations.queries.samples import (
    kept_sample_annotations,
    kept_sample_claims,
    sample_accounts,
    sample_annotations,
    sample_claims,
    sample_links,
)
from annotations.services import annotations as marking
from annotations.services import links
from annotations.services.sample_loading import Loaded, SampleLoading
from annotations.starter.w3c import STARTER_FILE, read_starter
from corpus.access import viewer_of
from corpus.errors import NotAllowed
from corpus.permissions import Viewer
from corpus.services.events import record
from corpus.services.indexing import drop_entry


@dataclass(frozen=True)
class Removed:
    """How much a removal took away, and how much it left because people built on it."""

    annotations: int
    links: int
    claims: int
    kept_annotations: int
    kept_claims: int


def load() -> Loaded:
    """Write what is missing of the starter annotations, all of it or nothing.

    What cannot be placed, because its article is not there or has changed, is left out with
    a sentence. Raises Invalid when a person has the account of a sample reader.
    """
    starter = read_starter(STARTER_FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        return SampleLoading(starter).run()


def remove(viewer: Viewer) -> Removed:
    """Remove all samples but those that people replied to, linked or tagged.

    Highlights, notes, replies and links are deleted as their reader would; claims that
    nothing is left of are taken out altogether. Raises NotAllowed unless a curator asks.
    """
    if not can_remove_samples(viewer):
        raise NotAllowed
    with transaction.atomic():
        kept = list(kept_sample_annotations().values_list("pk", flat=True))
        link_count = _delete_links()
        annotation_count = _delete_annotations(kept)
        kept_claims = list(kept_sample_claims(kept).values_list("pk", flat=True))
        gone = list(sample_claims().exclude(pk__in=kept_claims))
        for claim in gone:
            _remove_claim(viewer, claim)
    return Removed(
        annotations=annotation_count,
        links=link_count,
        claims=len(gone),
        kept_annotations=len(kept),
        kept_claims=len(kept_claims),
    )


def _delete_links() -> int:
    writers = _writers()
    gone = list(sample_links())
    for link in gone:
        links.delete(writers[link.creator_id], link)
    return len(gone)


def _delete_annotations(kept: list[UUID]) -> int:
    writers = _writers()
    replies_first = F("parent").asc(nulls_last=True)
    gone = list(sample_annotations().exclude(pk__in=kept).order_by(replies_first, "number"))
    for annotation in gone:
        marking.delete(writers[annotation.creator_id], annotation)
    return len(gone)


def _writers() -> dict[int, Viewer]:
    """Return the sample readers as viewers, able to reach what stands in hidden articles."""
    return {
        account.pk: replace(viewer_of(account), role="curator") for account in sample_accounts()
    }


def _remove_claim(viewer: Viewer, claim: Claim) -> None:
    record(
        viewer.user_id,
        "claim.removed",
        claim,
        before={"name": claim.name, "statement": claim.statement, "definition": claim.definition},
    )
    drop_entry("claims", claim.pk)
    claim.delete()
