"""Names of people, in capitals or small letters, with words of address."""

import pytest

from intake.rules.person_names import heal_name, name_case
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.tests.old_encodings import names, shown_by_tcvn3


@pytest.mark.parametrize(
    ("name", "cased"),
    [
        ("NGUYỄN VĂN ÁNH", "Nguyễn Văn Ánh"),
        ("nguyễn văn ánh", "Nguyễn Văn Ánh"),
        ("H'hen niê", "H'Hen Niê"),
        ("K'BRƠI", "K'Brơi"),
        ("Y Bhăm", "Y Bhăm"),
        ("Trần McCoy an", "Trần McCoy An"),
        ("", ""),
    ],
)
def test_each_syllable_of_a_name_has_its_capital(name, cased):
    assert name_case(name) == cased


def test_names_in_any_case_come_back():
    found = names(1000)

    assert [name_case(name.upper()) for name in found] == found
    assert [name_case(name.lower()) for name in found] == found
    assert [name_case(shown_by_tcvn3(name)) for name in found] == found


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("Ông Nguyễn Văn Thử", "Nguyễn Văn Thử", "title_word"),
        ("Bà: TRẦN THỊ THỬ", "Trần Thị Thử", "title_word name_case"),
        ("Đ/c Lê  Thử", "Lê Thử", "spaces title_word"),
        ("đ/c: Hà", "Hà", "title_word"),
        ("Đồng chí Ông Lê Thử", "Lê Thử", "title_word"),
        ("ĐC. Ma Thử", "Ma Thử", "title_word"),
        ("Ông Thử", "Ông Thử", ""),
        ("Đặng Văn Thử", "Đặng Văn Thử", ""),
        ("Bàn Văn Thử", "Bàn Văn Thử", ""),
    ],
)
def test_words_of_address_before_a_name_are_taken_away(text, name, kinds):
    assert heal_name(text) == Healed(name, tuple(RepairKind(kind) for kind in kinds.split()))


def test_a_word_of_address_that_may_be_the_surname_is_asked():
    with pytest.raises(CannotHeal) as refused:
        heal_name("Ông Ích Khiêm")

    assert refused.value.is_question
