"""When readers last looked at what they follow."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the moment; what came before this migration is not new."""

    dependencies = (("annotations", "0006_reasons_as_facts"),)

    operations = (
        migrations.AddField(
            model_name="follow",
            name="seen_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="last looked at"
            ),
        ),
    )
