"""Who is named in notes, and what readers say to them with one word."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _of_annotation(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="annotations.annotation",
        verbose_name="annotation",
    )


def _of_reader(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
        verbose_name="reader",
    )


def _key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    """Add both tables."""

    dependencies = (
        ("annotations", "0010_feed_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", _key()),
                ("annotation", _of_annotation("mentions")),
                ("reader", _of_reader("mentions")),
                ("name", models.CharField(max_length=150, verbose_name="name as written")),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("annotation", "name"), name="mention_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", _key()),
                ("annotation", _of_annotation("reactions")),
                ("reader", _of_reader("reactions")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agree", "I agree"),
                            ("thanks", "Thanks"),
                            ("question", "I wonder"),
                            ("surprised", "I am surprised"),
                            ("check", "To be checked"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
            ],
            options={
                "verbose_name": "reaction",
                "verbose_name_plural": "reactions",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("annotation", "reader", "kind"), name="reaction_of_kind_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["agree", "thanks", "question", "surprised", "check"])
                        ),
                        name="reaction_kind_known",
                    ),
                ],
            },
        ),
    )
