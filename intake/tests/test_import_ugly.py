"""Workbooks as they come: numbers that lost a zero, dates of all makes, names told twice."""

import unicodedata
from datetime import date

import pytest

from accounts.tests.factories import make_user
from cadres.models import Cadre
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_membership,
    make_post,
)
from intake.batches import write
from intake.tests.books import PEOPLE_HEAD, plan_of, told
from intake.tests.books import write as write_book

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
CAREER_HEAD = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"]


@pytest.fixture
def planned(tmp_path):
    """The plan of a workbook with one sheet of the given head and rows; its counts add up."""

    def go(sheet, head, *rows):
        plan = plan_of(write_book(tmp_path / "x.xlsx", {sheet: [head, *rows]}), TODAY)
        counts = plan.counts
        assert counts["read"] == sum(counts[key] for key in counts if key != "read")
        return plan

    return go


def person(name="Trần Văn Mới", born_on="12/05/1980", number=None, code=None):
    return [code, name, "Nam", born_on, number]


def test_decomposed_text_is_stored_composed(planned):
    name = "Nguyễn Thị Hường"

    plan = planned("Hồ sơ", PEOPLE_HEAD, person(unicodedata.normalize("NFD", name)))
    write(plan, ground=make_ground(make_user()))

    assert Cadre.objects.get().full_name == name


def test_a_decomposed_head_is_known_too(planned):
    head = [unicodedata.normalize("NFD", header) for header in PEOPLE_HEAD]

    assert planned("Hồ sơ", head, person()).counts["created"] == 1


def test_a_number_that_lost_its_zero_is_refused_and_a_whole_one_taken(planned):
    lost = planned("Hồ sơ", PEOPLE_HEAD, person(number=19080000001))
    whole = planned("Hồ sơ", PEOPLE_HEAD, person(number=190800000012))

    ((ref, message),) = told(lost.problems)
    assert ref == "E2"
    assert "mất số 0" in message
    assert whole.problems == []
    assert whole.changes[0].row.national_id == "190800000012"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(date(1980, 5, 12), "12/05/1980"), ("12/5/1980", "12/05/1980"), ("05/1980", "05/1980"),
     (1980, "1980"), ("1980", "1980"), ("1980-05-12", "12/05/1980")],
)  # fmt: skip
def test_a_birth_date_keeps_what_is_known_of_it(planned, typed, kept):
    plan = planned("Hồ sơ", PEOPLE_HEAD, person(born_on=typed))

    assert told(plan.problems) == []
    assert str(plan.changes[0].row.born_on) == kept


@pytest.mark.parametrize("typed", ["31/02/1980", "12/05/80x", "không rõ", 3])
def test_what_is_no_date_is_told_at_its_cell(planned, typed):
    plan = planned("Hồ sơ", PEOPLE_HEAD, person(born_on=typed))

    assert [problem.ref for problem in plan.problems] == ["D2"]
    assert plan.counts["failed"] == 1


def test_a_formula_is_told_and_never_taken(planned):
    plan = planned("Hồ sơ", PEOPLE_HEAD, person(name='=CONCATENATE("Trần"," Văn")'))

    assert ("B2", "Ô chứa công thức.") in told(plan.problems)


@pytest.mark.parametrize("typed", ["Đại học", "đại học", "DAI HOC", "  Đại  học "])
def test_a_level_is_known_without_accents_or_case(planned, typed):
    make_cadre(code="DT000001")

    plan = planned("Trình độ", ["Số hiệu", "Nội dung", "Mức"], ["DT000001", "chuyen mon", typed])

    assert told(plan.problems) == []
    assert (plan.changes[0].row.strand, plan.changes[0].row.rank) == ("professional", 4)


def test_a_level_of_another_strand_is_told_with_those_there_are(planned):
    make_cadre(code="DT000001")

    plan = planned("Trình độ", ["Số hiệu", "Nội dung", "Mức"], ["DT000001", "Tin học", "Tiến sĩ"])

    assert [problem.ref for problem in plan.problems] == ["C2"]
    assert "Chọn một trong" in plan.problems[0].remedy


@pytest.mark.parametrize("strand", ["Nội dung lạ", None])
def test_a_level_of_an_unknown_strand_is_told_at_the_strand(planned, strand):
    make_cadre(code="DT000001")

    plan = planned("Trình độ", ["Số hiệu", "Nội dung", "Mức"], ["DT000001", strand, "Đại học"])

    assert [problem.column for problem in plan.problems] == ["Nội dung"]


@pytest.mark.parametrize("column", range(5))
def test_what_a_post_must_have_cannot_be_erased(planned, column):
    make_holding(make_cadre(code="DT000001"), make_post(code="CC03"), make_commune(code="05767"))
    row = ["DT000001", "CC03", "05767", "12/05/2021", None]
    row[column] = "(xóa)"

    plan = planned("Giữ chức vụ", CAREER_HEAD, row)

    assert bool(plan.problems) is (column != 4)  # the end alone may be taken away


@pytest.mark.parametrize("column", [0, 1, 2])
def test_what_a_person_or_rating_must_have_cannot_be_erased(planned, column):
    make_cadre("Trần Văn Mới", code="DT000001")
    someone = person(code="DT000001")
    someone[column] = "(xóa)"
    rating = ["DT000001", 2022, "Hoàn thành nhiệm vụ"]
    rating[column] = "(xóa)"

    assert planned("Hồ sơ", PEOPLE_HEAD, someone).problems
    assert planned("Xếp loại năm", ["Số hiệu", "Năm", "Mức xếp loại"], rating).problems


@pytest.mark.parametrize("second", [person(), person(number="000000000001")])
def test_one_person_in_two_rows_is_told_at_the_second(planned, second):
    first = person(number=second[4])

    plan = planned("Hồ sơ", PEOPLE_HEAD, first, second)

    assert [(p.row, "cùng một người với dòng 2" in p.message) for p in plan.problems] == [(3, True)]
    assert (plan.counts["failed"], plan.counts["skipped"]) == (1, 1)


def test_a_post_told_twice_is_told_at_the_second_row(planned):
    make_cadre(code="DT000001")
    make_commune(code="05767")
    make_post(code="CC03")
    row = ["DT000001", "CC03", "05767", "12/05/2021", None]

    plan = planned("Giữ chức vụ", CAREER_HEAD, row, row)

    assert [problem.row for problem in plan.problems] == [3]


def test_someone_of_the_same_name_is_never_guessed(planned):
    known = make_cadre("Trần Văn Mới", code="DT000001", born_on="1980")

    plan = planned("Hồ sơ", PEOPLE_HEAD, person(born_on="12/05/1980"))

    (problem,) = plan.problems
    assert known.code in problem.message
    assert not plan.is_writable


def test_a_number_of_another_name_is_refused(planned):
    make_cadre("Lê Thị Khác", code="DT000001", national_id="000000000001")

    plan = planned("Hồ sơ", PEOPLE_HEAD, person(number="000000000001"))

    assert "Lê Thị Khác" in plan.problems[0].message


@pytest.mark.parametrize(
    ("last", "is_refused"), [("09/04/2023", False), ("10/04/2023", True), (None, False)]
)
def test_a_unit_that_was_merged_takes_posts_until_its_last_day(planned, last, is_refused):
    make_cadre(code="DT000001")
    make_commune("Xã Cũ", code="05767", valid_to=date(2023, 4, 10))
    make_post(code="CC03")

    plan = planned("Giữ chức vụ", CAREER_HEAD, ["DT000001", "CC03", "05767", "12/05/2021", last])

    assert bool(plan.problems) is is_refused


@pytest.mark.parametrize(("since", "is_refused"), [("31/07/2023", False), ("01/08/2023", True)])
def test_no_police_chief_is_appointed_from_august_2023(planned, since, is_refused):
    make_cadre(code="DT000001")
    make_commune(code="05767")
    make_post("Trưởng Công an", code="CC01", valid_to=date(2023, 8, 1))

    plan = planned("Giữ chức vụ", CAREER_HEAD, ["DT000001", "CC01", "05767", since, "31/07/2023"])

    assert bool(plan.problems) is is_refused


def test_a_post_of_towns_is_refused_in_a_commune(planned):
    make_cadre(code="DT000001")
    make_commune("Xã Thử", code="05767")
    make_post("Địa chính – đô thị", code="CC04A", commune_kind="thi_tran")

    plan = planned("Giữ chức vụ", CAREER_HEAD, ["DT000001", "CC04A", "05767", "12/05/2021", None])

    assert "chỉ có ở Thị trấn" in plan.problems[0].message


@pytest.mark.parametrize("told_as", ["05767", "Xã Thử", "xa thu", "Thử"])
def test_a_unit_is_known_by_code_and_by_name(planned, told_as):
    make_cadre(code="DT000001")
    commune = make_commune("Xã Thử", code="05767")
    make_post(code="CC03")

    plan = planned("Giữ chức vụ", CAREER_HEAD, ["DT000001", "CC03", told_as, "12/05/2021", None])

    assert told(plan.problems) == []
    assert plan.changes[0].row.commune == commune


def test_of_two_units_with_one_code_the_one_of_the_day_is_meant(planned):
    make_cadre(code="DT000001")
    make_commune("Xã Thử", code="05767", valid_to=date(2023, 4, 10))
    later = make_commune("Xã Thử", code="05767", valid_from=date(2023, 4, 10))
    make_post(code="CC03")

    plan = planned("Giữ chức vụ", CAREER_HEAD, ["DT000001", "CC03", "05767", "10/04/2023", None])

    assert told(plan.problems) == []
    assert plan.changes[0].row.commune == later


def test_a_second_main_post_and_an_overlapping_seat_are_refused(planned):
    cadre = make_cadre(code="DT000001")
    commune = make_commune(code="05767")
    make_holding(cadre, make_post(code="CC03"), commune, is_main=True)
    make_post(code="CC05")
    make_membership(cadre, commune)

    post = planned("Giữ chức vụ", [*CAREER_HEAD, "Chức vụ chính"],
                   ["DT000001", "CC05", "05767", "12/05/2022", None, "Có"])  # fmt: skip
    seat = planned("Cấp ủy viên", ["Số hiệu", "Mã đơn vị", "Từ ngày"],
                   ["DT000001", "05767", "12/05/2022"])  # fmt: skip

    assert "đang là chức vụ chính" in " ".join(p.message for p in post.problems)
    assert "chân cấp ủy" in " ".join(p.message for p in seat.problems)


def test_all_that_is_wrong_is_told_at_once(planned):
    rows = [person(f"Trần Văn {chr(65 + n % 26)} {chr(65 + n // 26)}", "32/01/1980")
            for n in range(300)]  # fmt: skip

    plan = planned("Hồ sơ", PEOPLE_HEAD, *rows)

    assert len(plan.problems) == plan.counts["failed"] == 300
