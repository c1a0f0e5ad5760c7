"""Outlets by their names."""

from corpus.models import Outlet
from corpus.services.slugs import first_free, slug_base


def outlet_named(name: str) -> Outlet:
    """Return the outlet called `name`, without regard to case; made when it is new."""
    known = Outlet.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    base = slug_base(name, "outlet")
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return Outlet.objects.create(name=name[:200], slug=first_free(base, taken))
