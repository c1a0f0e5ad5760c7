"""What the pages on the versions of an article show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from corpus.access import current_version
from corpus.extensions import Label, VersionNote, version_notes
from corpus.models import Article, ArticleVersion, SourceFile
from corpus.permissions import Viewer, allowed
from corpus.queries.accounts import names_for
from corpus.queries.differences import changed_marks, shown_difference, text_of
from corpus.queries.reading import reading_blocks
from corpus.text.markup import Overlay
from corpus.text.states import NewText

PER_PAGE = 50

# Reasons that the software gives, and with the source for those who may see it; all others
# are shown as somebody typed them.
_REASONS: Mapping[str, tuple[Label, Label]] = {
    "imported": (gettext_lazy("Imported"), gettext_lazy("Imported from %(name)s")),
    "imported_anew": (
        gettext_lazy("Imported again"),
        gettext_lazy("Imported again from %(name)s"),
    ),
}
# Those that name another version, by what stands before its number: "again:3".
_NUMBERED: Mapping[str, Label] = {
    "again": gettext_lazy("The text of version %(number)d again"),
    "import_undone": gettext_lazy("The import of version %(number)d was undone"),
}
_BODY = ("text", "blocks", "marks", "paratext", "flags")


@dataclass(frozen=True)
class VersionRow:
    """One version in the list; `more_words` is None for the first, told by `growth`."""

    version: ArticleVersion
    reason: Label
    who: str
    more_words: int | None
    is_current: bool
    notes: Sequence[VersionNote]

    @property
    def growth(self) -> str:
        """Return by how many words it is longer or shorter than the one before, with its sign."""
        return signed(self.more_words or 0)


def signed(count: int) -> str:
    """Return `count` with a plus or a minus before it, "" for none."""
    if not count:
        return ""
    return f"+{count}" if count > 0 else f"−{-count}"


def versions_context(viewer: Viewer, article: Article, page: str) -> dict[str, Any]:
    """Return what the list of the versions of `article` shows, the newest first."""
    versions = _without_texts(article)
    shown: Page[ArticleVersion] = Paginator(versions, PER_PAGE).get_page(page)
    return {
        "article": article,
        "page": shown,
        "rows": _rows(viewer, article, list(shown)),
        "can_curate": viewer.is_staff,
    }


def version_context(
    viewer: Viewer, article: Article, version: ArticleVersion, overlay: Overlay | None = None
) -> dict[str, Any]:
    """Return what the page of an old `version` shows, `overlay` painted over its text."""
    (row,) = _rows(viewer, article, [version])
    return {
        "article": article,
        "version": version,
        "row": row,
        "current": current_version(article),
        "blocks": list(reading_blocks(version, overlay)),
        "can_curate": viewer.is_staff,
    }


def changes_context(
    viewer: Viewer, article: Article, before: ArticleVersion | None, after: ArticleVersion
) -> dict[str, Any]:
    """Return what changed from `before` to `after`; without a `before` all of it is new."""
    (row,) = _rows(viewer, article, [after])
    rows = _without_texts(article)
    return {
        "article": article,
        "before": before,
        "after": after,
        "row": row,
        "choices": [(version.number, version.created_at) for version in rows],
        **(_changed(text_of(before), text_of(after)) if before else {}),
        "can_curate": viewer.is_staff,
    }


def version_before(article: Article, version: ArticleVersion) -> ArticleVersion | None:
    """Return the version that `version` came after, None for the first."""
    return article.versions.filter(number__lt=version.number).order_by("-number").first()


def who_made(viewer: Viewer, version: ArticleVersion) -> str:
    """Return what `viewer` may call the account that made `version`, "" for nobody."""
    return names_for(viewer, [version.created_by_id]).get(version.created_by_id or 0, "")


def newest_own(viewer: Viewer, article: Article) -> int:
    """Return the number of the newest version that `viewer` made of `article`, 0 for none."""
    own = article.versions.filter(created_by_id=viewer.user_id).order_by("-number")
    return own.values_list("number", flat=True).first() or 0


def why_made(viewer: Viewer, version: ArticleVersion) -> Label:
    """Return why `version` was made, in words that `viewer` may read."""
    return _reasons(viewer, [version])[version.number]


def reason_in_words(version: ArticleVersion) -> Label:
    """Return why `version` was made, whatever its source."""
    return _reason(version, {})


def _without_texts(article: Article) -> QuerySet[ArticleVersion]:
    return article.versions.defer(*_BODY).order_by("-number")


def _rows(viewer: Viewer, article: Article, versions: Sequence[ArticleVersion]) -> list[VersionRow]:
    names = names_for(viewer, [version.created_by_id for version in versions])
    reasons = _reasons(viewer, versions)
    words = _words(article, versions)
    told = [entry.of(viewer, article, versions) for entry in version_notes]
    return [
        VersionRow(
            version,
            reasons[version.number],
            names.get(version.created_by_id or 0, ""),
            version.word_count - words[version.number - 1] if version.number - 1 in words else None,
            version.pk == article.current_version_id,
            [notes[version.number] for notes in told if version.number in notes],
        )
        for version in versions
    ]


def _words(article: Article, versions: Sequence[ArticleVersion]) -> dict[int, int]:
    """Return the number of words of the versions that come before `versions`, by number."""
    before = [version.number - 1 for version in versions]
    return dict(article.versions.filter(number__in=before).values_list("number", "word_count"))


def _reasons(viewer: Viewer, versions: Sequence[ArticleVersion]) -> dict[int, Label]:
    """Return why each of `versions` was made, by number."""
    sources: dict[UUID, str] = {}
    if allowed(viewer, "article.see_source"):
        of_imports = [version.source_id for version in versions if version.reason in _REASONS]
        named = SourceFile.objects.filter(pk__in=[pk for pk in of_imports if pk])
        sources = dict(named.values_list("pk", "name"))
    return {version.number: _reason(version, sources) for version in versions}


def _changed(before: NewText, after: NewText) -> dict[str, Any]:
    return {"difference": shown_difference(before, after), **changed_marks(before, after)}


def _reason(version: ArticleVersion, sources: Mapping[UUID, str]) -> Label:
    what, _sign, number = version.reason.partition(":")
    if what in _NUMBERED and number.isdecimal():
        return str(_NUMBERED[what]) % {"number": int(number)}
    if version.reason not in _REASONS:
        return version.reason
    without, with_source = _REASONS[version.reason]
    name = sources.get(version.source_id) if version.source_id else None
    return str(with_source) % {"name": name} if name else without
