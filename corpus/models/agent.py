"""People and organisations that write or speak."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corpus.models.base import Identified

# Finds an agent by what they are called among those whom few know.
Find = Callable[[str], "Agent | None"]


class Agent(Identified):
    """An author of an article or a speaker in a passage; never an account.

    A quiet one was named where few see it: others, who cannot know them, name their own. Of
    those who are not, a name is one agent.
    """

    class Kind(models.TextChoices):
        """Person or organisation."""

        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    is_quiet = models.BooleanField(default=False, editable=False)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded"], condition=Q(is_quiet=False), name="agent_name_is_one"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the agent with its name folded for comparing."""
        self.folded = " ".join(self.name.split()).casefold()
        super().save(*args, **kwargs)


class AgentAlias(Identified):
    """Another name of an agent; a quiet one finds them and is shown to nobody."""

    agent = models.ForeignKey(
        Agent, verbose_name=_("agent"), on_delete=models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=200, unique=True)
    is_quiet = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("alias of an agent")
        verbose_name_plural = _("aliases of agents")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AgentSlug(models.Model):
    """The address of an agent that was merged into another; it redirects for ever.

    A quiet one does so for those alone who see a passage in which the name stood.
    """

    slug = models.SlugField(max_length=100, unique=True)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="former_slugs")
    is_quiet = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("former address of an agent")
        verbose_name_plural = _("former addresses of agents")

    def __str__(self) -> str:
        return self.slug
