"""Catalogues on screen: what a new or closed row does is shown first, then written."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres import catalogue as cadres_catalogue
from cadres.models import CommuneArea, LegalDocument, Post, Rule
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_qualification
from reports import catalogue
from reports.models import Indicator
from reports.queries import matrix

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


@pytest.fixture
def clerk(client):
    """A civil servant with cao đẳng, recruited late, and the district's staff signed in."""
    cadres_catalogue.load()
    catalogue.load()
    cadre = make_cadre(recruited_on="2021-01-01")
    make_holding(cadre, Post.objects.get(code="CC05"), make_commune(), valid_from=date(2021, 1, 1))
    make_qualification(cadre, rank=3)
    make_qualification(cadre, strand="general", rank=3)
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def rule_form(**fields):
    return {
        "code": "THU-CM", "title_set": "civil_servants", "dimension": "Chuyên môn",
        "label": "cao đẳng trở lên", "least": "professional:3", "training": "", "written": "",
        "document": LegalDocument.objects.get(number="TT 13/2019/TT-BNV").pk, "article": "điều 1",
        "confidence": "S", "valid_from": "01/06/2023", "last_on": "", "transition_last_on": "",
        "transition_article": "", "note": "", "mountain": "", "waits": "", **fields,
    }  # fmt: skip


def test_the_catalogues_are_listed_with_what_is_in_force(clerk):
    page = clerk.get("/quan-tri/danh-muc/?ngay=2023-06-08").content.decode()

    for words in ("Chức vụ, chức danh", "Tiêu chuẩn", "Chỉ tiêu", "Văn bản pháp luật"):
        assert words in page


def test_closing_a_rule_shows_which_ratios_move_and_writes_nothing_yet(clerk):
    rule = Rule.objects.get(code="R2-CC-CM")
    address = f"/quan-tri/danh-muc/tieu-chuan/{rule.pk}/dong/?ngay=2023-06-08"

    page = clerk.post(address, {"last_on": "31/05/2023", "reason": "thử", "xac_nhan": "0"})

    rule.refresh_from_db()
    assert rule.valid_to == date(2023, 8, 1)
    html = page.content.decode()
    assert "Công chức đạt chuẩn chức danh" in html
    assert "<b>0</b>/1" in html
    assert "<b>1</b>/1" in html


def test_confirmed_the_rule_ends_and_the_past_stays_as_it_was(clerk):
    rule = Rule.objects.get(code="R2-CC-CM")
    address = f"/quan-tri/danh-muc/tieu-chuan/{rule.pk}/dong/?ngay=2023-06-08"

    clerk.post(address, {"last_on": "31/05/2023", "reason": "thử", "xac_nhan": "1"})

    rule.refresh_from_db()
    assert rule.valid_to == date(2023, 6, 1)
    code = "standardised_civil_servants"
    assert matrix(None, date(2023, 5, 31)).ratio(code).numerator == 0
    assert matrix(None, DAY).ratio(code).numerator == 1
    event = AuditEvent.objects.filter(subject_type="rule").get()
    assert event.purpose == "thử"


def test_a_new_rule_is_tried_first_and_then_written(clerk):
    address = "/quan-tri/danh-muc/tieu-chuan/them/?ngay=2023-06-08"

    tried = clerk.post(address, rule_form(xac_nhan="0", least="professional:5"))
    assert "Tỷ lệ thay đổi" in tried.content.decode()
    assert not Rule.objects.filter(code="THU-CM").exists()

    clerk.post(address, rule_form(xac_nhan="1"))
    assert Rule.objects.get(code="THU-CM").requirement == {
        "level": {"strand": "professional", "min": 3}
    }


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"least": ""}, "đúng một trong ba cách"),
        ({"training": "law"}, "đúng một trong ba cách"),
        ({"least": "professional:0"}, "chọn mức cao hơn"),
        ({"least": "", "written": "{"}, "không phải JSON đúng"),
        ({"least": "", "written": '{"bang": 4}'}, "Ngoài từ vựng"),
        ({"waits": '{"held_before": "2023-08-01"}'}, "cả thời hạn và ai"),
        ({"code": "R2-CC-CM"}, "đã tồn tại"),
        ({"last_on": "01/01/2020"}, "không trước ngày bắt đầu"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_and_nothing_is_written(clerk, fields, message):
    before = Rule.objects.count()

    page = clerk.post("/quan-tri/danh-muc/tieu-chuan/them/", rule_form(xac_nhan="1", **fields))

    assert message in page.content.decode()
    assert Rule.objects.count() == before


def test_an_indicator_can_be_added_and_is_counted_from_its_first_day(clerk):
    data = {
        "code": "cao_dang", "name": "Công chức từ cao đẳng", "short_name": "Từ cao đẳng",
        "population": "holders", "title_set": "civil_servants", "unit": "post", "order": 200,
        "least": "professional:3", "valid_from": "01/06/2023", "xac_nhan": "1",
    }  # fmt: skip

    clerk.post("/quan-tri/danh-muc/chi-tieu/them/?ngay=2023-06-08", data)

    assert Indicator.objects.get(code="cao_dang").valid_from == date(2023, 6, 1)
    assert matrix(None, DAY).ratio("cao_dang").numerator == 1
    assert "cao_dang" not in [i.code for i in matrix(None, date(2023, 5, 31)).indicators]


def test_a_commune_that_uses_the_mountain_floor_lifts_its_people_over_it(clerk):
    commune = CommuneArea._meta.get_field("commune").related_model.objects.get(name="Xã Thử")
    data = {"commune": commune.pk, "uses_mountain_floor": "on", "document": "QĐ thử",
            "valid_from": "01/01/2023", "xac_nhan": "1"}  # fmt: skip

    clerk.post("/quan-tri/danh-muc/khu-vuc/them/?ngay=2023-06-08", data)

    assert matrix(None, DAY).ratio("standardised_civil_servants").numerator == 1
