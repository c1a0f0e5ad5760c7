"""Where highlights stood, and where their words are in a new text; nothing is stored here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from annotations.anchoring import Target
from annotations.models import Annotation, FormerTarget
from annotations.reanchoring import Carried, Reanchoring
from corpus.models import ArticleVersion

# A comparison takes some megabytes.
_MOST_KEPT = 8

_State = Annotation.AnchorState


@dataclass(frozen=True)
class Former:
    """A place at which a highlight stood: `target` in the text of the version `version_id`."""

    version_id: UUID
    target: Target


@dataclass(frozen=True)
class Wanted:
    """What is looked for, by the id of the highlight.

    `standing` is where each stands now. `first` is where those that lost words, some or all,
    last stood unchanged, if that was in another version: their words may be back.
    """

    standing: Mapping[UUID, Former]
    first: Mapping[UUID, Former]

    @property
    def versions(self) -> AbstractSet[UUID]:
        """Return the versions whose texts have to be compared."""
        return {former.version_id for former in (*self.standing.values(), *self.first.values())}


def wanted_of(marks: Sequence[Annotation]) -> Wanted:
    """Return what is looked for when `marks` are carried over, in one query."""
    standing = {mark.pk: standing_of(mark) for mark in marks}
    lost = [mark for mark in marks if mark.anchor_state in {_State.CHANGED, _State.ORPHAN}]
    rows = FormerTarget.objects.filter(annotation__in=lost)
    kept = rows.exclude(anchor_state=_State.CHANGED).order_by("version__number")
    last = {row.annotation_id: Former(row.version_id, _target_of(row)) for row in kept}
    first = {
        pk: former for pk, former in last.items() if former.version_id != standing[pk].version_id
    }
    return Wanted(standing, first)


def standing_of(mark: Annotation) -> Former:
    """Return where `mark` stands; raises ValueError when it marks no words."""
    if mark.version_id is None:
        raise ValueError(f"annotation {mark.pk} marks no words")
    return Former(mark.version_id, _target_of(mark))


class Comparisons:
    """Texts of former versions, each compared with the present one once, the last few kept."""

    def __init__(self) -> None:
        self._present: ArticleVersion | None = None
        self._kept: dict[UUID, Reanchoring] = {}

    def with_text_of(self, present: ArticleVersion) -> "Comparisons":
        """Return these, with the text of `present`; those with another are forgotten."""
        if self._present != present:
            self._present = present
            self._kept.clear()
        return self

    def places(self, wanted: Wanted) -> Mapping[UUID, Carried]:
        """Return where each highlight stands in the present text.

        What is found whole where it once stood unchanged counts before what became of the rest.
        """
        places = self._carried(wanted.standing)
        back = self._carried(wanted.first)
        whole = {pk: there for pk, there in back.items() if there.state in {"exact", "moved"}}
        return {**places, **whole}

    def _carried(self, formers: Mapping[UUID, Former]) -> dict[UUID, Carried]:
        """Return how each highlight comes over from where it stood."""
        of_version: dict[UUID, list[UUID]] = defaultdict(list)
        for pk, former in formers.items():
            of_version[former.version_id].append(pk)
        missing = [version_id for version_id in of_version if version_id not in self._kept]
        texts = ArticleVersion.objects.only("text").in_bulk(missing)
        found: dict[UUID, Carried] = {}
        # What is kept comes first, before it makes room for the others.
        for version_id in sorted(of_version, key=lambda key: key in texts):
            old = texts.get(version_id)
            if old is not None:
                self._compare(old)
            search = self._kept[version_id]
            found.update({pk: search.carried(formers[pk].target) for pk in of_version[version_id]})
        return found

    def _compare(self, old: ArticleVersion) -> None:
        if self._present is None:
            raise ValueError("no present text was given")
        if len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[old.pk] = Reanchoring(old.text, self._present.text)


def _target_of(row: Annotation | FormerTarget) -> Target:
    return Target(row.start or 0, row.end or 0, row.exact, row.prefix, row.suffix)
