"""Keeping who is named in what was written, as part of writing it."""

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from annotations.models import Annotation, Mention
from annotations.queries.hearers import hearers_of
from annotations.queries.mentions import readings_in
from annotations.services import profiles
from corpus.errors import Invalid

MAX_MENTIONS = 50
_AT_ONCE = 400  # names are looked up together, below what databases take


def name_readers(annotation: Annotation) -> list[int]:
    """Store who is named in `annotation`, as it is stored now, and sees it; return their ids.

    The ids are sorted and without the writer's. A name goes on to mean whom it meant before.
    Raises Invalid when more than MAX_MENTIONS readers are named.
    """
    readings = readings_in(annotation.note)
    known = {one.name: one for one in annotation.mentions.all()}
    if not readings and not known:
        return []
    hearers = hearers_of(annotation)
    meant = _meant(hearers, readings, known)
    if len(set(meant.values())) > MAX_MENTIONS:
        sentence = _("This names %(count)d readers; at most %(limit)d can be named in one note.")
        sentence %= {"count": len(set(meant.values())), "limit": MAX_MENTIONS}
        raise Invalid(sentence, note=sentence)
    _store(annotation, meant, known.values())
    return sorted({*meant.values()} - {annotation.creator_id})


def named_ids(annotation: Annotation) -> list[int]:
    """Return the ids of the accounts that are named in `annotation` or in an answer to it."""
    rows = Mention.objects.filter(Q(annotation=annotation) | Q(annotation__parent=annotation))
    named = rows.exclude(reader_id=annotation.creator_id).order_by("reader_id")
    return list(named.values_list("reader_id", flat=True).distinct())


def _meant(
    hearers: QuerySet[User], readings: Sequence[Sequence[str]], known: dict[str, Mention]
) -> dict[str, int]:
    """Return the ids of the accounts that are meant, by the name as it is written."""
    names = sorted({reading for one in readings for reading in one})
    exact, alike = dict[str, int](), dict[str, int]()
    for some in _batches(names):
        lowered = [name.lower() for name in some]
        found = hearers.annotate(lowered=Lower("username"))
        rows = found.filter(Q(username__in=some) | Q(lowered__in=lowered)).order_by("-pk")
        for pk, username in rows.values_list("pk", "username"):
            exact[username], alike[username.lower()] = pk, pk
    before = {one.name: one.reader_id for one in known.values()}
    still = set(hearers.filter(pk__in=before.values()).values_list("pk", flat=True))
    kept = {name: pk for name, pk in before.items() if pk in still}
    meant = {}
    for one in readings:
        for name in one:
            account = kept.get(name) or exact.get(name) or alike.get(name.lower())
            if account:
                meant[name] = account
                break
    return meant


def _store(annotation: Annotation, meant: dict[str, int], before: Iterable[Mention]) -> None:
    there = {one.name for one in before if meant.get(one.name) == one.reader_id}
    annotation.mentions.exclude(name__in=there).delete()
    for name, reader_id in meant.items():
        if name not in there:
            profiles.ensure(reader_id)
            Mention.objects.create(annotation=annotation, reader_id=reader_id, name=name)


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _AT_ONCE):
        yield names[start : start + _AT_ONCE]
