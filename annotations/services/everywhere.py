"""Marking every place of an article with the same words, and taking all of that back."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.choosing import cut
from annotations.errors import NotFound, TextChanged
from annotations.models import Annotation
from annotations.queries.everywhere import made_together, own_spans, written_on
from annotations.services.deletion import delete
from annotations.services.guards import clean_note, writer_id
from annotations.services.making import Draft, create_all
from annotations.services.numbering import locked_tally
from corpus.errors import Invalid
from corpus.models import Article
from corpus.permissions import Viewer
from corpus.text.spans import Span

# As many take a second or two, during which nobody else marks this article.
MOST_PLACES = 200


def mark_everywhere(
    viewer: Viewer, article: Article, spans: Sequence[Span], draft: Draft, *, together: UUID
) -> list[Annotation]:
    """Highlight each of `spans`, seen in version `draft.version`, with what `draft` says.

    All of them or none, in one transaction, each with its own Event. Places that the viewer
    has marked already are left out; the same `together` once more returns what is stored.
    Raises TextChanged when the text is another by now, Invalid for no place, for too many, when
    all are marked already, and when `together` was taken back; SignInNeeded, NotFound.
    """
    if not 1 <= len(spans) <= MOST_PLACES:
        sentence = _("Choose between 1 and %(most)d places.") % {"most": MOST_PLACES}
        raise Invalid(sentence, places=sentence)
    with transaction.atomic():
        writer_id(viewer)
        version = locked_tally(article).article.current_version
        if version is None:
            raise NotFound
        if draft.version != version.number:
            raise TextChanged(version.number)
        own = own_spans(viewer, article, version)
        ids = {span: uuid5(together, f"{span.start}-{span.end}") for span in spans}
        wanted = [span for span in spans if own.get(span, ids[span]) == ids[span]]
        if not wanted:
            raise Invalid(_("You have highlighted these words already."))
        _check_same(made_together(viewer, article, together), draft)
        drafts = [
            replace(draft, client_id=ids[span], passage=cut(version.text, span), together=together)
            for span in wanted
        ]
        return create_all(viewer, article, drafts)


def _check_same(made: Sequence[Annotation], draft: Draft) -> None:
    """Raise Invalid unless what the same press `made` before, if anything, says the same."""
    if any(one.deleted_at is not None for one in made):
        raise Invalid(_("This was taken back. Look for the words again to mark them."))
    if any((one.note, one.audience) != (clean_note(draft.note), draft.audience) for one in made):
        raise Invalid(_("These places are highlighted already, with other words. Undo that first."))


def take_back(
    viewer: Viewer, article: Article, together: UUID
) -> tuple[list[Annotation], list[Annotation]]:
    """Delete what was made by one press; return what is deleted now, and what stayed.

    Those that somebody wrote on since stay. Twice is harmless. Raises NotFound when the viewer
    made nothing by that press.
    """
    with transaction.atomic():
        writer_id(viewer)
        locked_tally(article)
        made = made_together(viewer, article, together)
        if not made:
            raise NotFound
        kept = written_on([one for one in made if one.deleted_at is None])
        gone = [
            one if one.deleted_at is not None else delete(viewer, one)
            for one in made
            if one.pk not in kept
        ]
        return gone, [one for one in made if one.pk in kept]
