"""Values from merged cells, dittos and group rows; which sheets hold a list."""

import pytest

from intake.rules.filling import filled, is_ditto
from intake.rules.grid import Grid, GridRow, tidy
from intake.rules.group_context import context_values
from intake.rules.layout import find_layout
from intake.rules.repairs import RepairKind
from intake.rules.sheets import SHEET_KIND_LABELS, SheetKind, best_sheet
from intake.tests.list_grids import drawn

PEOPLE = """
STT|Họ và tên|Đơn vị|Chức vụ|Số CCCD
1|Nguyễn Văn An|Xã Tiên Hội|Bí thư|019080000417
2|Trần Thị Bình||Kế toán|
3|Lê Văn Cường|nt|"|nt
"""


def fill(grid, **more):
    return filled(grid, find_layout(grid), **more)


def test_a_cell_merged_over_people_is_the_value_of_each():
    found = fill(drawn(PEOPLE, merges=[(2, 3, 3, 3)]))

    assert found.cells[3, 3] == ("Xã Tiên Hội", RepairKind.MERGED)
    assert found.cells[4, 3] == ("Xã Tiên Hội", RepairKind.DITTO)


def test_a_ditto_repeats_what_stands_above():
    found = fill(drawn(PEOPLE, merges=[(2, 3, 3, 3)]))

    assert found.cells[4, 4] == ("Kế toán", RepairKind.DITTO)


def test_a_ditto_below_a_blank_is_asked():
    found = fill(drawn(PEOPLE))

    assert (4, 3) not in found.cells
    assert "trống" in found.questions[4, 3]


def test_a_ditto_of_a_personal_number_is_asked():
    assert "riêng" in fill(drawn(PEOPLE)).questions[4, 5]


def test_dittos_follow_each_other_but_not_across_groups():
    found = fill(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
I|Xã Tiên Hội||
1|Nguyễn Văn An|Bí thư|1970
2|Trần Thị Bình|như trên|1971
3|Trần Thị Cúc|-nt-|1971
II|Xã La Bằng||
1|Lê Văn Dũng|nt|1972
""")
    )

    assert found.cells == {
        (4, 3): ("Bí thư", RepairKind.DITTO), (5, 3): ("Bí thư", RepairKind.DITTO),
    }  # fmt: skip
    assert "nhóm khác" in found.questions[7, 3]


def test_a_personal_number_merged_over_people_is_asked():
    found = fill(drawn(PEOPLE, merges=[(2, 5, 3, 5)]))

    assert (3, 5) not in found.cells
    assert "riêng" in found.questions[3, 5]


def test_the_second_line_of_a_person_is_not_filled():
    grid = drawn(
        """
STT|Họ và tên|Đơn vị|Chức vụ
1|Nguyễn Văn An|Xã Tiên Hội|Bí thư
|||Chủ tịch HĐND
2|Trần Thị Bình||Kế toán
""",
        merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 4, 3)],
    )

    assert fill(grid).cells == {(4, 3): ("Xã Tiên Hội", RepairKind.MERGED)}


def test_the_mapping_that_holds_says_which_columns_are_a_persons_own():
    found = fill(drawn(PEOPLE), targets={5: "note"})

    assert (4, 5) not in found.cells
    assert "trống" in found.questions[4, 5]


@pytest.mark.parametrize(
    "text", ["nt", "NT", "n.t", "-nt-", "- nt -", "như trên", "Nhu tren", '"', "”", "''", "//",
             "-//-", "nt.", "(nt)", "…nt…"]
)  # fmt: skip
def test_ditto(text):
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "x", "ĐT", "NTM", "NT Quân Chu", "0", "/", "…"])
def test_no_ditto(text):
    assert not is_ditto(text)


POSTS = {"Bí thư", "Kế toán"}
COMMUNES = {"Xã Tiên Hội", "Xã La Bằng"}


def values(*context):
    return context_values(context, POSTS.__contains__, COMMUNES.__contains__)


def test_groups_tell_commune_and_post_the_innermost_first():
    assert values("Xã Tiên Hội (12 người)", "KHỐI ĐẢNG", "1. Bí thư: 02 đồng chí") == {
        "holding.commune": "Xã Tiên Hội",
        "holding.post": "Bí thư",
    }
    assert values("Bí thư", "Kế toán") == {"holding.post": "Kế toán"}


def test_a_group_that_names_neither_gives_nothing():
    assert values("KHỐI ĐẢNG", "Xã lạ") == {}


LIST = drawn("STT|Họ và tên|Chức vụ\n1|Nguyễn Văn An|Bí thư", name="Danh sách")
QUALITY = drawn("""
|||Trong đó||Ngạch||Chuyên môn
STT|Tên đơn vị|Tổng số biên chế được giao|Đảng viên|Phụ nữ|CVC&TĐ|CV&TĐ|Thạc sĩ|Đại học
|A|1|2|3|4|5|6|7
1|Xã Tiên Hội|20|18|6||10|1|15
2|Hoàng Nông|19|18|5||9|2|12
""")


def test_lists_of_people_are_chosen_and_the_others_told_why():
    hidden = Grid(LIST.rows, name="Cũ", is_hidden=True)
    catalogue = drawn("Mã|Tên\n01|Kinh\n02|Tày")
    beside = drawn("STT|Họ và tên||STT|Họ và tên\n1|Nguyễn Văn An||2|Lê Văn Ba")
    head = drawn("STT|Họ và tên|Chức vụ")
    letter = drawn("Kính gửi: Phòng Nội vụ")

    choice = best_sheet([Grid([]), QUALITY, LIST, hidden, catalogue, beside, head, letter, LIST])

    assert list(choice.chosen) == [2, 8]
    assert dict(choice.others) == {
        0: SheetKind.EMPTY, 1: SheetKind.SUMMARY, 3: SheetKind.HIDDEN, 4: SheetKind.CATALOGUE,
        5: SheetKind.SIDE_BY_SIDE, 6: SheetKind.HEADER_ONLY, 7: SheetKind.NO_LIST,
    }  # fmt: skip
    assert set(SHEET_KIND_LABELS) == set(SheetKind)


def test_the_quality_form_counts_units_and_is_no_list_of_people():
    assert find_layout(QUALITY) is None


def test_where_nobody_stands_the_head_alone_is_chosen():
    choice = best_sheet([Grid([]), drawn("STT|Họ và tên|Chức vụ")])

    assert [layout.rows for layout in choice.chosen.values()] == [()]
    assert dict(choice.others) == {0: SheetKind.EMPTY}


def test_copies_in_merged_cells_and_blanks_are_no_text():
    grid = Grid([GridRow(1, {1: "a", 2: "a", 3: " "}), GridRow(2, {1: ""})], [(1, 1, 1, 2)])

    assert tidy(grid).rows == [GridRow(1, {1: "a"})]


def test_a_merged_group_row_fills_nothing():
    grid = drawn(
        """
STT|Họ và tên|Chức vụ
Xã Tiên Hội||
1|Nguyễn Văn An|Bí thư
""",
        merges=[(2, 1, 2, 3)],
    )

    assert fill(grid).cells == {}
