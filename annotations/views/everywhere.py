"""Marking every place of an article with the same words, and taking that back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.audience_fields import read_audience, value_of
from annotations.everywhere_forms import EverywhereForm, FindForm
from annotations.models import Annotation, ClaimOccurrence
from annotations.queries.audiences import groups_to_write_for
from annotations.queries.everywhere import highlight_numbered, made_together, places_with
from annotations.queries.places import block_numbers, place_of, place_without
from annotations.services import everywhere
from annotations.services.occurrences import Tagging
from annotations.views.answers import Done, answer_form, finish
from annotations.views.speaker_names import check_speaker, offer_speakers
from annotations.views.stored import with_undo
from corpus.access import article_or_404, current_version, version_or_404, viewer_of
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer
from corpus.views.answers import FormPage, writes

# As an address has it; int() refuses thousands of digits.
_SPAN = re.compile(r"(\d{1,9}),(\d{1,9})", re.ASCII)


@writes
def mark(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where the words stand that are asked for, and highlight the places that are chosen."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    version = current_version(article)
    sent = request.POST if request.method == "POST" else request.GET
    like = highlight_numbered(viewer, article, sent.get("like", ""))
    find = FindForm(_asked(sent, like, article))
    tagged = list(like.occurrences.select_related("tag", "speaker")) if like else []
    is_own = like is not None and like.creator_id == viewer.user_id
    form = EverywhereForm(
        request.POST or None,
        tagged={row.tag.slug: _tagging(row) for row in tagged},
        groups=groups_to_write_for(viewer.user_id),
        initial={"version": version.number} | (_said(viewer, like) if like and is_own else {}),
    )
    offer_speakers(viewer, form, article)
    context = {
        "article": article,
        "version": version,
        "find": find,
        "like": like,
        "tagged": tagged,
        "is_own": is_own,
        "chosen": request.POST.getlist("places"),
        "chosen_claims": request.POST.getlist("claims"),
        "back": place_of(like) if like else article.get_absolute_url(),
    }
    context |= _found(viewer, article, version, find)
    page = FormPage("annotations/forms/everywhere.html", context)

    def save() -> Done:
        check_speaker(request, form)
        draft = form.draft(None)
        together = draft.client_id or uuid4()
        made = everywhere.mark_everywhere(viewer, article, form.spans(), draft, together=together)
        undo = reverse("everywhere_undo", args=[slug, together])
        done = replace(_done(made, _marked(len(made))), number=made[0].number, is_new=True)
        return with_undo(done, undo)

    return answer_form(request, form, page, save)


@writes
def undo(request: HttpRequest, slug: str, together: UUID) -> HttpResponse:
    """Take back all that one press made; a GET says how many are left and offers that."""
    viewer = viewer_of(request.user)
    article = article_or_404(viewer, slug)
    left = made_together(viewer, article, together)
    if not left:
        raise Http404
    if request.method == "POST":
        gone, kept = everywhere.take_back(viewer, article, together)
        return finish(request, _done([*gone, *kept], _taken_back(len(gone), len(kept))))
    left = [made for made in left if made.deleted_at is None]
    if not left:
        return HttpResponseRedirect(article.get_absolute_url())
    context = {
        "title": _marked(len(left)),
        "action": _("Undo"),
        "is_done": True,
        "back": place_of(left[0]),
    }
    return FormPage("annotations/forms/form.html", context).ask(request)


def _asked(sent: QueryDict, like: Annotation | None, article: Article) -> dict[str, Any]:
    """Return what is looked for: what was sent, the words of `like`, or a passage "t=120,160".

    Such offsets count in the version that is sent along: a page may be older than the text.
    """
    if "words" in sent:
        return sent.dict()
    span = _SPAN.fullmatch(sent.get("t", ""))
    if like or not span:
        return {"words": like.exact if like else "", "whole": True}
    version = version_or_404(article, sent.get("version", ""))
    return {"words": version.text[int(span[1]) : int(span[2])], "whole": True}


def _found(
    viewer: Viewer, article: Article, version: ArticleVersion, find: FindForm
) -> dict[str, Any]:
    """Return the places that the page shows; none while it is not known what to look for."""
    if not find.is_valid():
        return {"found": None}
    words = find.cleaned_data["words"]
    most = everywhere.MOST_PLACES
    found = places_with(viewer, article, version, words, find.alike(), most=most)
    return {
        "found": found,
        "offered": found.shown,
        "most": most,
        "is_too_many": found.free > most,
    }


def _said(viewer: Viewer, like: Annotation) -> dict[str, Any]:
    """Return what a highlight of the reader's own says, for the others to say it too.

    Words for a group that they left are for the reader alone until said otherwise.
    """
    audience = value_of(like)
    _kind, keys = read_audience(audience)
    return {"note": like.note, "audience": audience if keys <= viewer.group_ids else "private"}


def _tagging(row: ClaimOccurrence) -> Tagging:
    """Return the claim as it is tagged; a guess at the voice is made anew at each place."""
    is_guess = row.voice_basis == ClaimOccurrence.VoiceBasis.GUESSED
    return Tagging(
        claim=row.tag.name,
        stance=row.stance,
        voice="" if is_guess else row.voice,
        mode=row.mode,
        speaker=row.speaker.name if row.speaker else "",
        confidence=row.confidence,
        note=row.note,
    )


def _done(made: Sequence[Annotation], message: str) -> Done:
    first = made[0]
    return Done(
        id=first.pk,
        url=place_without(first),
        message=message,
        counter=first.counter,
        blocks=sorted({number for one in made for number in block_numbers(one)}),
    )


def _marked(count: int) -> str:
    return ngettext("%(count)d place highlighted.", "%(count)d places highlighted.", count) % {
        "count": count
    }


def _taken_back(gone: int, kept: int) -> str:
    message = ngettext(
        "%(count)d highlight is taken back.", "%(count)d highlights are taken back.", gone
    ) % {"count": gone}
    if not kept:
        return message
    stay = ngettext(
        "%(count)d stays, for it was changed or answered since.",
        "%(count)d stay, for they were changed or answered since.",
        kept,
    ) % {"count": kept}
    return f"{message} {stay}"
