"""An article to read."""

import pytest

from corpus.models import Article
from tests.factories import make_article

_SAID = "Paragraph {} says something of its own here today."
PARAGRAPHS = tuple(_SAID.format(name) for name in "abcdefghij")


@pytest.fixture
def article() -> Article:
    """Return an article of ten paragraphs that take ten minutes to read."""
    made = make_article(*PARAGRAPHS, title="The exodus")
    made.versions.update(word_count=2300)
    return Article.objects.get(pk=made.pk)
