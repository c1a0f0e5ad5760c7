"""Claims and readers by a part of their names, for the palette of commands."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access import visible_annotations, visible_occurrences
from annotations.models import Profile
from annotations.queries.completion import complete_claims
from corpus.commands import Match
from corpus.models import Agent, AgentAlias
from corpus.permissions import Viewer
from corpus.queries.commands import MOST_OFFERED, nearest


def claims_called(viewer: Viewer, typed: str) -> list[Match]:
    """Return the claims that `viewer` may know with the typed words in a name of theirs."""
    options = complete_claims(viewer, typed).options[:MOST_OFFERED]
    return [
        Match(
            option.claim.label,
            option.claim.get_absolute_url(),
            ngettext("%(n)d passage", "%(n)d passages", option.counts.passages)
            % {"n": option.counts.passages},
            option.claim.slot,
        )
        for option in options
    ]


def speakers_called(viewer: Viewer, typed: str) -> list[Match]:
    """Return who speaks in passages that `viewer` sees, by name or alias."""
    said = visible_occurrences(viewer).filter(speaker__isnull=False).order_by()
    seen = Agent.objects.filter(id__in=said.values("speaker")).order_by("folded")
    shown = AgentAlias.objects.filter(agent__in=seen, is_quiet=False)
    aliases = shown.values_list("name", "agent__slug")
    called = [*seen.values_list("name", "slug"), *aliases]
    return [
        Match(name, reverse("speaker", args=[slug]), _("speaker"))
        for name, slug in nearest(called, typed)
    ]


def readers_called(viewer: Viewer, typed: str) -> list[Match]:
    """Return the readers of whom `viewer` sees something; each leads to what they marked.

    Who keeps everything to themselves is not there for others.
    """
    seen = visible_annotations(viewer).order_by().values("creator_id")
    called = Profile.objects.filter(user_id__in=seen).order_by("user__username")
    names = called.values_list("display_name", "user__username")
    return [
        Match(name, f"{reverse('library')}?{urlencode({'by': username})}", _("reader"))
        for name, username in nearest(names, typed)
    ]
