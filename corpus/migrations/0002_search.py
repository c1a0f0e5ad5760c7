"""Make the index of search, in the words of each database, and the signatures of articles."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SQLITE_TABLE = """
    CREATE VIRTUAL TABLE corpus_search_words USING fts5(heading, about, body, tokenize = 'ascii')
"""
POSTGRES_TABLE = """
    CREATE TABLE corpus_search_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)
"""
POSTGRES_INDEX = """
    CREATE INDEX corpus_search_words_index ON corpus_search_words USING gin (words)
"""


def make_words_table(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_TABLE)
        schema_editor.execute(POSTGRES_INDEX)
    else:
        schema_editor.execute(SQLITE_TABLE)


def drop_words_table(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE corpus_search_words")


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("block", models.PositiveIntegerField(null=True)),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="corpus.article",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_id", "kind"], name="search_entry_of_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="corpus.searchentry",
                    ),
                ),
            ],
            options={"db_table": "corpus_search_words", "managed": False},
        ),
        migrations.RunPython(make_words_table, drop_words_table),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=40, unique=True)),
                ("articles", models.PositiveIntegerField(default=0)),
            ],
            options={"ordering": ["word"]},
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text_signature",
                        serialize=False,
                        to="corpus.article",
                    ),
                ),
                ("names", models.JSONField(default=list)),
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
            name="SignatureTerm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("weight", models.FloatField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to="corpus.article",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="corpus.term",
                    ),
                ),
            ],
            options={
                "ordering": ["article", "-weight"],
                "constraints": [
                    models.UniqueConstraint(fields=("term", "article"), name="signature_term_once")
                ],
            },
        ),
    ]
