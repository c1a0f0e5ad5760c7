"""Claims that were made where few see them, once others use the same words for one.

Words are one claim, whoever uses them. Who cannot know that others used them before makes it, as
far as they and everybody else can tell: at the address and by the spelling of their own, and
without what was written about it. Who uses them where few see it changes nothing for others.
"""

from django.contrib.auth.models import User

from annotations.access import visible_claims, visible_occurrences
from annotations.models import Annotation, Audience, Claim
from annotations.models.naming import claim_slug, clean_label, folded_label
from annotations.queries.quiet_words import WRITTEN, worded_for_few
from annotations.services.claim_guards import is_made_for_few, locked_claim
from corpus.access import viewer_of
from corpus.models import Event
from corpus.models.slugs import is_unguessable, unguessable
from corpus.permissions import Viewer
from corpus.services import agents
from corpus.services.events import record


def address_for(label: str, audience: str) -> str:
    """Return the address for a claim that is made for `audience`, or "" for that of its name.

    By a number counted up, who chooses a like name would learn that few have one.
    """
    is_for_few = audience in (Audience.PRIVATE, Audience.GROUPS)
    return unguessable(claim_slug(label)) if is_for_few else ""


def is_news_to(actor_id: int, claim: Claim) -> bool:
    """Say whether `claim` was made for few, and the account `actor_id` is none of them."""
    if claim.created_by_id == actor_id or claim.status != Claim.Status.PROPOSED:
        return False
    if not is_made_for_few(claim):
        return False
    actor = viewer_of(User.objects.get(pk=actor_id))
    return not visible_claims(actor).filter(pk=claim.pk).exists()


def take_over(claim: Claim, label: str) -> None:
    """Let `claim` be as if it was made for all by the name `label` now; a part of a larger write.

    The caller has the claim locked, and leaves the Event of its making.
    """
    typed = clean_label(label)
    if folded_label(typed) == claim.folded:
        claim.name = typed
    _readdress(claim)
    keep_back(claim)
    claim.counter += 1
    claim.save()


def keep_back(claim: Claim) -> None:
    """Take away what was written about `claim`: its maker finds it in the history, alone.

    The caller has the claim locked, and saves it.
    """
    before = {name: getattr(claim, name) for name in WRITTEN if getattr(claim, name)}
    for name in before:
        setattr(claim, name, "")
    if before:
        record(
            claim.created_by_id,
            "claim.kept_back",
            claim,
            audience=Event.Audience.PRIVATE,
            before=before,
            after=dict.fromkeys(before, ""),
        )


def keep_back_from(viewer: Viewer, claim: Claim) -> None:
    """Do as `keep_back` where the words about `claim` are not for `viewer`, who writes others."""
    kept = worded_for_few(viewer, visible_occurrences(viewer))
    if Claim.objects.filter(kept, pk=claim.pk).exists():
        keep_back(claim)


def open_what_it_says(annotation: Annotation) -> None:
    """Let what `annotation`, which everybody sees now, says have the address of its name.

    These are its claims and who speaks.
    """
    for row in annotation.occurrences.select_related("tag", "speaker").order_by("tag_id"):
        open_up(row.tag)
        if row.speaker is not None:
            agents.open_up(row.speaker)


def open_up(claim: Claim) -> None:
    """Let `claim`, which everybody may know now, have the address of its name."""
    if _is_for_few(claim):
        stored = locked_claim(claim)
        _readdress(stored)
        stored.save()


def _is_for_few(claim: Claim) -> bool:
    return is_unguessable(claim.slug, claim_slug(claim.name))


def _readdress(claim: Claim) -> None:
    """Give up the address that nobody guesses; whoever has it is led on."""
    if _is_for_few(claim):
        claim.former_slugs.create(slug=claim.slug)
        claim.slug = Claim.objects.free_slug(claim.name)
