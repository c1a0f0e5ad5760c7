"""Lines around a text are known by their form, wherever the text comes from."""

import pytest

from corpus.importing.dates import dates_in
from corpus.importing.labels import label_of
from corpus.importing.passages import Line
from corpus.importing.pipeline import read_and_interpret

PROSE = (
    "Whatever the people in the hall may have thought of it, the motion was carried by a large"
    " majority, and those who had spoken against it went home through the rain without a word."
)


def line(text: str) -> Line:
    return Line(0, len(text), text)


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("By Jane Smith", "by_line", {"author": "Jane Smith"}),
        ("By Jane Smith and Ludwig van Beethoven", "by_line", None),
        ("Par Hélène Dœuff", "by_line", {"author": "Hélène Dœuff"}),
        ("Von Jörg Müller und Ina Voß", "by_line", {"author": "Jörg Müller und Ina Voß"}),
        ("Words by Jane Smith, political editor", "by_line", {"author": "Jane Smith"}),
        ("Ann Lee Ann Lee", "doubled_by_line", {"author": "Ann Lee"}),
        ("Author: Jane Smith", "named_field", {"author": "Jane Smith"}),
        ("URL: https://example.org/a", "named_field", {"url": "https://example.org/a"}),
        ("Published: 3 May 2019", "named_field", {"date": "3 May 2019"}),
        ("Tuesday 3rd May 2019", "date_line", {"date": "3rd May 2019"}),
        ("2019-05-03", "date_line", {"date": "2019-05-03"}),
        (
            "This article was first published in The Economist on 3 May 2019.",
            "source_line",
            {"outlet": "The Economist", "date": "3 May 2019"},
        ),
        (
            "This piece appeared in the 3 May 2019 issue of the London Review",
            "source_line",
            {"outlet": "London Review", "date": "3 May 2019"},
        ),
        (
            "This article appears in the 05 Jan 2017 issue of the New Statesman, Divided Britain",
            "source_line",
            {"outlet": "New Statesman", "date": "05 Jan 2017", "issue": "Divided Britain"},
        ),
        (
            "This piece appears in the May issue of Prospect",
            "source_line",
            {"outlet": "Prospect", "date": "May"},
        ),
        ("By JANE SMITH FOR THE HERALD", "by_line", {"author": "JANE SMITH"}),
        ("Subscribe | Sign in | Today’s paper | Politics", "page_interface", None),
        ("Home > News > Politics", "page_interface", None),
        ("Home › Politics", "page_interface", None),
        ("Log in | Register", "page_interface", None),
        ("Photo: Jane Smith", "image_credit", None),
        ("Jane Smith/Getty Images", "image_credit", None),
        ("© Jane Smith 2019", "image_credit", None),
        ("© Getty Images", "image_credit", None),
        ("© 2024 Example Gazette. All rights reserved.", "copyright", None),
        ("Copyright © 2024 Example Gazette", "copyright", None),
        ("(c) The Herald Ltd, all rights reserved", "copyright", None),
        ("Copyright 2024 The Herald", "copyright", None),
        ("All rights reserved", "copyright", None),
        ("Show Hide image", "page_interface", None),
        ("Advertisement", "page_interface", None),
        ("Related: Ten things to know about buses", "page_interface", None),
        ("Read more: Who rides at night?", "page_interface", None),
        ("READ MORE", "page_interface", None),
        ("Sign up for our free weekly newsletter", "page_interface", None),
        ("========================", "separator", None),
        ("3 of 50 DOCUMENTS", "separator", None),
    ],
)
def test_a_line_beside_the_text_is_known(text: str, rule: str, says: dict[str, str] | None) -> None:
    label = label_of(line(text), in_head=True)
    assert label is not None
    assert label.rule == rule
    assert says is None or dict(label.says) == says


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Smith Published: 3 May 2019",
        "By Jane Smith, Published 3 May 2019",
        "By Jane Smith, political editor. Published: 3 May 2019",
        "By JANE SMITH FOR THE HERALD PUBLISHED: 03:12, 3 May 2019 | UPDATED: 09:15, 4 May 2019",
        "By Jane Smith | 3 May 2019",
        "By Jane Smith 3rd May 2019",
        "By Jane Smith – Tuesday 3 May 2019 12.01 BST",
        "3 May 2019 by Jane Smith",
        "First published: 3 May 2019 · By Jane Smith",
    ],
)
def test_a_line_may_tell_both_who_wrote_and_when(text: str) -> None:
    label = label_of(line(text), in_head=True)
    assert label is not None
    assert label.value("author").title() == "Jane Smith"
    assert [found.iso for found in dates_in(label.value("date"))] == ["2019-05-03"]


@pytest.mark.parametrize(
    "text",
    [
        "By Friday 3 May 2019",
        "The motion is carried | The Herald",
        "Seat | Votes | Winner",
        "Tom > Jerry",
        "By the time Jane Smith came home",
        "The photo shows nobody we know.",
        "On 3 May 2019 the motion was carried",
        "This article of faith was never published by anybody we know",
        "Labour Labour",
        "Related matters were not discussed.",
        "Read more books, she said.",
        "Sign up to our newsletter, and you will never miss a thing.",
        "Copyright law was changed in 1911.",
        "Of 2,000 seats all rights reserved to them were few.",
        "(c) the third of these points",
        "LABOUR AND THE UNIONS",
        "S-H-E-E-P",
        "Getty is a name that he liked to hear.",
    ],
)
def test_a_line_of_text_is_no_label(text: str) -> None:
    assert label_of(line(text), in_head=True) is None


def test_by_lines_and_dates_count_at_the_head_only() -> None:
    head = "The motion\n\nBy Jane Smith and Tom Lee\n3 May 2019"
    text = f"{head}\n\n{PROSE}\n\n{PROSE}\n\n4 May 2018\n\n{PROSE}"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert article.title.value == "The motion"
    assert article.authors.value == ("Jane Smith", "Tom Lee")
    assert article.published.value is not None
    assert article.published.value.date == "2019-05-03"
    assert "4 May 2018" in article.text


def test_named_fields_give_title_outlet_and_address() -> None:
    text = f"Title: The motion\nSource: The Herald\nURL: https://example.org/motion\n\n{PROSE}\n\n{PROSE}"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert (article.title.value, article.outlet.value) == ("The motion", "The Herald")
    assert article.url.value == "https://example.org/motion"
    assert article.text == f"{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize("line", ["Related articles", "See also: The council", "Sign up now!"])
def test_what_leads_to_other_pages_is_left_out_behind_the_text(line: str) -> None:
    text = f"The motion\n\n{PROSE}\n\n{line}\nSign up for our newsletter\n"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert article.text == PROSE
    assert {dropped.text for dropped in article.dropped} == {line, "Sign up for our newsletter"}


def test_a_copyright_notice_is_called_one() -> None:
    notice = "© 2024 Example Gazette. All rights reserved."
    (article,) = read_and_interpret(f"The motion\n\n{PROSE}\n\n{notice}".encode(), "a.txt")
    assert [(one.text, one.why) for one in article.dropped] == [
        (notice, "it is a copyright notice")
    ]


def test_a_file_of_nothing_but_labels_is_its_own_text() -> None:
    (article,) = read_and_interpret(b"Advertisement\n\nPhoto: Jane Smith", "a.txt")
    assert article.text == "Advertisement\n\nPhoto: Jane Smith"
    assert article.paratext == ()


def test_a_heading_at_the_end_of_the_page_takes_the_appeals_with_it_but_no_text() -> None:
    appeal = "Sign up to our newsletter, and you will never miss a thing."
    text = f"The motion\n\n{PROSE}\n\nMore from The Herald\n\n{appeal}"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert article.text == PROSE
    assert (article.outlet.value, article.outlet.basis) == ("The Herald", "inferred")
    (kept,) = read_and_interpret(f"{text}\n\n{PROSE}".encode(), "a.txt")
    assert kept.text.endswith(PROSE)
    assert appeal in kept.text


def test_a_person_whom_the_text_knows_is_not_its_author() -> None:
    note = "Jane Smith is a member of the council."
    text = f"The motion\n\nJane Smith spoke. {PROSE}\n\n{PROSE}\n\n{note}"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert article.authors.basis == "unknown"
    assert article.text.endswith(note)


MENUS = [
    "Subscribe | Sign in | Today’s paper",
    "Home > News > Politics",
    "Westminster | Stoke | Copeland",
    f"Home | News | {' | '.join(['Politics and the like'] * 12)}",
]


@pytest.mark.parametrize("menu", MENUS)
def test_a_line_of_navigation_is_neither_title_nor_standfirst(menu: str) -> None:
    rest = f"By Jane Smith\n3 May 2019\n\n{PROSE}\n\n{PROSE}"
    for head in (f"{menu}\n\nThe motion\n", f"The motion\n\n{menu}\n"):
        (article,) = read_and_interpret(f"{head}\n{rest}".encode(), "a.txt")
        assert (article.title.value, article.standfirst.value) == ("The motion", None)
        assert article.authors.value == ("Jane Smith",)
        assert article.text == f"{PROSE}\n\n{PROSE}"
        assert menu in [dropped.text for dropped in article.dropped]


def test_a_table_at_the_head_keeps_its_rows() -> None:
    table = "Seat | Votes | Winner\nStoke | Few | Labour\nCopeland | More | Others"
    text = f"The motion\n\n{table}\n\n{PROSE}\n\n{PROSE}"
    (article,) = read_and_interpret(text.encode(), "a.txt")
    assert article.text.startswith(f"{table}\n\n")
    assert article.standfirst.value is None


@pytest.mark.parametrize(
    "text",
    [
        "Sign up to our daily briefing",
        "Get the morning e-mail",
        "Subscribe to our weekly round-up.",
    ],
)
def test_a_line_that_offers_a_newsletter_is_none_of_the_text(text: str) -> None:
    (proposal,) = read_and_interpret(f"{PROSE}\n\n{text}\n\n{PROSE}".encode(), "a.txt")
    assert text not in proposal.text
    assert [line.text for line in proposal.dropped] == [text]


def test_closing_lines_below_the_last_sentence_are_taken_one_by_one() -> None:
    last = "The writer keeps the shop on Skarrow."
    text = f"{PROSE}\n\n{PROSE}\n\n{last}\nMore from The Northern Gazette\nComments (12)"
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    assert proposal.text.endswith(last)
    assert proposal.blocks[-1].kind == "paragraph"
    assert [line.text for line in proposal.dropped] == [
        "More from The Northern Gazette",
        "Comments (12)",
    ]
    assert proposal.outlet.value == "The Northern Gazette"


@pytest.mark.parametrize("line", ["read more about it", "Read more about it."])
def test_the_end_of_a_paragraph_is_no_closing_line(line: str) -> None:
    text = f"{PROSE}\n\nOf those who had heard of the shop on the island many wished to\n{line}"
    (proposal,) = read_and_interpret(text.encode(), "a.txt")
    assert proposal.text.endswith(line)
    assert proposal.dropped == ()
