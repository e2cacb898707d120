"""How two records may be of one person: names as they are misheard, births, numbers."""

import pytest

from cadres.rules.likeness import (
    Sign,
    Traits,
    birth_sign,
    confusions,
    likeness,
    mended,
    name_signs,
    number_sign,
    slips,
)
from daitu_portal.dates import PartialDate
from daitu_portal.text import sound_key

DAY = PartialDate("1980-05-12")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn Hoà", "Nguyễn Văn Hòa"),
        ("Đặng Thuý", "đặng thúy"),
        ("Lý Văn Dũng", "Lí Văn Dũng"),
        ("Hoàng Mỹ", "Hoàng Mĩ"),
        ("Trần Quý", "Chần Quí"),
        ("Đỗ Xuân Sơn", "Đỗ Suân Xơn"),
        ("Dương Giang", "Rương Dang"),
        ("Lê Nam", "Nê Lam"),
        ("Phan Quốc", "Fan Cuốc"),
        ("Ngô Nghĩa", "Ngô Nghỉa"),
        ("Nguyễn Thị Lan", "Nguyễn Lan"),
        ("Nguyễn Văn Hải", "Hải Nguyễn Văn"),
        ("Nguyễn Minh Hải", "Nguyễn Hải Minh"),
    ],
)
def test_names_that_are_taken_for_one_another_have_one_key(one, other):
    assert sound_key(one) == sound_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đặng Hải", "Dặng Hải"),  # đ is no d
        ("Lê Hai", "Lê Hay"),
        ("Lê Nhung", "Lê Lung"),  # nh is no n
        ("Lê Thanh", "Lê Tanh"),
        ("Lê Khanh", "Lê Canh"),
        ("Văn Hải", "Thị Hải"),  # a surname is not left out
        ("Nguyễn Văn An", "Trần Văn An"),
    ],
)
def test_names_that_sound_otherwise_have_two_keys(one, other):
    assert sound_key(one) != sound_key(other)


def test_a_name_without_letters_sounds_like_nothing():
    assert sound_key(" - ") == ""


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("Nguyễn Văn Hoà", "NGUYỄN VĂN HÒA", Sign.NAME),
        ("Nguyễn Văn Hòa", "Nguyen Van Hoa", Sign.NAME_PLAIN),
        ("Trần Lý", "Chần Lí", Sign.NAME_SOUND),
        ("Nguyễn Văn Hải", "Văn Hải Nguyễn", Sign.NAME_ORDER),
        ("Nguyễn Thị Thu Hà", "Nguyễn Hà", Sign.NAME_SHORTER),
        ("Nguyễn Hà", "Nguyễn Hoàng Hà", Sign.NAME_SHORTER),
    ],
)
def test_how_one_name_may_be_the_other(one, other, sign):
    assert name_signs(one, other) == name_signs(other, one) == (sign,)


def test_other_names_are_no_sign():
    assert name_signs("Nguyễn Văn An", "Nguyễn Văn Ẩm") == ()
    assert name_signs("", "") == ()


def test_the_confusions_are_told_each_once():
    assert confusions("Trần Trường Xuân Lý", "Chần Chường Suân Lí") == [
        "ch và tr đọc như nhau",
        "s và x đọc như nhau",
        "i và y đọc như nhau",
    ]
    assert confusions("Lê An", "Lê An") == []


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("1980-05-12", "1980-05-12", Sign.BIRTH),
        ("1980-05-12", "1980-12-05", Sign.BIRTH_MIXED),
        ("1980-05-12", "1980", Sign.BIRTH_FITS),
        ("1980", "1980", Sign.BIRTH_FITS),
        ("1980-05", "1980-05-31", Sign.BIRTH_FITS),
        ("1980-05-12", "1980-06-12", Sign.BIRTH_YEAR),
        ("1980-12-31", "1981", Sign.OTHER_BIRTH),
    ],
)
def test_how_two_births_fit(one, other, sign):
    assert birth_sign(PartialDate(one), PartialDate(other)) == sign
    assert birth_sign(PartialDate(other), PartialDate(one)) == sign


def test_an_unknown_birth_says_nothing():
    assert birth_sign(None, DAY) is None


def test_numbers_are_mended_before_they_are_compared():
    assert mended("O19 080.000I23") == "019080000123"
    assert mended("19080000123") == "019080000123"
    assert mended("090123456") == "090123456"
    assert mended("") == ""


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("019080000123", "O19080000123", Sign.NUMBER_SAME),
        ("019080000123", "019080000132", Sign.NUMBER_NEAR),
        ("019080000123", "019080000173", Sign.NUMBER_NEAR),
        ("019080000123", "019080000999", Sign.OTHER_NUMBER),
        ("019080000123", "090123456", None),
        ("", "019080000123", None),
    ],
)
def test_how_two_numbers_differ(one, other, sign):
    assert number_sign(one, other) == number_sign(other, one) == sign


def test_the_slips_of_a_number_of_twelve_digits_can_be_asked_at_once():
    found = slips("019080000123")

    assert len(found) <= 12 * 9 + 11
    assert "019080000123" not in found
    assert all(number_sign("019080000123", each) == Sign.NUMBER_NEAR for each in found)


def test_two_digits_in_the_wrong_place_are_no_slip_unless_they_are_neighbours():
    assert number_sign("019080000123", "019080003120") == Sign.OTHER_NUMBER
    assert number_sign("019080000123", "019080000214") == Sign.OTHER_NUMBER


def test_a_name_alone_never_makes_two_people_one():
    assert likeness(Traits("Nguyễn Văn An"), Traits("Nguyễn Văn An")) is None
    assert likeness(Traits("Nguyễn Văn An", DAY), Traits("Nguyễn Văn An")) is None


def test_the_same_name_and_day_is_likely_and_tells_why():
    found = likeness(Traits("Nguyễn Văn Hoà", DAY, "M"), Traits("Nguyễn Văn Hòa", DAY, "M"))

    assert (found.label, found.is_likely) == ("Rất giống", True)
    assert found.words == "cùng họ tên; cùng ngày sinh"


def test_a_name_that_sounds_alike_and_the_year_is_enough_to_look():
    found = likeness(Traits("Trần Lý", DAY), Traits("Chần Lí", PartialDate("1980-01-02")))

    assert found.has(Sign.NAME_SOUND)
    assert found.label == "Hơi giống"


def test_what_speaks_against_it_weighs():
    alike = Traits("Nguyễn Văn An", DAY, "M", "019080000123")
    other = Traits("Nguyễn Văn An", DAY, "M", "019080777888")

    assert likeness(alike, other).score < likeness(alike, Traits("Nguyễn Văn An", DAY, "M")).score
    year_only = Traits("Chần Lí", PartialDate("1980-01-02"), "F", "019180000999")
    assert likeness(Traits("Trần Lý", DAY, "F", "019180000111"), year_only) is None


def test_a_telephone_of_the_family_is_no_likeness():
    one = Traits("Nguyễn Văn An", DAY, "M", phone="0912345678")
    wife = Traits("Lê Thị Bình", PartialDate("1983"), "F", phone="0912345678")

    assert likeness(one, wife) is None
    assert likeness(one, Traits("Nguyễn Ăn", None, "M", phone="0912345678")).has(Sign.PHONE)
