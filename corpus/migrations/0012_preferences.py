import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("corpus", "0011_sketches_of_candidates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appearance",
                    models.JSONField(blank=True, default=dict, verbose_name="text and theme"),
                ),
                ("keys", models.JSONField(blank=True, default=dict, verbose_name="keys")),
            ],
            options={
                "verbose_name": "settings of a reader",
                "verbose_name_plural": "settings of readers",
            },
        ),
    ]
