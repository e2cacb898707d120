"""`manage.py figures`: every figure of a day, for machines and for people."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Installation
from cadres import catalogue as record_catalogue
from cadres.models import Post
from cadres.tests.factories import make_commune, make_holding, make_qualification
from reports import catalogue
from reports.models import Indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(db):
    """A commune with a degree and a college among its civil servants, and one deputy."""
    record_catalogue.load()
    catalogue.load()
    commune = make_commune("Xã Thử", code="99999")
    for post, rank in (("CC07", 4), ("CC05", 3), ("NK01", 2)):
        holding = make_holding(post=Post.objects.get(code=post), commune=commune)
        make_qualification(holding.cadre, rank=rank)
    return commune


def printed(**options):
    out = StringIO()
    call_command("figures", stdout=out, **options)
    return out.getvalue()


def test_json_has_a_row_for_each_indicator_for_the_district_and_each_commune(commune):
    rows = json.loads(printed(as_of="2023-06-08", format="json"))

    assert len(rows) == 15 * (1 + 29 + 1)
    assert {
        "indicator": "civil_servants_degree", "commune": None,
        "numerator": 1, "denominator": 2, "unknown": 0,
    } in rows  # fmt: skip
    assert {
        "indicator": "standardised_org_deputies", "commune": "99999",
        "numerator": None, "denominator": 1, "unknown": None,
    } in rows  # fmt: skip


def test_a_day_before_everything_has_a_row_for_each_indicator_too(commune):
    """Nobody is counted then, and no rule covers the standards."""
    rows = json.loads(printed(as_of="2003-12-31", format="json"))

    assert len(rows) == 15
    assert {row["commune"] for row in rows} == {None}
    for row in rows:
        is_ruled = not row["indicator"].startswith("standardised_")
        assert row["denominator"] == 0
        assert (row["numerator"], row["unknown"]) == ((0, 0) if is_ruled else (None, None))


def test_an_indicator_is_printed_by_its_definition_nearest_to_the_day(commune):
    """One that was closed, and one defined anew: each once, before, between and after."""
    Indicator.objects.filter(code="rated_good").update(valid_to=date(2010, 1, 1))
    old = Indicator.objects.get(code="civil_servants_degree")
    new = Indicator.objects.get(code="civil_servants_degree")
    new.pk, new.valid_from, old.valid_to = None, date(2023, 1, 1), date(2022, 1, 1)
    new.predicate = {"level": {"strand": "professional", "min": 3}}
    old.save()
    new.save()

    for day, numerator in (("2022-06-30", 1), ("2023-06-08", 2), ("2003-12-31", 0)):
        rows = json.loads(printed(as_of=day, format="json"))
        district = {row["indicator"]: row for row in rows if row["commune"] is None}
        assert len(district) == 15
        assert district["civil_servants_degree"]["numerator"] == numerator
        assert district["rated_good"]["denominator"] == 0


def test_a_group_without_anyone_prints_a_dash(commune):
    text = printed(as_of="2003-12-31")

    assert "từ đại học trở lên (lượt giữ chức vụ, chức danh): —" in text
    assert "0/0" not in text


def test_the_table_is_for_people(commune):
    text = printed(as_of="08/06/2023")

    assert text.startswith("Số liệu tính đến 08/06/2023")
    assert "Công chức có trình độ chuyên môn từ đại học trở lên" in text
    assert "  99999 Xã Thử: 1/2 (50,0 %)" in text
    assert "  99999 Xã Thử: chưa có quy định (1)" in text


def test_without_a_day_it_takes_the_installations(commune):
    Installation.objects.create(pk=1, reference_on=date(2023, 6, 8))

    assert "08/06/2023" in printed()


def test_a_day_that_cannot_be_read_is_refused_with_an_example(db):
    with pytest.raises(CommandError, match="ví dụ 2023-06-08"):
        printed(as_of="hôm nay")
