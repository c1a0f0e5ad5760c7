"""Groups: making, changing and deleting them, and bringing them back."""

from dataclasses import asdict
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Group, Membership
from corpus.models.slugs import first_free, slug_base, unguessable
from corpus.permissions import Viewer, can_own_group
from corpus.services.group_details import (
    GroupDetails,
    account_of,
    check_counter,
    checked,
    locked,
    tell,
    told_of,
)

# The pages that make a group and lead into one stand where one of these names would.
_RESERVED = frozenset({"join", "new"})
# People may make groups of one name at once: each later one takes the next address.
_ATTEMPTS = 20


def create(viewer: Viewer, details: GroupDetails, *, client_id: UUID | None = None) -> Group:
    """Return a new group that `viewer` owns.

    The same client id once more returns what is stored. Raises SignInNeeded, Invalid.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _create(viewer, details, client_id)
        except IntegrityError:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError


def edit(viewer: Viewer, group: Group, details: GroupDetails, *, counter: int) -> Group:
    """Store another name, purpose or kind; the address stays. The owners may.

    Raises NotAllowed, NotFound, Stale, Invalid.
    """
    kept = checked(details)
    with transaction.atomic():
        stored, _now = locked(viewer, group, "own")
        check_counter(stored, counter)
        before, after = told_of(stored), asdict(kept)
        if before == after:
            return stored
        for name, value in after.items():
            setattr(stored, name, value)
        _save(stored)
        tell(viewer, "group.edited", stored, before=before, after=after)
        return stored


def delete(viewer: Viewer, group: Group, *, counter: int) -> Group:
    """Take the group away, for its owners to bring back as it was. Twice is harmless.

    Nobody is a member of it meanwhile: what was written for it alone is for its authors
    alone, its collections and the articles that it alone may read are for curators.
    Raises NotAllowed, NotFound, Stale.
    """
    with transaction.atomic():
        stored, now = locked(viewer, group, "keep")
        if stored.deleted_at is not None:
            return stored
        if not can_own_group(now, stored):
            raise NotAllowed
        check_counter(stored, counter)
        stored.deleted_at = timezone.now()
        _save(stored)
        tell(viewer, "group.deleted", stored, before=told_of(stored))
        return stored


def restore(viewer: Viewer, group: Group) -> Group:
    """Bring back a group that was deleted, as it was. Twice is harmless.

    Raises NotAllowed, NotFound.
    """
    with transaction.atomic():
        stored, now = locked(viewer, group, "keep")
        if stored.deleted_at is None:
            if not can_own_group(now, stored):
                raise NotAllowed
            return stored
        stored.deleted_at = None
        _save(stored)
        tell(viewer, "group.restored", stored, after=told_of(stored))
        return stored


def _create(viewer: Viewer, details: GroupDetails, client_id: UUID | None) -> Group:
    owner_id = account_of(viewer)
    known = Group.objects.filter(pk=client_id).first() if client_id else None
    if known is not None:
        return _own(owner_id, known)
    kept = checked(details)
    stored = Group.objects.create(
        id=client_id or uuid4(),
        slug=_free_slug(kept),
        created_by_id=owner_id,
        **asdict(kept),
    )
    Membership.objects.create(group=stored, user_id=owner_id, role=Membership.Role.OWNER)
    tell(viewer, "group.created", stored, after=told_of(stored))
    return stored


def _own(owner_id: int, known: Group) -> Group:
    if known.created_by_id != owner_id:
        raise Invalid(_("This could not be stored. Reload the page and write it again."))
    return known


def _free_slug(kept: GroupDetails) -> str:
    base = slug_base(kept.name, "group")
    if kept.kind == Group.Kind.CLOSED:
        return unguessable(base)
    taken = set(Group.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken | _RESERVED)


def _save(stored: Group) -> None:
    stored.counter += 1
    stored.save()
