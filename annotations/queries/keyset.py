"""Going on in a long list behind the row that a page of it ended with."""

from collections.abc import Sequence

from django.db.models import Q


def behind(order: Sequence[str], last: Sequence[object]) -> Q:
    """Return the condition of standing behind `last`, a row of the values of `order`.

    `order` is ascending, none of its values are null, and no two rows have all of them alike.
    """
    condition = Q()
    for field, value in reversed([*zip(order, last, strict=True)]):
        greater = Q(**{f"{field}__gt": value})
        condition = greater | Q(**{field: value}) & condition if condition else greater
    return condition
