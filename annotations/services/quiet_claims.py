"""Claims that were made where few see them, once others use the same words for one.

Who cannot know that others used the same words makes a claim of their own: quiet where few see
it too, else for all. The words of one that is for all are one claim, whoever uses them, so it
takes in the quiet ones: their passages, and nothing of what was written about them.
"""

from django.contrib.auth.models import User

from annotations.access import visible_occurrences
from annotations.models import Annotation, Audience, Claim
from annotations.models.claim import Find
from annotations.models.naming import claim_slug
from annotations.queries.quiet_claims import known_to
from annotations.queries.quiet_words import WRITTEN, worded_for_few
from annotations.services.claim_guards import lock_all, locked_claim, present
from annotations.services.joining import absorb
from corpus.access import viewer_of
from corpus.models import Event
from corpus.models.slugs import unguessable
from corpus.permissions import Viewer
from corpus.services import agents
from corpus.services.events import record
from corpus.services.exclusive import one_writer_of


def is_for_few(audience: str) -> bool:
    """Say whether what is made for `audience` is seen by its maker alone, or by groups."""
    return audience in (Audience.PRIVATE, Audience.GROUPS)


def address_for(label: str, audience: str) -> str:
    """Return the address for a claim that is made for `audience`, or "" for that of its name.

    By a number counted up, who chooses a like name would learn that few have one.
    """
    return unguessable(claim_slug(label)) if is_for_few(audience) else ""


def known_to_account(actor_id: int) -> Find:
    """Return what finds the quiet claims that the account knows; it is looked up when needed."""

    def find(folded: str) -> Claim | None:
        return known_to(viewer_of(User.objects.get(pk=actor_id)))(folded)

    return find


def take_in(claim: Claim) -> None:
    """Let `claim`, if it is for all, take in the quiet ones of its words; it is locked."""
    if claim.is_quiet:
        return
    words = [claim.folded, *claim.aliases.values_list("folded", flat=True)]
    quiet = Claim.objects.filter(is_quiet=True, merged_into__isnull=True, folded__in=words)
    if quiet.exists():
        lock_all()
        for gone in quiet.select_for_update().order_by("pk"):
            absorb(gone, claim)


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


def open_up(claim: Claim) -> Claim:
    """Let `claim`, which everybody may know now, be the one of its words, and return that.

    It has the address of its name from then on; whoever has the one that nobody guesses is
    led on.
    """
    if not claim.is_quiet:
        return claim
    one_writer_of(claim.folded)
    stored = present(claim.pk)
    twin = Claim.objects.find(stored.name)
    if twin is not None:
        take_in(locked_claim(twin))
        return twin
    slug, stored.slug = stored.slug, Claim.objects.free_slug(stored.name)
    stored.is_quiet = False
    stored.save()
    stored.former_slugs.create(slug=slug)
    take_in(stored)
    return stored
