"""Giving a claim another name: the old one stays an alias, the old address redirects."""

from django.utils.translation import gettext as _

from annotations.models import Claim
from annotations.models.naming import claim_slug, folded_label
from corpus.errors import Invalid
from corpus.models.slugs import unguessable


def rename(claim: Claim, name: str) -> None:
    """Give `claim` another name and, when it compares otherwise, another address.

    The caller saves it. One that few know leaves no alias: words that stand in its way would
    tell of it. Raises Invalid when another claim that is for all has the name.
    """
    if folded_label(name) == claim.folded:
        claim.name = name
        return
    holder = Claim.objects.find(name)
    if holder is not None and holder != claim:
        sentence = _("Another claim has this name. Merge the two instead.")
        raise Invalid(sentence, name=sentence)
    _free_name(name, claim)
    if not claim.is_quiet:
        claim.aliases.filter(folded=folded_label(name)).delete()
        claim.aliases.get_or_create(folded=claim.folded, defaults={"name": claim.name})
    _readdress(claim, name)
    claim.name = name


def _free_name(name: str, claim: Claim) -> None:
    """Let a claim that was merged into `claim` give up `name`, if it has it."""
    for twin in claim.merged.filter(folded=folded_label(name)):
        twin.name = str(twin.pk)
        twin.save()


def _readdress(claim: Claim, name: str) -> None:
    base = claim_slug(name)
    if claim.is_quiet:
        claim.former_slugs.create(slug=claim.slug)
        claim.slug = unguessable(base)
        return
    if base == claim.slug:
        return
    former = claim.former_slugs.filter(slug=base)
    slug = base if former.exists() else Claim.objects.free_slug(name)
    former.delete()
    claim.former_slugs.create(slug=claim.slug)
    claim.slug = slug
