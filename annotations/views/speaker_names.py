"""Whom a field for a speaker offers, and asking back before a name is doubled."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from annotations.models import ClaimOccurrence
from annotations.queries.speaker_names import (
    MOST_LISTED,
    complete_speakers,
    names_like,
    sole_author,
)
from annotations.saying_forms import SaidForm
from annotations.speaker_input import SpeakerInput
from corpus.access import known_at, viewer_of
from corpus.errors import Invalid
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.views.typed import typed

# So many names are asked back about.
_MOST_ASKED = 3


@require_safe
@cache_control(private=True, no_store=True)
def complete(request: HttpRequest) -> HttpResponse:
    """Answer the options for what was typed in a field for a speaker, as items of a list.

    `article` is the slug of the article that is read, `claim` the label or slug of the claim.
    """
    viewer = viewer_of(request.user)
    found = complete_speakers(
        viewer,
        typed(request, "q"),
        article=known_at(viewer, typed(request, "article")),
        claim=typed(request, "claim"),
    )
    return render(request, "annotations/_speaker_options.html", {"found": found})


def offer_speakers(viewer: Viewer, form: SaidForm, article: Article, claim: str = "") -> None:
    """List those who may speak behind the field of `form`, and say where a script finds more."""
    field: SpeakerInput = form.fields["speaker"].widget
    found = complete_speakers(viewer, "", article=article, claim=claim, most=MOST_LISTED)
    field.names = [option.name for option in found.options]
    query = urlencode({"article": article.slug, "claim": claim})
    field.complete_url = f"{reverse('speakers_complete')}?{query}"


def offer_author(form: SaidForm, occurrence: ClaimOccurrence) -> None:
    """Fill the article's only author in where the voice is the author's and nobody is named.

    It is a guess that nothing stores: saving the form confirms it.
    """
    author = sole_author(occurrence.content_object.article)
    is_meant = occurrence.voice == ClaimOccurrence.Voice.AUTHOR and occurrence.speaker is None
    if not (author and is_meant):
        return
    form.initial["speaker"] = author
    form.fields["speaker"].widget.attrs["data-guessed"] = ""
    form.fields["speaker"].help_text = _(
        "Guessed: the author of the article, for the voice is the author's. Saving confirms it;"
        " name somebody else or nobody if it is wrong."
    )


def check_speaker(request: HttpRequest, form: SaidForm) -> None:
    """Ask back once about a name that is new but like one that is known.

    Raises Invalid; sent again, the same name passes. Call it after `is_valid`. A script that has
    shown the names like it says so in `new_speaker`.
    """
    name = form.cleaned_data["speaker"]
    if not name or name == form.cleaned_data["new_speaker"]:
        return
    like = names_like(viewer_of(request.user), name)[:_MOST_ASKED]
    if not like:
        return
    resent: QueryDict = request.POST.copy()
    resent["new_speaker"] = name
    form.data = resent
    names = get_text_list([_("“%(name)s”") % {"name": one} for one in like], _("or"))
    sentence = _(
        "“%(name)s” may be %(names)s. Choose that name, or save again if it is somebody else."
    ) % {"name": name, "names": names}
    raise Invalid(sentence, speaker=sentence)
