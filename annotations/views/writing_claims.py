"""Tagging claims on a highlight, taking them away and bringing them back."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for, occurrence_or_404
from annotations.models import Annotation, Claim, ClaimOccurrence
from annotations.queries.passages import passages_at
from annotations.queries.places import place_of
from annotations.queries.untagged import is_tagged, once_tagged_or_404
from annotations.saying_forms import RetagForm, TagForm
from annotations.services import occurrences
from annotations.views.answers import Done, answer_form, finish, seen_form
from annotations.views.speaker_names import check_speaker, offer_author, offer_speakers
from annotations.views.stored import done_with, page_on, undo_page_on, with_undo
from corpus.access import viewer_of
from corpus.errors import Invalid
from corpus.views.answers import writes
from corpus.views.typed import typed


@writes
def tag(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Tag one more claim on a highlight."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    form = TagForm(request.POST or None, initial={"counter": found.counter})
    offer_speakers(viewer, form, found.article)

    def save() -> Done:
        tagging = form.tagging()
        if tagging is None:
            raise Invalid(_("Name a claim."), claim=_("Name a claim."))
        check_speaker(request, form)
        counter = form.cleaned_data["counter"]
        tagged = occurrences.tag(viewer, found, tagging, counter=counter)
        message = _("Tagged: %(claim)s.") % {"claim": tagged.tag.label}
        return done_with(tagged.content_object, message)

    page = page_on(found, title=_("Claim"), action=_("Tag"))
    return answer_form(request, form, page, save)


@writes
def edit(request: HttpRequest, annotation_id: UUID, claim_slug: str) -> HttpResponse:
    """Change what a highlight does to a claim."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    occurrence = occurrence_or_404(found, claim_slug)
    form = RetagForm(request.POST or None, initial=_initial(found, occurrence))
    form.fields["counter"].required = True
    offer_speakers(viewer, form, found.article, claim_slug)
    offer_author(form, occurrence)
    if occurrence.voice_basis == ClaimOccurrence.VoiceBasis.GUESSED:
        form.fields["voice"].help_text = _(
            "Guessed from the quotation marks. Saving confirms it; choose another if it is wrong."
        )

    def save() -> Done:
        said = form.said_instead(occurrences.said_of(occurrence))
        if said.speaker == form.cleaned_data["speaker"]:
            check_speaker(request, form)
        counter = form.cleaned_data["counter"]
        saved = occurrences.edit(viewer, occurrence, said, counter=counter)
        done = done_with(saved.content_object, _("Saved."))
        return replace(done, url=_on_claim_page(saved)) if is_from_claim else done

    is_from_claim = typed(request, "from") == "claim"
    remove = reverse("occurrence_remove", args=[found.pk, claim_slug])
    page = page_on(
        found,
        title=occurrence.tag.label,
        action=_("Save"),
        remove=remove,
        remove_action=_("Take this claim away"),
    )
    if is_from_claim:
        page.context.update(_shown_on_claim_page(occurrence))
    return answer_form(request, form, page, save)


@writes
def remove(request: HttpRequest, annotation_id: UUID, claim_slug: str) -> HttpResponse:
    """Take a claim away from a highlight at once, with Undo; a GET asks first."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    claim = once_tagged_or_404(found, claim_slug)
    if request.method != "POST":
        claim = occurrence_or_404(found, claim_slug).tag
    form = seen_form(request, found.counter)

    def save() -> Done:
        counter = form.cleaned_data["counter"]
        stored = occurrences.untag(viewer, found, claim, counter=counter)
        restore_url = reverse("occurrence_restore", args=[found.pk, claim.slug])
        return with_undo(done_with(stored, _taken_away(claim)), restore_url)

    title = _("Take “%(claim)s” away?") % {"claim": claim.label}
    return answer_form(request, form, page_on(found, title=title, action=_("Take away")), save)


@writes
def restore(request: HttpRequest, annotation_id: UUID, claim_slug: str) -> HttpResponse:
    """Tag again what was taken away; a GET says that it is away and offers it."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    claim = once_tagged_or_404(found, claim_slug)
    if request.method == "POST":
        stored = occurrences.restore(viewer, found, claim)
        return finish(request, done_with(stored, _("It is back.")))
    if is_tagged(found, claim):
        return HttpResponseRedirect(place_of(found))
    return undo_page_on(found, title=_taken_away(claim)).ask(request)


def _taken_away(claim: Claim) -> str:
    return _("“%(claim)s” is taken away.") % {"claim": claim.label}


def _on_claim_page(occurrence: ClaimOccurrence) -> str:
    return f"{occurrence.tag.get_absolute_url()}#o{occurrence.pk}"


def _shown_on_claim_page(occurrence: ClaimOccurrence) -> dict[str, object]:
    """Return what the form shows to who came from the page of the claim, and goes back there."""
    return {
        "passage": passages_at([occurrence.pk])[0],
        "claim": occurrence.tag,
        "stance": occurrence.stance,
        "within": None,
        "back": _on_claim_page(occurrence),
    }


def _initial(annotation: Annotation, occurrence: ClaimOccurrence) -> dict[str, object]:
    return {
        "stance": occurrence.stance,
        "voice": occurrence.voice,
        "mode": occurrence.mode,
        "speaker": occurrence.speaker.name if occurrence.speaker else "",
        "confidence": occurrence.confidence,
        "reason": occurrence.note,
        "counter": annotation.counter,
    }
