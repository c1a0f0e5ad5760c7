"""Make the table of the full-text index, in the words of each database."""

from typing import Any

from django.db import migrations

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

    operations = [migrations.RunPython(make_words_table, drop_words_table)]
