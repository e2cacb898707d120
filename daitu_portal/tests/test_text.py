"""Vietnamese text: cleaned, folded for search, ordered as the dictionaries do."""

import random

import pytest

from daitu_portal.text import (
    clean,
    fold,
    has_personal_number,
    name_fault,
    name_sort_key,
    search_text,
    text_sort_key,
)

# Given name, then surname, then middle names; the expected order of the office's lists.
IN_ORDER = [
    "Nguyễn Văn An", "Trần Thị Ân", "Lê Văn Ẩn", "Bùi Thị Bảo", "Đinh Văn Bắc", "Hà Thị Cúc",
    "Lý Văn Dũng", "Phạm Thị Duyên", "Nguyễn Văn Đạt", "Trần Đức", "Nguyễn Thị Hà",
    "Nguyễn Văn Hà", "Trần Thị Hà", "Nguyễn Văn Hạ", "Nguyễn Văn Hai", "Lê Văn Hải",
    "Nguyễn Văn Hải", "Trần Văn Hải", "Đỗ Văn Hoa", "Đỗ Văn Hoà", "Nguyễn Hồng", "Trần Oanh",
    "Lê Ơn", "Vi Thị Thu", "Vi Thị Thủ", "Ngô Thúy", "Ngô Văn Thúy", "Mai Ước", "Đặng Văn Xuân",
    "Đặng Thị Ý", "Đặng Thị Yên",
]  # fmt: skip


def test_people_are_listed_by_given_name_then_surname_then_middle_names():
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=name_sort_key) == IN_ORDER


def test_both_ways_to_set_the_tone_give_one_key():
    assert name_sort_key("Đỗ Văn Hoà") == name_sort_key("Đỗ Văn Hòa")
    assert name_sort_key("Ngô Thuý") == name_sort_key("Ngô Thúy")


@pytest.mark.parametrize(
    "syllables",
    [["ma", "mà", "mả", "mã", "má", "mạ"], ["Ha", "Hà", "Hả", "Hã", "Há", "Hạ", "Hai"]],
)
def test_tones_go_level_falling_asking_tumbling_rising_heavy(syllables):
    assert sorted(syllables, key=text_sort_key) == syllables


def test_communes_are_ordered_over_the_whole_name():
    names = ["Phúc Lương", "Phục Linh", "Vạn Thọ", "Văn Yên"]

    assert sorted(names, key=text_sort_key) == ["Phúc Lương", "Phục Linh", "Vạn Thọ", "Văn Yên"]


def test_keys_are_digits_alone_whatever_the_text():
    for text in [*IN_ORDER, "O'Brien", "Zoë 3", "", "𝓝", "H'Hen Niê"]:
        assert name_sort_key(text).isdigit() or not text
        assert text_sort_key(text).isdigit() or not text


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        (" \u00d0\u1ea1i  Tu\u031b\u0300 ", "Đại Từ"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("một\u00a0hai\tba\nbốn", "một hai ba bốn"),
        ("\x00Hải\x07", "Hải"),
        ("ðức Ɖạt", "đức Đạt"),
        ("", ""),
    ],
)
def test_text_is_cleaned_before_it_is_kept(dirty, tidy):
    assert clean(dirty) == tidy


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn Đạt", "nguyen van dat"),
        ("ĐỖ THỊ HƯƠNG", "do thi huong"),
        ("Văn phòng – thống kê", "van phong thong ke"),
        ("H'Mông", "h mong"),
        ("  ", ""),
    ],
)
def test_search_ignores_accents_case_and_marks(text, folded):
    assert fold(text) == folded


def test_the_stored_key_finds_beginnings_of_words_alone():
    stored = search_text("Phạm Văn Phải")

    assert " hai" not in stored
    assert " phai" in stored
    assert " ph" in stored
    assert search_text("Đỗ Hà", "DT000012") == " do ha dt000012"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("019080000417", True),
        ("019 080 000 417", True),
        ("123456789", True),
        ("0987.654.321", True),
        ("CCCD 019080000417 của An", True),
        ("12345678", False),
        ("0190800004170", False),
        ("Nguyễn Văn Hải", False),
        ("", False),
    ],
)
def test_numbers_of_papers_and_telephones_are_recognised(text, expected):
    assert has_personal_number(text) == expected


@pytest.mark.parametrize(
    "name",
    [*IN_ORDER, "H'Hen Niê", "K’Brơi", "Y Ƀhăm Ñ", "Ksor-Y", "Ng. Văn Hải", "NGUYỄN VĂN HẢI",
     "Nguye\u0302\u0303n Va\u0306n", "Hải\u00a0 Hà", "ĐỖ ÚT", "ĐÀO ĐÌNH ÂN", "HOÀNG ƯỚC",
     "Hoàng Phủ Ngọc Tường", "Hoài Oanh"],
)  # fmt: skip
def test_names_of_every_people_are_names(name):
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("=HYPERLINK(1)", "“=”"), ("@abc", "“@”"), ("<b>Hải</b>", "“<”"), ("Hải; Hà", "“;”"),
        ("Nguyễn Văn 2", "chữ số “2”"), ("Hải\u202eHà", "U+202E"), ("Hải\u2066", "U+2066"),
        ("Hải\u200b", "U+200B"), ("Hải\u200d", "U+200D"), ("Hải\ufeff", "U+FEFF"),
        ("Hải\x00", "U+0000"), ("Hải\x07", "U+0007"), ("Hải\u0336", "U+0336"),
        ("Nguyễn \u0410n", "chữ Kirin"), ("\u0391n", "chữ Hy Lạp"), ("-Hải", "ở đầu"),
        ("NguyÔn V¨n A", "TCVN3"), ("TrÇn ThÞ Hoa", "TCVN3"), ("Ph¹m", "TCVN3"), ("§ç", "TCVN3"),
        ("Traàn Vaên Leâ", "VNI"), ("\U0001d4dd", "“\U0001d4dd”"), ("Hải😀", "“😀”"),
    ],
)  # fmt: skip
def test_what_is_no_name_is_told_with_its_character(name, told):
    assert told in name_fault(name)
