"""Why a proposed article is worth a look, also for those that wait already."""

from typing import Any

from django.db import migrations, models

from corpus.importing.doubts import Doubt, doubts_in

_CHUNK = 100


def note_doubts(apps: Any, schema_editor: Any) -> None:
    waiting = apps.get_model("corpus", "ImportCandidate").objects.filter(state="pending")
    for candidate in waiting.iterator(_CHUNK):
        is_aimed = candidate.updates_id is not None and not candidate.updates.is_stub
        is_open = any(not row["verdict"] for row in candidate.near)
        is_asked = is_open and not is_aimed and candidate.updates_reason != "curator"
        doubts = doubts_in(candidate.proposal)
        doubts |= Doubt.COPY if is_asked else Doubt.NONE
        doubts |= Doubt.UPDATE if is_aimed else Doubt.NONE
        candidate.doubts = int(doubts)
        candidate.save(update_fields=["doubts"])


class Migration(migrations.Migration):
    dependencies = [("corpus", "0021_web_addresses")]

    operations = [
        migrations.AddField(
            model_name="importcandidate",
            name="doubts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(note_doubts, migrations.RunPython.noop),
    ]
