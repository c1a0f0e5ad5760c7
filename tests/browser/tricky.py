"""A text on which other annotators have stumbled: each block holds what its name says."""

from corpus.text.blocks import BLOCK_SEPARATOR, BlockKind
from tests.site import Site

# Soft hyphen, no-break and thin space, zero-width space, word joiner.
UNSEEN = (
    "Soft\u00adhyphens, 10\u00a0000, thin\u2009spaces, zero\u200bwidth, "
    "\u00a0\u200b\u00a0 nothing, half\u2060joined."
)
BLOCKS: dict[str, tuple[BlockKind, str]] = {
    "heading": ("heading", "Ends & edges <of> words"),
    "plain": ("paragraph", "Plain words begin here, with a linked phrase and a stressed one."),
    "marked": ("paragraph", "Some of these words were marked before, and by two readers, twice."),
    "emoji": (
        "paragraph",
        "A thumb 👍🏽 up, a family 👩‍👩‍👧‍👦, two flags 🇬🇧🇫🇷 and 𝒳 in script.",
    ),
    "combining": ("paragraph", "A hat x̂ on top, two ṇ̃ marks, क्षि and ไทย and 한국."),
    "hebrew": ("paragraph", "שלום לכולם, זה מבחן של 123 מילים."),
    "mixed": ("paragraph", "They wrote שלום עולם and then مرحبا بالعالم on the wall."),
    "unseen": ("paragraph", UNSEEN),
    "quotation": ("quotation", "“She said so,” he wrote: ‘and meant it’."),
    "first": ("list_item", "The first of a list"),
    "second": ("list_item", "The second of that list"),
    "caption": ("caption", "A crowd before the town hall, in 1945."),
    "verse": ("verse", "Roses are red\nViolets are blue"),
    "code": ("preformatted", "if so:\n    indent(twice)"),
    "again": ("paragraph", "Over and over and over and over and out."),
}
TEXT = BLOCK_SEPARATOR.join(words for _, words in BLOCKS.values())

_MAKE = """
from django.contrib.auth.models import User
from corpus.text.blocks import Mark
from tests.browser.tricky import BLOCKS, TEXT
from tests.factories import add_version, make_article, make_highlight, make_note
def mark(kind, words, url=""):
    start = TEXT.index(words)
    return Mark(kind, start, start + len(words), url)
article = make_article("To be replaced.", title="Ends and edges, {slug}", slug="{slug}")
kinds, paragraphs = zip(*BLOCKS.values())
add_version(article, paragraphs, kinds=kinds, marks=[
    mark("link", "linked phrase", "https://example.org/"), mark("emphasis", "stressed one")])
alice, bob = User.objects.get(username="alice"), User.objects.get(username="bob")
if {is_marked}:
    make_highlight(alice, article, "these words were marked", claim="edges", note="A note by *me*.")
    make_highlight(bob, article, "marked before, and by two", note="Another note.")
    make_highlight(bob, article, "a list\\n\\nThe second", note="Over two blocks.")
    make_note(bob, article, "A note on the whole.")
print(article.get_absolute_url())
"""


def make_tricky(site: Site, slug: str, *, is_marked: bool = True) -> str:
    """Return the address of a new article with the text TEXT, marked or bare."""
    return site.run_python(_MAKE.format(slug=slug, is_marked=is_marked)).splitlines()[-1]


def number_of(name: str) -> int:
    """Return the number of the block `name`, as the page counts."""
    return list(BLOCKS).index(name) + 1
