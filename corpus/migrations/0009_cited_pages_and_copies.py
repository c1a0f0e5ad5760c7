"""Fill the tables of 0008 for the articles that are there already, as importing them would."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag
from uuid import uuid4

from django.db import migrations
from django.db.models import Count

from corpus.models.slugs import first_free, slug_base
from corpus.text.addresses import address_key
from corpus.text.page_titles import title_of_page

# As in corpus.related.copies: what makes two texts nearly the same.
_NEAR = 0.5
_FEWEST_RUNS = 4
# Links looked at a time.
_CHUNK = 200


def find_cited_pages(apps: Any, schema_editor: Any) -> None:
    own = apps.get_model("corpus", "PageAddress").objects.filter(is_own=True)
    articles = dict(own.order_by("-text__article__created_at").values_list("key", "text__article"))
    for link in _unresolved(apps):
        key = address_key(link.url)
        if key is None:
            continue
        if key not in articles:
            articles[key] = _stub(apps, key, link.url)
        link.resolves_to_id = articles[key]
        link.save(update_fields=["resolves_to"])


def _unresolved(apps: Any) -> Iterator[Any]:
    """Yield the links that lead to no article, some at a time: they change on the way."""
    waiting = apps.get_model("corpus", "OutboundLink").objects.filter(resolves_to=None)
    last = 0
    while links := list(waiting.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        yield from links
        last = links[-1].pk


def _stub(apps: Any, key: int, url: str) -> Any:
    article = apps.get_model("corpus", "Article")
    address = urldefrag(url.strip()).url
    title = title_of_page(address)
    fact = {
        "basis": "derived",
        "confidence": 0.5,
        "evidence": address,
        "evidence_start": None,
        "rule": "cited_page",
    }
    base = slug_base(title, "article")
    former = apps.get_model("corpus", "ArticleSlug").objects
    taken = set(article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(former.filter(slug__startswith=base).values_list("slug", flat=True))
    stub = article.objects.create(
        id=uuid4(),
        slug=first_free(base, taken),
        title=title,
        title_basis="derived",
        canonical_url=address,
        canonical_url_basis="derived",
        facts={"title": {**fact, "value": title}, "url": {**fact, "value": address}},
        is_stub=True,
    )
    apps.get_model("corpus", "CitedPage").objects.create(key=key, article=stub)
    return stub.pk


def find_pairs(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("corpus", "ComparedText").objects.select_related("article")
    for text in texts.order_by("article__created_at", "id").iterator(chunk_size=_CHUNK):
        _find_pairs_of(apps, text)


def _find_pairs_of(apps: Any, text: Any) -> None:
    """Store the pairs of `text` with those that were there before it."""
    runs = apps.get_model("corpus", "TextRun").objects
    hashes = runs.filter(text=text).order_by().values("hash")
    others = runs.filter(hash__in=hashes).exclude(text=text).order_by()
    counted = others.values_list("text__article", "text__article__created_at", "text__runs")
    for other, created_at, their_runs, shared in counted.annotate(shared=Count("id")):
        fewer = min(text.runs, their_runs)
        is_older = (created_at, other) < (text.article.created_at, text.article_id)
        if is_older and fewer >= _FEWEST_RUNS and shared >= _NEAR * fewer:
            apps.get_model("corpus", "NearPair").objects.create(
                id=uuid4(), first_id=other, second_id=text.article_id, share=shared / fewer
            )


class Migration(migrations.Migration):
    dependencies = [("corpus", "0008_stubs_and_copies")]

    operations = [
        migrations.RunPython(find_cited_pages, migrations.RunPython.noop),
        migrations.RunPython(find_pairs, migrations.RunPython.noop),
    ]
