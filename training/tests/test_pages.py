"""Classes, participants, sessions and a person's training, and what each total counts."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding
from cadres.tests.pages import lines_of
from training.models import Enrolment, HandsOnSession, OutsideLearner, Provider, TrainingClass
from training.totals import totals_of

pytestmark = pytest.mark.django_db


def make_class(name="Lớp Thử", **fields):
    provider, _ = Provider.objects.get_or_create(code="thu", defaults={"name": "Trường Thử"})
    number = TrainingClass.objects.count() + 1
    return TrainingClass.objects.create(
        **{"code": f"L{number}", "name": name, "content_group": "ethics", "provider": provider,
           "begins_on": date(2022, 3, 1), "ends_on": date(2022, 3, 3), "state": "closed", **fields}
    )  # fmt: skip


def enrol(found, *cadres, outsiders=0, commune=None):
    for cadre in cadres:
        Enrolment.objects.create(training_class=found, cadre=cadre, result="passed")
    for number in range(outsiders):
        learner = OutsideLearner.objects.create(
            code=f"{found.code}-{number}", full_name=f"Ngoài {number}", kind="thon",
            workplace="Xóm Thử", commune=commune,
        )  # fmt: skip
        Enrolment.objects.create(training_class=found, outside_learner=learner)


@pytest.fixture
def leader(client):
    client.force_login(make_user(Role.LEADER), "accounts.backends.WithCommune")
    return client


def test_totals_say_participations_and_people_apart():
    first, second = make_class(), make_class()
    both, once = make_cadre(), make_cadre()
    enrol(first, both, once, outsiders=2)
    enrol(second, both)

    found = totals_of(TrainingClass.objects.all(), Enrolment.objects.all())

    assert (found.classes, found.participations, found.people) == (2, 5, 4)
    assert (found.officials, found.of_officials) == (2, 3)


def test_only_classes_begun_by_the_day_are_listed(leader):
    make_class("Lớp Đã Mở", begins_on=date(2023, 6, 8), ends_on=date(2023, 6, 9))
    make_class("Lớp Chưa Mở", begins_on=date(2023, 6, 9), ends_on=date(2023, 6, 9))

    page = leader.get("/dao-tao/?ngay=2023-06-08").content.decode()

    assert "Lớp Đã Mở" in page
    assert "Lớp Chưa Mở" not in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("q=van+hoa", True), ("q=L1", True), ("q=ke+toan", False), ("q=%25", False),
     ("nhom=ethics", True), ("nhom=defence", False), ("tu=2022-03-01", True),
     ("tu=2022-03-02", False), ("den=2022-02-28", False), ("sap=-luot", True)],
)  # fmt: skip
def test_classes_are_searched_filtered_and_sorted(leader, query, is_found):
    make_class("Văn hóa công sở")

    page = leader.get(f"/dao-tao/?{query}").content.decode()

    assert ("Văn hóa công sở" in page) is is_found
    assert is_found or "Không có lớp nào khớp" in page


def test_a_class_lists_officials_and_outsiders_by_name(leader):
    found = make_class()
    cadre = make_cadre("Nguyễn Văn An")
    enrol(found, cadre, outsiders=1)

    page = leader.get(f"/dao-tao/{found.pk}/").content.decode()

    assert f'href="/can-bo/{cadre.pk}/"' in page
    assert "Xóm Thử" in page
    assert "2 lượt" in page
    assert page.index("Ngoài 0") < page.index("Nguyễn Văn An") or "Ngoài 0" in page


def test_a_clerk_sees_the_own_people_of_a_class_and_how_many_there_are(client):
    mine, theirs = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    here, there = make_cadre("Người Nhà"), make_cadre("Người Bạn")
    make_holding(here, commune=mine)
    make_holding(there, commune=theirs)
    found = make_class()
    enrol(found, here, there, outsiders=1, commune=theirs)
    clerk = make_user(Role.COMMUNE_CLERK, commune=mine)
    client.force_login(clerk, "accounts.backends.WithCommune")

    page = client.get(f"/dao-tao/{found.pk}/").content.decode()

    assert "Người Nhà" in page
    assert "Người Bạn" not in page
    assert "Ngoài 0" not in page
    assert "1 lượt của đơn vị, trong 3 lượt của lớp" in page
    assert client.get(f"/can-bo/{there.pk}/dao-tao/").status_code == 404


def test_the_unit_of_a_person_is_that_of_the_main_post_when_the_class_began(leader):
    found = make_class(begins_on=date(2022, 3, 1))
    moved, both, later = make_cadre("Bùi Chuyển"), make_cadre("Lê Hai"), make_cadre("Vi Sau")
    make_holding(moved, commune=make_commune("Xã Trước"), valid_to=date(2022, 3, 2))
    make_holding(moved, commune=make_commune("Xã Sau"), valid_from=date(2022, 3, 2))
    make_holding(both, commune=make_commune("Xã Kiêm"), is_main=False)
    make_holding(both, commune=make_commune("Xã Chính"))
    make_holding(later, commune=make_commune("Xã Mới"), valid_from=date(2023, 1, 1))
    enrol(found, moved, both, later, outsiders=1)
    address = f"/dao-tao/{found.pk}/"

    shown = {
        line["Họ và tên"]: line["Đơn vị (khi khai giảng)"] for line in lines_of(leader.get(address))
    }
    sheet = load_workbook(BytesIO(leader.post(f"{address}xuat/").getvalue())).active
    exported = {row[0]: row[2] or "—" for row in sheet.iter_rows(min_row=2, values_only=True)}

    units = {"Bùi Chuyển": "Xã Trước", "Lê Hai": "Xã Chính", "Vi Sau": "—", "Ngoài 0": "Xóm Thử"}
    assert shown == units
    assert units.items() <= exported.items()


def test_sessions_stand_beside_the_classes(leader):
    HandsOnSession.objects.create(code="T1", name="Cầm tay chỉ việc", held_on=date(2022, 5, 1))

    classes = leader.get("/dao-tao/").content.decode()
    sessions = leader.get("/dao-tao/tap-huan/").content.decode()

    assert "0 lớp" in classes
    assert "Buổi tập huấn (1)" in classes
    assert "Cầm tay chỉ việc" in sessions


def test_the_tab_of_a_person_lists_the_classes_by_the_day(leader):
    cadre = make_cadre()
    enrol(make_class("Lớp Trước"), cadre)
    enrol(make_class("Lớp Sau", begins_on=date(2023, 7, 1), ends_on=date(2023, 7, 2)), cadre)

    page = leader.get(f"/can-bo/{cadre.pk}/dao-tao/?ngay=2023-06-08").content.decode()

    assert "Lớp Trước" in page
    assert "Lớp Sau" not in page
    assert "1 lượt" in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_CLERK])
def test_a_class_of_five_hundred_costs_as_much_as_one_of_five(
    client, role, django_assert_max_num_queries
):
    commune, small, large = make_commune(), make_class(), make_class()
    enrol(small, *[make_holding(commune=commune).cadre for _ in range(5)])
    enrol(large, outsiders=500, commune=commune)
    account = make_user(role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    client.force_login(account, "accounts.backends.WithCommune")

    for address in (f"/dao-tao/{small.pk}/", f"/dao-tao/{large.pk}/", "/dao-tao/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_participants_are_exported_as_text(leader):
    found = make_class()
    enrol(found, make_cadre("=1+1"))

    response = leader.post(f"/dao-tao/{found.pk}/xuat/")

    sheet = load_workbook(BytesIO(response.getvalue())).active
    cells = [cell for row in sheet for cell in row if cell.value == "=1+1"]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_a_number_of_an_identity_paper_is_no_name_of_a_class(leader):
    page = leader.get("/dao-tao/?q=000083000034")

    assert page.status_code == 302
    assert "000083000034" not in page.url
