"""Outlets by their names, and what curators say of them."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Outlet
from corpus.models.slugs import first_free, slug_base
from corpus.permissions import Viewer, allowed
from corpus.services.addresses import is_web_address
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article

_MAX_NAME = 200


@dataclass(frozen=True)
class OutletDetails:
    """All that a curator says of an outlet."""

    name: str
    homepage: str = ""
    kind: str = ""


def outlet_named(name: str) -> Outlet:
    """Return the outlet called `name`, without regard to case; made when it is new."""
    known = Outlet.objects.filter(name__iexact=name).first()
    return known or _made(OutletDetails(name[:_MAX_NAME]))


def create(viewer: Viewer, details: OutletDetails) -> Outlet:
    """Return a new outlet; raises NotAllowed, and Invalid when there is one of that name."""
    with transaction.atomic():
        kept = _checked(viewer, details, None)
        outlet = _made(kept)
        record(viewer.user_id, "outlet.created", outlet, after=asdict(kept))
        return outlet


def edit(viewer: Viewer, outlet: Outlet, details: OutletDetails) -> Outlet:
    """Change an outlet and, with its name, what search knows; raises NotAllowed, Invalid."""
    with transaction.atomic():
        one_text_at_a_time()
        kept = _checked(viewer, details, outlet)
        stored = Outlet.objects.select_for_update().get(pk=outlet.pk)
        before = asdict(OutletDetails(stored.name, stored.homepage, stored.kind))
        if asdict(kept) == before:
            return stored
        for name, value in asdict(kept).items():
            setattr(stored, name, value)
        stored.save()
        if kept.name != before["name"]:
            _index_articles(stored)
        record(viewer.user_id, "outlet.edited", stored, before=before, after=asdict(kept))
        return stored


def _made(details: OutletDetails) -> Outlet:
    base = slug_base(details.name, "outlet")
    taken = set(Outlet.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return Outlet.objects.create(**asdict(details), slug=first_free(base, taken))


def _index_articles(outlet: Outlet) -> None:
    for article in outlet.articles.select_related("current_version", "outlet"):
        if article.current_version is not None:
            article.current_version.article = article
            index_article(article.current_version)


def _checked(viewer: Viewer, details: OutletDetails, outlet: Outlet | None) -> OutletDetails:
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    name = " ".join(details.name.split())
    if not name or len(name) > _MAX_NAME:
        sentence = _("A name has 1 to %(limit)d characters.") % {"limit": _MAX_NAME}
        raise Invalid(sentence, name=sentence)
    twins = Outlet.objects.filter(name__iexact=name)
    if outlet is not None:
        twins = twins.exclude(pk=outlet.pk)
    if twins.exists():
        sentence = _("There is an outlet of this name already.")
        raise Invalid(sentence, name=sentence)
    if details.homepage and not is_web_address(details.homepage):
        sentence = _("Give a whole address that begins with http:// or https://.")
        raise Invalid(sentence, homepage=sentence)
    if details.kind not in Outlet.Kind.values:
        raise Invalid(_("Choose a kind."), kind=_("Choose a kind."))
    return OutletDetails(name, details.homepage.strip(), details.kind)
