"""An index that tells on which highlights a claim stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add it."""

    dependencies = (
        ("annotations", "0007_follow_seen"),
        ("corpus", "0016_progress_in_groups"),
    )

    operations = (
        migrations.AddIndex(
            model_name="claimoccurrence",
            index=models.Index(fields=["tag", "content_object"], name="highlights_of_claim"),
        ),
    )
