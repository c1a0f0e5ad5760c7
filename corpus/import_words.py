"""What importing says, in the language of the page.

The modules of `corpus.importing` know no Django: they say in English why they refuse something,
what a curator should look at and why a line is left out. Every such sentence stands here again,
so that it can be translated; rows keep it in English with the values for its places.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from corpus.importing.errors import ImportRefused

SENTENCES = frozenset(
    {
        # Refusals of a source.
        _("%(name)s has more than %(limit)s lines; split it and import the parts."),
        _(
            "%(name)s holds an article of more than %(limit)s characters; split it and import the"
            " parts."
        ),
        _("%(name)s holds more than %(limit)s articles; split it and import the parts."),
        _("%(name)s is larger than %(limit)d MB; split it and import the parts."),
        _("%(name)s is larger than %(limit)d MB; it was not imported."),
        _("%(name)s cannot be read as %(format)s; nothing was imported."),
        _("%(name)s could not be stored; nothing of it was kept."),
        _("A column cannot be “%(name)s”."),
        _("There is no column called “%(name)s”."),
        _("The columns “%(name)s” and “%(other)s” cannot both be the same thing."),
        _("The column “%(name)s” can only be one thing."),
        _("Say which column holds the text."),
        _("The names of these columns are too long."),
        _("%(name)s has more than %(limit)s pages; split it and import the parts."),
        _("%(name)s is a PDF document that is damaged; nothing was imported."),
        _("%(name)s is a PDF document that is locked; nothing was imported."),
        _("%(name)s is a PDF document that takes too long to read; nothing was imported."),
        _(
            "%(name)s is a PDF document of pictures, without words that can be read;"
            " nothing was imported."
        ),
        _("%(name)s is an archive, not a text; nothing was imported."),
        _("%(name)s is a ZIP archive that is damaged; nothing was imported."),
        _("%(name)s is a feed that is damaged; nothing was imported."),
        _("%(name)s is XML with a document type or entities of its own; nothing was imported."),
        _("%(name)s has neither a text nor a summary; it was not imported."),
        _("%(name)s is an office document, not plain text; nothing was imported."),
        _("%(name)s is a book that is damaged; nothing was imported."),
        _("%(name)s is a book that is locked; nothing was imported."),
        _("%(name)s is a web archive that is damaged; the rest of it was not imported."),
        _("%(name)s is a web archive without a page; nothing was imported."),
        _("%(name)s cannot be unpacked; it was not imported."),
        _("%(name)s is of a kind that is not read; it was not imported."),
        _("%(name)s is an archive within %(depth)d others; it was not imported."),
        _("%(name)s is no table that can be read; nothing was imported."),
        _("%(name)s is no row of a table that can be read; the rest was not imported."),
        _("%(name)s is locked or damaged; it was not imported."),
        _(
            "%(name)s could not be read because of a fault of this program, which its log tells;"
            " nothing of it was imported."
        ),
        _("%(name)s is too large when it is unpacked; it was not imported."),
        _(
            "%(name)s has %(cells)d cells, but the table has %(columns)d columns; it was not"
            " imported."
        ),
        _("No column of %(name)s holds the text of an article; nothing was imported."),
        _("%(name)s holds nothing in “%(column)s”, the column of its text; it was not imported."),
        _("%(name)s is an image, not plain text; nothing was imported."),
        _("%(name)s is an old office document, not plain text; nothing was imported."),
        _("%(name)s is a compressed file, not plain text; nothing was imported."),
        _("%(name)s is no page that can be read; nothing was imported."),
        _("%(name)s is an archive without a page; nothing was imported."),
        _("The elements of %(name)s are nested deeper than those of a page; nothing was imported."),
        _("%(name)s holds no words; nothing was imported."),
        _("%(name)s is no text in a known encoding; nothing was imported."),
        _("%(name)s looks like a binary file, not text; nothing was imported."),
        _("%(name)s is the same as %(other)s, which is read once."),
        # Refusals of an address.
        _("“%(address)s” is no address on the web; nothing was fetched."),
        _("%(host)s is not on the public network; nothing was fetched."),
        _("%(host)s is none of the servers that this site asks; nothing was fetched."),
        _("Only the ports 80 and 443 are asked, not %(port)d; nothing was fetched."),
        _("No server is called %(host)s; nothing was fetched."),
        _("%(host)s did not answer; nothing was fetched."),
        _("%(host)s broke off its answer; nothing was kept of it."),
        _("%(host)s has no certificate that proves its name; nothing was fetched."),
        _("%(host)s took longer than %(seconds)d seconds; nothing was kept of it."),
        _("What %(host)s sends is larger than %(limit)d MB; nothing was kept of it."),
        _("What %(host)s sends cannot be unpacked; nothing was kept of it."),
        _("%(host)s leads back to where it was asked before; nothing was fetched."),
        _("%(host)s leads on more than %(limit)d times; nothing was fetched."),
        _("%(host)s leads on to “%(address)s”, no address on the web; nothing was fetched."),
        _("%(host)s has no such page (%(status)d); nothing was fetched."),
        _("%(host)s says that the page is gone for good (%(status)d); nothing was fetched."),
        _("%(host)s does not give the page (%(status)d); nothing was fetched."),
        _("What %(host)s sends is of a kind that is not read (%(kind)s); nothing was kept of it."),
        _("%(host)s sends an empty page; nothing was kept of it."),
        _("%(name)s is no feed; nothing was added."),
        _("Only %(limit)d linked pages are fetched at one look at a feed, and this is one more."),
        _("The pages before this one took too long, so that it was not fetched."),
        _("%(url)s shows no more words than the summary; it is not taken."),
        _("%(name)s is a page, not a feed; follow the feed that it names instead: %(url)s"),
        # Proofs that failed.
        _(
            "The import was stopped to lose nothing: %(reason)s at character %(offset)d of the"
            " source."
        ),
        _("a gap or an overlap was found"),
        _("the rest was left out"),
        _("words were changed"),
        _("words were taken for white space"),
        _("words were taken for the signs of quoted mail"),
        _("the address of a link was lost"),
        _("a repair was not recorded"),
        _("a line beside the text was lost"),
        _("words were added before this place"),
        _("words were added at the end"),
        # Refusals of a decision.
        _("There is nothing in this article that could be decided so."),
        _("This would leave no text at all. Nothing was changed."),
        _("An article begins here already. Choose a later place."),
        _("There would be no words on one side. Choose another place."),
        _("An article has no such fact."),
        _("An article needs a title."),
        _("Give a whole address that begins with http:// or https://."),
        _("This is no text."),
        _("At most %(limit)d characters can be kept."),
        _("This holds a character that cannot be stored."),
        _("Give the names of at most %(limit)d authors."),
        _("Give at most %(limit)d topics."),
        _("Give a date."),
        _("Give the date as exactly as you say that it is known."),
        _("The last possible day is before the first possible one."),
        _("There is no such day."),
        _("There is no such day. The day comes before the month."),
        _(
            "This could not be read as a date. Write it as 14 March 2016, 14/3/2016, March 2016,"
            " 2016 or 2016-03-14."
        ),
        # What a curator should look at.
        _("Letters that are damaged in the file and shown as “�”: %(count)d."),
        _("The encoding was taken to be %(encoding)s."),
        _(
            "This comes from a PDF document: compare it where there were columns, tables or notes,"
            " and words parted at the ends of lines."
        ),
        _(
            "There are columns or tables on these pages: %(pages)s. Check there that lines follow"
            " each other as they should."
        ),
        _("Pages without words that could be read: %(count)d."),
        _("This is only a summary: the whole article stands elsewhere."),
        _("The page offers the rest to those who pay or sign in: this may be only the beginning."),
        _("The article gives “%(day)s” as its date, but there is no such day."),
        _("The source gives “%(language)s” as its language, which is none that is known."),
        _("The source gives “%(language)s” as its language, but its words are in another."),
        _("No-break spaces kept as they came: %(count)d."),
        _("The standfirst is cut off in the source."),
        _("Which words link to %(url)s could not be told."),
        _("“%(word)s” may be two words, “%(left)s” and “%(right)s”, without their space."),
        _("This may be two articles: if another one begins at “%(title)s”, split it there."),
        # Why a line is no text.
        _("a curator left it out"),
        _("a curator said so"),
        _("it belongs to the web page around the article"),
        _("it credits an image"),
        _("it belongs to the mail that the text came in"),
        _("it offers the rest to those who pay or sign in"),
        _("it is a copyright notice"),
        _("it is a field of the database that it was exported from"),
        _("it is the paper"),
        _("it is about the author"),
        _("it is the address of the article"),
        _("it is the by-line"),
        _("it is the by-line, printed twice"),
        _("it is the date"),
        _("it is the page’s, not the article’s"),
        _("it is repeated on the pages of the document"),
        _("it is the title"),
        _("it names a fact of the article"),
        _("it parts the articles of the file"),
        _("it parts the sections of the text"),
        _("it stands above the title, as the name of a site does"),
        _("it says where the article appeared"),
        _("it tells a fact, from the head of the page"),
        _("it tells no more than who wrote it, and when"),
        _("it was taken for the title before another line was chosen"),
    }
)


def in_words(sentence: str, values: Mapping[str, str | int] | None = None) -> str:
    """Return `sentence` with `values` in its places, in the language of the page.

    What is none of SENTENCES stays as it is: rows from before hold whole sentences.
    """
    if not values:
        return _said(sentence)
    return _said(sentence) % {name: _value(value) for name, value in values.items()}


def refusal_in_words(refusal: ImportRefused) -> str:
    """Return why something was refused, in the language of the page."""
    return in_words(refusal.sentence, refusal.values)


def _said(sentence: str) -> str:
    return gettext(sentence) if sentence in SENTENCES else sentence


def _value(value: str | int) -> str | int:
    return _said(value) if isinstance(value, str) else value
