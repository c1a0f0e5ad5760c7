"""Tagging claims on a highlight."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for, occurrence_or_404
from annotations.forms import SaidForm, TagForm
from annotations.models import Annotation, ClaimOccurrence
from annotations.queries.places import block_numbers, place_of
from annotations.services import occurrences
from annotations.views.answers import Done, FormPage, answer_form, seen_form, writes
from annotations.views.writing import about, done_with
from corpus.access import viewer_of
from corpus.errors import Invalid


@writes
def tag(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Tag one more claim on a highlight."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    form = TagForm(request.POST or None, initial={"counter": found.counter})

    def save() -> Done:
        tagging = form.tagging()
        if tagging is None:
            raise Invalid(_("Name a claim."), claim=_("Name a claim."))
        counter = form.cleaned_data["counter"]
        tagged = occurrences.tag(viewer, found, tagging, counter=counter)
        return _done(tagged, _("Tagged: %(claim)s.") % {"claim": tagged.tag.label})

    page = _page(found, title=_("Claim"), action=_("Tag"))
    return answer_form(request, form, page, save)


@writes
def edit(request: HttpRequest, annotation_id: UUID, claim_slug: str) -> HttpResponse:
    """Change what a highlight does to a claim."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    occurrence = occurrence_or_404(found, claim_slug)
    form = SaidForm(request.POST or None, initial=_initial(found, occurrence))
    form.fields["counter"].required = True

    def save() -> Done:
        counter = form.cleaned_data["counter"]
        saved = occurrences.edit(viewer, occurrence, form.said(), counter=counter)
        return _done(saved, _("Saved."))

    remove = reverse("occurrence_remove", args=[found.pk, claim_slug])
    page = _page(
        found,
        title=occurrence.tag.label,
        action=_("Save"),
        remove=remove,
        remove_action=_("Take this claim away"),
    )
    return answer_form(request, form, page, save)


@writes
def remove(request: HttpRequest, annotation_id: UUID, claim_slug: str) -> HttpResponse:
    """Take a claim away from a highlight; a GET asks first."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    claim = occurrence_or_404(found, claim_slug).tag
    form = seen_form(request, found.counter)

    def save() -> Done:
        counter = form.cleaned_data["counter"]
        stored = occurrences.untag(viewer, found, claim, counter=counter)
        return done_with(stored, _("The claim is taken away."))

    title = _("Take “%(claim)s” away?") % {"claim": claim.label}
    return answer_form(request, form, _page(found, title=title, action=_("Take away")), save)


def _page(annotation: Annotation, **context: str) -> FormPage:
    return FormPage("annotations/forms/form.html", about(annotation) | context)


def _initial(annotation: Annotation, occurrence: ClaimOccurrence) -> dict[str, object]:
    return {
        "stance": occurrence.stance,
        "voice": occurrence.voice,
        "mode": occurrence.mode,
        "speaker": occurrence.speaker.name if occurrence.speaker else "",
        "counter": annotation.counter,
    }


def _done(occurrence: ClaimOccurrence, message: str) -> Done:
    highlight = occurrence.content_object
    return Done(
        id=highlight.pk,
        number=highlight.number,
        url=place_of(highlight),
        message=message,
        counter=highlight.counter,
        blocks=block_numbers(highlight),
    )
