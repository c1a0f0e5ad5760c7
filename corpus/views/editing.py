"""Changing the text of an article: the form, the preview, and what crossed another edit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus.access import article_or_404, current_version, version_or_404, viewer_of
from corpus.errors import Invalid, NotAllowed, Stale
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer, allowed
from corpus.queries.editing import (
    TextDraft,
    crossed_context,
    draft_on,
    form_context,
    is_changed,
    new_draft,
    preview_context,
    take_back_context,
)
from corpus.queries.versions import newest_own
from corpus.services.editing import edit_text, edited_text
from corpus.services.versions import take_back
from corpus.text_forms import ReasonForm, TextForm
from corpus.views.answers import SEE_OTHER, STATUS, writes
from corpus.views.typed import typed

_NUMBER_DIGITS = 6


@writes
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the new text of an article, show what it changes, and store it."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    _check_right(viewer)
    if request.method != "POST":
        draft = new_draft(article, current_version(article), _number(typed(request, "from"), 1))
        return _form(request, draft, TextForm())
    step, _dash, row = request.POST.get("step", "").partition("-")
    form = TextForm(request.POST, needs_reason=step == "save")
    try:
        draft = form.draft(article)
    except Invalid as refused:
        context = {"reason": refused.message}
        return render(request, "400.html", context, status=STATUS["invalid"])
    if step in {"up", "down", "add", "join"}:
        return _form(request, draft.arranged(step, _number(row, -1)), form)
    if step == "edit":
        return _form(request, draft, form)
    return _checked(request, viewer, draft, form, is_saved=step == "save")


@writes
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what the text of an old version would change, and make it the text again."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    _check_right(viewer)
    present, old = current_version(article), version_or_404(article, str(number))
    if old == present:
        return redirect(article)
    said = _("The text of version %(number)d again") % {"number": number}
    asked = {"seen": present.number, "reason": said}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=asked)
    status = 200
    if form.is_bound:
        status = STATUS["invalid"]
        if form.is_valid():
            sent = form.cleaned_data
            try:
                stored = take_back(viewer, article, old, seen=sent["seen"], reason=sent["reason"])
            except Stale:
                form = ReasonForm(initial=asked | {"reason": sent["reason"]})
                messages.warning(request, _crossed(present))
                status = STATUS["stale"]
            else:
                return _brought_back(request, article, stored, present)
    context = take_back_context(viewer, article, old, present) | {"form": form}
    return render(request, "corpus/bring_back.html", context, status=status)


def _check_right(viewer: Viewer) -> None:
    if not allowed(viewer, "article.edit"):
        raise NotAllowed


def _checked(
    request: HttpRequest, viewer: Viewer, draft: TextDraft, form: TextForm, *, is_saved: bool
) -> HttpResponse:
    """Show what `draft` changes, or store it; the form again where that cannot be."""
    present = current_version(draft.article)
    if present != draft.version:
        return _meeting(request, draft, present, form)
    try:
        made = edited_text(draft.version, draft.blocks())
        if not is_changed(draft.version, made.new):
            raise Invalid(_("Nothing is changed yet. Edit a block, then look at the changes."))
    except Invalid as refused:
        form.add_error(None, refused.message)
        return _form(request, draft, form, status=STATUS["invalid"])
    if is_saved and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            stored = edit_text(viewer, draft.article, draft.version, draft.blocks(), reason=reason)
            return _saved(request, draft.article, stored)
        except Stale:
            present = current_version(article_or_404(viewer, draft.article.slug))
            return _meeting(request, draft, present, form)
    context = preview_context(viewer, draft, made) | {"form": form, "is_refused": is_saved}
    context["stored"] = newest_own(viewer, draft.article)
    status = STATUS["invalid"] if is_saved else 200
    return render(request, "corpus/text_preview.html", context, status=status)


def _form(
    request: HttpRequest, draft: TextDraft, form: TextForm, status: int = 200, **more: Any
) -> HttpResponse:
    stored = newest_own(viewer_of(request.user), draft.article)
    context = form_context(draft) | more | {"form": form, "stored": stored}
    return render(request, "corpus/text_edit.html", context, status=status)


def _meeting(
    request: HttpRequest, draft: TextDraft, present: ArticleVersion, form: TextForm
) -> HttpResponse:
    """Show the form again, brought together with the version that was stored meanwhile."""
    crossed = crossed_context(viewer_of(request.user), draft, present)
    return _form(request, draft_on(draft, present), form, STATUS["stale"], **crossed)


def _crossed(present: ArticleVersion) -> str:
    sentence = _("Version %(number)d was stored meanwhile. Look at the changes again, then save.")
    return sentence % {"number": present.number}


def _brought_back(
    request: HttpRequest, article: Article, stored: ArticleVersion, before: ArticleVersion
) -> HttpResponse:
    if stored != before:
        return _saved(request, article, stored)
    messages.info(request, _("The text is the same already. Nothing was changed."))
    return HttpResponseRedirect(article.get_absolute_url(), status=SEE_OTHER)


def _saved(request: HttpRequest, article: Article, stored: ArticleVersion) -> HttpResponse:
    message = _("Version %(number)d is saved.") % {"number": stored.number}
    messages.success(request, message)
    url = reverse("article_changes", args=[article.slug, stored.number])
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _number(digits: str, otherwise: int) -> int:
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _NUMBER_DIGITS
    return int(digits) if is_number else otherwise
