"""New states of an article's text: a curator's edit, a changed import, an old text again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed, Stale
from corpus.importing.proposal import digest
from corpus.models import Article, ArticleVersion, Event, SourceFile
from corpus.permissions import Viewer, allowed
from corpus.services.events import record
from corpus.services.exclusive import one_text_at_a_time
from corpus.services.indexing import index_article
from corpus.services.metadata import LIMITS, is_curators, metadata_of, store_facts
from corpus.services.outbound import keep_outbound_links
from corpus.services.reading import carry_readings
from corpus.services.stubs import fill
from corpus.signals import version_made
from corpus.text.blocks import (
    blocks_from_data,
    blocks_to_data,
    marks_from_data,
    marks_to_data,
    paratext_from_data,
    paratext_to_data,
)
from corpus.text.following import followed
from corpus.text.spans import word_count
from corpus.text.states import NewText, check

__all__ = ["MAX_REASON", "OF_IMPORTS", "NewText", "make_version", "take_back", "text_of"]

MAX_REASON = 200

# Reasons of versions whose source says what is known of the article.
OF_IMPORTS = frozenset({"imported", "imported_anew"})
# How reasons begin of versions that take back what an import brought.
_UNDONE = "import_undone:"

# Code points beyond the Basic Multilingual Plane take two units in JavaScript.
_LAST_BASIC = "\uffff"


def make_version(
    viewer: Viewer,
    article: Article,
    new: NewText,
    *,
    seen: int,
    reason: str,
    source: SourceFile | None = None,
    source_start: int | None = None,
    source_end: int | None = None,
) -> ArticleVersion:
    """Store `new` as the text of `article` from now on; return the version that is current then.

    `seen` is the number of the version that `new` was made from, 0 for a stub without a text.
    Nothing is stored when text, blocks and marks are as they are. Without a `source` the new
    version keeps that of the one before. A title or standfirst that stands in the text is
    what it says there from now on, unless the text is imported. Raises NotAllowed; Stale,
    whose `current` tells the number of the version that came in between; Invalid; ValueError
    when `new` breaks the offsets contract.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    check(new)
    why = _checked_reason(reason)
    with transaction.atomic():
        stored, before = _locked(article)
        number = before.number if before else 0
        if number != seen:
            raise Stale({"version": number})
        if not new.blocks:
            raise Invalid(_("An article needs at least one block of text. Nothing was changed."))
        if before is not None and _is_same(before, new):
            return before
        origin = (
            {"source": source, "source_start": source_start, "source_end": source_end}
            if source is not None
            else _origin(before)
        )
        # One that is only linked to again has versions from before.
        last = number or stored.versions.count()
        facts = _Facts({}, {})
        if before is not None and why not in OF_IMPORTS:
            facts = _follow(viewer, stored, text_of(before), new, is_undone=why.startswith(_UNDONE))
        after = _store(viewer, stored, new, number=last + 1, reason=why, origin=origin)
        _tell(viewer, stored, before, after, facts)
        return after


def take_back(
    viewer: Viewer, article: Article, version: ArticleVersion, *, seen: int, reason: str = ""
) -> ArticleVersion:
    """Make the text of the old `version` that of `article` again, as a new version.

    Its source and paratext come back with it. Without a reason, or with the one that the page
    offers, "again:" and the number of `version` is stored, which is put into words where it is
    shown. Raises as `make_version` does.
    """
    number = version.number
    offered = _("The text of version %(number)d again") % {"number": number}
    said = f"again:{number}" if reason.strip() in {"", offered} else reason
    return make_version(
        viewer,
        article,
        text_of(version),
        seen=seen,
        reason=said,
        source=version.source,
        source_start=version.source_start,
        source_end=version.source_end,
    )


def text_of(version: ArticleVersion) -> NewText:
    """Return the text that `version` holds."""
    return NewText(
        version.text,
        blocks_from_data(version.blocks),
        marks_from_data(version.marks),
        paratext_from_data(version.paratext),
        version.flags,
    )


def _checked_reason(reason: str) -> str:
    """Return the reason with single spaces; raises Invalid without one, or when it is long."""
    kept = " ".join(reason.split())
    if not kept:
        sentence = _("Say in a few words why the text is changed.")
        raise Invalid(sentence, reason=sentence)
    if len(kept) > MAX_REASON:
        sentence = _("The reason has at most %(limit)d characters.") % {"limit": MAX_REASON}
        raise Invalid(sentence, reason=sentence)
    return kept


def _locked(article: Article) -> tuple[Article, ArticleVersion | None]:
    """Return the article as it is stored, locked, and its current version.

    The version is read by a statement of its own: one that waits for a lock would still see
    what was current when it began to wait. The key stays free for what refers to the row.
    """
    one_text_at_a_time()
    stored = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
    return stored, stored.current_version


def _is_same(before: ArticleVersion, new: NewText) -> bool:
    return (
        before.text == new.text
        and blocks_from_data(before.blocks) == tuple(new.blocks)
        and marks_from_data(before.marks) == tuple(new.marks)
    )


class _Facts(NamedTuple):
    """Facts before and after, by the name of their field, as JSON values."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]


def _follow(
    viewer: Viewer, article: Article, before: NewText, new: NewText, *, is_undone: bool
) -> _Facts:
    """Set the facts of `article` that change with its text; the caller saves it.

    When an import is undone those alone that a curator set: the others were put back.
    """
    found = followed(before, new, title=article.title, standfirst=article.standfirst)
    # What is longer is no title or standfirst any more.
    kept = {
        name: value
        for name, value in found.items()
        if len(value) <= LIMITS[name] and (not is_undone or is_curators(article, name))
    }
    if not kept:
        return _Facts({}, {})
    now = metadata_of(article)
    title, standfirst = kept.get("title", now.title), kept.get("standfirst", now.standfirst)
    wanted = replace(now, title=title, standfirst=standfirst)
    was, became = store_facts(viewer.user_id, article, wanted)
    # The evidence may name the source, and everyone may know of the event.
    return _Facts({name: was[name] for name in kept}, {name: became[name] for name in kept})


def _origin(before: ArticleVersion | None) -> Mapping[str, Any]:
    names = ("source", "source_start", "source_end")
    return {name: getattr(before, name) for name in names} if before else {}


def _store(
    viewer: Viewer,
    article: Article,
    new: NewText,
    *,
    number: int,
    reason: str,
    origin: Mapping[str, Any],
) -> ArticleVersion:
    """Store the version as the current one of `article`, and what is found by it."""
    version = ArticleVersion.objects.create(
        article=article,
        number=number,
        text=new.text,
        blocks=blocks_to_data(new.blocks),
        marks=marks_to_data(new.marks),
        paratext=paratext_to_data(new.paratext),
        flags=list(new.flags),
        digest=digest(new.text),
        reason=reason,
        word_count=word_count(new.text),
        is_basic=all(character <= _LAST_BASIC for character in new.text),
        created_by_id=viewer.user_id,
        **origin,
    )
    keep_outbound_links([version])
    if article.is_stub:
        fill(article)
    article.current_version = version
    article.digest = version.digest
    article.counter += 1
    article.save()
    index_article(version)
    return version


def _tell(
    viewer: Viewer,
    article: Article,
    before: ArticleVersion | None,
    after: ArticleVersion,
    facts: _Facts,
) -> None:
    record(
        viewer.user_id,
        "article.changed" if before else "article.filled",
        article,
        article=article,
        audience=Event.Audience.PUBLIC,
        before=(
            {"version": before.number, "words": before.word_count, **facts.before} if before else {}
        ),
        after={
            "version": after.number,
            "words": after.word_count,
            "reason": after.reason,
            **facts.after,
        },
    )
    # What was marked before the article was emptied waits in the last text it had.
    former = before or article.versions.exclude(pk=after.pk).order_by("-number").first()
    if former is not None:
        carry_readings(former, after)
        version_made.send(
            ArticleVersion, article=article, before=former, after=after, actor_id=viewer.user_id
        )
