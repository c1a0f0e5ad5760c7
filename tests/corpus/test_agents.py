"""People and organisations by their names."""

import unicodedata

import pytest
from django.contrib.auth.models import User

from corpus.access import viewer_of
from corpus.services import agents
from corpus.services.agent_curation import AgentDetails, edit

pytestmark = pytest.mark.django_db


def test_a_name_typed_with_loose_accents_is_stored_and_found_as_one(carol: User) -> None:
    agent = agents.named(carol.pk, "Somebody")
    loose = unicodedata.normalize("NFD", "Zoë Quéré")

    stored = edit(viewer_of(carol), agent, AgentDetails(loose, aliases=(loose + " MP",)))

    assert stored.name == "Zoë Quéré"
    assert list(stored.aliases.values_list("name", flat=True)) == ["Somebody", "Zoë Quéré MP"]
    assert agents.find("ZOË QUÉRÉ") == agents.find(loose) == agents.find(loose + " mp") == stored
