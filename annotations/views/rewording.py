"""Changing the words that a highlight marks, at once or by a page."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.choosing import sentences_of
from annotations.forms import RewordForm
from annotations.models import Annotation
from annotations.queries.places import block_numbers, place_of
from annotations.services import rewording
from annotations.views.answers import Done, answer_form, finish
from annotations.views.paragraphs import block_or_404, chosen_passage, openings
from annotations.views.stored import about, done_with, undo_page_on, with_undo
from corpus.access import version_or_404, viewer_of
from corpus.models import ArticleVersion
from corpus.text.blocks import Block
from corpus.text.sentences import sentences
from corpus.views.answers import FormPage, writes


@writes
def words(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Let it mark the words that were sent; without script ask for sentences or for words."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    shown = block_numbers(found)
    if request.method != "POST" and not shown:
        return HttpResponseRedirect(place_of(found))
    sent = request.POST if request.method == "POST" else request.GET
    is_looking = "show" in request.POST
    version = version_or_404(found.article, sent.get("version", ""))
    asked = _asked_for(sent, shown, is_looking=is_looking)
    within = _stretch_or_404(version, asked)
    form = _form(request, found, version, within, is_looking=is_looking)
    context = {
        "version": version,
        "first": min(map(int, asked)),
        "last": max(map(int, asked)),
        "openings": openings(version),
    }
    page = FormPage("annotations/forms/words.html", about(found) | context)
    if is_looking:
        return page.show(request, form)

    def save() -> Done:
        stored = rewording.change_words(
            viewer,
            found,
            form.passage() or chosen_passage(version, within, form),
            version=version.number,
            counter=form.cleaned_data["counter"],
        )
        if stored.counter == form.cleaned_data["counter"]:
            return done_with(stored, _("It marks these words already."))
        done = done_with(stored, _("Words changed."))
        undo = reverse("annotation_words_undo", args=[stored.pk])
        return with_undo(replace(done, blocks=sorted({*shown, *done.blocks})), undo)

    return answer_form(request, form, page, save)


@writes
def undo(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Let it mark its former words; a GET says that they were changed and offers that."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    if request.method != "POST":
        if not rewording.can_be_undone(found):
            return HttpResponseRedirect(place_of(found))
        return undo_page_on(found, title=_("Words changed."), back=place_of(found)).ask(request)
    shown = block_numbers(found)
    done = done_with(rewording.undo_change(viewer, found), _("It marks its former words again."))
    return finish(request, replace(done, blocks=sorted({*shown, *done.blocks})))


def _asked_for(sent: QueryDict, shown: list[int], *, is_looking: bool) -> list[str]:
    """Return the numbers of the first and the last paragraph, in either order, to choose in."""
    ends = ("from_block", "to_block") if is_looking else ("first", "last")
    # A script sends the words themselves and no paragraphs to choose them from.
    home = (shown[0], shown[-1]) if shown and "version" not in sent else (1, 1)
    return [sent.get(end) or str(number) for end, number in zip(ends, home, strict=True)]


def _stretch_or_404(version: ArticleVersion, numbers: list[str]) -> Block:
    """Return the paragraphs between those of these numbers, which are in it, as one block."""
    ends = [block_or_404(version, number) for number in numbers]
    return Block("paragraph", min(end.start for end in ends), max(end.end for end in ends))


def _form(
    request: HttpRequest,
    found: Annotation,
    version: ArticleVersion,
    within: Block,
    *,
    is_looking: bool,
) -> RewordForm:
    """Return the form for a stretch, the sentences that it marks now chosen in it."""
    initial = {
        "version": version.number,
        "counter": found.counter,
        "sentences": _touched(found, version, within),
    }
    choices = sentences_of(version.text, within)
    if is_looking:
        typed_words = {name: request.POST.get(name, "") for name in ("from_words", "to_words")}
        return RewordForm(sentences=choices, initial=initial | typed_words)
    return RewordForm(request.POST or None, sentences=choices, initial=initial)


def _touched(found: Annotation, version: ArticleVersion, within: Block) -> list[int]:
    """Return the indexes of the sentences `within` that hold words of the highlight."""
    start, end = found.start, found.end
    if start is None or end is None or found.version_id != version.pk:
        return []
    spans = sentences(version.text, within.start, within.end)
    return [index for index, span in enumerate(spans) if span.start < end and start < span.end]
