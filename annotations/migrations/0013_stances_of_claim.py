"""Indexes that tell on which highlights a claim stands, with which stance, and which was first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0012_quiet_claims"),
        ("corpus", "0028_quiet_agents"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="claimoccurrence", name="highlights_of_claim"),
        migrations.AddIndex(
            model_name="claimoccurrence",
            index=models.Index(fields=["tag", "content_object", "stance"], name="stances_of_claim"),
        ),
        migrations.AddIndex(
            model_name="claimoccurrence",
            index=models.Index(fields=["tag", "created_at"], name="claim_first_made"),
        ),
    ]
