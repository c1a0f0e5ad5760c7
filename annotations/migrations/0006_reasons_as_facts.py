"""Reasons of suggestions are facts, worded when they are shown; what was worded stays as it is."""

from typing import Any

from django.db import migrations, models


def keep_what_was_worded(apps: Any, _schema_editor: Any) -> None:
    """Let each reason that is a text be one that is said so."""
    rows = apps.get_model("annotations", "Suggestion").objects.filter(kind="related_article")
    for row in rows.only("reason").iterator():
        told = row.reason.get("reasons", [])
        row.reason["reasons"] = [
            {"kind": "said", "told": [one]} if isinstance(one, str) else one for one in told
        ]
        row.save(update_fields=["reason"])


class Migration(migrations.Migration):
    """Put facts where texts were."""

    dependencies = (("annotations", "0005_suggestions"),)

    operations = (
        migrations.AlterField(
            model_name="suggestion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("related_article", "related article"),
                    ("same_quotation", "same quotation elsewhere"),
                    ("same_url", "same address cited"),
                    ("claim_passage", "passage that words a claim"),
                    ("duplicate_claim", "claims that say the same"),
                    ("agent_alias", "names of one speaker"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.RunPython(keep_what_was_worded, migrations.RunPython.noop),
    )
