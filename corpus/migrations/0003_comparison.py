"""Make the tables that texts which share words or addresses are found by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0002_search_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComparedText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("runs", models.PositiveIntegerField(default=0)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compared_text",
                        to="corpus.article",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="corpus.articleversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PageAddress",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.BigIntegerField()),
                ("is_own", models.BooleanField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="corpus.comparedtext",
                    ),
                ),
            ],
            options={
                "ordering": ["text", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "text", "is_own"), name="page_address_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TextRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("hash", models.BigIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_runs",
                        to="corpus.comparedtext",
                    ),
                ),
            ],
            options={
                "ordering": ["text", "start"],
                "constraints": [
                    models.UniqueConstraint(fields=("hash", "text"), name="text_run_once")
                ],
            },
        ),
    ]
