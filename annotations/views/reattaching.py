"""Putting highlights that an edit displaced on the right words, at once or by a page."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.choosing import sentences_of
from annotations.forms import ReattachForm
from annotations.models import Annotation
from annotations.queries.orphans import likely_block, lost_words_of
from annotations.queries.places import block_numbers, place_of, report_on
from annotations.services import reattaching
from annotations.views.answers import Done, answer_form, finish
from annotations.views.paragraphs import block_or_404, chosen_passage, openings
from annotations.views.stored import about, done_with, undo_page_on, with_undo
from corpus.access import current_version, version_or_404, viewer_of
from corpus.models import ArticleVersion
from corpus.views.answers import FormPage, writes


@writes
def reattach(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Put it on the words that were sent; without script ask for a paragraph and its words."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reattach")
    is_lost = found.anchor_state != Annotation.AnchorState.EXACT
    if request.method != "POST" and not is_lost:
        return HttpResponseRedirect(place_of(found))
    is_looking = "show" in request.POST
    version, number = _paragraph_asked_for(request, found, is_looking=is_looking)
    block = block_or_404(version, number)
    form = _form(request, found, version, number, is_looking=is_looking)
    context = {
        "lost": lost_words_of(found, current_version(found.article)),
        "version": version,
        "number": int(number),
        "paragraph": version.text[block.start : block.end],
        "openings": openings(version),
        "report": report_on(found.article),
    }
    page = FormPage("annotations/forms/reattach.html", about(found) | context)
    if is_looking:
        return page.show(request, form)

    def save() -> Done:
        stored = reattaching.reattach(
            viewer,
            found,
            form.passage() or chosen_passage(version, block, form),
            version=version.number,
            counter=form.cleaned_data["counter"],
        )
        undo = reverse("annotation_reattach_undo", args=[stored.pk])
        undo = f"{undo}?from=report" if _is_from_report(request) else undo
        return with_undo(done_with(stored, _("Attached to the new words.")), undo)

    return answer_form(request, form, page, save)


@writes
def undo(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Put it back where it was before; a GET says where it is now and offers that."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reattach")
    report = report_on(found.article)
    back = report if _is_from_report(request) else place_of(found)
    if request.method != "POST":
        if not reattaching.can_be_undone(found):
            return HttpResponseRedirect(back)
        title, place = _("Attached to the new words."), place_of(found)
        page = undo_page_on(found, title=title, back=place, report=report)
        return page.ask(request)
    shown = block_numbers(found)
    done = done_with(reattaching.undo_reattach(viewer, found), _("It is back where it was."))
    done = replace(done, blocks=sorted({*shown, *done.blocks}))
    return finish(request, replace(done, url=back) if _is_from_report(request) else done)


def _is_from_report(request: HttpRequest) -> bool:
    """Say whether its reader came from the report on the highlights, and wants back there."""
    return "report" in {request.GET.get("from"), request.POST.get("from")}


def _paragraph_asked_for(
    request: HttpRequest, found: Annotation, *, is_looking: bool
) -> tuple[ArticleVersion, str]:
    """Return the version and the number of its paragraph that words are chosen in."""
    sent = request.POST if request.method == "POST" else request.GET
    version = version_or_404(found.article, sent.get("version", ""))
    asked = sent.get("other" if is_looking else "block", "")
    if asked:
        return version, asked
    # A script sends the words themselves and no paragraph to choose them from.
    return version, "1" if request.method == "POST" else str(likely_block(found, version))


def _form(
    request: HttpRequest,
    found: Annotation,
    version: ArticleVersion,
    number: str,
    *,
    is_looking: bool,
) -> ReattachForm:
    """Return the form for a paragraph; who looks at another one keeps the words they typed."""
    sentences = sentences_of(version.text, block_or_404(version, number))
    initial = {"block": number, "version": version.number, "counter": found.counter}
    if is_looking:
        typed_words = {name: request.POST.get(name, "") for name in ("from_words", "to_words")}
        return ReattachForm(sentences=sentences, initial=initial | typed_words)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data.setdefault("block", number)
    return ReattachForm(data, sentences=sentences, initial=initial)
