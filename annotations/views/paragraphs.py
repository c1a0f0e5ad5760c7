"""Choosing words of a paragraph without a pointer."""

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _

from annotations.anchoring import Passage
from annotations.choosing import WordsNotFound, by_sentences, by_words
from corpus.errors import Invalid
from corpus.models import ArticleVersion
from corpus.text.blocks import Block, blocks_from_data

# No article has so many blocks, and int() refuses thousands of digits.
_NUMBER_DIGITS = 9


def block_or_404(version: ArticleVersion, number: str) -> Block:
    """Return the block with this number, from 1; raises Http404 when there is none."""
    blocks = blocks_from_data(version.blocks)
    is_number = number.isascii() and number.isdigit() and len(number) <= _NUMBER_DIGITS
    if not (is_number and 1 <= int(number) <= len(blocks)):
        raise Http404
    return blocks[int(number) - 1]


def openings(version: ArticleVersion) -> list[tuple[int, str]]:
    """Return the numbers of the paragraphs with the first words of each."""
    blocks = enumerate(blocks_from_data(version.blocks), start=1)
    return [(number, version.text[block.start : block.end][:80]) for number, block in blocks]


def chosen_passage(version: ArticleVersion, block: Block, form: Form) -> Passage:
    """Return what was chosen of `block` in a valid `form`; raises Invalid for nothing."""
    values = form.cleaned_data
    try:
        typed = by_words(version.text, block, values["from_words"], values["to_words"])
    except WordsNotFound as error:
        sentence = _("“%(words)s” does not stand in this paragraph.") % {"words": error}
        raise Invalid(sentence, from_words=sentence) from error
    passage = typed or by_sentences(version.text, block, values["sentences"])
    if passage is None:
        sentence = _("Choose a sentence, or give the first words of the passage.")
        raise Invalid(sentence, sentences=sentence)
    return passage
