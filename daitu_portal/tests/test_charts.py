"""Geometry of the charts, compared as numbers worked out by hand."""

from datetime import date

import pytest

from daitu_portal import charts
from daitu_portal.charts import Series
from daitu_portal.ratio import Ratio


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Ratio(9, 9), "gap-0"),
        (Ratio(199, 200), "gap-1"),
        (Ratio(80, 100), "gap-1"),
        (Ratio(79, 100), "gap-2"),
        (Ratio(65, 100), "gap-2"),
        (Ratio(6, 9), "gap-2"),
        (Ratio(5, 9), "gap-3"),
        (Ratio(1, 2), "gap-3"),
        (Ratio(2, 5), "gap-4"),
        (Ratio(0, 4), "gap-4"),
        (Ratio(0, 0), "gap-none"),
        (Ratio(None, 9, None), "gap-none"),
        (None, "gap-none"),
    ],
)
def test_the_more_is_missing_the_darker_the_class(ratio, expected):
    assert charts.gap_class(ratio) == expected


def test_a_share_that_only_rounds_to_a_step_stays_below_it():
    almost = Ratio(79_999, 100_000)

    assert almost.percent == 80
    assert charts.gap_class(almost) == "gap-2"


def test_a_meter_is_filled_by_the_numerator_and_hatched_by_the_unknown():
    meter = charts.meter(Ratio(163, 200, 4))

    assert (meter.filled, meter.unknown) == ("81.5", "2")
    assert meter.title == "163 trong 200, 4 thiếu dữ liệu"


@pytest.mark.parametrize("ratio", [Ratio(0, 0), Ratio(None, 12, None)])
def test_a_meter_without_a_ratio_is_empty(ratio):
    meter = charts.meter(ratio)

    assert (meter.filled, meter.unknown) == ("0", "0")


def test_stacked_parts_lie_end_to_end_and_fill_the_bar():
    parts = charts.stack([("đạt", 30, "met"), ("không", 0, "none"), ("chưa", 10, "not-met")])

    assert [(part.left, part.width) for part in parts] == [("0", "75"), ("75", "25")]
    assert [part.label for part in parts] == ["đạt", "chưa"]


def test_a_stack_of_nothing_has_no_parts():
    assert charts.stack([("đạt", 0, "met")]) == []


def test_a_trend_maps_days_to_the_width_and_percents_to_the_height():
    points = [
        (date(2021, 1, 1), Ratio(50, 100)),
        (date(2022, 1, 1), Ratio(75, 100)),
        (date(2023, 1, 1), Ratio(100, 100)),
    ]

    trend = charts.trend([Series("đại học", points)], width=300, height=150)

    # Left 38, right 264, 100 % at 10, the lowest rule (50 %) at 128.
    assert trend.lines[0].path == "M38 128L151 69L264 10"
    assert (trend.lines[0].last_x, trend.lines[0].last_y) == ("264", "10")
    assert trend.lines[0].last_percent == "100,0"
    assert trend.rules[0] == ("10", "100 %")
    assert trend.rules[-1] == ("128", "50 %")
    assert trend.days == [("38", "01/2021", "start"), ("264", "01/2023", "end")]


def test_a_trend_breaks_where_a_figure_is_missing():
    points = [
        (date(2021, 1, 1), Ratio(50, 100)),
        (date(2022, 1, 1), None),
        (date(2023, 1, 1), Ratio(100, 100)),
    ]

    trend = charts.trend([Series("đại học", points)], width=300, height=150)

    assert trend.lines[0].path == "M38 128M264 10"


def test_a_series_without_any_figure_is_not_drawn():
    empty = Series("chưa có quy định", [(date(2021, 1, 1), Ratio(None, 9, None))])
    full = Series("đại học", [(date(2021, 1, 1), Ratio(5, 9))])

    trend = charts.trend([empty, full])

    assert [line.label for line in trend.lines] == ["đại học"]
    assert charts.trend([empty]) is None


def test_labels_of_two_close_lines_do_not_lie_on_each_other():
    day = date(2023, 6, 8)
    series = [Series("a", [(day, Ratio(80, 100))]), Series("b", [(day, Ratio(80, 100))])]

    first, second = charts.trend(series).lines

    assert float(second.label_y) - float(first.label_y) == pytest.approx(12)
    assert first.last_y == second.last_y


def test_the_map_has_the_29_communes_of_2023_in_the_class_of_their_gap():
    areas = charts.areas({"05761": (Ratio(9, 9), "/don-vi/1/"), "05767": (Ratio(2, 5), "")})

    by_code = {area.code: area for area in areas}
    assert len(areas) == 29
    assert (by_code["05761"].style, by_code["05761"].url) == ("gap-0", "/don-vi/1/")
    assert by_code["05761"].title == "Thị trấn Hùng Sơn: 9 trong 9"
    assert by_code["05767"].style == "gap-4"
    assert by_code["05770"].style == "gap-none"


def test_every_path_of_the_map_stays_inside_the_drawing():
    width, height = charts.map_size()

    for area in charts.areas({}):
        numbers = [
            float(n) for n in area.path.replace("M", " ").replace("L", " ").strip("Z").split()
        ]
        assert min(numbers[::2]) >= 0
        assert max(numbers[::2]) <= width
        assert min(numbers[1::2]) >= 0
        assert max(numbers[1::2]) <= height


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2023, 4, 9), False),
        (date(2023, 4, 10), True),
        (date(2024, 11, 30), True),
        (date(2024, 12, 1), False),
    ],
)
def test_the_map_is_only_of_the_days_of_its_borders(day, holds):
    assert charts.map_holds(day) is holds
