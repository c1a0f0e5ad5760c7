"""Where on the reading page an annotation stands."""

from django.urls import reverse

from annotations.models import Annotation, Link
from corpus.models import Article
from corpus.text.blocks import blocks_from_data, blocks_touching


def block_numbers(annotation: Annotation) -> list[int]:
    """Return the numbers, from 1, of the blocks that show `annotation` or its thread.

    They are empty for a note on the whole article and for what the current version has
    no place for.
    """
    first = annotation.parent or annotation
    version = first.version
    is_placed = version is not None and version.pk == annotation.article.current_version_id
    if version is None or not is_placed or first.start is None or first.end is None:
        return []
    touched = blocks_touching(blocks_from_data(version.blocks), first.start, first.end)
    return [index + 1 for index in touched]


def place_of(annotation: Annotation) -> str:
    """Return the address of the annotation on the reading page.

    That of an orphan is its note, which stands under the article.
    """
    is_orphan = annotation.anchor_state == Annotation.AnchorState.ORPHAN
    kind = "h" if annotation.is_highlight and not is_orphan else "n"
    return f"{annotation.article.get_absolute_url()}#{kind}{annotation.number}"


def report_on(article: Article) -> str:
    """Return the address of what became of the highlights in the article's current version."""
    number = article.current_version.number if article.current_version else 1
    return reverse("carried", args=[article.slug, number])


def place_without(annotation: Annotation) -> str:
    """Return the address of the paragraph of an annotation that is not shown any more."""
    numbers = block_numbers(annotation)
    return annotation.article.get_absolute_url() + (f"#p{numbers[0]}" if numbers else "")


def slot_of(annotation: Annotation) -> int:
    """Return the colour of the first claim of the annotation or its thread, 0 without one."""
    first = annotation.parent or annotation
    occurrence = first.occurrences.select_related("tag").first()
    return occurrence.tag.slot if occurrence else 0


def link_place(link: Link) -> str:
    """Return the address of the passage or article that `link` begins at."""
    if link.from_annotation is not None:
        return place_of(link.from_annotation)
    return link.from_article.get_absolute_url()


def link_block_numbers(link: Link) -> list[int]:
    """Return the numbers, from 1, of the blocks where `link` begins; none for an article."""
    return block_numbers(link.from_annotation) if link.from_annotation else []
