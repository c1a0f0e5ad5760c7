import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("corpus", "0012_preferences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField(default=0)),
                ("furthest", models.PositiveIntegerField(default=0)),
                ("seen", models.TextField(blank=True, default="")),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(verbose_name="begun")),
                ("seen_at", models.DateTimeField(verbose_name="last read")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="read"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="corpus.article",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "state of reading",
                "verbose_name_plural": "states of reading",
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "article"), name="reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(("place__lte", models.F("furthest"))),
                        name="reading_place_not_beyond_furthest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("percent", 0), ("seen", "")),
                            models.Q(
                                ("percent__gte", 1),
                                ("percent__lte", 100),
                                models.Q(("seen", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reading_percent_of_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen_at__gte", models.F("opened_at"))),
                        name="reading_begins_before_it_ends",
                    ),
                ],
            },
        ),
    ]
