"""What the tags of {% load portal %} and the partials print."""

import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags

from daitu_portal.charts import Series
from daitu_portal.dates import PartialDate
from daitu_portal.paging import page_of
from daitu_portal.ratio import Change, Ratio
from daitu_portal.templatetags.portal import signed


def rendered(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


def words(html):
    return " ".join(strip_tags(html).split())


def get(path="/", **query):
    request = RequestFactory().get(path, query)
    request.user = AnonymousUser()
    return request


def test_an_icon_is_inline_and_hidden_from_readers():
    html = rendered('{% icon "check-circle" %}')

    assert html.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in html
    assert "<path d=" in html


def test_an_icon_with_a_label_is_a_named_picture_and_the_label_is_escaped():
    html = rendered('{% icon "x" label %}', label='<b>"Đóng"</b>')

    assert 'role="img" aria-label="&lt;b&gt;&quot;Đóng&quot;&lt;/b&gt;"' in html
    assert "aria-hidden" not in html


def test_an_icon_that_does_not_exist_fails_the_page():
    with pytest.raises(FileNotFoundError):
        rendered('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("82.0"), "82,0\u00a0%"),
        (Ratio(209, 255), "82,0\u00a0%"),
        (Ratio(0, 0), "—"),
        (Ratio(None, 255, None), "—"),
        (None, "—"),
    ],
)
def test_a_percent_has_a_comma_and_none_is_a_dash(value, expected):
    assert rendered("{{ value|percent }}", value=value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2023, 6, 8), "08/06/2023"),
        (PartialDate("1981-05"), "05/1981"),
        (PartialDate("1979"), "1979"),
        (None, ""),
    ],
)
def test_a_day_is_printed_as_far_as_it_is_known(value, expected):
    assert rendered("{{ value|day }}", value=value) == expected


@pytest.mark.parametrize(("value", "expected"), [(9513, "9.513"), (712, "712"), (None, "—")])
def test_thousands_are_parted_by_points(value, expected):
    assert rendered("{{ value|number }}", value=value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(712, "712"), (10_000, "10.000"), (10_001, "hơn 10.000")]
)
def test_a_count_past_its_ceiling_says_more_than(value, expected):
    assert rendered("{{ value|counted }}", value=value) == expected


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        ("met", "met", "đạt chuẩn"),
        ("area", "met", "đạt chuẩn vùng"),
        ("specialised", "met", "đạt theo luật chuyên ngành"),
        ("transition", "transition", "còn thời hạn chuyển tiếp"),
        ("not_met", "not-met", "chưa đạt"),
        ("missing", "missing", "thiếu dữ liệu"),
        ("no_rule", "none", "chưa có quy định"),
        ("not_required", "none", "không yêu cầu"),
    ],
)
def test_a_verdict_has_colour_icon_and_word(value, style, text):
    html = render_to_string("partials/verdict.html", {"verdict": value})

    assert f'class="verdict verdict-{style}"' in html
    assert "<svg" in html
    assert words(html) == text


def test_a_transition_says_until_when():
    verdict = SimpleNamespace(verdict="transition", until=date(2028, 8, 1))

    html = render_to_string("partials/verdict.html", {"verdict": verdict})

    assert words(html) == "còn đến 01/08/2028"


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Ratio(209, 255, 4), "209/255 (82,0\u00a0%) thiếu dữ liệu 4"),
        (Ratio(144, 144), "144/144 (100,0\u00a0%)"),
        (Ratio(0, 0), "—"),
        (Ratio(0, 0, 544), "— chưa ai được xếp loại: 544 người"),
        (Ratio(None, 255, None), "chưa có quy định"),
    ],
)
def test_a_ratio_is_never_a_bare_percent(ratio, expected):
    html = render_to_string("partials/ratio.html", {"ratio": ratio})

    assert " ".join(re.sub(r"<[^>]+>", "", html).split(" ")).strip() == expected


def test_a_tile_shows_numerator_percent_rest_and_change():
    html = render_to_string(
        "partials/stat.html",
        {
            "label": "Công chức có trình độ đại học trở lên",
            "ratio": Ratio(209, 255, 4),
            "url": "/bao-cao/so-lieu/x/",
            "change": Change(Ratio(209, 255, 4), Ratio(207, 264)),
            "since": date(2022, 12, 31),
        },
    )

    told = words(html)
    assert "209/255" in told
    assert "82,0 % · còn 46 · thiếu 4" in told
    assert "▲ +3,6 điểm % tử số +2, mẫu số −9 từ 31/12/2022" in told


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Ratio(0, 0), "Thử — không có ai thuộc nhóm này"),
        (Ratio(None, 0, None), "Thử — không có ai thuộc nhóm này"),
        (Ratio(0, 0, 544), "Thử — chưa ai được xếp loại: 544 người"),
    ],
)
def test_a_tile_of_nobody_prints_a_dash_and_no_change(ratio, expected):
    change = Change(ratio, Ratio(209, 255))

    html = render_to_string(
        "partials/stat.html", {"label": "Thử", "ratio": ratio, "change": change, "url": "/x/"}
    )

    assert words(html) == expected


@pytest.mark.parametrize(
    ("now", "before", "style", "expected"),
    [
        (Ratio(209, 255), Ratio(207, 264), "up", "▲ +3,6 điểm % tử số +2, mẫu số −9"),
        (Ratio(132, 144), Ratio(134, 150), "up", "▲ +2,4 điểm % tử số −2, mẫu số −6"),
        (Ratio(9, 20), Ratio(8, 10), "down", "▼ −35,0 điểm % tử số +1, mẫu số +10"),
        (Ratio(5, 5), Ratio(10, 10), "", "0,0 điểm % tử số −5, mẫu số −5"),
        (Ratio(5, 5), Ratio(5, 5), "", "không đổi"),
        (Ratio(5, 5), Ratio(0, 0), "", "— không có ai thuộc nhóm ngày ấy"),
    ],
)
def test_a_change_takes_sign_and_colour_from_the_percent(now, before, style, expected):
    html = render_to_string("partials/change.html", {"change": Change(now, before)})

    assert words(html) == expected
    assert set(re.findall(r'class="(up|down)"', html)) == ({style} if style else set())


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2, "+2"), (-1234, "−1.234"), (0, "0"), (Decimal("-0.1"), "−0,1"), (None, "—")],
)
def test_a_signed_number_is_written_the_vietnamese_way(value, expected):
    assert signed(value) == expected


def test_a_tile_without_a_rule_says_so():
    html = render_to_string("partials/stat.html", {"label": "a", "ratio": Ratio(None, 255, None)})

    assert "chưa có quy định" in html
    assert "%" not in words(html)


def test_a_head_sorts_and_turns_round_and_forgets_the_page():
    request = get(sap="ten", trang="3", q="hai")

    html = rendered('{% sort_head "ten" "Họ và tên" %}', request=request)

    assert 'aria-sort="ascending"' in html
    assert 'href="?sap=-ten&amp;q=hai"' in html


def test_a_head_of_another_column_sorts_upwards():
    request = get(sap="-ten")

    html = rendered('{% sort_head "sinh" "Ngày sinh" %}', request=request)

    assert "aria-sort" not in html
    assert 'href="?sap=sinh"' in html


def test_pagination_prints_what_is_shown_and_keeps_the_filters():
    request = get(q="hai", trang="2")

    html = render_to_string(
        "partials/pagination.html", {"page": page_of(request, range(112))}, request=request
    )

    assert "51–100 trong 112" in html
    assert 'href="?q=hai&amp;trang=3"' in html
    assert 'aria-current="page"' in html


def test_chips_name_the_filter_they_take_off_and_escape_it():
    chip = {"label": "Nhóm", "value": "<công chức>", "url": "?a=1"}

    html = render_to_string("partials/chips.html", {"chips": [chip], "clear_url": "?"})

    assert 'aria-label="Bỏ lọc Nhóm: &lt;công chức&gt;"' in html
    assert "Xoá hết" in html


def test_the_open_tab_is_marked():
    tabs = [
        {"key": "a", "label": "Tổng quan", "url": "/a/", "count": None},
        {"key": "b", "label": "Trình độ", "url": "/b/", "count": 6},
    ]

    html = render_to_string("partials/tabs.html", {"tabs": tabs, "active": "b"})

    assert re.findall(r'href="(.)b/" aria-current="page"', html)
    assert words(html) == "Tổng quan Trình độ 6"


def test_a_trend_has_the_same_numbers_as_a_table():
    series = [Series("đại học", [(date(2022, 12, 31), Ratio(198, 255)), (date(2023, 6, 8), None)])]

    html = rendered('{% trend_line series "Xu hướng" %}', series=series)

    assert '<path class="line line-1"' in html
    assert "198" in html
    assert "31/12/2022" in html
    assert "08/06/2023" in html
    assert " style=" not in html


def test_a_map_of_a_day_with_other_borders_is_not_drawn():
    html = rendered("{% choropleth ratios title on %}", ratios={}, title="a", on=date(2024, 12, 1))

    assert "<svg" not in html
    assert "Chưa có bản đồ" in html


def test_a_map_links_a_commune_to_its_page():
    html = rendered(
        "{% choropleth ratios title on %}",
        ratios={"05761": (Ratio(8, 9), "/don-vi/7/")},
        title="Công chức",
        on=date(2023, 6, 8),
    )

    assert '<a href="/don-vi/7/" aria-label="Thị trấn Hùng Sơn: 8 trong 9">' in html
    assert html.count("<path") == 29
