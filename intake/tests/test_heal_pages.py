"""An old list through its pages: recognised, corrected step by step, written, sent again."""

import re

import pytest

from accounts.models import AuditEvent, Role
from cadres.models import Cadre, Change, Qualification
from cadres.tests.factories import make_cadre, make_holding
from intake.models import ColumnMemory, ImportBatch, Proposal
from intake.rules.repairs import LABELS, RepairKind
from intake.tests.clients import signed_in
from intake.tests.old_lists import (
    HEAD,
    PEOPLE,
    TITLE,
    as_shown,
    decided,
    drawn,
    fresh,
    make_unit,
    opened,
    page_of,
    sent,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
State = ImportBatch.State
BAD = PEOPLE.replace("12/5/1970", "32/5/1970").replace("|Nam|019085000033", "|Nam|12")


def changed(hr, batch, part, **fields):
    """The form of a step sent as shown, with some fields changed."""
    return decided(hr, batch, part, as_shown(hr, batch, part) | fields)


def told(batch):
    return [(each["ref"], each["message"]) for each in batch.problems]


def test_an_old_list_goes_through_all_steps_and_comes_back_unchanged(hr):
    batch = sent(hr, drawn(PEOPLE))
    assert (batch.is_healed, batch.state, told(batch)) == (True, State.PREVIEW, [])
    assert not Cadre.objects.exists()

    batch = changed(hr, batch, "nhan-dang/")
    batch = changed(hr, batch, "cot/")
    batch = decided(hr, batch, "nguoi/", {"luu": "1"})
    batch = written(hr, batch)

    counts = batch.counts
    assert batch.state == State.DONE
    assert (counts["read"], counts["created"]) == (3, 3)
    assert Cadre.objects.count() == 3
    again = sent(hr, drawn(PEOPLE))
    assert (again.state, again.counts["unchanged"], again.preview) == (State.UNCHANGED, 3, [])
    assert Change.objects.count() == 3


def test_three_edited_cells_of_a_written_list_are_those_three_changes(hr):
    head = HEAD + "|Điện thoại|Quê quán"
    people = PEOPLE.replace("TC Luật", "TC Luật|0987 654 321|Xã Tiên Hội")
    written(hr, sent(hr, drawn(people, head=head)))
    edited = (
        people.replace("1985", "7/1985").replace("654 321", "654 322")
        .replace("|Xã Tiên Hội", "|Xã Vạn Thọ")
    )  # fmt: skip

    batch = sent(hr, drawn(edited, head=head))

    assert told(batch) == []
    assert {(each["who"], *cell) for each in batch.preview for cell in each["cells"]} == {
        ("Lê Văn Cường", "Ngày sinh", "1985", "07/1985"),
        ("Lê Văn Cường", "Điện thoại", "0987654321", "0987654322"),
        ("Lê Văn Cường", "Quê quán", "Xã Tiên Hội", "Xã Vạn Thọ"),
    }
    assert (batch.counts["updated"], batch.counts["unchanged"]) == (1, 2)


def test_each_repair_is_listed_before_and_after_and_counted(hr):
    batch = sent(hr, drawn(PEOPLE))

    page = page_of(hr, batch, "nhan-dang/")
    assert LABELS[RepairKind.LEVEL] in page
    assert "<del>ĐH Luật</del>" in page
    one = page_of(hr, batch, "da-sua/", loai="sex")
    assert "<del>nữ</del>" in one
    assert "<ins>Nữ</ins>" in one
    assert hr.get(f"/nhap-lieu/{batch.pk}/da-sua/", {"loai": "x"}).status_code == 404


def test_a_kind_of_repair_is_switched_off_and_on_again(hr):
    batch = sent(hr, drawn(PEOPLE))
    shown = as_shown(hr, batch, "nhan-dang/")

    off = changed(hr, batch, "nhan-dang/", sua=[k for k in shown["sua"] if k != "level"])
    assert off.state == State.REFUSED
    assert {ref for ref, _ in told(off)} == {"H6", "H7", "H8"}
    assert "level" not in as_shown(hr, off, "nhan-dang/")["sua"]

    on = changed(hr, off, "nhan-dang/", sua=shown["sua"])
    assert on.state == State.PREVIEW
    assert on.recipe["off"] == []


def test_one_cell_is_kept_as_it_stands_and_given_back(hr):
    batch = sent(hr, drawn(PEOPLE))

    kept = decided(hr, batch, "giu-nguyen/", {"o": "Sheet1!H6"})
    assert told(kept)[0][0] == "H6"
    page = page_of(hr, kept, "da-sua/")
    assert "Sheet1!H6" in page  # where it can be given back

    again = decided(hr, kept, "giu-nguyen/", {"o": "Sheet1!H6"})
    assert (again.state, again.recipe["kept"]) == (State.PREVIEW, [])


def test_the_head_may_be_told_where_it_stands(hr):
    batch = sent(hr, drawn(PEOPLE, title="Danh sách\nHọ và tên|Ngày sinh\n"))
    changed_batch = changed(hr, batch, "nhan-dang/", **{"dau-0": "3"})

    assert changed_batch.staging.fact("lists")[0]["head_rows"] == [3]
    assert changed_batch.counts["read"] == 3


def test_the_head_of_a_sheet_in_which_no_list_is_found_may_be_told(hr, unit):
    people = "Chín|12/5/1970|Nam|019070000011|An\nMười|03/02/1980|Nữ|019180000022|Bình"
    batch = sent(hr, drawn(people, head="A1|B2|C3|D4|E5", title="Ghi chép"))
    assert batch.staging.fact("lists") == []
    assert 'name="tim-0"' in page_of(hr, batch, "nhan-dang/")

    found = changed(hr, batch, "nhan-dang/", trang=["Sheet1"], sua=[], **{"tim-0": "2"})
    assert found.staging.fact("lists")[0]["head_rows"] == [2]
    assert found.staging.fact("lists")[0]["rows"] == 2


@pytest.mark.parametrize("text", ["sáu", "0x1", "1-2-3"])
def test_a_head_that_is_no_row_is_refused(hr, text):
    batch = sent(hr, drawn(PEOPLE))
    data = as_shown(hr, batch, "nhan-dang/") | {"dau-0": text}

    answer = hr.post(f"/nhap-lieu/{batch.pk}/nhan-dang/", data)

    assert answer.status_code == 400
    assert "Ghi số dòng" in answer.content.decode()


def test_columns_are_changed_given_a_constant_and_ignored(hr, unit):
    head = HEAD.replace("Trình độ chuyên môn", "Cột lạ lùng")
    batch = sent(hr, drawn(PEOPLE, head=head))
    assert any(w["ref"] == "H5" for w in batch.warnings)
    page = page_of(hr, batch, "cot/")
    assert "ĐH Luật · ĐH Kinh tế · TC Luật" in page

    batch = changed(hr, batch, "cot/", **{
        "cot-0-8": "professional.text", "cot-0-5": "ignore", "don_vi": unit.code,
    })  # fmt: skip

    assert batch.warnings == []
    written(hr, batch)
    assert Qualification.objects.count() == 3
    assert not Cadre.objects.exclude(national_id=None).exists()


def test_what_was_decided_of_columns_is_known_of_the_next_list_of_that_kind(hr):
    head = HEAD.replace("Trình độ chuyên môn", "Cột lạ lùng")
    first = sent(hr, drawn(PEOPLE, head=head))
    written(hr, changed(hr, first, "cot/", **{"cot-0-8": "professional.text"}))
    assert ColumnMemory.objects.get().times == 1

    other = "1|Hoàng Văn Dũng|1/2/1990|Nam|019090000044|Kế toán|1/7/2020|ĐH Luật"
    batch = sent(hr, drawn(other, head=head))

    assert as_shown(hr, batch, "cot/")["cot-0-8"] == "professional.text"
    assert "như lần nhập trước" in page_of(hr, batch, "cot/")
    assert batch.state == State.PREVIEW
    written(hr, batch)
    assert ColumnMemory.objects.get().times == 2


def test_two_columns_cannot_be_one_field(hr):
    batch = sent(hr, drawn(PEOPLE))
    data = as_shown(hr, batch, "cot/") | {"cot-0-8": "full_name"}

    answer = hr.post(f"/nhap-lieu/{batch.pk}/cot/", data)

    assert answer.status_code == 400
    assert "đã là" in answer.content.decode()


def test_all_problems_are_told_at_once_and_can_be_filtered(hr):
    batch = sent(hr, drawn(BAD.replace("Kế toán", "Phó vụ trưởng")))

    assert [ref for ref, _ in told(batch)] == ["C6", "F7", "E8"]
    counts = batch.counts
    assert counts["failed"] == 3
    assert sum(counts[key] for key in counts if key != "read") == counts["read"] == 3
    page = page_of(hr, batch)
    assert all(f"Sheet1!{ref}" in page for ref in ("C6", "F7", "E8"))
    assert "Sheet1!C6</td>" not in page_of(hr, batch, cot="Chức vụ")
    questions = page_of(hr, batch, loai="question")
    assert "Sheet1!F7</td>" in questions
    assert "Sheet1!C6</td>" not in questions
    assert "Sheet1!E8</td>" not in page_of(hr, batch, loai="error", tim="ngày 32")
    assert "Không có lỗi nào khớp" in page_of(hr, batch, tim="không có đâu")
    assert "Không có lỗi nào khớp" in page_of(hr, batch, trang_tinh="Trang khác")


def test_cells_are_typed_anew_on_screen_and_the_list_is_checked_again(hr):
    batch = sent(hr, drawn(BAD))
    page = hr.get(f"/nhap-lieu/{batch.pk}/")
    fields = {each["ref"]: field.html_name for each, field in page.context["lines"]}

    half = decided(hr, batch, "sua-o/", {fields["C6"]: "31/5/1970", fields["E8"]: ""})
    assert [ref for ref, _ in told(half)] == ["E8"]

    page = hr.get(f"/nhap-lieu/{batch.pk}/")
    fields = {each["ref"]: field.html_name for each, field in page.context["lines"]}
    whole = decided(hr, half, "sua-o/", {fields["E8"]: "019085000033"})
    assert whole.state == State.PREVIEW
    written(hr, whole)
    assert str(Cadre.objects.get(full_name="Nguyễn Văn An").born_on) == "31/05/1970"


def test_a_question_that_many_cells_ask_is_answered_once_or_cell_by_cell(hr):
    batch = sent(hr, drawn(re.sub(r"Văn phòng - TK|Kế toán|TP - HT", "Phó vụ", PEOPLE)))
    assert [ref for ref, _ in told(batch)] == ["F6", "F7", "F8"]

    lines = hr.get(f"/nhap-lieu/{batch.pk}/").context["lines"]
    assert [each["alike"] for each, _ in lines] == [["F6", "F7", "F8"]]
    each_cell = hr.get(f"/nhap-lieu/{batch.pk}/?gop=0").context["lines"]
    assert [each["ref"] for each, _ in each_cell] == ["F6", "F7", "F8"]

    one = decided(hr, batch, "sua-o/", {each_cell[1][1].html_name: "CC05"}, gop=0)
    assert [ref for ref, _ in told(one)] == ["F6", "F8"]
    lines = hr.get(f"/nhap-lieu/{batch.pk}/").context["lines"]
    both = decided(hr, one, "sua-o/", {lines[0][1].html_name: "CC06"})
    assert told(both) == []
    assert both.recipe["typed"] == {"Sheet1!F6": "CC06", "Sheet1!F7": "CC05", "Sheet1!F8": "CC06"}


def test_the_same_workbook_comes_back_with_its_errors_marked(hr):
    batch = sent(hr, drawn(BAD))

    answer = hr.get(f"/nhap-lieu/{batch.pk}/tep-loi/")

    sheet = opened(answer).active
    assert sheet["B6"].value == "Nguyễn Văn An"
    assert sheet["C6"].fill.fgColor.rgb != sheet["C7"].fill.fgColor.rgb
    errors = {row: str(sheet.cell(row, 9).value or "") for row in (5, 6, 7, 8)}
    assert "Lỗi" in errors[5]
    assert "32" in errors[6]
    assert errors[7] == ""
    assert AuditEvent.objects.filter(action="export", subject_type="import_batch").exists()


def test_a_list_without_errors_has_no_such_workbook(hr):
    batch = sent(hr, drawn(PEOPLE))

    assert hr.get(f"/nhap-lieu/{batch.pk}/tep-loi/").status_code == 404


def test_bad_rows_are_left_out_only_when_chosen_and_come_back_as_a_file(hr):
    batch = sent(hr, drawn(BAD))
    refused = hr.post(f"/nhap-lieu/{batch.pk}/ghi/", follow=True)
    assert "Chưa ghi gì" in refused.content.decode()
    assert not Cadre.objects.exists()

    batch = decided(hr, batch, "bo-qua/", {"bo_qua": "1"})
    assert (batch.state, batch.counts["skipped"], batch.counts["created"]) == (State.PREVIEW, 2, 1)
    assert sum(batch.counts[k] for k in batch.counts if k != "read") == batch.counts["read"] == 3
    batch = written(hr, batch)
    assert [cadre.full_name for cadre in Cadre.objects.all()] == ["Trần Thị Bình"]

    sheet = opened(hr.get(f"/nhap-lieu/{batch.pk}/tep-loi/", {"dong": "bo-qua"})).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in rows] == ["Họ và tên", "Nguyễn Văn An", "Lê Văn Cường"]
    assert all("." in row[8] for row in rows[1:])


def test_leaving_out_is_taken_back(hr):
    batch = decided(hr, sent(hr, drawn(BAD)), "bo-qua/", {"bo_qua": "1"})

    batch = decided(hr, batch, "bo-qua/", {"bo_qua": "0"})

    assert (batch.state, batch.problem_count) == (State.REFUSED, 2)


def test_a_written_list_cannot_be_decided_any_more(hr):
    batch = written(hr, sent(hr, drawn(PEOPLE)))

    for part in ("nhan-dang/", "cot/", "nguoi/"):
        assert hr.get(f"/nhap-lieu/{batch.pk}/{part}").status_code == 404
    for part in ("giu-nguyen/", "sua-o/", "bo-qua/"):
        assert hr.post(f"/nhap-lieu/{batch.pk}/{part}").status_code == 404


def test_looks_and_imports_are_logged_with_the_people_they_show(hr):
    someone = make_holding(make_cadre("Nguyễn Văn An", born_on="1970")).cadre
    batch = sent(hr, drawn(PEOPLE))

    page_of(hr, batch, "nguoi/")

    look = AuditEvent.objects.filter(action="view", subject_type="import_batch").latest("pk")
    assert someone.pk in look.detail.get("people", look.subject_ids) or look.subject_count
    assert AuditEvent.objects.filter(action="import", subject_ids=[batch.pk]).exists()


def test_a_clerks_list_becomes_a_proposal_about_the_own_unit(settings, tmp_path, unit):
    settings.MEDIA_ROOT = tmp_path
    clerk = signed_in(Role.COMMUNE_CLERK, unit)
    title = TITLE.replace("TIÊN HỘI", "VẠN THỌ")  # of another unit, as the list claims

    batch = sent(clerk, drawn(PEOPLE, title=title))
    assert batch.state == State.PREVIEW, told(batch)
    assert "don_vi" not in as_shown(clerk, batch, "cot/")
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")

    assert fresh(batch).state == State.PROPOSED
    proposal = Proposal.objects.get()
    assert proposal.commune == unit
    assert not Cadre.objects.exists()
    assert ColumnMemory.objects.count() == 1


def test_nobody_else_sees_the_pages_of_a_list(settings, tmp_path, hr, unit):
    batch = sent(hr, drawn(BAD))
    other = signed_in(Role.COMMUNE_CLERK, make_unit("Xã Khác"))

    for part in ("", "nhan-dang/", "cot/", "nguoi/", "da-sua/", "tep-loi/", "tien-do/"):
        assert other.get(f"/nhap-lieu/{batch.pk}/{part}").status_code == 404
    for part in ("giu-nguyen/", "sua-o/", "bo-qua/", "kiem-tra/", "ghi/"):
        assert other.post(f"/nhap-lieu/{batch.pk}/{part}").status_code == 404
    assert other.get(f"/nhap-lieu/{batch.pk}/huy/").status_code == 403


@pytest.mark.parametrize("part", ["", "nhan-dang/", "cot/", "nguoi/", "da-sua/"])
def test_a_page_asks_the_database_no_more_for_a_longer_list(
    hr, part, django_assert_max_num_queries
):
    def rows(count):
        lines = [
            f"{n}|Người Thứ {chr(64 + n)}|1970|Nam|0191800000{n:02d}|Kế toán|1/7/2015|ĐH Luật"
            for n in range(1, count + 1)
        ]
        return sent(hr, drawn("\n".join(lines)))

    for number in range(1, 19):
        make_holding(make_cadre(f"Người Thứ {chr(64 + number)}", born_on="1970-05-12"))
    short, long = rows(3), rows(18)
    assert short.staging.counts("people") == {"doubtful": 3}
    page_of(hr, short, part)  # fills caches
    with django_assert_max_num_queries(60) as few:
        page_of(hr, short, part)
    with django_assert_max_num_queries(60) as many:
        page_of(hr, long, part)

    assert len(many) == len(few)
