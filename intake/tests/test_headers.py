"""Which row is the head of a sheet, and which column is which."""

from intake.rules.headers import ROWS_LOOKED_AT, Head, find_head

HEADERS = ["Số hiệu", "Họ và tên", "Giới tính"]


def test_accents_case_and_the_star_of_required_columns_do_not_matter():
    rows = [(1, {1: "SO HIEU", 2: "Họ và tên *", 3: "giới  tính"})]

    assert find_head(rows, HEADERS) == Head(1, {"Số hiệu": 1, "Họ và tên": 2, "Giới tính": 3})


def test_a_title_above_the_head_is_passed_over():
    rows = [(1, {1: "Họ và tên"}), (3, {1: "Số hiệu", 2: "Họ và tên"})]

    assert find_head(rows, HEADERS).row == 3


def test_of_two_heads_alike_the_first_is_taken():
    head = {1: "Số hiệu", 2: "Họ và tên"}

    assert find_head([(2, head), (5, head)], HEADERS).row == 2


def test_a_header_told_twice_is_the_first_column_and_the_other_is_repeated():
    head = find_head([(1, {1: "Số hiệu", 2: "Họ và tên", 4: "họ và tên"})], HEADERS)

    assert head.columns == {"Số hiệu": 1, "Họ và tên": 2}
    assert head.repeated == {4: "họ và tên"}


def test_a_header_that_no_column_has_is_unknown():
    head = find_head([(1, {1: "Số hiệu", 2: "Họ và tên", 3: "Sở thích"})], HEADERS)

    assert head.unknown == {3: "Sở thích"}


def test_one_known_column_is_a_title_unless_the_table_has_no_other():
    rows = [(1, {1: "Số hiệu"})]

    assert find_head(rows, HEADERS) is None
    assert find_head(rows, ["Số hiệu"]).columns == {"Số hiệu": 1}


def test_a_head_below_the_leading_rows_is_not_looked_for():
    filling = [(number, {1: "x"}) for number in range(1, ROWS_LOOKED_AT)]
    head = {1: "Số hiệu", 2: "Họ và tên"}

    assert find_head([*filling, (30, head)], HEADERS).row == 30
    assert find_head([*filling, (30, {1: "x"}), (31, head)], HEADERS) is None
