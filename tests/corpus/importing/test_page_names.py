"""Saved web pages: the title, the author and the outlet, where a site gives its own name."""

import pytest

from tests.corpus.importing.test_pages import MORE, linked_data, read

TITLE = "Votes at the harbour"
SITE = '<meta property="og:site_name" content="Marsh Herald">'


def told(head: str, body: str = "") -> tuple[str | None, tuple[str, ...] | None, str | None]:
    """Return the title, the authors and the outlet of a page."""
    article = read(
        "<!DOCTYPE html><html lang=en><head><link rel=canonical"
        f" href='https://www.marshnews.example/votes'>{head}</head>"
        f"<body><main><article>{body}{MORE}</article></main></body></html>"
    )
    return article.title.value, article.authors.value, article.outlet.value


@pytest.mark.parametrize(
    "given",
    [
        f"{TITLE} | Marsh Herald",
        f"Marsh Herald - {TITLE}",
        f"{TITLE} – marshnews.example",
        f"{TITLE} -- Marshnews",
        f"{TITLE} » News - Marsh Herald",
        f"{TITLE}|Marsh|19.01.2020",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(given: str) -> None:
    head = f'{SITE}<meta property="og:title" content="{given}">'
    assert told(head, f"<h1>{TITLE}</h1>")[0] == TITLE


def test_a_title_with_a_dash_of_its_own_stays_whole() -> None:
    head = f'{SITE}<meta property="og:title" content="{TITLE} – a night of counting">'
    assert told(head)[0] == f"{TITLE} – a night of counting"


def test_what_a_program_calls_a_page_is_no_title() -> None:
    slug = '<meta property="og:title" content="votes-harbour-2018">'
    unfilled = '<meta property="og:title" content="{{page.title}}">'
    assert told(slug, f"<h1>{TITLE}</h1>")[0] == TITLE
    assert told(unfilled, f"<h1>{TITLE}</h1>")[0] == TITLE


def test_a_heading_that_leads_home_names_the_site() -> None:
    head = f"<title>Marsh Notes » {TITLE}</title>"
    home = "<h1><a href='https://www.marshnews.example'>Marsh Notes</a></h1>"
    assert told(head, f"{home}<h3>{TITLE}</h3>") == (TITLE, None, "Marsh Notes")


def test_linked_data_whose_headline_describes_gives_its_name() -> None:
    data = linked_data(**{"@type": "Article", "headline": "a count of votes", "name": TITLE})
    assert told(f"<title>votes at the harbour - Wiki</title>{data}")[0] == TITLE


def test_signs_that_are_written_as_entities_are_read() -> None:
    author = {"@type": "Person", "name": "Ann O&#039;Hara"}
    data = linked_data(
        **{"@type": "Article", "headline": "The &#8216;marsh&#8217;", "author": author}
    )
    assert told(data)[:2] == ("The ‘marsh’", ("Ann O'Hara",))


@pytest.mark.parametrize(
    "author",
    [
        "Marsh Herald",
        "Marsh Herald GmbH, Ditton, England",
        "Marsh Herald (www.marshnews.example)",
        "marshnews.example",
        "MARSH HERALD ONLINE",
    ],
)
def test_the_site_itself_is_no_author(author: str) -> None:
    assert told(f'{SITE}<meta name="author" content="{author}">')[1] is None


def test_a_link_to_all_that_somebody_wrote_names_the_author() -> None:
    link = "<a rel=author href='/ann'>View all posts by Ann Clegg</a>"
    assert told("", f"<p>{link}</p>")[1] == ("Ann Clegg",)


def test_an_outlet_behind_the_authors_is_none_of_them() -> None:
    head = f'{SITE}<meta name="author" content="Ann Clegg, Ben Orr and Cy Dee, Marsh Herald">'
    assert told(head)[1] == ("Ann Clegg", "Ben Orr", "Cy Dee")


@pytest.mark.parametrize(
    "line",
    [
        "Home > News > Votes at the harbour",
        "12 minutes - 2312 words",
        "2.3.2017 9:40 Uhr, 71 Kommentare",
        "Published together with:",
    ],
)
def test_what_is_no_sentence_is_no_standfirst(line: str) -> None:
    body = f"<h1>{TITLE}</h1><p>{line}</p>{MORE}"
    article = read(
        f"<!DOCTYPE html><html><body><main><article>{body}</article></main></body></html>"
    )
    assert article.standfirst.value is None


@pytest.mark.parametrize(
    "line",
    [
        "23.06.2016 um 16:14 Uhr - Ann Clegg - 91 Ergänzungen",
        "by Ann Clegg , Marsh Herald",
        "Ann Clegg | 3 March 2017, 9:40 am | 5 min read",
    ],
)
def test_a_line_of_names_and_days_is_none_of_the_text(line: str) -> None:
    head = f'{SITE}<meta name="author" content="Ann Clegg">'
    markup = (
        f"<!DOCTYPE html><html><head>{head}</head><body><main><article><h1>{TITLE}</h1>"
        f"<p>Nobody knows who won the votes that were counted at the harbour.</p><p>{line}</p>"
        f"<p>Ann Clegg went there 5 times.</p>{MORE}</article></main></body></html>"
    )
    article = read(markup)
    assert line not in article.text
    assert "Ann Clegg went there 5 times." in article.text
    assert "Nobody knows who won" in article.text
    assert line in {row.text for row in article.paratext if row.kind == "by_line"}
