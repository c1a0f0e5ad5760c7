"""Changing the text of an article by hand, block by block."""

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, ArticleVersion
from corpus.permissions import Viewer, allowed
from corpus.services.versions import make_version, text_of
from corpus.text.editing import (
    LARGEST_TEXT,
    Edit,
    EditedBlock,
    edit,
    edited_blocks,
    refused_addresses,
    settled,
    size_of,
)

# Of an address that cannot be linked so many characters are shown.
_SHOWN = 80


def edit_text(
    viewer: Viewer,
    article: Article,
    version: ArticleVersion,
    blocks: Sequence[EditedBlock],
    *,
    reason: str,
) -> ArticleVersion:
    """Store `blocks`, made from `version`, as the text of `article`; return its current version.

    Raises NotAllowed, Stale, and Invalid for what `edited_text` refuses and without a reason.
    """
    if not allowed(viewer, "article.edit"):
        raise NotAllowed
    made = edited_text(version, blocks)
    return make_version(viewer, article, made.new, seen=version.number, reason=reason)


def edited_text(version: ArticleVersion, blocks: Sequence[EditedBlock]) -> Edit:
    """Return the text that `blocks`, as they were typed, make of `version`; nothing is stored.

    Raises Invalid when nothing is left of it, when it is too large, and for an address that
    cannot be linked.
    """
    before = text_of(version)
    known = {block.text for block in edited_blocks(before.text, before.blocks, before.marks)}
    if refused := refused_addresses(blocks, known):
        sentence = _(
            "“%(address)s” cannot be linked. A link is [words](address): the words in one"
            " block and in no other link, the address one that begins with http://, https://"
            " or mailto:. Put a backslash before the bracket if this is no link."
        )
        raise Invalid(sentence % {"address": Truncator(refused[0]).chars(_SHOWN)})
    kept = settled(blocks, known)
    if not kept:
        raise Invalid(_("An article needs at least one block of text. Nothing was changed."))
    size = size_of(kept)
    if size > LARGEST_TEXT:
        sentence = _("The text would have %(size)s MB; at most %(limit)d MB can be edited by hand.")
        # Rounded up, so that it never reads as the limit itself.
        tenths = -(-size // 100_000)
        raise Invalid(sentence % {"size": f"{tenths / 10:.1f}", "limit": LARGEST_TEXT // 1_000_000})
    return edit(before, kept)
