"""The rights on what readers add: one table of pure predicates.

Their queryset form stands in `annotations.access`; a property test proves both equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from corpus.permissions import Viewer


@dataclass(frozen=True)
class Rights:
    """What the predicates look at in an annotation or a link.

    `is_article_readable` is `corpus.permissions.can_read_article` for every article it
    stands in. `is_parent_readable` says whether what it hangs on may be seen: the first
    annotation of a reply's thread, even after it was deleted, and the ends of a link.
    """

    creator_id: int
    audience: str
    group_ids: frozenset[UUID]
    moderation: str
    is_deleted: bool
    is_article_readable: bool
    is_parent_readable: bool = True


def can_read(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` sees `thing` in the product (the admin shows more)."""
    if thing.is_deleted or not (thing.is_article_readable and thing.is_parent_readable):
        return False
    if viewer.user_id is not None and thing.creator_id == viewer.user_id:
        return True
    if thing.moderation != "approved" and not viewer.is_staff:
        return False
    if thing.audience == "public":
        return True
    return thing.audience == "groups" and bool(viewer.group_ids & thing.group_ids)


def can_edit(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may change its words, claims and audience: its creator alone."""
    return can_read(viewer, thing) and thing.creator_id == viewer.user_id


def can_delete(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may delete it: its creator alone; curators hide instead."""
    return can_edit(viewer, thing)


def can_restore(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may bring back what was deleted: its creator or a curator.

    What was private stays its creator's own affair.
    """
    if viewer.user_id is None or not (thing.is_article_readable and thing.is_parent_readable):
        return False
    if thing.creator_id == viewer.user_id:
        return True
    return viewer.is_staff and thing.audience == "public"


def can_keep(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` sees it or, being deleted, may bring it back."""
    return can_read(viewer, thing) or (thing.is_deleted and can_restore(viewer, thing))


def can_reply(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may answer: every account that sees it."""
    return viewer.is_signed_in and can_read(viewer, thing)


def can_moderate(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may hide it and show it again: curators, where they see it.

    What was deleted counts as seen, for it may come back; what is private is nobody else's.
    """
    is_shared = thing.audience != "private"
    return viewer.is_staff and is_shared and can_read(viewer, replace(thing, is_deleted=False))


def can_reattach(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may put it on other words: its creator, or a curator who sees it."""
    return can_edit(viewer, thing) or (viewer.is_staff and can_read(viewer, thing))


def can_resolve(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may resolve its thread and reopen it: its creator, or a curator."""
    return can_edit(viewer, thing) or (viewer.is_staff and can_read(viewer, thing))


def can_recode(viewer: Viewer, thing: Rights) -> bool:
    """Say whether `viewer` may put what it carries under another claim: creator or curator.

    A curator, where they see it; what nobody else sees is nobody else's to code.
    """
    return can_edit(viewer, thing) or (viewer.is_staff and can_read(viewer, thing))


PERMISSIONS: Mapping[str, Callable[[Viewer, Rights], bool]] = {
    "read": can_read,
    "edit": can_edit,
    "delete": can_delete,
    "restore": can_restore,
    "keep": can_keep,
    "reply": can_reply,
    "moderate": can_moderate,
    "reattach": can_reattach,
    "resolve": can_resolve,
    "recode": can_recode,
}


def can_annotate(viewer: Viewer) -> bool:
    """Say whether `viewer` may mark what they can read: every account."""
    return viewer.is_signed_in


class DescribedClaim(Protocol):
    """What the predicates look at in a claim."""

    @property
    def created_by_id(self) -> int | None:
        """Return the account that proposed it."""

    @property
    def status(self) -> str:
        """Return "proposed", "reviewed" or "canonical"."""

    @property
    def merged_into_id(self) -> UUID | None:
        """Return the claim that it was merged into."""


def can_describe_claim(viewer: Viewer, claim: DescribedClaim) -> bool:
    """Say whether `viewer` may change what `claim` says: curators, and who proposed it.

    The latter until it is reviewed. A claim that was merged stays as it is.
    """
    if claim.merged_into_id is not None:
        return False
    is_own = viewer.is_signed_in and claim.created_by_id == viewer.user_id
    return viewer.is_staff or (is_own and claim.status == "proposed")


def can_curate_claims(viewer: Viewer) -> bool:
    """Say whether `viewer` may define, rename and merge claims: curators."""
    return viewer.is_staff


def can_remove_samples(viewer: Viewer) -> bool:
    """Say whether `viewer` may remove the sample annotations: curators."""
    return viewer.is_staff


def can_decide_suggestions(viewer: Viewer, kind: str) -> bool:
    """Say whether `viewer` may say what becomes of suggestions of `kind`.

    It takes what doing it by hand takes: every account links and tags, curators merge.
    """
    if kind in ("duplicate_claim", "agent_alias"):
        return viewer.is_staff
    return can_annotate(viewer)
