"""The five seed documents give their six articles, word for word. They are the baseline."""

from collections import Counter
from collections.abc import Callable

import pytest

from corpus.importing.coverage import assert_covered
from corpus.importing.proposal import Proposal, PublishedDate, digest
from corpus.importing.read import read_source

Proposals = Callable[[str], tuple[Proposal, ...]]
Seed = Callable[[str], bytes]
NUMBERS = ("000", "001", "002", "003", "004")


def words_of(proposal: Proposal, kind: str) -> list[str]:
    return [proposal.text[b.start : b.end] for b in proposal.blocks if b.kind == kind]


def beside(proposal: Proposal) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in proposal.paratext]


def published(proposal: Proposal) -> PublishedDate:
    assert proposal.published.value is not None
    return proposal.published.value


def test_there_are_six_articles_in_five_documents(proposals: Proposals) -> None:
    assert [len(proposals(number)) for number in NUMBERS] == [1, 1, 2, 1, 1]


@pytest.mark.parametrize(
    ("number", "titles"),
    [
        ("000", [("One could be idiosyncratic.", "derived")]),
        (
            "001",
            [
                (
                    (
                        "The Labour exodus continues, with Tristram Hunt’s decision to quit"
                        " Parliament to become director of the V&A."
                    ),
                    "derived",
                )
            ],
        ),
        (
            "002",
            [
                ("The rise and fall of New Labour", "given"),
                ("Losing Momentum: how Jeremy Corbyn’s support group ran out of steam", "given"),
            ],
        ),
        ("003", [("Labour MPs try to ward off deselection threat", "given")]),
        ("004", [("Labour deserters represent the few, not the many", "given")]),
    ],
)
def test_titles_are_given_or_shown_as_derived(
    proposals: Proposals, number: str, titles: list[tuple[str, str]]
) -> None:
    assert [(p.title.value, p.title.basis) for p in proposals(number)] == titles


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        ("000", [{"paragraph": 13}]),
        ("001", [{"paragraph": 9, "quotation": 1}]),
        (
            "002",
            [
                {"standfirst": 1, "paragraph": 25},
                {"standfirst": 1, "heading": 4, "paragraph": 52, "correction": 1},
            ],
        ),
        ("003", [{"paragraph": 6, "quotation": 2}]),
        ("004", [{"paragraph": 10}]),
    ],
)
def test_blocks_are_counted_by_kind(
    proposals: Proposals, number: str, kinds: list[dict[str, int]]
) -> None:
    assert [dict(Counter(b.kind for b in p.blocks)) for p in proposals(number)] == kinds


def test_the_wrapped_article_gets_its_six_links_with_their_exact_words(
    proposals: Proposals,
) -> None:
    (article,) = proposals("000")
    host = "https://www.theguardian.com/politics/"
    assert [(article.text[m.start : m.end], m.url.removeprefix(host)) for m in article.marks] == [
        (
            "his decision to abandon parliament",
            "2017/jan/13/tristram-hunt-to-quit-as-mp-to-become-va-director",
        ),
        ("Labour", "labour"),
        (
            "Jamie Reed’s decision to quit his Copeland",
            "2016/dec/21/corbyn-critic-jamie-reed-quits-labour-mp-byelection-copeland",
        ),
        (
            "Labour’s candidate for mayor of Greater Manchester",
            "2016/dec/16/andy-burnham-labour-wrong-to-put-single-market-ahead-of-immigration",
        ),
        (
            "goal of becoming mayor of the city",
            (
                "2016/aug/10/corbyn-ally-steve-rotheram-named-as-candidate-for-liverpool-city-region"
                "-mayor"
            ),
        ),
        (
            "resignation letter",
            "2017/jan/13/tristram-hunt-to-quit-as-mp-to-become-va-director",
        ),
    ]


def test_the_wrapped_article_reads_on_without_a_trace_of_its_wrapping(
    proposals: Proposals,
) -> None:
    (article,) = proposals("000")
    assert "the disaster that will engulf Labour if the party’s current" in article.text
    assert "mayor of Greater Manchester. Steve Rotheram will resign" in article.text
    assert "fulfils his goal of becoming mayor of the city.\n\nTristram Hunt had" in article.text
    assert "party’s leader. His resignation letter expressed a general" in article.text
    assert "  " not in article.text
    assert "<" not in article.text
    parted = [repair.before for repair in article.repairs if repair.kind == "words_parted"]
    assert parted == ["engulfLabour", "followsJamie", "asLabour’s", "hisgoal", "Hisresignation"]


def test_what_the_text_does_not_say_stays_unknown(proposals: Proposals) -> None:
    (article,) = proposals("000")
    for fact in (article.authors, article.byline, article.outlet, article.url, article.standfirst):
        assert (fact.value, fact.basis, fact.evidence) == (None, "unknown", "")


def test_an_unknown_date_is_bounded_by_the_newest_linked_page(proposals: Proposals) -> None:
    (article,) = proposals("000")
    date = published(article)
    assert (date.date, date.precision, date.not_before) == (None, "unknown", "2017-01-13")
    assert date.not_before_evidence == article.marks[0].url
    assert article.published.rule == "linked_page"


def test_an_unknown_date_is_bounded_by_the_newest_date_told_as_past(proposals: Proposals) -> None:
    (article,) = proposals("004")
    date = published(article)
    assert (date.date, date.not_before) == (None, "2019-02-18")
    assert "18th February 2019 and Ann Coffey resigned" in date.not_before_evidence


@pytest.mark.parametrize("number", ["001", "003"])
def test_a_text_without_absolute_dates_gives_no_bound(proposals: Proposals, number: str) -> None:
    (article,) = proposals(number)
    assert published(article) == PublishedDate()


def test_the_source_lines_give_outlet_and_date(proposals: Proposals) -> None:
    first, second = proposals("002")
    assert [p.outlet.value for p in (first, second)] == ["New Statesman", "New Statesman"]
    assert [published(p).date for p in (first, second)] == ["2010-05-17", "2017-03-23"]
    assert {p.published.basis for p in (first, second)} == {"given"}
    assert first.outlet.evidence.startswith("This article first appeared in the 17 May 2010")


def test_the_first_of_two_articles_ends_with_its_source_line(proposals: Proposals) -> None:
    first, second = proposals("002")
    assert beside(first) == [
        ("title", "The rise and fall of New Labour"),
        (
            "author_note",
            (
                "Anthony Giddens is a former director of the London School of Economics"
                " and a Labour peer."
            ),
        ),
        (
            "source_line",
            (
                "This article first appeared in the 17 May 2010 issue of the New Statesman,"
                " On a tightrope"
            ),
        ),
    ]
    assert beside(second)[:3] == [
        ("credit", "RAY TANGT/ANADOLU AGENCY/GETTY IMAGES"),
        ("boilerplate", "Show Hide image"),
        ("title", "Losing Momentum: how Jeremy Corbyn’s support group ran out of steam"),
    ]
    assert first.source_end == second.source_start


def test_the_author_note_names_the_author(proposals: Proposals) -> None:
    first, second = proposals("002")
    assert (first.authors.value, first.authors.basis) == (("Anthony Giddens",), "inferred")
    assert (second.authors.value, second.authors.basis) == (None, "unknown")


def test_a_standfirst_that_is_cut_off_is_kept_and_flagged(proposals: Proposals) -> None:
    first, second = proposals("002")
    assert words_of(first, "standfirst")[0].endswith("may not have been the new")
    assert [(f.kind, f.start) for f in first.flags if f.kind == "truncated"] == [("truncated", 0)]
    assert words_of(second, "standfirst") == [second.standfirst.value]
    assert "truncated" not in {flag.kind for flag in second.flags}


def test_numbered_headings_are_headings_with_their_numbers(proposals: Proposals) -> None:
    second = proposals("002")[1]
    expected = ["1. The Bus", "2. The Conference", "3. The HQ", "4. The Fallout"]
    assert words_of(second, "heading") == expected
    assert {b.level for b in second.blocks if b.kind == "heading"} == {2}


def test_a_correction_is_kept_in_the_text(proposals: Proposals) -> None:
    second = proposals("002")[1]
    assert words_of(second, "correction") == [
        (
            "Correction: This article originally named Luke Akehurst as a Labour councillor."
            " Akehurst stood down in 2014."
        )
    ]
    assert second.blocks[-1].kind == "correction"


def test_speech_that_runs_over_a_paragraph_end_stays_in_paragraphs(proposals: Proposals) -> None:
    second = proposals("002")[1]
    paragraphs = words_of(second, "paragraph")
    index = next(i for i, text in enumerate(paragraphs) if text.startswith("“They lost two"))
    assert paragraphs[index].endswith("any hope for real change.")
    assert paragraphs[index + 1].startswith("“The left has been timid")


def test_quotations_that_stand_alone_are_quotations(proposals: Proposals) -> None:
    assert [text[:9] for text in words_of(proposals("001")[0], "quotation")] == ["“Younger,"]
    runs = words_of(proposals("003")[0], "quotation")
    assert [text[:7] for text in runs] == ["‘I’ve m", "‘What I"]


def test_a_by_line_printed_twice_gives_one_author(proposals: Proposals) -> None:
    (article,) = proposals("003")
    assert (article.byline.value, article.byline.basis) == ("Isabel Hardman", "given")
    assert article.authors.value == ("Isabel Hardman",)
    assert beside(article) == [
        ("by_line", "Isabel Hardman Isabel Hardman"),
        ("title", "Labour MPs try to ward off deselection threat"),
        ("boilerplate", "Comments"),
    ]
    assert article.outlet.basis == "unknown"


def test_appeals_after_the_text_are_left_out_and_name_the_outlet(proposals: Proposals) -> None:
    (article,) = proposals("004")
    assert (article.outlet.value, article.outlet.basis) == ("LabourList", "inferred")
    assert [kind for kind, _ in beside(article)] == ["title", *["boilerplate"] * 4]
    assert article.text.endswith("redistribution of power and wealth to working people.")
    assert len(article.dropped) == 4


def test_no_break_spaces_stay_within_the_text_and_are_counted(proposals: Proposals) -> None:
    (article,) = proposals("001")
    assert article.text.count("\u00a0") == 10
    assert [str(flag) for flag in article.flags] == ["No-break spaces kept as they came: 10."]
    assert "\u00a0" not in (article.title.value or "")
    second = proposals("002")[1]
    assert "\n\nThe bus to the Momentum conference" in second.text


@pytest.mark.parametrize("number", NUMBERS)
def test_every_article_is_covered_known_as_english_and_survives_json(
    proposals: Proposals, seed: Seed, number: str
) -> None:
    assert_covered(read_source(seed(number), number).text, proposals(number))
    for article in proposals(number):
        assert article.language.value == "en"
        assert Proposal.from_data(article.to_data()) == article
        assert all(
            b.end + 2 == c.start for b, c in zip(article.blocks, article.blocks[1:], strict=False)
        )
        assert article.blocks[-1].end == len(article.text)


def test_copies_that_differ_in_spaces_and_quotes_have_one_digest(proposals: Proposals) -> None:
    (article,) = proposals("001")
    copy = article.text.replace("\u00a0", " ").replace("’", "'").replace("\n\n", "\n\n\n")
    assert digest(copy) == digest(article.text)
    assert digest(copy + " Not.") != digest(article.text)
