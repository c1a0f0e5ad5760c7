"""What a collection of an import's articles would be called."""

from pathlib import PurePosixPath

from corpus.importing.containers import READABLE
from corpus.models import ImportBatch
from corpus.queries.chosen import MOST_ARTICLES

_BOOK = ".epub"


def offered_title(batch: ImportBatch) -> str:
    """Return the title of the collection that is offered for the import, "" where none is.

    That is where it brings one article or more than a collection holds. A book gives its name.
    """
    if not 1 < batch.candidates.count() <= MOST_ARTICLES:
        return ""
    if batch.collection is not None:
        return batch.collection.title
    given = list(batch.files.filter(within=None).values_list("name", flat=True)[:2])
    if len(given) == 1 and given[0].lower().endswith(_BOOK):
        told = batch.candidates.values_list("proposal__facts__outlet__value", flat=True)
        book = next(iter(told.order_by("position")[:1]), None)
        if book:
            return str(book)
    name = PurePosixPath(batch.note or next(iter(given), ""))
    return name.stem if name.suffix.lower() in READABLE - {""} else str(name)
