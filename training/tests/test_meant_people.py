"""Whom a line of a list means: what its parts are, and when there is only one who fits."""

import pytest

from training.rules.meant_people import (
    Known,
    Meant,
    is_same_unit,
    lines_of,
    match,
    meant_by,
    without_address,
    year_of,
)

AN = Known("c1", "Nguyễn Văn An", ("Xã Tân Thái",), 1980, "T000001", "019080000017")
AN_OF_HUNG_SON = Known("c2", "Nguyễn Văn An", ("Thị trấn Hùng Sơn",), 1975, "T000002")
AN_OF_NO_YEAR = Known("h3", "Nguyễn Văn Ân", ("Trường THCS Hùng Sơn",), None, "HV00001")


@pytest.mark.parametrize(
    ("line", "name", "unit", "year", "code", "national_id"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", "", None, "", ""),
        ("1. Nguyễn Văn An, Xã Tân Thái, 1980", "Nguyễn Văn An", "Xã Tân Thái", 1980, "", ""),
        ("2) An Bình; Tân Thái; T000012", "An Bình", "Tân Thái", None, "T000012", ""),
        ("12\tĐ/c Lê Bình\tTT Hùng Sơn\t12/05/1979", "Lê Bình", "TT Hùng Sơn", 1979, "", ""),
        ("- Trần Văn C – 5/1980", "Trần Văn C", "", 1980, "", ""),
        ("Trần Văn C (1980)", "Trần Văn C", "", 1980, "", ""),
        ("Trần Văn C 1980", "Trần Văn C", "", 1980, "", ""),
        ("An, sinh năm 1980, CCCD 019 080 000 017", "An", "", 1980, "", "019080000017"),
        ("An, số hiệu cb0001", "An", "", None, "CB0001", ""),
        ("An, Xã A, Xã B", "An", "Xã A", None, "", ""),
        ("An\x00 Bình", "An Bình", "", None, "", ""),
    ],
)  # fmt: skip
def test_the_parts_of_a_line_are_told_apart(line, name, unit, year, code, national_id):
    (meant,) = lines_of(line)

    assert (meant.name, meant.unit, meant.year) == (name, unit, year)
    assert (meant.code, meant.national_id) == (code, national_id)


def test_lines_without_a_letter_are_passed_over_and_the_others_keep_their_number():
    found = lines_of("Họ A\n\n  \n12345\n—\nHọ B")

    assert [(each.number, each.name) for each in found] == [(1, "Họ A"), (6, "Họ B")]
    assert meant_by("1980", 1) is None


def test_a_number_that_is_no_year_of_a_birth_is_none():
    assert year_of("12/05/1980") == 1980
    assert year_of("1805") is None
    assert year_of("2500") is None
    assert year_of("31/02/1980") is None


def test_the_word_of_address_is_left_out():
    assert without_address("Đồng chí: Nguyễn Văn An") == "Nguyễn Văn An"
    assert without_address("Đức An") == "Đức An"


@pytest.mark.parametrize(
    ("said", "known", "is_same"),
    [
        ("Tân Thái", "Xã Tân Thái", True),
        ("UBND xã Tân Thái", "Xã Tân Thái", True),
        ("TT Quân Chu", "Xã Quân Chu", False),
        ("Quân Chu", "Thị trấn Quân Chu", True),
        ("Tân", "Xã Tân Thái", False),
        ("Trường THCS Hùng Sơn", "trường THCS Hùng Sơn", True),
        ("—", "Xã Tân Thái", False),
    ],
)
def test_spellings_of_a_unit(said, known, is_same):
    assert is_same_unit(said, known) is is_same


def test_the_only_one_of_a_name_is_meant_accents_apart():
    found = match(Meant(1, "", "nguyen van an"), [AN])

    assert (found.key, found.among, found.is_unknown) == ("c1", (), False)


def test_two_of_a_name_are_asked_about_and_told_apart_by_unit_or_year():
    both = [AN, AN_OF_HUNG_SON]

    assert match(Meant(1, "", AN.name), both).among == ("c1", "c2")
    assert match(Meant(1, "", AN.name, unit="Hùng Sơn"), both).key == "c2"
    assert match(Meant(1, "", AN.name, year=1980), both).key == "c1"


def test_what_contradicts_the_record_is_asked_about_and_never_taken():
    elsewhere = match(Meant(1, "", AN.name, unit="Xã Khác"), [AN])
    older = match(Meant(1, "", AN.name, year=1960), [AN])

    assert (elsewhere.key, elsewhere.among) == ("", ("c1",))
    assert "không ở “Xã Khác”" in elsewhere.why
    assert (older.key, older.among) == ("", ("c1",))
    assert "không sinh năm 1960" in older.why


def test_a_year_that_is_not_known_is_no_contradiction():
    found = match(Meant(1, "", "Nguyễn Văn Ân", year=1990), [AN_OF_NO_YEAR])
    among_others = match(Meant(1, "", AN.name, year=1980), [AN, AN_OF_NO_YEAR])

    assert found.key == "h3"
    assert among_others.key == "c1"


def test_a_number_decides_only_with_the_name():
    both = [AN, AN_OF_HUNG_SON]

    assert match(Meant(1, "", AN.name, code="T000002"), both).key == "c2"
    assert match(Meant(1, "", AN.name, national_id="019080000017"), both).key == "c1"
    wrong = match(Meant(1, "", "Lê Văn Khác", code="T000001"), both)
    assert (wrong.key, wrong.among) == ("", ("c1",))
    assert match(Meant(1, "", AN.name, code="T999999"), [AN]).key == "c1"


def test_of_a_name_that_nobody_has_nobody_is_meant():
    found = match(Meant(1, "", "Lê Văn Lạ"), [AN])

    assert found.is_unknown
    assert "Không có ai" in found.why
