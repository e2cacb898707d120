"""Old lists as communes keep them: what of the sheet is people, and what each cell says of them."""

import struct
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.tests import biff
from daitu_portal.tests.test_reading_ods import NAMES
from daitu_portal.tests.test_reading_ods import cell as ods_cell
from daitu_portal.tests.test_reading_ods import row as ods_row
from intake.healing.reading import read_file
from intake.healing.recipe import Recipe
from intake.healing.report import people_of
from intake.planner import make_plan
from intake.rules.repairs import RepairKind
from intake.tests.list_grids import FORM_48, LETTERHEAD, SIGNATURES, built
from intake.tests.old_lists import HEAD, PEOPLE, TITLE, drawn, put, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
TODAY = date(2023, 6, 8)
NAMED = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]


@pytest.fixture
def heal(tmp_path, unit):
    """What a file says: (reading, {row: what it tells of a person}, plan)."""

    def read(content, suffix="xlsx", **decided):
        path = tmp_path / f"tep.{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else saved(content))
        recipe = Recipe(constants={"holding.commune": unit.code}, **decided)
        reading = read_file(path, recipe=recipe, today=TODAY, limits=INTERACTIVE)
        plan = make_plan(reading, today=TODAY)
        return reading, {m.source.number: told for m, told in people_of(plan)}, plan

    return read


def names(people):
    return [told.get("full_name") for told in people.values()]


def repaired(reading, kind):
    return [(r.ref, r.before, r.after) for r in reading.repairs if r.kind == kind]


def asked(plan):
    return [(problem.ref or problem.row, problem.message) for problem in plan.problems]


def test_a_number_that_says_another_sex_or_year_is_a_warning_at_its_cell(heal):
    wrong = PEOPLE.replace("019070000011", "019171000011")

    _, people, plan = heal(drawn(wrong))

    assert asked(plan) == []
    assert people[6]["national_id"] == "019171000011"
    (warning,) = plan.warnings
    assert (warning.ref, warning.kind) == ("E6", "number")
    assert "giới tính Nữ, mà giới tính ghi là Nam" in warning.message
    assert "năm sinh 1971, mà ngày sinh ghi là 12/05/1970" in warning.message


# -- which rows are people ----------------------------------------------------------


def test_a_plain_list_says_who_holds_which_post_since_when_and_learned_what(heal):
    _, people, plan = heal(drawn(PEOPLE))

    assert asked(plan) == []
    assert people[6] == {
        "full_name": "Nguyễn Văn An", "born_on": "12/05/1970", "sex": "Nam",
        "national_id": "019070000011", "holding.post": "CC03", "holding.valid_from": "01/07/2015",
        "professional.rank": "Đại học", "professional.major": "Luật", "professional.field": "law",
    }  # fmt: skip
    assert people[7]["sex"] == "Nữ"
    assert people[8]["born_on"] == "1985"


def test_titles_groups_totals_and_signatures_are_nobody(heal):
    book = drawn("""
A|Cán bộ chuyên trách
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Văn phòng - TK|1/7/2015|ĐH Luật
B|Công chức
1|Trần Thị Bình|03/02/1980|nữ|019180000022|Kế toán|01/07/2016|ĐH Kinh tế
2|Lê Văn Cường|1985|Nam|019085000033|TP - HT|01/07/2017|TC Luật
|Tổng cộng: 03 người

|||||Tiên Hội, ngày 05 tháng 01 năm 2023
|NGƯỜI LẬP||||CHỦ TỊCH
|Trần Thị Lập||||Nguyễn Văn Ký
""")

    reading, people, plan = heal(book)

    assert asked(plan) == []
    assert names(people) == NAMED
    assert reading.read == 3


def test_a_head_of_three_rows_with_an_index_row_is_one_head(heal):
    head = """
STT|Họ và tên|Ngày sinh||Số CCCD|Chức vụ|Trình độ
|||||| Chuyên môn
||Nam|Nữ
1|2|3|4|5|6|7
"""
    people = """
1|Nguyễn Văn An|12/5/1970||019070000011|Kế toán|ĐH Luật
2|Trần Thị Bình||03/02/1980|019180000022|TP - HT|TC Luật
"""
    book = drawn(people, head=head, merges=["A5:A7", "B5:B7", "C5:D6", "E5:E7", "F5:F7", "G6:G7"])

    reading, people, _ = heal(book)

    assert reading.lists[0].head_rows == (5, 6, 7)
    assert [(p["born_on"], p["sex"]) for p in people.values()] == [
        ("12/05/1970", "Nam"), ("03/02/1980", "Nữ"),
    ]  # fmt: skip
    assert len(repaired(reading, RepairKind.BIRTH_UNDER_SEX)) == 2


def test_a_group_gives_its_post_to_those_below_and_it_is_told_as_a_repair(heal):
    head = "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Giữ chức vụ từ ngày"
    book = drawn("""
I|Tài chính – kế toán
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|1/7/2015
2|Trần Thị Bình|03/02/1980|Nữ|019180000022|1/7/2016
II|Tư pháp – hộ tịch
1|Lê Văn Cường|1985|Nam|019085000033|1/7/2017
""", head=head)  # fmt: skip

    reading, people, plan = heal(book)

    assert [told.get("holding.post") for told in people.values()] == ["CC05", "CC05", "CC06"]
    assert repaired(reading, RepairKind.GROUP) == [
        ("7", "Tài chính – kế toán", "Tài chính – kế toán"),
        ("8", "Tài chính – kế toán", "Tài chính – kế toán"),
        ("10", "Tư pháp – hộ tịch", "Tư pháp – hộ tịch"),
    ]
    assert asked(plan) == []

    _, people, _ = heal(book, off=(RepairKind.GROUP.value,))
    assert not any("holding.post" in told for told in people.values())


def test_hidden_rows_and_columns_are_read_and_counted(heal):
    book = drawn(PEOPLE, hidden_rows=[7], hidden_columns=["E"])

    reading, people, _ = heal(book)

    assert names(people) == NAMED
    assert (reading.hidden, reading.lists[0].hidden) == (1, 1)
    assert people[7]["national_id"] == "019180000022"
    assert [c.letter for c in reading.lists[0].columns if c.is_hidden] == ["E"]


def test_a_second_line_of_a_person_belongs_to_the_first(heal):
    book = drawn("""
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
|||||||TC Kinh tế
2|Trần Thị Bình|03/02/1980|nữ|019180000022|TP - HT|01/07/2016|ĐH Kinh tế
""")

    reading, people, plan = heal(book)

    assert asked(plan) == []
    assert names(people) == NAMED[:2]
    counts = plan.counts
    assert (counts["read"], counts["created"]) == (2, 2)
    assert sum(counts[key] for key in counts if key != "read") == 2
    of_an = [c for c in plan.changes if c.cadre.full_name == NAMED[0]]
    assert sorted(c.row.rank for c in of_an if c.row._meta.model_name == "qualification") == [2, 4]


def test_a_problem_on_a_second_line_leaves_out_the_whole_person_and_no_other(heal, tmp_path):
    book = drawn("""
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
||||||32/13/2015|TC Kinh tế
2|Trần Thị Bình|03/02/1980|nữ|019180000022|TP - HT|01/07/2016|ĐH Kinh tế
""")
    reading, _, plan = heal(book)
    assert plan.counts["failed"] == 1

    plan = make_plan(reading, today=TODAY, skips_bad=True)

    assert plan.problems == []
    assert {change.cadre.full_name for change in plan.changes} == {NAMED[1]}
    assert plan.counts == {
        "read": 2, "created": 1, "updated": 0, "unchanged": 0, "skipped": 1, "failed": 0,
    }  # fmt: skip


# -- cells that have their value from elsewhere --------------------------------------


def test_a_merged_cell_is_the_value_of_each_row_and_may_be_taken_back(heal):
    book = drawn("""
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
2|Trần Thị Bình|03/02/1980|nữ|019180000022|TP - HT||TC Luật
""", merges=["G6:G7"])  # fmt: skip

    reading, people, _ = heal(book)
    assert people[7]["holding.valid_from"] == "01/07/2015"
    assert repaired(reading, RepairKind.MERGED) == [("G7", "", "1/7/2015")]

    for taken_back in ({"off": (RepairKind.MERGED.value,)}, {"kept": ("Sheet1!G7",)}):
        reading, people, _ = heal(book, **taken_back)
        assert "holding.valid_from" not in people[7]
        assert repaired(reading, RepairKind.MERGED) == []


def test_nt_is_the_value_above_and_never_that_of_a_number_of_ones_own(heal):
    book = drawn("""
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
2|Trần Thị Bình|03/02/1980|nữ|nt|-nt-|nt|nt
""")

    reading, people, plan = heal(book)

    assert people[7]["holding.post"] == "CC05"
    assert people[7]["professional.rank"] == "Đại học"
    assert ("F7", "-nt-", "Kế toán") in repaired(reading, RepairKind.DITTO)
    assert [(ref, "“nt”" in message) for ref, message in asked(plan)] == [("E7", True)]


def test_a_ditto_that_is_taken_back_is_the_cell_as_it_stands(heal):
    book = drawn("""
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
2|Trần Thị Bình|03/02/1980|nữ|019180000022|nt|1/7/2016|ĐH Luật
""")

    _, people, plan = heal(book, off=(RepairKind.DITTO.value,))

    assert "holding.post" not in people[7]
    assert [ref for ref, _ in asked(plan)] == ["F7"]


# -- the form of 48 columns ----------------------------------------------------------


def test_the_form_of_48_columns_is_read_mark_by_mark(heal):
    grid = built([(each[0], each[1]) for each in FORM_48], above=LETTERHEAD, below=SIGNATURES)
    book = Workbook()
    sheet = book.active
    for row in grid.rows:
        for column, text in row.texts.items():
            sheet.cell(row.number, column).value = text
    for first, left, last, right in grid.merges:
        sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)

    reading, people, plan = heal(book)

    told = list(people.values())
    assert names(people) == ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]
    assert [(t["born_on"], t["sex"]) for t in told] == [
        ("12/05/1970", "Nam"), ("01/02/1980", "Nữ"), ("1985", "Nam"),
    ]  # fmt: skip
    assert [t["professional.rank"] for t in told] == ["Đại học", "Trung cấp", "Thạc sĩ"]
    assert [t.get("political.rank") for t in told[:2]] == ["Cao cấp", "Trung cấp"]
    assert any("Tuổi" in notice for notice in reading.notices)  # derived, and told so


# -- fonts, repairs taken back, cells typed anew ---------------------------------------

OLD_NAME = "NguyÔn V¨n An"  # “Nguyễn Văn An” as TCVN3 keeps it


def old_font_book():
    book = drawn(PEOPLE)
    for row, text in ((6, OLD_NAME), (7, "TrÇn ThÞ B×nh"), (8, "Lª V¨n C­êng")):
        cell = book.active.cell(row, 2)
        cell.value, cell.font = text, Font(name=".VnTime")
    return book


def test_old_fonts_are_read_as_unicode_and_each_cell_is_named(heal):
    reading, people, _ = heal(old_font_book())

    assert names(people) == NAMED
    assert repaired(reading, RepairKind.TCVN3)[0] == ("B6", OLD_NAME, NAMED[0])


def test_a_repair_of_fonts_is_taken_back_for_one_cell_or_for_all(heal):
    _, people, _ = heal(old_font_book(), kept=("Sheet1!B6",))
    assert names(people) == [OLD_NAME, *NAMED[1:]]

    _, people, _ = heal(old_font_book(), off=(RepairKind.TCVN3.value,))
    assert NAMED[0] not in names(people)


def test_the_encoding_of_a_column_may_be_forced(heal):
    book = drawn(PEOPLE.replace("Nguyễn Văn An", OLD_NAME))  # no font says so, no vote for it

    _, people, _ = heal(book, encodings={"Sheet1": {"2": "unicode"}})
    assert people[6]["full_name"] != NAMED[0]

    _, people, _ = heal(book, encodings={"Sheet1": {"2": "tcvn3"}})
    assert people[6]["full_name"] == "Nguyễn Văn An"


def test_a_kind_that_is_taken_back_gives_the_cell_as_it_stands_to_the_strict_reader(heal):
    book = drawn(PEOPLE)
    assert heal(book)[1][7]["sex"] == "Nữ"

    reading, _, plan = heal(book, off=(RepairKind.LEVEL.value,))

    assert repaired(reading, RepairKind.LEVEL) == []
    assert {ref for ref, _ in asked(plan)} == {"H6", "H7", "H8"}
    assert all("ĐH Luật" in p.value for p in plan.problems if p.ref == "H6")


def test_what_is_typed_stands_for_the_cell_also_where_it_was_blank(heal):
    book = drawn("""
1|Nguyễn Văn An|32/5/1970|Nam|019070000011|Kế toán|1/7/2015|ĐH Luật
2|Trần Thị Bình|||019180000022|TP - HT|1/7/2016|ĐH Luật
""")
    assert [ref for ref, _ in asked(heal(book)[2])] == ["C6", "D7"]

    typed = {"Sheet1!C6": "31/5/1970", "Sheet1!D7": "Nữ"}
    _, people, plan = heal(book, typed=typed)

    assert asked(plan) == []
    assert (people[6]["born_on"], people[7]["sex"]) == ("31/05/1970", "Nữ")


def test_a_formula_an_error_and_a_word_nobody_knows_are_told_at_their_cells(heal):
    book = drawn("""
1|Nguyễn Văn An|=TODAY()|Nam|019070000011|Phó vụ trưởng|1/7/2015|ĐH Luật
2|Trần Thị Bình|#N/A|nữ|019180000022|TP - HT|1/7/2016|ĐH Luật
""")

    _, _, plan = heal(book)

    assert {ref for ref, _ in asked(plan)} == {"C6", "F6", "C7"}
    assert all(problem.remedy for problem in plan.problems)
    assert plan.counts["failed"] == 2


# -- columns ---------------------------------------------------------------------------


def test_a_column_nobody_knows_is_told_and_the_rest_is_read(heal):
    head = HEAD + "|Cột lạ lùng"
    people = PEOPLE.strip().replace("ĐH Luật", "ĐH Luật|đá bóng")

    reading, told, plan = heal(drawn(people, head=head))

    assert names(told) == NAMED
    assert [w.ref for w in plan.warnings if "I" in w.ref] == ["I5"]
    assert reading.lists[0].columns[-1].target == ""


def test_the_sender_says_what_a_column_is_and_what_is_ignored(heal):
    head = HEAD.replace("Trình độ chuyên môn", "Cột lạ")
    columns = {"Sheet1": {"8": "professional.text", "5": "ignore"}}

    reading, people, _ = heal(drawn(PEOPLE, head=head), columns=columns)

    assert people[6]["professional.rank"] == "Đại học"
    assert "national_id" not in people[6]
    assert [c.how for c in reading.lists[0].columns if c.letter in "EH"] == ["chosen", "chosen"]


def test_a_constant_day_and_the_first_of_a_month_make_whole_days(heal):
    without_day = HEAD.replace("|Giữ chức vụ từ ngày", "|Ghi chú")
    people = PEOPLE.replace("1/7/2015", "").replace("01/07/2016", "").replace("01/07/2017", "")
    _, _, plan = heal(drawn(people, head=without_day))
    (problem,) = plan.problems
    assert (problem.row, problem.is_question) == (0, True)  # asked once, not of each row
    assert "Từ ngày" in problem.message or "ngày" in problem.message

    book = drawn(PEOPLE.replace("1/7/2015", "7/2015"))
    assert [ref for ref, _ in asked(heal(book)[2])] == ["G6"]
    _, told, plan = heal(book, first_day=True)
    assert asked(plan) == []
    assert told[6]["holding.valid_from"] == "01/07/2015"


def test_an_x_under_party_and_minority_is_told_and_not_guessed(heal):
    head = HEAD + "|Đảng viên|Dân tộc thiểu số"
    people = PEOPLE.strip().replace("ĐH Luật", "ĐH Luật|x|x")

    _, told, plan = heal(drawn(people, head=head))

    assert "party_joined_on" not in told[6]
    assert "ethnicity" not in told[6]
    assert {w.ref for w in plan.warnings} >= {"I6", "J6"}


# -- sheets and kinds of files -----------------------------------------------------------


def test_of_several_sheets_those_with_people_are_read_and_the_others_said(heal):
    book = drawn(PEOPLE)
    put(book.create_sheet("Tổng hợp"), "Tên đơn vị|Tổng số\nXã Tiên Hội|3")
    put(book.create_sheet("Xã khác"), f"{HEAD}\n1|Hoàng Văn Dũng|1990|Nam|019090000044")

    reading, people, _ = heal(book)

    assert {s["name"]: s["is_chosen"] for s in reading.sheets} == {
        "Sheet1": True, "Tổng hợp": False, "Xã khác": True,
    }  # fmt: skip
    assert "Hoàng Văn Dũng" in names(people)
    _, people, _ = heal(book, sheets=("Xã khác",))
    assert names(people) == ["Hoàng Văn Dũng"]


def test_a_hidden_sheet_is_not_read_and_that_is_said(heal):
    book = drawn(PEOPLE)
    hidden = book.create_sheet("Cũ")
    put(hidden, f"{HEAD}\n1|Hoàng Văn Dũng|1990|Nam|019090000044")
    hidden.sheet_state = "hidden"

    reading, people, _ = heal(book)

    assert names(people) == NAMED
    assert any("“Cũ”" in notice for notice in reading.notices)


def test_two_lists_side_by_side_are_refused_with_what_to_do(heal):
    book = drawn(
        "1|Nguyễn Văn An|1970||1|Trần Thị Bình|1980\n2|Lê Văn Cường|1985||2|Hoàng Dũng|1990",
        head="STT|Họ và tên|Ngày sinh||STT|Họ và tên|Ngày sinh",
    )

    _, people, plan = heal(book)

    assert people == {}
    assert plan.problems
    assert all(problem.remedy for problem in plan.problems)

    _, people, plan = heal(book, sheets=("Sheet1",))
    assert people == {}
    assert any("cạnh nhau" in problem.message for problem in plan.problems)


def test_a_workbook_without_people_is_told_so(heal):
    book = Workbook()
    put(book.active, "Mã|Tên\nA|Loại một\nB|Loại hai")

    reading, people, plan = heal(book)

    assert (people, reading.read) == ({}, 0)
    assert [problem.message for problem in plan.problems] == [
        "Không nhận ra danh sách người nào trong tệp."
    ]


def texts():
    return [line.split("|") for line in f"{TITLE}\n{HEAD}\n{PEOPLE.strip()}".split("\n")]


def as_csv():
    return "\n".join(",".join(line) for line in texts()).encode("utf-8-sig")


def as_ods():
    rows = "".join(ods_row(*map(ods_cell, line)) for line in texts())
    content = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
    })  # fmt: skip


def zipped(parts):
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def as_xls():
    words, inside = [], b""
    for row, line in enumerate(texts()):
        for column, text in enumerate(line):
            if text.strip():
                inside += biff.label(row, column, len(words))
                words.append(biff.shared(text))
    formats = biff.record(0x41E, struct.pack("<H", 164) + biff.text("dd/mm/yyyy"))
    common = biff.font("Arial") * 5 + formats + biff.xf(0, 0) + biff.strings(*words)
    return biff.xls(("Sheet1", 0, inside), shared_parts=common)


@pytest.mark.parametrize(
    ("make", "suffix"), [(as_csv, "csv"), (as_ods, "ods"), (as_xls, "xls")],
    ids=["csv", "ods", "xls"],
)  # fmt: skip
def test_a_list_says_the_same_whatever_kind_of_file_it_is(heal, make, suffix):
    _, expected, _ = heal(drawn(PEOPLE))

    _, people, plan = heal(make(), suffix)

    assert asked(plan) == []
    assert list(people.values()) == list(expected.values())


def test_a_recipe_of_another_version_is_read_without_what_is_not_known():
    recipe = Recipe.of({"off": ["sex"], "heads": {"A": [3]}, "gone": 1})

    assert recipe == Recipe(off=("sex",), heads={"A": (3,)})
    assert Recipe.of(replace(recipe, typed={"A!B1": "x"}).plain()).typed == {"A!B1": "x"}
