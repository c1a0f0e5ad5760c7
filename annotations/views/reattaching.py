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
from annotations.queries.orphans import lost_words_of
from annotations.queries.places import block_numbers, place_of
from annotations.services import reattaching
from annotations.views.answers import Done, answer_form, finish
from annotations.views.paragraphs import block_or_404, chosen_passage
from annotations.views.stored import about, done_with, page_on, with_undo
from corpus.access import current_version, version_or_404, viewer_of
from corpus.models import ArticleVersion
from corpus.text.blocks import block_at, blocks_from_data
from corpus.views.answers import FormPage, writes


@writes
def reattach(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Put it on the words that were sent; without script ask for a paragraph and its words."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reattach")
    is_lost = found.anchor_state != Annotation.AnchorState.EXACT
    if request.method != "POST" and not is_lost:
        return HttpResponseRedirect(place_of(found))
    sent = request.POST if request.method == "POST" else request.GET
    version = version_or_404(found.article, sent.get("version", ""))
    number = sent.get("block") or _likely_block(found, version)
    block = block_or_404(version, number)
    initial = {"block": number, "version": version.number, "counter": found.counter}
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        # A script knows the words, and sends no block to choose them from.
        data.setdefault("block", number)
    form = ReattachForm(data, sentences=sentences_of(version.text, block), initial=initial)
    page = FormPage(
        "annotations/forms/reattach.html",
        about(found)
        | {
            "lost": lost_words_of(found, current_version(found.article)),
            "version": version,
            "number": int(number),
            "paragraph": version.text[block.start : block.end],
            "openings": _openings(version),
        },
    )

    def save() -> Done:
        stored = reattaching.reattach(
            viewer,
            found,
            form.passage() or chosen_passage(version, block, form),
            version=version.number,
            counter=form.cleaned_data["counter"],
        )
        undo = reverse("annotation_reattach_undo", args=[stored.pk])
        return with_undo(done_with(stored, _("Attached to the new words.")), undo)

    return answer_form(request, form, page, save)


@writes
def undo(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Put it back where it was before; a GET says where it is now and offers that."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reattach")
    if request.method != "POST":
        if not reattaching.can_be_undone(found):
            return HttpResponseRedirect(place_of(found))
        title, back = _("Attached to the new words."), place_of(found)
        return page_on(found, title=title, action=_("Undo"), back=back).ask(request)
    shown = block_numbers(found)
    done = done_with(reattaching.undo_reattach(viewer, found), _("It is back where it was."))
    return finish(request, replace(done, blocks=sorted({*shown, *done.blocks})))


def _likely_block(found: Annotation, version: ArticleVersion) -> str:
    """Return the number of the paragraph in which the words may be: about where they were."""
    offset = found.start if found.guess_start is None else found.guess_start
    return str(block_at(blocks_from_data(version.blocks), offset or 0) + 1)


def _openings(version: ArticleVersion) -> list[tuple[int, str]]:
    """Return the numbers of the paragraphs with the first words of each."""
    blocks = enumerate(blocks_from_data(version.blocks), start=1)
    return [(number, version.text[block.start : block.end][:80]) for number, block in blocks]
