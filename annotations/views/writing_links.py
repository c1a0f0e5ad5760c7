"""Linking a highlight or an article to a passage or another article."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import annotation_for, link_for
from annotations.forms import LinkEditForm, LinkForm
from annotations.models import Audience
from annotations.queries.link_targets import KINDS, link_targets
from annotations.queries.places import link_place
from annotations.services import links
from annotations.services.links import End
from annotations.views.answers import Done, answer_form
from annotations.views.link_ends import far_end, target_value
from annotations.views.stored import about, done_with, new, page_on
from corpus.access import article_or_404, viewer_of
from corpus.permissions import Viewer
from corpus.views.answers import FormPage, writes
from corpus.views.typed import typed


@writes
def link_annotation(request: HttpRequest, annotation_id: UUID) -> HttpResponse:
    """Link a highlight; without script ask for words to search the other end by."""
    viewer = viewer_of(request.user)
    found = annotation_for(viewer, annotation_id, "reply")
    near = End(found.article, annotation=found if found.is_highlight else None)
    context = about(found) | {"title": _("Link this passage")}
    return _link(request, viewer, near, context)


@writes
def link_article(request: HttpRequest, slug: str) -> HttpResponse:
    """Link an article as a whole."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    back = article.get_absolute_url()
    context = {"article": article, "title": _("Link this article"), "back": back}
    return _link(request, viewer, End(article), context)


@writes
def edit(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Change relation, note and audience of a link."""
    viewer = viewer_of(request.user)
    found = link_for(viewer, link_id, "edit")
    names = ("relation", "note", "audience", "counter")
    initial = {name: getattr(found, name) for name in names}
    form = LinkEditForm(request.POST or None, initial=initial)
    if found.audience == Audience.GROUPS:
        del form.fields["audience"]

    def save() -> Done:
        counter = form.cleaned_data["counter"]
        saved = links.edit(viewer, found, form.changes(), counter=counter)
        return done_with(saved, _("Saved."))

    page = page_on(
        found,
        title=_("Edit the link"),
        action=_("Save"),
        back=found.get_absolute_url(),
        remove=reverse("link_delete", args=[found.pk]),
        remove_action=_("Delete this link"),
    )
    return answer_form(request, form, page, save)


def _link(
    request: HttpRequest, viewer: Viewer, near: End, context: dict[str, object]
) -> HttpResponse:
    # The choices know no groups; the service keeps the link among those of the passage.
    audience = near.annotation.audience if near.annotation else Audience.PUBLIC
    form = LinkForm(request.POST or None, initial={"audience": audience})
    # The template calls it: a link that is stored needs no search.
    context |= {"kinds": KINDS, "results": partial(_results, request, viewer, near)}

    def save() -> Done:
        made = links.create(viewer, near, far_end(viewer, form), form.draft())
        return new(done_with(made, _("Linked.")), url=link_place(made))

    return answer_form(request, form, FormPage("annotations/forms/link.html", context), save)


def _results(request: HttpRequest, viewer: Viewer, near: End) -> dict[str, object]:
    """Return what the words in the address find, each with what its radio button sends."""
    kind = next((kind for kind in KINDS if kind == typed(request, "kind")), KINDS[0])
    targets = link_targets(viewer, typed(request, "q"), kind=kind, without=near.article.slug)
    choices = [(target, target_value(target)) for target in targets.found]
    return {"targets": targets, "choices": choices}
