"""Where on a sheet a list of people stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.grid import Grid, GridRow
from intake.rules.head_rows import is_head_word
from intake.rules.layout import find_layout
from intake.rules.row_kinds import RowKind
from intake.tests.list_grids import (
    FORMS,
    LETTERHEAD,
    NAMES,
    SIGNATURES,
    built,
    drawn,
    listed,
    targets_of,
)


def kinds(layout):
    return {number: kind.value for number, kind in layout.skipped.items()}


def told(layout):
    return [(row.number, row.context) for row in layout.rows]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_the_state_is_read_column_by_column(name, merged):
    form = FORMS[name]
    grid = built(
        [(path, cells) for path, cells, _ in form],
        above=LETTERHEAD,
        below=SIGNATURES,
        merged=merged,
    )

    layout = find_layout(grid)

    assert targets_of(grid, layout) == {n: t for n, (_, _, t) in enumerate(form, start=1)}
    assert len(layout.rows) == len(NAMES)
    assert layout.index_row == layout.rows[0].number - 1
    assert layout.as_of == "Tính đến ngày 31/12/2022"
    assert listed(layout) == {row.number for row in grid.rows}


PIECES = (
    ("Họ và tên", NAMES),
    ("Ngày sinh > Nam", ["12/5/1970", "", "1985"]),
    ("Ngày sinh > Nữ", ["", "1/2/1980", ""]),
    ("Dân tộc", ["Kinh", "Tày", "Nùng"]),
    ("Chức vụ, chức danh", ["Bí thư", "VP-TK", "Kế toán"]),
    ("Đơn vị công tác", ["Xã Tiên Hội"] * 3),
    ("Trình độ > Văn hóa", ["12/12", "12/12", "10/10"]),
    ("Trình độ > Chuyên môn", ["ĐH Luật", "TC", "CĐ"]),
    ("Trình độ > LLCT", ["CC", "TC", "SC"]),
    ("Ngày vào Đảng > Dự bị", ["3/2/1999", "1/1/2001", "2005"]),
    ("Ngày vào Đảng > Chính thức", ["3/2/2000", "1/1/2002", "2006"]),
    ("Lương > Hệ số", ["2,34", "2,67", "3,00"]),
    ("Lương > Bậc", ["1", "2", "3"]),
    ("Ghi chú", ["", "", "đi học"]),
)
GROUPS = sorted({path.split(" > ")[0] for path, _ in PIECES})


@given(
    order=st.permutations(GROUPS),
    above=st.integers(0, 30),
    blanks=st.sets(st.integers(0, 50), max_size=8),
    merged=st.booleans(),
    numbered=st.booleans(),
    shift=st.integers(0, 4),
)
def test_order_titles_blank_lines_and_lost_merges_change_no_column(
    order, above, blanks, merged, numbered, shift
):
    pieces = [p for group in order for p in PIECES if p[0].split(" > ")[0] == group]
    titles = [LETTERHEAD[n % len(LETTERHEAD)] for n in range(above)]
    grid = _moved(
        built([("STT", ["1", "2", "3"]), *pieces], above=titles, merged=merged, numbered=numbered),
        shift,
        {above + 3 + numbered + blank for blank in blanks},
    )

    layout = find_layout(grid)

    found = {" > ".join(layout.columns[c]): t for c, t in targets_of(grid, layout).items()}
    assert found == {
        "STT": "index", "Họ và tên": "full_name", "Ngày sinh > Nam": "born.male",
        "Ngày sinh > Nữ": "born.female", "Dân tộc": "ethnicity",
        "Chức vụ, chức danh": "holding.post", "Đơn vị công tác": "holding.commune",
        "Trình độ > Văn hóa": "general.text", "Trình độ > Chuyên môn": "professional.text",
        "Trình độ > LLCT": "political.text", "Ngày vào Đảng > Dự bị": "party_joined_on",
        "Ngày vào Đảng > Chính thức": "party_official_on", "Lương > Hệ số": "salary.coefficient",
        "Lương > Bậc": "salary.step", "Ghi chú": "note",
    }  # fmt: skip
    assert len(layout.rows) == len(NAMES)
    assert listed(layout) == {row.number for row in grid.rows}


def _moved(grid, shift, blank_after):
    """The grid some columns to the right, with blank lines among its rows."""

    def down(number):
        return number + sum(blank < number for blank in blank_after)

    rows = [GridRow(down(r.number), {c + shift: t for c, t in r.texts.items()}) for r in grid.rows]
    merges = [(down(a), b + shift, down(c), d + shift) for a, b, c, d in grid.merges]
    return Grid(rows, merges)


@given(st.randoms(use_true_random=False), st.integers(0, 40))
def test_every_row_with_text_is_accounted_for_whatever_stands_there(chance, size):
    words = ["1", "2.", "I", "A", "x", "12/5/1970", "Nguyễn Văn An", "Xã Tiên Hội", "Tổng số",
             "Ghi chú: a", "NGƯỜI LẬP BIỂU", "Họ và tên", "Nam", "TM. UBND XÃ", "Bí thư", "", "",
             "STT", "Hoàng Nông", "- a", "(1)", "Danh sách", "KHỐI ĐẢNG"]  # fmt: skip
    rows = [GridRow(1, {1: "STT", 2: "Họ và tên", 3: "Chức vụ"})]
    for number in range(2, size + 2):
        texts = {c: chance.choice(words) for c in range(1, 5)}
        rows.append(GridRow(number, {c: t for c, t in texts.items() if t}))

    layout = find_layout(Grid(rows))

    assert layout is not None
    assert listed(layout) >= {row.number for row in rows if row.texts}
    assert not {row.number for row in layout.rows} & set(layout.skipped)


def test_groups_nest_and_people_know_theirs():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
I|Xã Tiên Hội||
|KHỐI ĐẢNG||
1|Nguyễn Văn An|Bí thư|1970
|KHỐI CHÍNH QUYỀN||
2|Trần Thị Bình|Chủ tịch|1971
II|Xã La Bằng||
|KHỐI ĐẢNG||
1|Lê Văn Cường|Bí thư|1972
""")
    )

    assert told(layout) == [
        (4, ("Xã Tiên Hội", "KHỐI ĐẢNG")),
        (6, ("Xã Tiên Hội", "KHỐI CHÍNH QUYỀN")),
        (9, ("Xã La Bằng", "KHỐI ĐẢNG")),
    ]


def test_numbers_stand_in_the_name_of_a_group():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Đơn vị|Ngày sinh
|I. KHỐI ĐẢNG||
|1. Bí thư||
1|Nguyễn Văn An|Xã Tiên Hội|1970
2|Hà Thị Bình|Xã La Bằng|1970
|2. Phó Bí thư||
1|Trần Thị Bình|Xã Tiên Hội|1971
|II. KHỐI CHÍNH QUYỀN||
|1. Chủ tịch||
1|Lê Văn Cường|Xã Tiên Hội|1972
""")
    )

    assert told(layout) == [
        (4, ("KHỐI ĐẢNG", "Bí thư")),
        (5, ("KHỐI ĐẢNG", "Bí thư")),
        (7, ("KHỐI ĐẢNG", "Phó Bí thư")),
        (10, ("KHỐI CHÍNH QUYỀN", "Chủ tịch")),
    ]


def test_a_group_is_merged_across_or_counts_its_people():
    grid = drawn(
        """
STT|Họ và tên|Chức vụ|Nữ|Ghi chú
XÃ TIÊN HỘI||||
1|Nguyễn Văn An|Bí thư||
II|Xã La Bằng|2|1|
1|Lê Thị Cúc|Bí thư|x|
A|Công chức: 3 người|||
1|Lê Thị Dung|Kế toán|x|
""",
        merges=[(2, 1, 2, 5)],
    )

    layout = find_layout(grid)

    assert told(layout) == [
        (3, ("XÃ TIÊN HỘI",)), (5, ("Xã La Bằng",)), (7, ("Công chức: 3 người",)),
    ]  # fmt: skip


def test_a_commune_with_the_name_of_a_person_is_a_group_if_it_is_known():
    grid = drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
|Hoàng Nông||
1|Nguyễn Văn An|Bí thư|1970
|Văn Yên||
1|Lê Văn Cường|Bí thư|1972
2|Hoàng Nông|Kế toán|1980
""")

    layout = find_layout(grid, groups={"van yen", "hoang nong"})

    assert told(layout) == [(3, ("Hoàng Nông",)), (5, ("Văn Yên",)), (6, ("Văn Yên",))]
    # Not known: better a person with nothing told, who is refused, than a person lost.
    assert [row.number for row in find_layout(grid).rows] == [2, 3, 4, 5, 6]


def test_a_commune_with_the_name_of_a_person_is_a_group_if_it_is_numbered_so():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
I|Hoàng Nông||
1|Nguyễn Văn An|Bí thư|1970
II|Văn Yên||
1|Lê Văn Cường|Bí thư|1972
""")
    )

    assert told(layout) == [(3, ("Hoàng Nông",)), (5, ("Văn Yên",))]


@pytest.mark.parametrize(
    "name", ["Trương Thị Hà", "Tống Văn Cộng", "Đoàn Thanh Niên Hà", "Tô Văn Phó", "Bàn Thị Hội"]
)
def test_surnames_like_words_of_groups_and_totals_are_people(name):
    layout = find_layout(
        drawn(f"""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
2|{name}|Kế toán|1980
|{name}|Kế toán|1980
""")
    )

    assert [row.number for row in layout.rows] == [2, 3, 4]


def test_a_person_goes_on_in_the_next_line():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
||Chủ tịch HĐND|
||Đại biểu HĐND huyện|
2|Trần Thị Bình|Kế toán|1980
""")
    )

    assert [(row.number, row.continues) for row in layout.rows] == [
        (2, None), (3, 2), (4, 2), (5, None),
    ]  # fmt: skip


def test_a_person_is_merged_over_two_rows():
    grid = drawn(
        """
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
||CHỦ TỊCH HĐND|
2|Trần Thị Bình|Kế toán|1980
""",
        merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 4, 3, 4)],
    )

    assert [(row.number, row.continues) for row in find_layout(grid).rows] == [
        (2, None), (3, 2), (4, None),
    ]  # fmt: skip


def test_a_repeated_head_is_no_person_and_its_page_goes_on_with_the_group():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ|
1|2|3|4|5
I|Xã Tiên Hội|||
1|Nguyễn Văn An|1970||Bí thư
STT|Họ và tên|Ngày sinh||Chức vụ
||Nam|Nữ|
1|2|3|4|5
2|Trần Thị Bình||1980|Kế toán
""")
    )

    assert told(layout) == [(5, ("Xã Tiên Hội",)), (9, ("Xã Tiên Hội",))]
    assert kinds(layout) == {3: "index", 4: "group", 6: "head", 7: "head", 8: "index"}
    assert layout.problems == ()


def test_two_tables_of_the_same_columns_are_one_list():
    layout = find_layout(
        drawn("""
DANH SÁCH CÁN BỘ
STT|Họ và tên|Chức vụ
I|Xã Tiên Hội|
1|Nguyễn Văn An|Bí thư
DANH SÁCH CÔNG CHỨC
STT|Họ và tên|Chức vụ
1|Trần Thị Bình|Kế toán
""")
    )

    assert told(layout) == [(4, ("Xã Tiên Hội",)), (7, ())]
    assert kinds(layout) == {1: "title", 3: "group", 5: "title", 6: "head"}


def test_of_two_tables_of_other_columns_the_bigger_is_read_and_the_other_told():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ
1|Nguyễn Văn An|Bí thư

STT|Họ và tên|Ngày sinh|Dân tộc
1|Trần Thị Bình|1980|Tày
2|Lê Văn Cường|1981|Kinh
""")
    )

    assert [row.number for row in layout.rows] == [5, 6]
    assert [(p.code, p.rows) for p in layout.problems] == [("other_table", (1, 2))]
    assert kinds(layout) == {1: "other_table", 2: "other_table"}


def test_tables_side_by_side_are_refused():
    layout = find_layout(
        drawn("""
DANH SÁCH
STT|Họ và tên|Chức vụ||STT|Họ và tên|Chức vụ
1|Nguyễn Văn An|Bí thư||2|Trần Thị Bình|Kế toán
""")
    )

    assert layout.is_refused
    assert layout.rows == ()
    assert kinds(layout) == {1: "title", 3: "side_by_side"}


def test_as_much_as_a_person_tells_is_a_person_without_a_name_not_a_second_line():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh|Dân tộc|Quê quán
1|Nguyễn Văn An|Bí thư|1970|Kinh|Đại Từ
||Kế toán|1980|Tày|Đại Từ
""")
    )

    assert [(row.number, row.continues) for row in layout.rows] == [(2, None), (3, None)]


def test_dates_in_words_do_not_end_a_list_without_numbers():
    layout = find_layout(
        drawn("""
Họ và tên|Ngày sinh|Chức vụ
Nguyễn Văn An|ngày 2 tháng 9 năm 1970|Kế toán trưởng
Trần Thị Bình|ngày 3 tháng 4 năm 1980|Thủ trưởng
|Đại Từ, ngày 5 tháng 6 năm 2023|
|NGƯỜI LẬP|
|Hà Thị Lập|
""")
    )

    assert [row.number for row in layout.rows] == [2, 3]
    assert set(kinds(layout).values()) == {"signature"}


def test_a_post_that_begins_like_a_total_is_a_second_line():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Giáo viên|1970
||Tổng phụ trách Đội|
""")
    )

    assert [row.continues for row in layout.rows] == [None, 2]


def test_a_total_or_a_commune_above_a_repeated_head_is_no_head():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
|Cộng||
STT|Họ và tên|Chức vụ|Ngày sinh
2|Trần Thị Bình|Kế toán|1980
""")
    )

    assert [row.number for row in layout.rows] == [2, 5]
    assert kinds(layout) == {3: "total", 4: "head"}


def test_an_abbreviated_post_with_a_number_is_a_group():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Ngày sinh|Dân tộc
14|PCT HND (01 người)||
1|Nguyễn Văn An|1970|Kinh
15|TC-KT||
1|Trần Thị Bình|1980|Tày
""")
    )

    assert told(layout) == [(3, ("PCT HND (01 người)",)), (5, ("TC-KT",))]


@pytest.mark.parametrize(
    "header",
    ["Họ và tên cán bộ, công chức xã Tiên Hội", "(2) Họ và tên", "HỌ VÀTÊN", "Họ và\ntên *"],
)
def test_the_header_over_names_is_found(header):
    grid = Grid([
        GridRow(1, {1: "STT", 2: header, 3: "Chức vụ"}),
        GridRow(2, {1: "1", 2: "Nguyễn Văn An", 3: "Bí thư"}),
    ])  # fmt: skip

    layout = find_layout(grid)

    assert [row.number for row in layout.rows] == [2]
    assert targets_of(grid, layout)[2] == "full_name"


def test_headers_copied_into_every_cell_of_their_merge_are_told_once():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Ngày sinh|Ngày sinh|Chức vụ
STT|Họ và tên|Nam|Nữ|Chức vụ
1|Nguyễn Văn An|1970||Bí thư
""")
    )

    assert layout.head_rows == (1, 2)
    assert layout.columns[4] == ("Ngày sinh", "Nữ")
    assert layout.columns[5] == ("Chức vụ",)


def test_groups_and_headers_stand_in_one_cell():
    grid = drawn("""
STT|Họ và tên Họ đệm|Họ và tên Tên|Ngày sinh: Nam|Ngày sinh: Nữ|Trình độ - LLCT|Tuổi 51-60 Tổng
1|Nguyễn Văn|An|1970||CC|x
""")

    assert targets_of(grid, find_layout(grid)) == {
        1: "index", 2: "name.family", 3: "name.given", 4: "born.male", 5: "born.female",
        6: "political.text", 7: "info",
    }  # fmt: skip


def test_what_stands_below_a_table_is_no_person():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
2||
|Cộng||1
Ghi chú: danh sách này thay danh sách cũ
- Những người nghỉ hưu không có tên
||Tiên Hội, ngày … tháng … năm 2023
|NGƯỜI LẬP||TM. UBND XÃ
|||CHỦ TỊCH
|Hà Thị Lập||Trần Văn Ký
""")
    )

    assert [row.number for row in layout.rows] == [2]
    assert kinds(layout) == {
        3: "number_only", 4: "total", 5: "note", 6: "note", 7: "signature", 8: "signature",
        9: "signature", 10: "signature",
    }  # fmt: skip


def test_posts_that_sign_without_a_word_of_signing_are_no_groups():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970

|||CHỦ TỊCH UBND XÃ
""")
    )

    assert kinds(layout) == {4: "signature"}


def test_people_below_signatures_are_not_lost():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
|NGƯỜI LẬP||
|Trần Văn Lập||
2|Lê Văn Cường|Kế toán|1980
""")
    )

    assert [row.number for row in layout.rows] == [2, 5]


def test_people_without_a_number_are_people():
    layout = find_layout(
        drawn("""
Họ và tên|Chức vụ|Ngày sinh
Nguyễn Văn An|Bí thư|1970
Giàng A Páo||
""")
    )

    assert [row.number for row in layout.rows] == [2, 3]


def test_hidden_rows_are_read_and_told():
    layout = find_layout(
        drawn(
            """
STT|Họ và tên|Chức vụ
1|Nguyễn Văn An|Bí thư
2|Trần Thị Bình|Kế toán
""",
            hidden={3},
        )
    )

    assert [row.is_hidden for row in layout.rows] == [False, True]
    assert [(p.code, p.rows) for p in layout.problems] == [("hidden_rows", (3,))]


def test_the_head_is_where_the_user_says():
    grid = drawn("""
Trang bìa
Mã|Ai|Làm gì
1|Nguyễn Văn An|Bí thư
""")

    assert find_layout(grid) is None
    layout = find_layout(grid, head_rows=[2])
    assert layout.columns == {1: ("Mã",), 2: ("Ai",), 3: ("Làm gì",)}
    assert [row.number for row in layout.rows] == [3]
    assert find_layout(grid, head_rows=[9]) is None


def test_a_head_without_people_is_a_list_without_people():
    layout = find_layout(drawn("STT|Họ và tên|Chức vụ"))

    assert layout.rows == ()
    assert layout.columns == {1: ("STT",), 2: ("Họ và tên",), 3: ("Chức vụ",)}


def test_a_column_of_data_without_a_header_is_a_column():
    layout = find_layout(
        drawn("""
STT|Họ và tên||Chức vụ
1|Nguyễn Văn|An|Bí thư
""")
    )

    assert layout.columns[3] == ()


def test_the_name_of_the_header_is_broken_over_rows():
    layout = find_layout(
        drawn("""
Số|Họ và|Chức vụ
TT|tên|
1|Nguyễn Văn An|Bí thư
""")
    )

    assert layout.head_rows == (1, 2)
    assert [row.number for row in layout.rows] == [3]


def test_one_text_repeated_in_every_cell_of_a_row_is_one_merged_text():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ
Xã Tiên Hội|Xã Tiên Hội|Xã Tiên Hội
1|Nguyễn Văn An|Bí thư
""")
    )

    assert told(layout) == [(3, ("Xã Tiên Hội",))]


def test_a_profile_of_one_person_is_no_list():
    assert find_layout(drawn("1) Họ và tên khai sinh: NGUYỄN VĂN AN\n2) Tên gọi khác:")) is None


def test_the_end_of_a_name_on_a_second_line_is_seen_and_never_a_group():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn|Bí thư|1970
|An||
2|Lê Văn Ba|Kế toán|1980
""")
    )

    assert told(layout) == [(2, ()), (3, ()), (4, ())]


def test_letters_roman_numbers_and_dashes_nest():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Năm sinh
A. CÁN BỘ
I. Bí thư Đảng ủy
1|Nguyễn Văn An|Bí thư|1970
II. Phó Bí thư
1|Trần Thị Bình|PBT|1971
- Thường trực
2|Lò Văn Cúc|PBT|1971
B. CÔNG CHỨC
I. Văn phòng
1|Lê Văn Dũng|VP|1980
""")
    )

    assert told(layout) == [
        (4, ("CÁN BỘ", "Bí thư Đảng ủy")),
        (6, ("CÁN BỘ", "Phó Bí thư")),
        (8, ("CÁN BỘ", "Phó Bí thư", "Thường trực")),
        (11, ("CÔNG CHỨC", "Văn phòng")),
    ]


def test_a_group_in_small_letters_stands_inside_one_in_capitals():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Năm sinh
|HỘI NÔNG DÂN||
1|Nguyễn Văn An|Chủ tịch|1970
|Người giúp việc||
2|Trần Thị Bình|Phó|1971
|Tổ kiểm tra||
3|Lê Văn Cường|Phó|1971
""")
    )

    assert [context for _, context in told(layout)] == [
        ("HỘI NÔNG DÂN",),
        ("HỘI NÔNG DÂN", "Người giúp việc"),
        ("HỘI NÔNG DÂN", "Tổ kiểm tra"),
    ]


@pytest.mark.parametrize("line", ["||Bí thư|Nam", "||Trần Văn Ba|Nữ", "1||Nam|Nữ", "1|2|3|4"])
def test_what_stands_right_below_a_head_is_not_always_head(line):
    layout = find_layout(
        drawn(f"""
STT|Họ và tên|Chức vụ|Giới tính
{line}
2|Nguyễn Văn An|Bí thư|Nam
""")
    )

    assert layout.head_rows == (1,)
    assert listed(layout) == {1, 2, 3}


def test_a_row_that_numbers_the_columns_may_stand_in_the_middle():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Giới tính
1|Nguyễn Văn An|Bí thư|Nam
(1)|(2)|(3)|(4)
2|Trần Thị Bình|Kế toán|Nữ
""")
    )

    assert kinds(layout) == {3: "index"}


def test_a_head_repeated_before_anybody_stands_there_is_still_one_list():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ
STT|Họ và tên|Chức vụ
1|Nguyễn Văn An|Bí thư
""")
    )

    assert told(layout) == [(3, ())]


def test_a_sentence_is_no_header_however_it_begins():
    sentence = "Họ và tên " + "cán bộ, công chức " * 2000

    assert find_layout(drawn(f"STT|{sentence}\n1|Nguyễn Văn An")) is None


def test_a_merge_over_the_whole_sheet_is_cut_where_the_text_ends():
    grid = drawn("STT|Họ và tên\n1|Nguyễn Văn An", merges=[(3, 1, 1_048_576, 16_384)] * 50_000)

    assert [row.number for row in find_layout(grid).rows] == [2]


def test_merges_without_end_are_not_followed():
    rows = [GridRow(n, {1: str(n), 2: "Nguyễn Văn An", 500: "x"}) for n in range(2, 3000)]
    grid = Grid([GridRow(1, {1: "STT", 2: "Họ và tên"}), *rows], [(5, 1, 10**6, 10**6)] * 9)

    assert len(find_layout(grid).rows) == len(rows)


def test_kinds_of_rows_have_words_for_the_sender():
    from intake.rules.row_kinds import ROW_KIND_LABELS

    assert set(ROW_KIND_LABELS) == set(RowKind)


def test_a_name_broken_over_two_cells_of_the_second_row_is_head():
    layout = find_layout(
        drawn("""
STT|Họ tên||Chức vụ|Ngày sinh
|Họ chữ đệm|Tên||
1|Nguyễn Văn|An|Bí thư|1970
2|Trần Thị|Bình|Kế toán|1971
""")
    )

    assert list(layout.head_rows) == [1, 2]
    assert [row.number for row in layout.rows] == [3, 4]


def test_a_merge_that_reaches_below_the_head_or_holds_nothing_changes_no_header():
    text = """
STT||Họ và tên|Chức vụ|Ngày sinh
1|x|Nguyễn Văn An|Bí thư|1970
2|x|Trần Thị Bình|Kế toán|1971
"""
    merges = [(1, 2, 1, 2), (1, 1, 2, 1)]

    assert find_layout(drawn(text, merges)).columns == find_layout(drawn(text)).columns


def test_a_text_longer_than_any_header_is_none():
    assert is_head_word("Họ và tên")
    assert not is_head_word("Họ và tên " * 40)


def test_a_title_above_a_repeated_head_ends_the_group_of_the_page_before():
    text = """
STT|Họ và tên|Chức vụ|Ngày sinh
I|Xã Tiên Hội||
1|Nguyễn Văn An|Bí thư|1970
{}
STT|Họ và tên|Chức vụ|Ngày sinh
2|Trần Thị Bình|Kế toán|1971
"""
    paged, titled = (
        told(find_layout(drawn(text.format(between)))) for between in ("", "DANH SÁCH BỔ SUNG")
    )

    assert [context for _, context in paged] == [("Xã Tiên Hội",), ("Xã Tiên Hội",)]
    assert [context for _, context in titled] == [("Xã Tiên Hội",), ()]


def test_a_repeated_head_without_people_below_adds_none():
    layout = find_layout(
        drawn("""
STT|Họ và tên|Chức vụ|Ngày sinh
1|Nguyễn Văn An|Bí thư|1970
STT|Họ và tên|Chức vụ|Ngày sinh
""")
    )

    assert told(layout) == [(2, ())]
    assert kinds(layout) == {3: "head"}
