"""Who never came, left or went to another class is no lượt: the same number on every page."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import Role
from cadres.tests.factories import make_cadre
from cadres.tests.pages import signed_in, words_of
from training.tests.factories import (
    make_class,
    make_enrolment,
    make_learner,
    make_plan,
    make_plan_line,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """Three who took part, and one each who was absent, transferred, withdrawn."""
    found = make_class("Lớp Ba Lượt", plan_line=make_plan_line(make_plan(2023)), state="closed")
    make_enrolment(found, make_cadre("Bùi Đạt"), result="passed")
    make_enrolment(found, make_cadre("Bùi Trượt"), result="failed")
    make_enrolment(found, outside_learner=make_learner("Bùi Ngoài", workplace="Xóm Một"))
    make_enrolment(found, make_cadre("An Vắng"), result="absent")
    make_enrolment(found, make_cadre("An Chuyển"), result="transferred")
    make_enrolment(found, make_cadre("An Rút"), result="withdrawn")
    return found


def test_plan_class_list_class_and_totals_agree(client, held):
    signed_in(client)
    day = "?ngay=2023-06-08"

    assert client.get(f"/dao-tao/ke-hoach/2023/{day}").context["held"].participations == 3
    assert "3 lượt, hoàn thành 1 lượt" in words_of(client.get(held.plan_line.get_absolute_url()))
    listed = client.get(f"/dao-tao/{day}").context
    assert listed["totals"].participations == 3
    assert [each[2] for each in listed["classes"]] == [3]
    assert client.get(f"/dao-tao/tong-hop/{day}").context["totals"].participations == 3
    for path in ("", "ket-qua/"):
        assert "3 lượt người học" in words_of(client.get(f"/dao-tao/{held.pk}/{path}"))


def test_classes_are_sorted_by_those_who_took_part(client, held):
    signed_in(client)
    fuller = make_class("Lớp Bốn Lượt")
    for _ in range(4):
        make_enrolment(fuller)

    listed = client.get("/dao-tao/?ngay=2023-06-08&sap=-luot").context["classes"]

    assert [each.name for each, *_ in listed] == ["Lớp Bốn Lượt", "Lớp Ba Lượt"]


def test_the_class_names_those_who_left_apart_and_last(client, held):
    signed_in(client)

    page = words_of(client.get(f"/dao-tao/{held.pk}/"))

    assert (
        "3 lượt người học · đang học 1 · hoàn thành 1 · không hoàn thành 1 · thêm 3 người không "
        "tính lượt: vắng, không học 1, chuyển lớp 1, rút khỏi lớp 1"
    ) in page
    assert "3 lượt; thêm 3 người không tính lượt, ở cuối bảng" in page
    assert page.index("Bùi Trượt") < page.index("Không tính lượt: vắng") < page.index("An Vắng")


def test_the_report_counts_those_who_took_part_and_names_how_many_did_not(client, held):
    signed_in(client)

    page = words_of(client.get(f"/dao-tao/{held.pk}/bao-cao/"))

    assert "3 lượt người học; 3 người, trong đó 2 người có hồ sơ" in page
    assert (
        "Ngoài ra 3 người có trong danh sách mà không tính lượt: vắng, không học 1; chuyển lớp 1; "
        "rút khỏi lớp 1."
    ) in page
    assert "Ngoài các xã, thị trấn 3 1 1 1" in page


def test_the_workbook_has_them_last_and_says_so(client, held):
    signed_in(client)

    book = load_workbook(BytesIO(client.post(f"/dao-tao/{held.pk}/xuat/").content))

    rows = [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert any("3 lượt người học, thêm 3 người không tính lượt" in row[0] for row in rows)
    names = [row[0] for row in rows]
    assert names.index("Bùi Trượt") < names.index("An Chuyển")


@pytest.mark.parametrize(
    ("role", "address"), [(Role.DISTRICT_HR, "{}/sua/"), (Role.LEADER, "?q=B%C3%B9i%20Ngo%C3%A0i")]
)
def test_an_outside_learner_is_reached_from_the_class_and_from_the_totals(
    client, held, role, address
):
    signed_in(client, role)
    learner = held.enrolments.get(cadre=None).outside_learner
    link = f'href="/dao-tao/hoc-vien-ngoai/{address.format(learner.pk)}"'

    for page in (f"/dao-tao/{held.pk}/", "/dao-tao/tong-hop/nguoi/?ngay=2023-06-08"):
        assert link in client.get(page).content.decode()
    assert client.get(link[6:-1]).status_code == 200
    totals = client.get("/dao-tao/tong-hop/").content.decode()
    assert 'href="/dao-tao/hoc-vien-ngoai/">Học viên ngoài</a>' in totals
