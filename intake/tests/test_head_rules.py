"""Where the head of a sheet stands, and which column is which."""

import pytest

from intake.rules.headers import Head, find_head, header_key

HEADERS = ["Họ và tên *", "Ngày sinh *", "Chức vụ"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Họ và tên *", "ho va ten"),
        ("HỌ  VÀ TÊN", "ho va ten"),
        ("*Ngày*sinh", "ngay sinh"),
        (2023, "2023"),
    ],
)
def test_headers_are_compared_without_accents_case_spaces_and_mark(text, key):
    assert header_key(text) == key


def test_each_header_is_found_in_its_column():
    rows = [(1, {2: "họ và tên", 5: "CHỨC VỤ", 3: "Ngay sinh"}), (2, {2: "Lý Văn Thử"})]

    assert find_head(rows, HEADERS) == Head(1, {"Họ và tên *": 2, "Ngày sinh *": 3, "Chức vụ": 5})


def test_a_title_with_one_known_word_is_no_head():
    rows = [(1, {1: "Chức vụ"}), (3, {1: "Họ và tên", 2: "Ngày sinh"})]

    head = find_head(rows, HEADERS)

    assert head is not None
    assert head.row == 3


def test_a_sheet_without_two_known_headers_has_no_head():
    assert find_head([(1, {1: "Chức vụ", 2: "Ghi chú"}), (2, {})], HEADERS) is None


def test_the_only_column_of_a_table_is_its_head():
    assert find_head([(1, {1: "Danh sách"}), (2, {1: "Xã"})], ["Xã"]) == Head(2, {"Xã": 1}, {}, {})


def test_the_row_of_most_known_headers_is_the_head():
    partly = {1: "Họ và tên", 2: "Ngày sinh"}
    whole = {1: "Họ và tên", 2: "Ngày sinh", 3: "Chức vụ"}

    head = find_head([(4, partly), (5, whole), (6, partly)], HEADERS)

    assert head is not None
    assert head.row == 5


def test_of_two_heads_alike_the_first_is_taken():
    rows = [(4, {1: "Họ và tên", 2: "Ngày sinh"}), (9, {1: "Họ và tên", 3: "Chức vụ"})]

    head = find_head(rows, HEADERS)

    assert head is not None
    assert head.row == 4


def test_a_header_told_twice_counts_once_toward_the_head():
    rows = [(1, {1: "Chức vụ", 2: "chức vụ"}), (2, {1: "Họ và tên", 2: "Ngày sinh"})]

    head = find_head(rows, HEADERS)

    assert head is not None
    assert head.row == 2


@pytest.mark.parametrize(("number", "is_found"), [(30, True), (31, False)])
def test_only_the_first_thirty_rows_are_looked_at(number, is_found):
    rows = [(row, {1: "…"}) for row in range(1, number)]
    rows.append((number, {1: "Họ và tên", 2: "Ngày sinh"}))

    assert (find_head(rows, HEADERS) is not None) is is_found


def test_unknown_and_repeated_headers_are_told_with_their_columns():
    texts = {4: "Ngày sinh", 3: "Ghi chú", 2: "NGÀY SINH *", 1: "Họ và tên", 5: "Số", 6: "Chức vụ"}

    assert find_head([(1, texts)], HEADERS) == Head(
        1,
        {"Họ và tên *": 1, "Ngày sinh *": 2, "Chức vụ": 6},
        unknown={3: "Ghi chú", 5: "Số"},
        repeated={4: "Ngày sinh"},
    )
