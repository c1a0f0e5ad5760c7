"""What is said around the notes of an article: who is named in them, and reactions to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.mentions import Named
from annotations.models import Annotation, Audience, Reaction
from annotations.queries.mentions import named_in
from corpus.models import Article, Membership
from corpus.permissions import Viewer


class Reacted(NamedTuple):
    """Those who reacted in one way, in the order of their reactions."""

    kind: str
    readers: tuple[str, ...]
    is_own: bool

    @property
    def label(self) -> str:
        """Return the words of the reaction."""
        return str(Reaction.Kind(self.kind).label)

    @property
    def names(self) -> str:
        """Return the names of the readers."""
        return ", ".join(self.readers)


@dataclass(frozen=True)
class Talk:
    """Who is named in one annotation and the reactions to it, in the order of their kinds."""

    named: tuple[Named, ...] = ()
    reactions: tuple[Reacted, ...] = ()


def talk_in(viewer: Viewer, article: Article) -> Mapping[int, Talk]:
    """Return the talk around the annotations of `article`, by their number; two queries.

    It is for those annotations alone that `viewer` sees.
    """
    named = named_in(article)
    rows = _shown_to(viewer).filter(annotation__article=article)
    reacted: dict[int, list[tuple[str, int, str]]] = {}
    for number, *row in rows.values_list("annotation__number", *_REACTED):
        reacted.setdefault(number, []).append((row[0], row[1], row[2]))
    return {
        number: Talk(named.get(number, ()), _grouped(viewer, reacted.get(number, ())))
        for number in {*named, *reacted}
    }


def reactions_to(viewer: Viewer, annotation: Annotation) -> tuple[Reacted, ...]:
    """Return the reactions to `annotation`, which `viewer` sees."""
    rows = _shown_to(viewer).filter(annotation=annotation)
    return _grouped(viewer, rows.values_list(*_REACTED))


def _shown_to(viewer: Viewer) -> QuerySet[Reaction]:
    """Return the reactions of those who see what they are on still, and those of `viewer`."""
    members = Membership.objects.filter(
        user=OuterRef("reader"),
        group__deleted_at__isnull=True,
        group__annotations=OuterRef("annotation"),
    )
    sees = Q(annotation__audience=Audience.PUBLIC)
    sees |= Q(Exists(members), annotation__audience=Audience.GROUPS)
    if viewer.user_id is not None:
        sees |= Q(reader_id=viewer.user_id)
    return Reaction.objects.filter(sees).order_by("created_at", "pk")


def _grouped(viewer: Viewer, rows: Iterable[tuple[str, int, str]]) -> tuple[Reacted, ...]:
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for kind, reader_id, name in rows:
        by_kind.setdefault(kind, []).append((reader_id, name))
    return tuple(
        Reacted(
            kind,
            tuple(name for _id, name in by_kind[kind]),
            viewer.user_id in [reader_id for reader_id, _name in by_kind[kind]],
        )
        for kind in Reaction.Kind.values
        if kind in by_kind
    )


_REACTED = ("kind", "reader_id", "reader__profile__display_name")
