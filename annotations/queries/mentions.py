"""Who is named in notes, and who of the names that stand there is nobody that sees them."""

from django.urls import reverse

from annotations.markdown import plain_texts
from annotations.mentions import Named, names_in
from annotations.models import Annotation, Mention
from corpus.models import Article


def named_in(article: Article) -> dict[int, tuple[Named, ...]]:
    """Return who is named in the notes of `article`, by the number of the annotation."""
    rows = Mention.objects.filter(annotation__article=article).order_by("pk")
    named: dict[int, tuple[Named, ...]] = {}
    for number, *one in rows.values_list("annotation__number", *_NAMED):
        named[number] = (*named.get(number, ()), _named(*one))
    return named


def named_by(annotation: Annotation) -> tuple[Named, ...]:
    """Return who is named in `annotation`."""
    rows = annotation.mentions.order_by("pk").values_list(*_NAMED)
    return tuple(_named(*row) for row in rows)


def readings_in(note: str) -> list[list[str]]:
    """Return for each name in the Markdown `note` how it may be read, the likeliest first."""
    return [name for text in plain_texts(note) for name in names_in(text)] if "@" in note else []


def untold_names(annotation: Annotation) -> list[str]:
    """Return the names in its note that mean nobody who sees it, each once.

    Whether there is such an account makes no difference, so that nothing is learnt of others.
    """
    readings = readings_in(annotation.note)
    if not readings:
        return []
    told = {one.name for one in annotation.mentions.all()} | {annotation.creator.get_username()}
    untold = (names[0].rstrip(".+-") for names in readings if told.isdisjoint(names))
    return list(dict.fromkeys(untold))


def _named(name: str, username: str, shown: str) -> Named:
    return Named(name, shown, reverse("person", args=[username]))


_NAMED = ("name", "reader__username", "reader__profile__display_name")
