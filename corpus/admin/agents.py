"""Agents: people and organisations that write or speak, and their other names."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpus.admin.base import CuratedAdmin, CuratedForm
from corpus.admin.site import viewer
from corpus.models import Agent
from corpus.queries import curation
from corpus.services import agent_curation
from corpus.services.agent_curation import AgentDetails, details_of


class AgentForm(CuratedForm):
    """What a curator sets of an agent."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("The name that was stays an alias.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Agent.Kind.choices)
    aliases = forms.CharField(
        label=_("Aliases"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Other names, one a line."),
    )

    def values(self) -> dict[str, Any]:
        """Return what is stored."""
        now = details_of(self.instance)
        return {**vars(now), "aliases": "\n".join(now.aliases)}


@admin.register(Agent)
class AgentAdmin(CuratedAdmin):
    """The agents."""

    form = AgentForm
    can_change = True
    list_display: tuple[Any, ...] = ("name", "kind", "other_names", "article_count")
    list_filter = ("kind",)
    search_fields = ("name", "aliases__name")
    fields = ("name", "kind", "aliases")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        """Return the agents."""
        return curation.agents()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store names and kind."""
        sent = form.cleaned_data
        details = AgentDetails(sent["name"], sent["kind"], tuple(sent["aliases"].splitlines()))
        agent_curation.edit(viewer(request), obj, details)

    @admin.display(description=_("aliases"))
    def other_names(self, agent: Agent) -> str:
        """Return the other names."""
        return ", ".join(alias.name for alias in agent.aliases.all()) or "–"

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, agent: Any) -> int:
        """Return how many articles it wrote."""
        return int(agent.article_count)
