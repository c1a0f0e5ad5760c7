"""For whom a reader may write."""

from corpus.models import Group


def groups_to_write_for(user_id: int | None) -> list[Group]:
    """Return the groups that the account is in, by name; one query, none for nobody."""
    if user_id is None:
        return []
    own = Group.objects.filter(memberships__user_id=user_id, deleted_at__isnull=True)
    return list(own.order_by("name", "slug"))
