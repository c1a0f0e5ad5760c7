"""Fill the tables of 0003 for the articles that are there already, as `reindex` would."""

from typing import Any

from django.db import migrations
from django.db.models import F

from corpus.text.addresses import address_key
from corpus.text.runs import compared_words, fingerprints
from corpus.text.words import words_with_offsets


def compare_articles(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("corpus", "ArticleVersion").objects.select_related("article")
    current = versions.filter(id=F("article__current_version_id"))
    for version in current.order_by("id").iterator(chunk_size=100):
        words = compared_words(version.text, words_with_offsets(version.text))
        found = fingerprints(version.text, words)
        text = apps.get_model("corpus", "ComparedText").objects.create(
            article=version.article, version=version, runs=len(found)
        )
        text_run = apps.get_model("corpus", "TextRun")
        text_run.objects.bulk_create(
            text_run(text=text, hash=run.hash, start=run.start, end=run.end) for run in found
        )
        _keep_addresses(apps.get_model("corpus", "PageAddress"), text, version)


def _keep_addresses(page_address: Any, text: Any, version: Any) -> None:
    cited = {address_key(mark["url"]) for mark in version.marks if mark["kind"] == "link"}
    pages = [(key, False) for key in sorted(cited - {None})]
    pages.append((address_key(version.article.canonical_url), True))
    page_address.objects.bulk_create(
        page_address(text=text, key=key, is_own=is_own) for key, is_own in pages if key is not None
    )


class Migration(migrations.Migration):
    dependencies = [("corpus", "0003_comparison")]

    operations = [migrations.RunPython(compare_articles, migrations.RunPython.noop)]
