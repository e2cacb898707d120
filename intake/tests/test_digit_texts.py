"""Numbers of identity papers, telephones and social insurance: whole again, asked or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.digit_texts import heal_insurance_number, heal_national_id, heal_phone
from intake.rules.repairs import CannotHeal, Healed, RepairKind

ZERO, DIGITS = RepairKind.LOST_ZERO, RepairKind.DIGITS
WHOLE = "019080000417"  # of a man born in 1980


def kind_of(value):
    return "text" if isinstance(value, str) else "number"


def heal_id(value, sex="M", born_year=1980, number_format="General"):
    return heal_national_id(value, kind_of(value), number_format, sex=sex, born_year=born_year)


def phone(value):
    return heal_phone(value, kind_of(value), "General")


def insurance(value):
    return heal_insurance_number(value, kind_of(value), "General")


def is_asked(heal, *arguments, **named):
    """Whether it is a question, of a value that cannot be healed."""
    with pytest.raises(CannotHeal) as caught:
        heal(*arguments, **named)
    return caught.value.is_question


@pytest.mark.parametrize("value", [WHOLE, "090123456", "190800000012", ""])
def test_a_whole_number_is_kept(value):
    assert heal_id(value) == Healed(value)


@pytest.mark.parametrize(
    "value",
    ["'" + WHOLE, "019 080 000 417", "019.080.000.417", "019-080-000-417", "CCCD: " + WHOLE,
     "Số CCCD " + WHOLE, WHOLE + " ", "O19O80000417", "0l9080000417", " 019080000417."],
)  # fmt: skip
def test_marks_and_letters_among_the_digits_go(value):
    expected = Healed(WHOLE) if value.strip() == WHOLE else Healed(WHOLE, (DIGITS,))

    assert heal_id(value) == expected


@pytest.mark.parametrize("value", [19080000417, 19080000417.0, "19080000417"])
def test_a_lost_zero_comes_back(value):
    assert heal_id(value) == Healed(WHOLE, (ZERO,))


@pytest.mark.parametrize("value", ["1.9080000417E+10", "1,9080000417e10", "19080000417.0"])
def test_a_calculated_number_comes_back_while_no_digit_is_lost(value):
    assert heal_id(value) == Healed(WHOLE, (DIGITS, ZERO))


def test_two_zeros_come_back_where_the_birth_is_known():
    assert heal_id(1080000417) == Healed("001080000417", (ZERO,))
    assert is_asked(heal_id, 1080000417, born_year=None)
    seen = heal_id(1080000417, born_year=None, number_format="000000000000")
    assert seen == Healed("001080000417", (ZERO,))


def test_the_zero_of_a_cmnd_comes_back_from_a_number_only():
    assert heal_id(90123456) == Healed("090123456", (ZERO,))
    assert is_asked(heal_id, "90123456")


@pytest.mark.parametrize(
    ("sex", "born_year"), [("F", 1980), ("M", 1981), ("", 1880), ("M", 2080), ("F", None)]
)
def test_a_completed_number_of_another_person_is_asked(sex, born_year):
    assert is_asked(heal_id, 19080000417, sex, born_year)
    assert is_asked(heal_id, "O19080000417", sex, born_year)


def test_what_is_shown_whole_is_not_doubted_but_for_its_province():
    shown = heal_id(19080000417, "F", 1999, "000000000000")

    assert shown == Healed(WHOLE, (ZERO,))
    assert is_asked(heal_id, 99080000417, number_format="000000000000")


def test_an_untouched_number_of_another_person_is_kept():
    assert heal_id(WHOLE, "F", 1999) == Healed(WHOLE)


def test_without_knowledge_of_the_person_one_zero_comes_back():
    assert heal_id(19080000417, "", None) == Healed(WHOLE, (ZERO,))


@pytest.mark.parametrize("value", [99080000417, 97080000417, 19480000417])
def test_a_completed_number_without_province_or_century_is_asked(value):
    assert is_asked(heal_id, value, "", None)


def test_two_papers_in_a_cell_are_asked():
    assert is_asked(heal_id, "090123456 / 019080000417")


@pytest.mark.parametrize(
    "value",
    ["01908000041", "0912345678", "1,908E+10", "1.90800004E+10", "0190800004.17", "không nhớ",
     "0190800004170", "1234", 12.5, -5, float("nan"), 1e16, 123],
)  # fmt: skip
def test_what_lost_or_lacks_digits_is_refused(value):
    assert not is_asked(heal_id, value)


@pytest.mark.parametrize("value", ["-", "…", 0])
def test_a_mark_for_nothing_is_no_number(value):
    assert heal_id(value) == phone(value) == insurance(value) == Healed("")


@pytest.mark.parametrize("word", ["Không", "chưa có", "Không có."])
def test_a_word_for_nothing_is_no_number(word):
    nothing = Healed("", (RepairKind.WORD,))

    assert heal_id(word) == phone(word) == insurance(word) == nothing


@pytest.mark.parametrize("kind", ["date", "bool", "formula"])
def test_other_kinds_of_cells_are_no_numbers(kind):
    with pytest.raises(CannotHeal):
        heal_national_id(WHOLE, kind, "General")


@pytest.mark.parametrize(
    "value", ["0912345678", "02083824123", "01699123456", "3824123", "", "824123"]
)
def test_a_whole_telephone_is_kept(value):
    assert phone(value) == Healed(value)


@pytest.mark.parametrize(
    "value",
    ["0912.345.678", "0912 345 678", "0912-345-678", "(0912) 345678", "+84912345678",
     "84912345678", "0084912345678", "+84 (0)912 345 678", "ĐT: 0912345678", "'0912345678",
     "O912345678", "SĐT 0912345678"],
)  # fmt: skip
def test_a_telephone_is_read_however_it_is_written(value):
    assert phone(value) == Healed("0912345678", (DIGITS,))


@pytest.mark.parametrize(
    ("value", "whole"),
    [(912345678, "0912345678"), (912345678.0, "0912345678"), ("912345678", "0912345678"),
     (2083824123, "02083824123"), (1699123456, "01699123456"), (842345678, "0842345678")],
)  # fmt: skip
def test_a_telephone_gets_its_zero_back(value, whole):
    assert phone(value) == Healed(whole, (ZERO,))


@pytest.mark.parametrize(
    "value",
    ["0912345678 / 0987654321", "0912345678-0987654321", "0912345678; 0987654321",
     "0912.345.678, 0987.654.321", "0912345678 hoặc 02083824123"],
)  # fmt: skip
def test_two_telephones_are_asked(value):
    assert is_asked(phone, value)


@pytest.mark.parametrize("value", ["09123456", "9123456789", WHOLE, "gọi vợ", 12345, "8491234567"])
def test_what_is_no_telephone_is_refused(value):
    assert not is_asked(phone, value)


def test_a_plus_before_a_telephone_is_a_repair():
    assert phone("+0912345678") == Healed("0912345678", (DIGITS,))
    assert phone("-") == Healed("")


@pytest.mark.parametrize(
    ("value", "healed"),
    [
        ("0198001234", Healed("0198001234")), ("19 0900 1234", Healed("1909001234", (DIGITS,))),
        (198001234, Healed("0198001234", (ZERO,))), (1909001234, Healed("1909001234")),
        ("", Healed("")),
    ],
)  # fmt: skip
def test_a_number_of_insurance_has_ten_digits(value, healed):
    assert insurance(value) == healed


@pytest.mark.parametrize("value", ["198001234", 19800123])
def test_a_number_of_insurance_that_lacks_any_digit_is_asked(value):
    assert is_asked(insurance, value)


@pytest.mark.parametrize("value", ["12345", "DT12", 19090012345])
def test_other_numbers_of_insurance_are_refused(value):
    assert not is_asked(insurance, value)


births = st.tuples(st.integers(1, 96), st.sampled_from("MF"), st.integers(1938, 2007))


def cccd(province, sex, year, serial):
    """A number by NĐ 137/2015/NĐ-CP, art. 13."""
    century = 2 * (year // 100 - 19) + (sex == "F")
    return f"{province:03d}{century}{year % 100:02d}{serial:06d}"


@given(births, st.integers(0, 999_999))
def test_every_cccd_comes_back_from_every_way_of_writing_it(person, serial):
    whole = cccd(*person, serial)
    number = int(whole)

    for value in (number, float(number), str(number), f"{number}.0", " ".join(whole), "'" + whole,
                  f"{whole[:3]}.{whole[3:6]}.{whole[6:]}", whole.replace("0", "O")):  # fmt: skip
        assert heal_id(value, *person[1:]).value == whole


@given(births, st.integers(0, 999_999), st.integers(0, 11))
def test_a_cccd_that_lacks_any_digit_is_never_another(person, serial, place):
    whole = cccd(*person, serial)
    cut = whole[:place] + whole[place + 1 :]

    try:
        assert heal_id(cut, *person[1:]).value == whole
    except CannotHeal:
        assert place > 0 or whole.startswith("00")


@given(st.sampled_from("35789"), st.integers(0, 99_999_999))
def test_every_telephone_comes_back_from_every_way_of_writing_it(prefix, rest):
    whole = f"0{prefix}{rest:08d}"

    for value in (whole, int(whole), float(int(whole)), "+84" + whole[1:], "84" + whole[1:],
                  f"{whole[:4]}.{whole[4:7]}.{whole[7:]}", f"{whole[:4]} {whole[4:]}"):  # fmt: skip
        assert phone(value).value == whole


@given(st.one_of(st.text(max_size=20), st.text(alphabet="0123456789.,/ +-EO", max_size=20)))
def test_whatever_is_typed_becomes_digits_or_is_not_taken(text):
    for heal in (heal_id, phone, insurance):
        try:
            found = heal(text).value
        except CannotHeal:
            continue
        assert found == "" or (found.isascii() and found.isdigit())
