"""Agents, with the passages they speak in."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.queries import curation
from corpus.admin.agents import AgentAdmin
from corpus.admin.site import viewer
from corpus.models import Agent

admin.site.unregister(Agent)


@admin.register(Agent)
class SpeakerAdmin(AgentAdmin):
    """The agents."""

    list_display = (*AgentAdmin.list_display, "passage_count")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        """Return the agents."""
        return curation.agents(viewer(request))

    @admin.display(description=_("passages"), ordering="passage_count")
    def passage_count(self, agent: Any) -> int:
        """Return in how many tagged passages they speak."""
        return int(agent.passage_count)
