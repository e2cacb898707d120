"""Catalogues on screen: how rows are told, what an indicator may not be, a closing refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts.tests.factories import make_user
from cadres import catalogue as cadres_catalogue
from cadres.models import LegalDocument, Rule, TitleSet
from cadres.tests.factories import make_commune, make_holding
from reports import catalogue, notices
from reports.models import Indicator
from reports.queries import matrix
from reports.staffing import CADRE, Staff, Staffing
from reports.views import catalogue as catalogue_views

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
INDICATORS = "/quan-tri/danh-muc/chi-tieu/"


@pytest.fixture
def hr(client):
    cadres_catalogue.load()
    catalogue.load()
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def indicator_form(**fields):
    return {
        "code": "thu", "name": "Chỉ tiêu thử", "short_name": "Thử", "population": "holders",
        "title_set": "civil_servants", "unit": "post", "order": 200, "least": "",
        "valid_from": "01/06/2023", "xac_nhan": "1", **fields,
    }  # fmt: skip


def test_each_indicator_says_what_it_asks_for(hr):
    page = hr.get(f"{INDICATORS}?ngay=2023-06-08").content.decode()

    for words in ("đại học trở lên", "đạt chuẩn chức danh", "xếp loại từ mức 3",
                  "bồi dưỡng nghiệp vụ công tác xây dựng Đảng và"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("fields", "predicate"),
    [
        ({"training": "law"}, {"training": "law"}),
        ({"by_verdict": "on"}, {"verdict": True}),
        ({"written": '{"rating": 3}'}, {"rating": 3}),
        ({"written": '{"any": [{"training": "law"}, {"age": {"min": 30}}]}'},
         {"any": [{"training": "law"}, {"age": {"min": 30}}]}),
    ],
)  # fmt: skip
def test_an_indicator_asks_in_one_of_four_ways(hr, fields, predicate):
    hr.post(f"{INDICATORS}them/?ngay=2023-06-08", indicator_form(**fields))

    assert Indicator.objects.get(code="thu").predicate == predicate


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title_set": "", "training": "law"}, "Cấp ủy viên không có nhóm chức danh"),
        ({"population": "committee", "training": "law"}, "Cấp ủy viên không có nhóm chức danh"),
        ({"written": '{"rating": 5}'}, "Ngoài từ vựng"),
        ({"written": "[]"}, "Ngoài từ vựng"),
        ({}, "đúng một trong ba cách"),
    ],
)
def test_what_an_indicator_may_not_be_is_told(hr, fields, message):
    page = hr.post(f"{INDICATORS}them/", indicator_form(**fields)).content.decode()

    assert message in page
    assert not Indicator.objects.filter(code="thu").exists()


def test_a_document_is_added_with_its_day_of_effect(hr):
    data = {"number": "NĐ 1/2024", "title": "Nghị định thử", "issuer": "Chính phủ",
            "issued_on": "01/12/2023", "effective_on": "01/01/2024", "confidence": "S",
            "xac_nhan": "1"}  # fmt: skip

    hr.post("/quan-tri/danh-muc/van-ban/them/", data)

    assert LegalDocument.objects.get(number="NĐ 1/2024").effective_on == date(2024, 1, 1)


def test_nothing_ends_before_it_began(hr):
    rule = Rule.objects.get(code="R2-CC-CM")
    address = f"/quan-tri/danh-muc/tieu-chuan/{rule.pk}/dong/"
    before = f"{rule.valid_from.replace(year=rule.valid_from.year - 1):%d/%m/%Y}"

    page = hr.post(address, {"last_on": before, "reason": "thử", "xac_nhan": "1"}).content.decode()

    assert f"Không được trước ngày bắt đầu ({rule.valid_from:%d/%m/%Y})" in page


def test_what_another_row_forbids_is_told_and_the_row_stays_open(hr, monkeypatch):
    def refuse(row, **options):
        raise ValidationError({"valid_to": ["Trùng với dòng khác."]})

    monkeypatch.setattr(catalogue_views, "close_row", refuse)
    rule = Rule.objects.get(code="R2-CC-CM")
    form = {"last_on": "31/05/2023", "reason": "thử", "xac_nhan": "1"}

    page = hr.post(f"/quan-tri/danh-muc/tieu-chuan/{rule.pk}/dong/", form).content.decode()

    rule.refresh_from_db()
    assert "Trùng với dòng khác." in page
    assert rule.valid_to == date(2023, 8, 1)


def test_loading_the_catalogues_by_hand_says_so(capsys):
    call_command("load_catalogue")

    assert capsys.readouterr().out == "Đã nạp đủ danh mục.\n"
    assert Indicator.objects.exists()


def staffing_of(quota, district_quota):
    staff = Staff(make_commune())
    staff.quota[CADRE] = quota
    return Staffing(DAY, [staff], district_quota)


@pytest.mark.parametrize(("district_quota", "is_told"), [(9, True), (10, False), (None, False)])
def test_communes_given_more_than_the_district_has_are_noticed(district_quota, is_told):
    found = notices.of_staff(staffing_of(10, district_quota), "/xa/")

    assert ("vượt tổng" in [notice.pill for notice in found]) is is_told


def test_sources_that_contradict_each_other_are_noticed_where_someone_is_counted(hr):
    contradicted = Indicator.objects.get(note__contains="mâu thuẫn")
    nobody = notices.of_sources(matrix(None, DAY), lambda code: f"/{code}/")

    make_holding(post=TitleSet.objects.get(code=contradicted.title_set).posts.first())
    (notice,) = notices.of_sources(matrix(None, DAY), lambda code: f"/{code}/")

    assert nobody == []
    assert notice.text == f"0/1 {contradicted.short_name}"
