"""The rest of the record on a person's tabs: what is told, to whom, and at what cost."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre, save_record
from cadres.columns import COLUMNS
from cadres.field_groups import ALL, GROUPS, FieldGroup
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Cadre,
    Discipline,
    FamilyMember,
    Profile,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.printing.sight import leave_blank
from cadres.tests.factories import (
    make_affiliation,
    make_award,
    make_cadre,
    make_commune,
    make_discipline,
    make_family_member,
    make_ground,
    make_holding,
    make_profile,
    make_salary_step,
    make_status,
    make_work_period,
)
from cadres.tests.pages import signed_in, words_of
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db
TABS = ("", "cong-tac/", "khen-thuong-ky-luat/", "luong-nghi-huu/")
# A value for each field of each group that stands nowhere else.
CANARIES = {
    "cadres.cadre": {
        "national_id": "019088123457", "phone": "0987123451", "residence": "Xóm Hoàng Yến Một",
        "ethnicity": "Hoàng Yến Hai", "religion": "Hoàng Yến Ba",
    },
    "cadres.profile": {
        "national_id_issued_on": PartialDate("1997-11-03"), "national_id_issued_by": "HYen Nơi Cấp",
        "personal_code": "777000111222", "insurance_number": "7770001119",
        "health_card_number": "HY7770001118", "permanent_residence": "Xóm Hoàng Yến Bốn",
        "email": "hoangyen@vidu.vn", "health": "Hoàng Yến Năm", "height_cm": 217, "weight_kg": 213,
        "blood_type": "AB-", "war_invalid": "3/4", "family_class": "Hoàng Yến Sáu",
        "policy_family": "Hoàng Yến Bảy", "personal_history": "Hoàng Yến Tám",
        "foreign_relations": "Hoàng Yến Chín", "household_economy": "Hoàng Yến Mười",
        "remark": "Hoàng Yến Mười Một",
    },
    "cadres.familymember": {"relation": "Dượng", "full_name": "Hoàng Yến Thân",
                            "born_on": PartialDate("1947"), "detail": "Hoàng Yến Quê"},
    "cadres.discipline": {"form": "warning", "decision_number": "HY-KL/9",
                          "issuer": "Hoàng Yến Ủy", "note": "Hoàng Yến Phạt"},
}  # fmt: skip
SHOWN = {"AB-": "AB−", "3/4": "Hạng 3/4", "warning": "Cảnh cáo", "0987123451": "0987123451",
         217: "<dd>217</dd>", 213: "<dd>213</dd>"}  # fmt: skip
# Told masked, so that the whole value stands on no page.
MASKED = {"national_id", "personal_code"}


def shown(value):
    return SHOWN.get(value, str(value))


def a_record(by, unit):
    """Someone with a value in each field that a role hides, entered through the change engine."""
    cadre = make_cadre("Lý Thị Thử", sex="F", born_on="1986-02-01")
    make_holding(cadre, commune=unit)
    change_cadre(cadre.pk, CANARIES["cadres.cadre"], ground=make_ground(by), version=1)
    rows = [
        Profile(cadre=cadre, strengths="Soạn thảo", **CANARIES["cadres.profile"]),
        FamilyMember(cadre=cadre, **CANARIES["cadres.familymember"]),
        Discipline(cadre=cadre, system="state", reason="ethics", decided_on=date(2022, 3, 9),
                   effective_on=date(2022, 3, 9), **CANARIES["cadres.discipline"]),
        SalaryStep(cadre=cadre, coefficient=Decimal("2.01"), reason="lowered", delayed_months=6,
                   valid_from=date(2022, 4, 1)),
        Status(cadre=cadre, kind="suspended", valid_from=date(2022, 3, 1), place="Hoàng Yến Chỗ"),
        Award(cadre=cadre, kind="certificate", year=2021),
    ]  # fmt: skip
    for row in rows:
        save_record(row, ground=make_ground(by))
    return cadre


def pages_of(role):
    """Every page of a person that `role` may open by GET."""
    for app in ("cadres", "intake", "training"):
        for route in import_module(f"daitu_portal.tests.access.{app}").ROUTES:
            is_page = route.object == "person" and "GET" in route.ok
            if is_page and role in route.roles and route.name != "cadres:photo":
                yield route.name


def everything(client, role, cadre):
    """All that a role gets about a person: pages, the list with all columns, its workbook."""
    texts = {}
    for name in pages_of(role):
        answer = client.get(reverse(name, args=[cadre.pk]) + "?ngay=2023-06-08")
        assert answer.status_code in (200, 302), name
        texts[name] = "" if answer.streaming else answer.content.decode()
    columns = "&".join(f"cot={column.code}" for column in COLUMNS)
    query = f"?ngay=2023-06-08&{columns}"
    texts["list"] = client.get(f"/can-bo/{query}").content.decode()
    sent = client.post(f"/can-bo/xuat/{query}", {"muc_dich": "Thử"})
    book = load_workbook(BytesIO(b"".join(sent.streaming_content)))
    texts["export"] = " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    return texts


def test_the_canaries_are_of_every_field_that_a_group_hides():
    named = {
        (table, name) for (table, _), names in GROUPS.items() if names != ALL for name in names
    }
    told = {(table, name) for table, values in CANARIES.items() for name in values}

    assert named - told == {("cadres.salarystep", "delayed_months")}  # a number that pages compute
    assert {table for (table, _), names in GROUPS.items() if names == ALL} <= set(CANARIES)


def test_a_leader_gets_no_value_of_a_sensitive_group_on_any_page_list_or_export(client):
    unit = make_commune()
    cadre = a_record(make_user(), unit)
    signed_in(client, Role.LEADER)

    texts = everything(client, Role.LEADER, cadre)

    assert len(texts) > 8
    values = [shown(v) for fields in CANARIES.values() for v in fields.values()]
    values += [
        "Hạ bậc lương",
        "Tạm đình chỉ",
        "Hoàng Yến Chỗ",
        "019•••••3457",
        "Dượng",
        "Kỷ luật</h2>",
    ]
    for name, text in texts.items():
        assert "Lý Thị Thử" in text or not text, name
        found = [value for value in values if value in text]
        assert found == [], name
    # of discipline and family not even that there is something
    told = texts["cadres:history"].replace("Khen thưởng–Kỷ luật", "").lower()
    assert "mục không hiển thị" in told
    assert "kỷ luật" not in told
    assert "quan hệ gia đình" not in told


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD])
def test_those_who_keep_the_record_get_each_value_somewhere_and_numbers_masked(client, role):
    unit = make_commune()
    cadre = a_record(make_user(), unit)
    signed_in(client, role, **({} if role == Role.DISTRICT_HR else {"commune": unit}))

    texts = everything(client, role, cadre)

    forms = {"intake:cadre_change", "intake:profile_change"}
    read = " ".join(text for name, text in texts.items() if name not in forms)
    for table, fields in CANARIES.items():
        for name, value in fields.items():
            if name in MASKED:
                is_whole = role == Role.DISTRICT_HR  # in the history alone
                assert (value in read) == is_whole, (table, name)
            else:
                assert shown(value) in read, (table, name)
    assert "019•••••3457" in texts["cadres:detail"]
    assert "777•••••1222" in texts["cadres:detail"]
    assert "777000111222" not in texts["cadres:detail"]


def test_the_districts_staff_see_all_numbers_of_a_person_when_they_ask(client):
    cadre = a_record(make_user(), make_commune())
    signed_in(client)

    page = client.post(f"/can-bo/{cadre.pk}/so-cccd/").content.decode()

    assert "019088123457" in page
    assert "777000111222" in page


def test_a_clerk_of_another_commune_gets_nothing(client):
    cadre = a_record(make_user(), make_commune())
    signed_in(client, Role.COMMUNE_CLERK, commune=make_commune())

    for name in pages_of(Role.COMMUNE_CLERK):
        assert client.get(reverse(name, args=[cadre.pk])).status_code == 404, name


def test_the_tabs_tell_each_row(client):
    cadre = make_cadre(born_on="1980")
    make_profile(cadre, strengths="Vận động quần chúng", insured_from=PartialDate("2005-09"))
    make_family_member(cadre, "Mẹ", "Lý Thị Mẹ", is_deceased=True)
    make_work_period(cadre, "Giáo viên trường Thử", until_on=PartialDate("2010"))
    make_affiliation(cadre, "council_commune", joined_on=PartialDate("2021-05"), role="Đại biểu")
    make_status(cadre, "rotated", from_district=True, place="Xã Bạn", valid_from=date(2022, 1, 1),
                valid_to=date(2022, 7, 1))  # fmt: skip
    make_award(cadre, decision_number="9/QĐ", issuer="UBND tỉnh")
    make_discipline(cadre, effective_on=date(2022, 3, 9), ends_on=date(2023, 3, 9))
    signed_in(client)

    told = {tab: words_of(client.get(f"/can-bo/{cadre.pk}/{tab}?ngay=2023-06-08")) for tab in TABS}

    assert "Sở trường công tác Vận động quần chúng" in told[""]
    assert "Tháng bắt đầu đóng BHXH 09/2005" in told[""]
    assert "Mẹ Lý Thị Mẹ đã mất" in told[""]
    assert "Luân chuyển từ cấp huyện trở lên 01/01/2022 30/06/2022" in told["cong-tac/"]
    assert "09/2005 2010 Giáo viên trường Thử" in told["cong-tac/"]
    assert "Đại biểu HĐND xã Đại biểu 05/2021 nay" in told["cong-tac/"]
    assert "2021 Giấy khen Chính quyền — 9/QĐ UBND tỉnh" in told["khen-thuong-ky-luat/"]
    assert "09/03/2022 08/03/2023 đã hết Cảnh cáo" in told["khen-thuong-ky-luat/"]
    assert "không lưu đơn thư" in told["khen-thuong-ky-luat/"]


def test_heads_read_and_do_not_write(client):
    unit = make_commune()
    cadre = a_record(make_user(), unit)
    signed_in(client, Role.COMMUNE_HEAD, commune=unit)

    for tab in TABS:
        page = client.get(f"/can-bo/{cadre.pk}/{tab}").content.decode()
        for words in ("Sửa</a>", "Gỡ</a>", "Thêm "):
            assert words not in page.split("</nav>", 1)[1], (tab, words)


def _many(cadre, number):
    start = date(1990, 1, 1)
    days = [start + timedelta(days=each) for each in range(number)]
    SalaryStep.objects.bulk_create(
        SalaryStep(cadre=cadre, coefficient=2, valid_from=d, valid_to=d + timedelta(days=1))
        for d in days
    )
    Allowance.objects.bulk_create(
        Allowance(cadre=cadre, kind="area", percent=5, valid_from=d) for d in days
    )
    for model, fields in (
        (FamilyMember, {"relation": "Em", "full_name": "Lý Thị Em"}),
        (WorkPeriod, {"from_on": "2000", "what": "Một việc dài " * 8}),
        (Affiliation, {"body": "union"}),
        (Award, {"kind": "medal", "year": 2020}),
    ):
        model.objects.bulk_create(model(cadre=cadre, **fields) for _ in range(number))
    Discipline.objects.bulk_create(
        Discipline(cadre=cadre, system="state", form="warning", reason="work", decided_on=d,
                   effective_on=d)
        for d in days
    )  # fmt: skip
    Status.objects.bulk_create(Status(cadre=cadre, kind="study", valid_from=d) for d in days)


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK])
def test_each_tab_asks_at_most_twelve_times_for_one_row_and_for_five_hundred(client, role):
    unit = make_commune()
    cadre = make_cadre()
    make_holding(cadre, commune=unit)
    make_profile(cadre, health="Tốt")
    make_salary_step(cadre)
    signed_in(client, role, **({"commune": unit} if role == Role.COMMUNE_CLERK else {}))
    asked = {}

    for number in (1, 499):
        Cadre.objects.filter(pk=cadre.pk).update(version=number)
        SalaryStep.objects.filter(cadre=cadre).delete()
        Status.objects.filter(cadre=cadre).delete()
        _many(cadre, number)
        for tab in TABS:
            client.get(f"/can-bo/{cadre.pk}/{tab}")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/can-bo/{cadre.pk}/{tab}").status_code == 200
            asked.setdefault(tab, []).append(len(queries))

    assert all(few == many <= 12 for few, many in asked.values()), asked


def test_the_tabs_of_a_usual_record_are_small(client):
    unit = make_commune()
    cadre = a_record(make_user(), unit)
    _many(cadre, 20)
    signed_in(client)

    for tab in TABS:
        assert len(client.get(f"/can-bo/{cadre.pk}/{tab}").content) < 100 * 1024, tab


def test_the_groups_are_those_of_the_brief():
    assert set(FieldGroup) == {
        "identity", "contact", "origin", "health", "family", "discipline", "history",
    }  # fmt: skip


def test_paper_leaves_blank_what_tells_of_discipline_and_the_twin_of_the_number():
    leader, hr = make_user(Role.LEADER), make_user()
    clerk = make_user(Role.COMMUNE_CLERK, commune=make_commune())

    def left(row, user):
        leave_blank(row, user)
        return row

    lowered = {"reason": "lowered", "coefficient": Decimal("2.01"), "delayed_months": 6}
    assert left(SalaryStep(**lowered), leader).reason == "other"
    assert left(SalaryStep(**lowered), leader).delayed_months == 0
    assert left(SalaryStep(**lowered), hr).reason == "lowered"
    status = left(Status(kind="suspended", place="Xã Bạn", note="n"), leader)
    assert (status.kind, status.place, status.note) == ("", "", "")
    assert left(Status(kind="study", place="Trường"), leader).place == "Trường"
    assert left(Profile(personal_code="1", insurance_number="2"), clerk).personal_code == ""
    assert left(Profile(personal_code="1", insurance_number="2"), clerk).insurance_number == "2"
