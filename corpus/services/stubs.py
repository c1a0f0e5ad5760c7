"""Articles that are only linked to: made where a text cites a page, filled when it is imported.

What writes here is called inside the transaction of a write on a text, with
`one_text_at_a_time` in force: that two imports cite the same new page makes one stub.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag

from django.db import transaction

from corpus.models import (
    Article,
    ArticleSlug,
    Basis,
    CitedPage,
    CollectionItem,
    Event,
    ImportCandidate,
    OutboundLink,
    PageAddress,
)
from corpus.models.slugs import slug_base
from corpus.permissions import Viewer
from corpus.queries.pages import articles_at
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.slugs import free_slug, free_slugs
from corpus.signals import stub_known
from corpus.text.addresses import address_key
from corpus.text.page_titles import title_of_page

# Links that are resolved in one transaction when all are gone through.
_RESOLVED = 200


def stub_at(url: str) -> Article | None:
    """Return the stub that waits for the text at `url`, or None."""
    key = address_key(url)
    if key is None:
        return None
    page = CitedPage.objects.select_related("article").filter(key=key).first()
    return page.article if page and page.article.is_stub else None


def stub_of(url: str) -> Article:
    """Return what is known of the page at `url` by its address alone; not stored."""
    address = urldefrag(url.strip()).url
    fact = {"confidence": 0.5, "evidence": address, "evidence_start": None, "rule": "cited_page"}
    title = title_of_page(address)
    derived = Basis.DERIVED.value
    return Article(
        title=title,
        title_basis=derived,
        canonical_url=address,
        canonical_url_basis=derived,
        facts={
            "title": {**fact, "basis": derived, "value": title},
            "url": {**fact, "basis": derived, "value": address},
        },
        is_stub=True,
    )


def resolve(links: Sequence[OutboundLink]) -> None:
    """Set on `links` the article that each leads to.

    It is the one that stands at the address or was cited at it before, or a new stub. What
    names no single page, as the front page of a paper does, leads to none.
    """
    keys = {link.url: address_key(link.url) for link in links}
    urls: dict[int, str] = {}
    for url, key in keys.items():
        if key is not None:
            urls.setdefault(key, url)
    found = articles_at(urls)
    for citing in {link.version.article for link in links}:
        own = address_key(citing.canonical_url)
        if own is not None:
            found.setdefault(own, citing)
    missing = {key: url for key, url in urls.items() if key not in found}
    found |= _make_stubs(missing)
    for link in links:
        key = keys[link.url]
        link.resolves_to = found[key] if key is not None else None


def resolve_the_rest() -> int:
    """Resolve the stored links that lead to no article yet; return how many do now.

    Done twice it changes nothing the second time.
    """
    waiting = OutboundLink.objects.filter(resolves_to=None).order_by("pk")
    last = count = 0
    while links := list(waiting.filter(pk__gt=last).select_related("version__article")[:_RESOLVED]):
        with transaction.atomic():
            one_text_at_a_time()
            resolve(links)
            found = [link for link in links if link.resolves_to is not None]
            OutboundLink.objects.bulk_update(found, ["resolves_to"])
        last = links[-1].pk
        count += len(found)
    return count


def fill(stub: Article) -> None:
    """Make the stub an article that has its text; the caller saves it.

    Its title may be a better one now and give it another address: the old one redirects.
    """
    stub.is_stub = stub.is_hidden = False
    former = stub.slug
    if slug_base(stub.title, "article") == former:
        return
    stub.slug = free_slug(stub.title)
    ArticleSlug.objects.create(slug=former, article=stub)


def address_set(viewer: Viewer, article: Article) -> None:
    """Let the stub at the address that a curator gave `article` be this article from now on.

    Everything that pointed to the stub points to the article, and the stub's address
    redirects to it. A stub that got another address itself waits for the text there.
    """
    key = address_key(article.canonical_url)
    if key is None:
        return
    stub = stub_at(article.canonical_url)
    if stub is not None and stub != article:
        _retire(viewer, stub, article)
    elif article.is_stub:
        CitedPage.objects.get_or_create(key=key, defaults={"article": article})


def known_no_more(article: Article, stub: Mapping[str, str]) -> None:
    """Let texts cite the page of the former `stub` again, which `article` turned out not to be.

    `stub` is what the Event of its going says. What people linked to the article stays there.
    """
    key = address_key(stub["url"])
    if key is None:
        return
    article.cited_pages.filter(key=key).delete()
    article.former_slugs.filter(slug=stub["slug"]).delete()
    PageAddress.objects.filter(text__article=article, key=key, is_own=True).delete()
    citing = article.cited_by.select_related("version__article").order_by("pk")
    links = [link for link in citing if address_key(link.url) == key]
    resolve(links)
    OutboundLink.objects.bulk_update(links, ["resolves_to"])


def _make_stubs(urls: Mapping[int, str]) -> dict[int, Article]:
    """Store a stub for each of `urls` and return them by key."""
    if not urls:
        return {}
    stubs = {key: stub_of(url) for key, url in urls.items()}
    slugs = free_slugs(stub.title for stub in stubs.values())
    for stub, slug in zip(stubs.values(), slugs, strict=True):
        stub.slug = slug
    Article.objects.bulk_create(stubs.values())
    CitedPage.objects.bulk_create(
        CitedPage(key=key, article=article) for key, article in stubs.items()
    )
    return stubs


def _retire(viewer: Viewer, stub: Article, article: Article) -> None:
    """Move all that points to `stub` to `article`; nothing that a person wrote is on the stub."""
    stub_known.send(Article, stub=stub, article=article, actor_id=viewer.user_id)
    former = {"slug": stub.slug, "title": stub.title, "url": stub.canonical_url}
    stub.cited_by.update(resolves_to=article)
    stub.cited_pages.update(article=article)
    stub.former_slugs.update(article=article)
    there = CollectionItem.objects.filter(article=article).values("collection")
    CollectionItem.objects.filter(article=stub).exclude(collection__in=there).update(
        article=article
    )
    ImportCandidate.objects.filter(updates=stub).update(updates=article)
    ImportCandidate.objects.filter(article=stub).update(article=article)
    Event.objects.filter(article=stub).update(article=article)
    CollectionItem.objects.filter(article=stub).delete()
    stub.delete()
    ArticleSlug.objects.create(slug=former["slug"], article=article)
    record(
        viewer.user_id,
        "article.stub_known",
        article,
        article=article,
        before={"stub": former},
        after={"url": article.canonical_url},
    )
