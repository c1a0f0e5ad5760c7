"""The geometry of the time line."""

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from annotations.timeline import HIGHEST, WIDTH, DatedPassages, Stance, TimeLine, time_line

DAY = date(2017, 3, 23)


def passages(
    first: date | None = DAY,
    last: date | None = DAY,
    *,
    stance: Stance = "supports",
    count: int = 1,
    article: str = "a",
) -> DatedPassages:
    places = [(number, number) for number in range(count, 0, -1)]
    return DatedPassages(article, f"Title {article}", stance, first, last, f"/{article}/", places)


def heights(line: TimeLine, stance: Stance) -> list[float]:
    return [point.y for point in line.points if point.stance == stance]


def test_support_stands_above_dispute_below_and_context_on_the_line() -> None:
    line = time_line(passages(stance=stance) for stance in ("supports", "disputes", "context"))
    assert heights(line, "supports")[0] < line.axis < heights(line, "disputes")[0]
    assert heights(line, "context") == [line.axis]


def test_marks_of_one_day_are_stacked_away_from_the_line() -> None:
    line = time_line([passages(count=2), passages(article="b")])
    assert len({point.x for point in line.points}) == 1
    assert heights(line, "supports") == [line.axis - 24, line.axis - 48, line.axis - 72]


def test_marks_far_apart_stand_at_the_same_height() -> None:
    later = DAY + timedelta(days=300)
    line = time_line([passages(), passages(later, later, article="b")])
    first, second = line.points
    assert first.y == second.y
    assert first.x < second.x


def test_a_high_stack_ends_with_the_number_of_the_rest() -> None:
    line = time_line([passages(count=40), passages(count=3, article="b")])
    assert len(line.points) == HIGHEST
    assert line.points[-1].text == f"+{43 - HIGHEST}"
    assert [point.text for point in line.points[:-1]] == [""] * (HIGHEST - 1)


def test_each_mark_leads_to_a_passage_of_its_own() -> None:
    line = time_line([passages(count=3)])
    assert [point.url for point in line.points] == ["/a/#h1", "/a/#h2", "/a/#h3"]


def test_a_lower_bound_is_a_bar_open_to_the_right_and_no_point() -> None:
    line = time_line([passages(last=None)])
    (bar,) = line.bars
    assert line.points == ()
    assert (bar.opens_left, bar.opens_right, bar.end) == (False, True, WIDTH)
    assert not bar.shape.endswith("z")


def test_an_upper_bound_is_a_bar_open_to_the_left() -> None:
    (bar,) = time_line([passages(first=None)]).bars
    assert (bar.opens_left, bar.opens_right, bar.start) == (True, False, 0)


def test_a_month_is_a_closed_bar_over_its_days() -> None:
    (bar,) = time_line([passages(date(2017, 3, 1), date(2017, 3, 31))]).bars
    assert not bar.opens_left
    assert not bar.opens_right
    assert bar.start < bar.end
    assert bar.shape.endswith("z")


def test_a_bar_holds_the_stances_of_its_article_with_their_numbers() -> None:
    line = time_line([passages(last=None, count=5), passages(last=None, stance="context")])
    (bar,) = line.bars
    assert [(point.stance, point.text) for point in bar.points] == [
        ("supports", "5"),
        ("context", "1"),
    ]


def test_what_has_no_date_stays_off_the_axis_by_article() -> None:
    line = time_line(
        [
            passages(None, None),
            passages(None, None, stance="disputes"),
            passages(None, None, article="b"),
        ]
    )
    assert (line.labels, line.points, line.bars) == ((), (), ())
    assert [[entry.article for entry in group] for group in line.undated] == [["a", "a"], ["b"]]


def test_years_are_labelled_at_their_first_day() -> None:
    line = time_line([passages(), passages(date(2019, 2, 1), date(2019, 2, 1), article="b")])
    assert [label.text for label in line.labels] == ["2017", "2018", "2019"]


def test_a_century_has_few_labels() -> None:
    line = time_line([passages(), passages(date(1893, 5, 1), date(1893, 5, 1), article="b")])
    assert [label.text for label in line.labels] == [str(year) for year in range(1880, 2020, 20)]


days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@example([(date(9999, 1, 1), "supports")])
@example([(date(9999, 12, 31), "supports"), (date(1, 1, 1), "disputes")])
@given(st.lists(st.tuples(days, st.sampled_from(["supports", "disputes", "context"])), min_size=1))
def test_every_mark_stands_inside_the_picture(rows: list[tuple[date, Stance]]) -> None:
    entries = [
        passages(day, day, stance=stance, article=str(number))
        for number, (day, stance) in enumerate(rows)
    ]
    line = time_line(entries)
    assert all(0 < point.x < WIDTH for point in line.points)
    assert all(0 < point.y < line.foot < line.height for point in line.points)
    shown = sum(1 + point.more for point in line.points)
    assert shown == len(rows)
