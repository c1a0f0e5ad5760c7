"""Writing the starter annotations down, one ordinary service call for each."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.anchoring import Passage
from annotations.models import Annotation, Claim, Link
from annotations.queries.samples import article_of_source
from annotations.services import annotations as marking
from annotations.services import claims, links, occurrences
from annotations.services.sample_accounts import ensure_sample_account
from annotations.starter.w3c import (
    Starter,
    StarterAnnotation,
    StarterClaim,
    StarterEnd,
    StarterLink,
    StarterTag,
)
from corpus.errors import Refused
from corpus.models import Article

Done = Literal["added", "restored", "present"]


@dataclass
class Loaded:
    """What a loading did to highlights, notes, replies and links.

    `left_out` has a sentence for each thing that could not be written.
    """

    added: int = 0
    restored: int = 0
    present: int = 0
    left_out: list[str] = field(default_factory=list)


class _Absent(Refused):
    """What this one stands on, an article or another annotation, is not there."""

    def __init__(self) -> None:
        super().__init__(_("The article or the note that it stands on is not here."))


class SampleLoading:
    """One loading of `starter`, to be run inside a transaction."""

    def __init__(self, starter: Starter) -> None:
        """Find the articles, and make the accounts of the readers."""
        self._starter = starter
        self._loaded = Loaded()
        self._viewers = {row.username: ensure_sample_account(row) for row in starter.readers}
        found = {
            row.id: article_of_source(row.source_name, row.position) for row in starter.articles
        }
        self._articles = {key: article for key, article in found.items() if article is not None}
        self._annotations = Annotation.objects.in_bulk([row.id for row in starter.annotations])
        self._links = Link.objects.in_bulk([row.id for row in starter.links])

    def run(self) -> Loaded:
        """Write whatever is missing; return what was done."""
        if not self._articles:
            self._loaded.left_out.append(_("None of the articles that they stand on is here."))
            return self._loaded
        self._define_claims()
        for annotation in self._starter.annotations:
            self._count(annotation.id, partial(self._annotate, annotation))
        for link in self._starter.links:
            self._count(link.id, partial(self._link, link))
        return self._loaded

    def _count(self, item_id: UUID, write: Callable[[], Done]) -> None:
        try:
            done = write()
        except Refused as refusal:
            self._loaded.left_out.append(f"{item_id}: {refusal.message}")
            return
        setattr(self._loaded, done, getattr(self._loaded, done) + 1)

    def _define_claims(self) -> None:
        missing = [row for row in self._starter.claims if claims.find(row.label) is None]
        for row in missing:
            claims.get_or_create(self._viewers[row.reader], row.label, is_sample=True)
        for row in missing:
            self._define(row)

    def _define(self, row: StarterClaim) -> None:
        # Only curators say which claim is broader; the sample reader acts as one here.
        curator = replace(self._viewers[row.reader], role="curator")
        changes = claims.ClaimChanges(
            statement=row.statement,
            definition=row.definition,
            broader=_claim(row.broader) if row.broader else None,
        )
        claim = _claim(row.label)
        claims.edit(curator, claim, changes, counter=claim.counter)

    def _annotate(self, row: StarterAnnotation) -> Done:
        known = self._annotations.get(row.id)
        if known is None:
            self._annotations[row.id] = self._new(row)
            return "added"
        if known.deleted_at is None:
            return "present"
        viewer = self._viewers[row.reader]
        self._annotations[row.id] = marking.restore(viewer, known)
        for tag in row.tags:
            occurrences.tag(viewer, known, _tagging(tag))
        return "restored"

    def _new(self, row: StarterAnnotation) -> Annotation:
        viewer = self._viewers[row.reader]
        if row.parent is not None:
            answer = marking.Reply(note=row.note, client_id=row.id, is_sample=True)
            return marking.reply(viewer, self._annotation(row.parent), answer)
        passage = None
        if row.quote is not None:
            # No offsets: the words are found by what stands before and after them.
            passage = Passage(0, 0, row.quote.exact, row.quote.prefix, row.quote.suffix)
        draft = marking.Draft(
            client_id=row.id,
            passage=passage,
            note=row.note,
            tags=tuple(_tagging(tag) for tag in row.tags),
            is_sample=True,
        )
        return marking.create(viewer, self._article(row.article), draft)

    def _link(self, row: StarterLink) -> Done:
        viewer = self._viewers[row.reader]
        known = self._links.get(row.id)
        if known is not None:
            if known.deleted_at is None:
                return "present"
            links.restore(viewer, known)
            return "restored"
        draft = links.LinkDraft(
            relation=row.relation, note=row.note, client_id=row.id, is_sample=True
        )
        links.create(viewer, self._end(row.from_end), self._end(row.to_end), draft)
        return "added"

    def _end(self, end: StarterEnd) -> links.End:
        if end.annotation is None:
            return links.End(self._article(end.article))
        annotation = self._annotation(end.annotation)
        return links.End(annotation.article, annotation=annotation)

    def _article(self, article_id: str | None) -> Article:
        article = self._articles.get(article_id or "")
        if article is None:
            raise _Absent
        return article

    def _annotation(self, annotation_id: UUID) -> Annotation:
        annotation = self._annotations.get(annotation_id)
        if annotation is None:
            raise _Absent
        return annotation


def _claim(label: str) -> Claim:
    claim = claims.find(label)
    if claim is None:
        raise _Absent
    return claim


def _tagging(tag: StarterTag) -> occurrences.Tagging:
    return occurrences.Tagging(
        claim=tag.claim, stance=tag.stance, voice=tag.voice, mode=tag.mode, speaker=tag.speaker
    )
