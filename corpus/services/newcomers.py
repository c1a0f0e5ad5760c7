"""New articles of an import: what comes in one transaction is stored together, a table at a time.

What is asked for each of them is asked for all at once, before the first is stored. One that is
like another, or names a page that another stands at or cites, waits until that is stored, and
is asked for by itself: to each it is as if those before it had been there long since.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, partial

from corpus.models import Article, ArticleVersion, Authorship, Event, ImportCandidate
from corpus.permissions import SYSTEM, Viewer
from corpus.queries.pages import articles_at
from corpus.queries.recognition import (
    UNKNOWN,
    Incoming,
    Recognised,
    recognised,
)
from corpus.related.copies import FEWEST_RUNS, NEAR, held_runs
from corpus.services.agents import named
from corpus.services.events import draft, record_all
from corpus.services.indexing import index_first
from corpus.services.metadata import FACTS
from corpus.services.outbound import keep_outbound_links
from corpus.services.outlets import outlet_named
from corpus.services.proposals import authorships, set_facts, store_update
from corpus.services.slugs import free_slugs
from corpus.services.stubs import stub_at
from corpus.services.topics import file_under
from corpus.text.addresses import address_key
from corpus.text.blocks import blocks_to_data, marks_to_data, paratext_to_data
from corpus.text.spans import word_count

# Code points beyond the Basic Multilingual Plane take two units in JavaScript.
_LAST_BASIC = "\uffff"
# Who shares fewer fingerprints with what is here is no near copy of it.
_FEWEST_SHARED = FEWEST_RUNS * NEAR


class Newcomers:
    """The articles that one transaction of an import may bring, of which `coming` are proposed.

    Used with `one_text_at_a_time` in force; `store` has to be called at the end, and before
    anything else reads or changes what was added.
    """

    def __init__(self, viewer: Viewer, coming: Sequence[Incoming]) -> None:
        self._viewer = viewer
        self._runs = set(held_runs(sorted({run.hash for one in coming for run in one.cut.runs})))
        pages = [one.page for one in coming]
        self._pages = set(articles_at({page for page in pages if page is not None}))
        self._agent = cache(partial(named, viewer.user_id))
        self._outlet = cache(outlet_named)
        self._waiting: list[tuple[Article, Incoming]] = []
        self._holders: dict[int, list[int]] = {}
        self._candidates: list[ImportCandidate] = []

    def recognised(self, one: Incoming) -> Recognised:
        """Return what is known of `one`; what waits is stored first where it may be that."""
        is_at_page = one.page in self._pages
        if is_at_page or self._is_near_waiting(one):
            self.store()
        shared = sum(run.hash in self._runs for run in one.cut.runs)
        if is_at_page or shared >= _FEWEST_SHARED:
            return recognised(SYSTEM, one)
        return UNKNOWN

    def add(self, one: Incoming) -> Article:
        """Return the new article that `one` makes, stored with the next `store`.

        Where only a stub stood at its address, the stub is filled: what pointed to it holds.
        """
        own = address_key(one.proposal.url.value or "")
        if own in self._pages:
            self.store()
            stub = stub_at(one.proposal.url.value or "")
            if stub is not None:
                self.changed(one)
                return store_update(self._viewer, stub, one.proposal, one.source).article
        article = Article(digest=one.digest)
        set_facts(article, one.proposal, one.source, FACTS, outlet=self._outlet)
        for run in one.cut.runs:
            self._holders.setdefault(run.hash, []).append(len(self._waiting))
        self._waiting.append((article, one))
        self.changed(one)
        return article

    def changed(self, one: Incoming) -> None:
        """Keep that from now on there is an article with the text of `one`."""
        self._runs.update(run.hash for run in one.cut.runs)
        own = address_key(one.proposal.url.value or "")
        cited = (address_key(mark.url) for mark in one.proposal.marks if mark.kind == "link")
        self._pages.update(key for key in (own, *cited) if key is not None)

    def keep(self, candidate: ImportCandidate) -> None:
        """Store the new `candidate` with the articles that wait."""
        self._candidates.append(candidate)

    def store(self) -> None:
        """Store what waits; who only recognises has nothing that does, and needs no transaction."""
        if not self._waiting and not self._candidates:
            return
        articles = [article for article, _ in self._waiting]
        for article, slug in zip(
            articles, free_slugs(article.title for article in articles), strict=True
        ):
            article.slug = slug
        texts = [(self._version(article, one), one.cut) for article, one in self._waiting]
        versions = [version for version, _ in texts]
        credited = [
            row
            for article, one in self._waiting
            for row in authorships(article, one.proposal, self._agent)
        ]
        Article.objects.bulk_create(articles)
        Authorship.objects.bulk_create(credited)
        ArticleVersion.objects.bulk_create(versions)
        file_under([(article, one.proposal.topics.value or ()) for article, one in self._waiting])
        index_first(texts)
        keep_outbound_links(versions)
        record_all([self._event(article, one) for article, one in self._waiting])
        ImportCandidate.objects.bulk_create(self._candidates)
        self._waiting, self._holders, self._candidates = [], {}, []

    def _is_near_waiting(self, one: Incoming) -> bool:
        shared = Counter(place for run in one.cut.runs for place in self._holders.get(run.hash, ()))
        ours = len(one.cut.runs)
        return any(
            count >= NEAR * min(ours, len(self._waiting[place][1].cut.runs))
            for place, count in shared.items()
        )

    def _version(self, article: Article, one: Incoming) -> ArticleVersion:
        """Return the first version of `article`, current in it."""
        proposal = one.proposal
        article.current_version = version = ArticleVersion(
            article=article,
            number=1,
            text=proposal.text,
            blocks=blocks_to_data(proposal.blocks),
            marks=marks_to_data(proposal.marks),
            paratext=paratext_to_data(proposal.paratext),
            flags=[asdict(flag) for flag in proposal.flags],
            digest=article.digest,
            reason="imported",
            word_count=word_count(proposal.text),
            is_basic=proposal.text.isascii() or max(proposal.text) <= _LAST_BASIC,
            source=one.source,
            source_start=proposal.source_start,
            source_end=proposal.source_end,
            created_by_id=self._viewer.user_id,
        )
        return version

    def _event(self, article: Article, one: Incoming) -> Event:
        return draft(
            self._viewer.user_id,
            "article.imported",
            article,
            article=article,
            audience=Event.Audience.PUBLIC,
            after={"title": article.title, "source": one.source.name, "version": 1},
        )
