"""What an import refuses, one mistake a file, each told where it stands."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, Term
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_post,
)
from intake import actions, batches
from intake.batches import StaleImport, confirm_import, keep_file, preview_import
from intake.models import ImportBatch
from intake.preview import described
from intake.tests.books import PEOPLE_HEAD, plan_of, write

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
CAREER_HEAD = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"]
LEVEL_HEAD = ["Số hiệu", "Nội dung", "Mức", "Ngày cấp"]


@pytest.fixture
def planned(tmp_path):
    """The plan of a workbook of the given sheets."""
    return lambda sheets: plan_of(write(tmp_path / "x.xlsx", sheets), TODAY)


def problems(plan):
    """Problems as (sheet, row, column, message)."""
    return [(p.sheet, p.row, p.column, p.message) for p in plan.problems]


def only(plan):
    (problem,) = plan.problems
    return problem


def person(name="Trần Văn Mới", born_on="12/05/1980", number=None, code=None):
    return [code, name, "Nam", born_on, number]


def test_a_workbook_without_a_known_sheet_lists_those_there_could_be(planned):
    problem = only(planned({"Thực đơn": [["Món"]], "Giá": [["Đồng"]]}))

    assert problem.message == "Không nhận ra trang dữ liệu nào trong tệp."
    assert problem.value == "“Thực đơn”, “Giá”"
    assert "“Hồ sơ”" in problem.remedy


def test_an_unknown_sheet_beside_a_known_one_is_refused_unless_empty(planned):
    known = [PEOPLE_HEAD, person()]

    assert problems(planned({"Hồ sơ": known, "Giá": [["Đồng"]]})) == [
        ("Giá", 0, "", "Không nhận ra trang này.")
    ]
    assert problems(planned({"Hồ sơ": known, "Trang trống": []})) == []


def test_a_template_of_another_version_is_refused(planned):
    sheets = {"Hồ sơ": [PEOPLE_HEAD, person()], "Phiên bản": [["Phiên bản"], ["0"]]}

    assert only(planned(sheets)).message == "Tệp được làm từ mẫu của phiên bản khác."


def test_a_missing_and_a_repeated_column_are_told_at_the_head(planned):
    head = ["Số hiệu", "Nội dung", "Mức"]

    assert problems(planned({"Trình độ": [["Số hiệu", "Nội dung"], ["DT1", "Chuyên môn"]]}))[0] == (
        "Trình độ", 1, "Mức", "Thiếu cột “Mức”."
    )  # fmt: skip
    assert ("Trình độ", 1, "Mức", "Tiêu đề này có hai lần.") in problems(
        planned({"Trình độ": [[*head, "Mức"], ["DT1", "Chuyên môn", "Đại học", None]]})
    )


def test_a_row_of_blanks_is_no_row(planned):
    plan = planned({"Hồ sơ": [PEOPLE_HEAD, person(), [" ", "  ", None, None, None]]})

    assert problems(plan) == []
    assert plan.counts["read"] == 1


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (None, "Thiếu số hiệu cán bộ."),
        ("DT000099", "Không có cán bộ nào mang số hiệu này."),
    ],
)
def test_a_row_of_nobody_is_refused(planned, code, message):
    plan = planned({"Trình độ": [LEVEL_HEAD, [code, "Chuyên môn", "Đại học", "2010"]]})

    assert problems(plan) == [("Trình độ", 2, "Số hiệu", message)]


@pytest.mark.parametrize(
    ("awarded_on", "message"),
    [
        ("09/06/2023", "Ngày này chưa tới."),
        ("1979", "Ngày này trước khi sinh (12/05/1980)."),
        ("08/06/2023", None),
        ("1980", None),
    ],
)
def test_a_degree_is_of_a_day_between_birth_and_today(planned, awarded_on, message):
    make_cadre(code="DT000001", born_on="1980-05-12")

    plan = planned({"Trình độ": [LEVEL_HEAD, ["DT000001", "Chuyên môn", "Đại học", awarded_on]]})

    assert [problem.message for problem in plan.problems] == [message] * bool(message)


@pytest.mark.parametrize(("year", "is_refused"), [(1989, True), (2023, False), (2024, True)])
def test_a_rating_is_of_a_year_that_has_been(planned, year, is_refused):
    make_cadre(code="DT000001")
    row = ["DT000001", year, "Hoàn thành nhiệm vụ"]

    plan = planned({"Xếp loại năm": [["Số hiệu", "Năm", "Mức xếp loại"], row]})

    assert [p.message for p in plan.problems] == ["Năm phải từ 1990 đến 2023."] * is_refused


def test_text_beyond_the_length_of_its_column_is_refused(planned):
    make_cadre(code="DT000001")
    row = ["DT000001", "Chuyên môn", "Đại học", "2010", "x" * 400]

    plan = planned({"Trình độ": [[*LEVEL_HEAD, "Cơ sở đào tạo"], row]})

    assert only(plan).column == "Cơ sở đào tạo"


def test_a_people_that_the_list_has_not_is_kept_as_it_was(planned):
    make_cadre("Trần Văn Mới", code="DT000001", ethnicity="Pà Hưng")

    plan = planned({"Hồ sơ": [[*PEOPLE_HEAD, "Điện thoại"],
                              [*person(code="DT000001"), "0912345678"]]})  # fmt: skip

    assert problems(plan) == []


def career(planned, *, post="CC03", unit="05767", since="12/05/2021", more=()):
    head = [*CAREER_HEAD, *(name for name, _ in more)]
    row = ["DT000001", post, unit, since, None, *(value for _, value in more)]
    return planned({"Giữ chức vụ": [head, row]})


@pytest.fixture
def someone():
    return make_cadre(code="DT000001")


def test_a_unit_and_a_post_that_nobody_knows_are_told_each_at_its_cell(planned, someone):
    plan = career(planned, post="CC99", unit="Xã Không Có")

    assert {(p.column, p.message) for p in plan.problems} == {
        ("Mã chức danh", "Không có chức danh nào mang mã hoặc tên này."),
        ("Mã đơn vị", "Không có đơn vị nào mang mã hoặc tên này."),
    }


def test_of_two_units_of_one_name_the_code_is_asked_for(planned, someone):
    make_commune("Xã Trùng", code="00001")
    make_commune("Xã Trùng", code="00002")
    make_post(code="CC03")

    problem = only(career(planned, unit="Xã Trùng"))

    assert problem.message == "Có nhiều đơn vị cùng tên."
    assert problem.remedy == "Ghi mã thay cho tên: 00001, 00002."


def test_a_name_that_two_units_had_at_other_times_is_none_on_the_day(planned, someone):
    make_commune("Xã Cũ", code="00001", valid_to=date(2010, 1, 1))
    make_commune("Xã Cũ", code="00002", valid_from=date(2023, 1, 1))
    make_post(code="CC03")

    assert only(career(planned, unit="Xã Cũ")).message == "Vào ngày 12/05/2021 không có đơn vị này."


def test_a_term_is_known_by_the_words_that_name_it(planned, someone):
    make_commune(code="05767")
    make_post(code="CC03")
    term = Term.objects.create(
        organisation=Term.Organisation.PARTY, name="2020–2025", valid_from=date(2020, 6, 1)
    )

    plan = career(planned, more=[("Nhiệm kỳ", str(term))])

    assert problems(plan) == []
    assert plan.changes[0].row.term == term


def test_a_number_of_one_beside_the_code_of_another_is_refused(planned):
    make_cadre(code="DT000001", national_id="000000000001")
    make_cadre("Trần Văn Mới", code="DT000002")

    by_code = planned({"Hồ sơ": [PEOPLE_HEAD, person(code="DT000002", number="000000000001")]})
    new_code = planned({"Hồ sơ": [PEOPLE_HEAD, person(code="DT000009", number="000000000001")]})

    assert "là của Nguyễn Văn Thử (DT000001)" in only(by_code).message
    assert only(new_code).remedy == "Ghi số hiệu DT000001, hoặc sửa số CCCD."


def test_a_known_number_with_the_same_name_is_that_person(planned):
    known = make_cadre("Trần Văn Mới", code="DT000001", national_id="000000000001")

    plan = planned({"Hồ sơ": [PEOPLE_HEAD, person(number="000000000001")]})

    assert problems(plan) == []
    assert plan.changes[0].cadre == known


def test_the_preview_tells_so_many_changes_and_no_more(planned):
    rows = [person(f"Trần Văn {letter}") for letter in "ABC"]

    plan = planned({"Hồ sơ": [PEOPLE_HEAD, *rows]})

    assert [one["who"] for one in described(plan, 2)] == ["Trần Văn A", "Trần Văn B"]


@pytest.fixture
def previewed(tmp_path):
    """A batch that was looked at: one new person."""
    path = write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, person()]})
    batch = keep_file([path.read_bytes()], name="x.xlsx", by=None)
    preview_import(batch, today=TODAY)
    return batch


def test_of_two_confirmations_at_once_one_writes(previewed):
    second = ImportBatch.objects.get(pk=previewed.pk)
    confirm_import(previewed, by=None, today=TODAY)

    with pytest.raises(StaleImport):
        confirm_import(second, by=None, today=TODAY)

    assert Cadre.objects.count() == 1


def test_a_number_taken_while_the_import_is_written_stops_it(previewed, monkeypatch):
    def taken(plan, **_more):
        raise IntegrityError

    monkeypatch.setattr(batches, "write", taken)

    with pytest.raises(StaleImport):
        confirm_import(previewed, by=None, today=TODAY)

    previewed.refresh_from_db()
    assert previewed.state == ImportBatch.State.PREVIEW


def test_a_record_changed_between_plan_and_lock_stops_the_writing(planned):
    make_cadre("Trần Văn Cũ", code="DT000001")
    plan = planned({"Hồ sơ": [PEOPLE_HEAD, person(code="DT000001")]})
    Cadre.objects.update(version=2)

    with pytest.raises(StaleImport):
        actions.write(plan, ground=make_ground(None))

    assert Cadre.objects.get().full_name == "Trần Văn Cũ"


@pytest.fixture
def command(tmp_path):
    """Runs import_cadres on a workbook of people; `out` and `errors` are what it printed."""

    def go(*rows, **options):
        path = write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]})
        call_command("import_cadres", str(path), stdout=go.out, stderr=go.errors, **options)

    go.out, go.errors = StringIO(), StringIO()
    return go


def test_the_command_may_only_look(command):
    command(person(), dry_run=True)

    assert "chưa ghi gì" in command.out.getvalue()
    assert not Cadre.objects.exists()
    assert not ImportBatch.objects.exists()


def test_the_command_lists_what_is_wrong_and_fails(command):
    with pytest.raises(CommandError, match="1 lỗi; chưa ghi gì"):
        command(person(born_on="31/02/1980"))

    assert "Hồ sơ!D2 Ngày sinh “31/02/1980”: Không phải ngày có thật." in command.errors.getvalue()
    assert not Cadre.objects.exists()
    assert AuditEvent.objects.get(action="import").detail["state"] == "refused"


def test_the_command_writes_in_the_name_of_who_is_told(command):
    user = make_user(Role.DISTRICT_HR)

    command(person(), by=user.username, bulk=True)

    assert Cadre.objects.get().entered_by == user
    assert AuditEvent.objects.get(action="import").actor == user


@pytest.mark.parametrize("fields", [{"role": Role.LEADER}, {"is_active": False}, None])
def test_only_an_open_account_of_the_office_imports(command, fields):
    name = make_user(**fields).username if fields else "khongco"

    with pytest.raises(CommandError, match="Không có tài khoản"):
        command(person(), by=name)

    assert not Cadre.objects.exists()


def test_a_file_that_is_missing_or_no_workbook_is_told(tmp_path):
    other = tmp_path / "x.docx"
    other.write_text("a,b", encoding="utf-8")

    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("import_cadres", str(tmp_path / "khong-co.xlsx"))
    with pytest.raises(CommandError, match=r"\.docx"):
        call_command("import_cadres", str(other))


def test_records_that_change_during_the_command_stop_it(command, monkeypatch):
    def stale(*args, **options):
        raise StaleImport("records")

    monkeypatch.setattr("intake.management.commands.import_cadres.confirm_import", stale)

    with pytest.raises(CommandError, match="chạy lại lệnh"):
        command(person())
