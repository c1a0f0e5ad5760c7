"""Making and changing highlights and notes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from annotations.access import annotation_for
from annotations.anchoring import Passage
from annotations.audience_fields import value_of
from annotations.choosing import sentences_of
from annotations.forms import MarkForm, NoteForm, ParagraphForm
from annotations.queries.audiences import groups_to_write_for
from annotations.services import annotations
from annotations.views.answers import Done, answer_form
from annotations.views.paragraphs import block_or_404, chosen_passage
from annotations.views.speaker_names import check_speaker, offer_speakers
from annotations.views.stored import done_with, new, page_on, telling_of_names
from corpus.access import article_or_404, version_or_404, viewer_of
from corpus.models import Article
from corpus.views.answers import FormPage, writes


@writes
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Store a highlight or a note; without script ask for a paragraph's words or a note."""
    article = article_or_404(viewer_of(request.user), slug)
    sent = request.POST if request.method == "POST" else request.GET
    if "block" in sent:
        return _create_in_paragraph(request, article)
    form = MarkForm(request.POST or None, groups=groups_to_write_for(request.user.pk))
    page = FormPage("annotations/forms/mark.html", {"article": article})

    def save() -> Done:
        return _created(request, article, form, form.passage())

    return answer_form(request, form, page, save)


@writes
def edit(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Change the words and who sees them."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "edit")
    form = NoteForm(
        request.POST or None,
        initial={"note": found.note, "audience": value_of(found), "counter": found.counter},
        groups=groups_to_write_for(viewer.user_id),
        keeps_audience=found.parent is not None,
    )

    def save() -> Done:
        counter = form.cleaned_data["counter"]
        saved = annotations.edit(viewer, found, form.changes(), counter=counter)
        return telling_of_names(done_with(saved, _("Saved.")), saved)

    return answer_form(request, form, page_on(found, title=_("Edit"), action=_("Save")), save)


def _create_in_paragraph(request: HttpRequest, article: Article) -> HttpResponse:
    """Ask for a passage of the paragraph `block`, or store what was chosen."""
    sent = request.POST if request.method == "POST" else request.GET
    version = version_or_404(article, sent.get("version", ""))
    number = sent.get("block", "")
    block = block_or_404(version, number)
    form = ParagraphForm(
        request.POST or None,
        sentences=sentences_of(version.text, block),
        groups=groups_to_write_for(request.user.pk),
        initial={"block": number, "version": version.number},
    )
    offer_speakers(viewer_of(request.user), form, article)
    context = {
        "article": article,
        "number": number,
        "paragraph": version.text[block.start : block.end],
    }

    def save() -> Done:
        return _created(request, article, form, chosen_passage(version, block, form))

    return answer_form(request, form, FormPage("annotations/forms/paragraph.html", context), save)


def _created(
    request: HttpRequest, article: Article, form: MarkForm, passage: Passage | None
) -> Done:
    check_speaker(request, form)
    made = annotations.create(viewer_of(request.user), article, form.draft(passage))
    message = _("Highlighted.") if made.is_highlight else _("Noted.")
    return telling_of_names(new(done_with(made, message)), made)
