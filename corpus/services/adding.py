"""Adding what some candidates propose, in one transaction."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from corpus.errors import Invalid, Refused, Stale, Undecided
from corpus.importing.proposal import Proposal
from corpus.models import Article, Event, ImportBatch, ImportCandidate
from corpus.permissions import Viewer
from corpus.queries.recognition import (
    BY_CURATOR,
    article_with_text_of,
    articles_with_texts,
    has_open_question,
)
from corpus.services.candidates import (
    State,
    incoming,
    joined_meanwhile,
    note_doubts,
    note_likeness,
    save_changed,
    state_of,
    told,
)
from corpus.services.copies import tell_apart
from corpus.services.events import record_all
from corpus.services.newcomers import Newcomers
from corpus.services.proposals import bring_back, store_update
from corpus.services.rebuilding import ask_settling

# What of a candidate is another once it is applied.
_APPLYING_CHANGES = ["article", "state", "updates", "updates_reason", "doubts", "counter"]


class Adding:
    """Candidates that are applied in one transaction, as if one after the other."""

    def __init__(self, viewer: Viewer, group: Sequence[ImportCandidate]) -> None:
        self._viewer = viewer
        self._keys = [candidate.pk for candidate in group]
        self._stored = _locked(self._keys)
        self._coming = {
            key: incoming(stored, Proposal.from_data(stored.proposal))
            for key, stored in self._stored.items()
            if stored.state == State.PENDING
        }
        self._newcomers = Newcomers(viewer, list(self._coming.values()))
        self._texts = set(articles_with_texts(one.digest for one in self._stored.values()))
        self._events: list[Event] = []

    def apply(self, counters: Mapping[UUID, int]) -> list[ImportCandidate | Refused]:
        """Store what is proposed; return in order what became of each candidate."""
        results = [self._result(key, counters[key]) for key in self._keys]
        self._newcomers.store()
        record_all(self._events)
        if self._events:
            batches = {stored.batch_id for stored in self._stored.values()}
            ImportBatch.objects.filter(pk__in=batches).update(undone_at=None)
        if any(self._stored[key].state == State.APPLIED for key in self._coming):
            ask_settling(self._viewer)
        return results

    def _result(self, key: UUID, counter: int) -> ImportCandidate | Refused:
        stored = self._stored.get(key)
        if stored is None:
            return joined_meanwhile()
        if stored.state in {State.APPLIED, State.DUPLICATE}:
            return stored
        if stored.counter != counter:
            return Stale(state_of(stored))
        if stored.state == State.REJECTED:
            return Invalid(_("This was put aside. Take it back first, then add it."))
        if has_open_question(stored):
            return _open_question(stored)
        known = self._article_with_text_of(stored)
        refusal = None if known is not None else self._found_meanwhile(stored)
        return refusal or self._applied(stored, known)

    def _article_with_text_of(self, candidate: ImportCandidate) -> Article | None:
        if candidate.updates is None and candidate.digest not in self._texts:
            return None
        self._newcomers.store()
        return article_with_text_of(candidate)

    def _found_meanwhile(self, candidate: ImportCandidate) -> Invalid | None:
        """Look again what the candidate is; return why a curator has to look too, or None.

        What was found is stored. It is nothing that a stub of the same page is there now: it
        is filled in any case.
        """
        is_back = candidate.article is not None and candidate.article.is_withdrawn
        if is_back or candidate.updates_reason == BY_CURATOR:
            return None
        before = candidate.updates, candidate.updates_reason, candidate.near
        note_likeness(candidate, self._newcomers.recognised(self._coming[candidate.pk]))
        found = candidate.updates
        if found is not None and found != before[0] and not found.is_stub:
            save_changed(candidate)
            said = _("“%(title)s” is the same article and came in meanwhile. Look again.")
            return Invalid(said % {"title": found.title})
        if has_open_question(candidate):
            save_changed(candidate)
            return _open_question(candidate)
        candidate.updates, candidate.updates_reason, candidate.near = before
        return None

    def _applied(self, stored: ImportCandidate, known: Article | None) -> ImportCandidate:
        article, state = self._article_of(stored, known)
        stored.article, stored.state = article, state
        self._texts.add(stored.digest)
        stored.counter += 1
        note_doubts(stored)
        stored.save(update_fields=_APPLYING_CHANGES)
        told_of = {"article": str(article.pk)}
        self._events.append(told(self._viewer, "import.applied", stored, after=told_of))
        if state == State.APPLIED and stored.updates is None:
            self._keep_verdicts(stored, article)
        return stored

    def _article_of(
        self, candidate: ImportCandidate, known: Article | None
    ) -> tuple[Article, State]:
        """Store what the candidate proposes; return its article and what became of it."""
        viewer, one = self._viewer, self._coming[candidate.pk]
        if known is not None and not known.is_withdrawn:
            return known, State.DUPLICATE
        self._newcomers.changed(one)
        if known is not None:
            return bring_back(viewer, known, one.proposal, one.source), State.APPLIED
        if candidate.updates is not None and not candidate.updates.is_withdrawn:
            updated = store_update(viewer, candidate.updates, one.proposal, one.source)
            return updated.article, State.APPLIED
        before = candidate.updates or candidate.article
        if before is not None and before.is_withdrawn:
            # It was not there: undoing takes it out again, it does not show its text of before.
            candidate.updates, candidate.updates_reason = None, ""
            return bring_back(viewer, before, one.proposal, one.source), State.APPLIED
        return self._newcomers.add(one), State.APPLIED

    def _keep_verdicts(self, candidate: ImportCandidate, article: Article) -> None:
        """Keep that a new article is none of its near copies, so that nobody is asked again."""
        judged = [UUID(row["article"]) for row in candidate.near if row["verdict"]]
        if judged:
            self._newcomers.store()
            tell_apart(self._viewer, article, judged)


def _locked(keys: Sequence[UUID]) -> dict[UUID, ImportCandidate]:
    """Return those of the candidates that there are still, by their key."""
    rows = ImportCandidate.objects.select_for_update(of=("self",)).select_related(
        "source", "batch", "updates", "article"
    )
    return {found.pk: found for found in rows.filter(pk__in=keys).order_by("pk")}


def _open_question(candidate: ImportCandidate) -> Undecided:
    first = next(row for row in candidate.near if not row["verdict"])
    other = Article.objects.get(pk=first["article"])
    return Undecided(
        _("This is nearly the same as “%(title)s”. Say first whether it is the same article.")
        % {"title": other.title}
    )
