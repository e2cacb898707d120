"""Words about a person, as old lists write them."""

import pytest

from cadres.rules.peoples import PEOPLES
from intake.rules.person_words import is_mark, people_name, rating_level, religion_name, sex_of
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.spellings import rows_of, spelling_key

# As Rating.Level has them, of level 1 to 4 (NĐ 90/2020).
RATINGS = [
    "Không hoàn thành nhiệm vụ", "Hoàn thành nhiệm vụ", "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành xuất sắc nhiệm vụ",
]  # fmt: skip


def ratings(text: str) -> Healed:
    return rating_level(text, RATINGS)


READERS = {"people": people_name, "sex": sex_of, "religion": religion_name, "rating": ratings}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kinh", "Kinh"), ("KINH", "Kinh"), ("Tay", "Tày"), ("Nung", "Nùng"),
        ("San Diu", "Sán Dìu"),
        ("H'Mông", "Mông"), ("Hmông", "Mông"), ("H.Mông", "Mông"), ("Mèo", "Mông"),
        ("Cao Lan", "Sán Chay"), ("Sán Chí", "Sán Chay"), ("Sán Chỉ", "Sán Chay"),
        ("Khơ-me", "Khmer"), ("Hoa (Hán)", "Hoa"), ("Gia-rai", "Gia Rai"), ("Dân tộc Tày", "Tày"),
        ("DT: Dao", "Dao"), ("Thái", "Thái"), ("", ""), ("-", ""),
    ],
)  # fmt: skip
def test_a_people_is_read(text, name):
    assert people_name(text).value == name


def test_the_name_of_a_people_is_no_repair():
    assert [people_name(name) for name in PEOPLES] == [Healed(name) for name in PEOPLES]


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("nam", "Nam"),
        ("NỮ", "Nữ"),
        ("nu", "Nữ"),
        ("F", "Nữ"),
        ("m", "Nam"),
        ("Nữ.", "Nữ"),
        (" ", ""),
    ],
)
def test_a_sex_is_read(text, sex):
    assert sex_of(text).value == sex


@pytest.mark.parametrize(
    ("text", "religion"),
    [
        ("ko", "Không"), ("k", "Không"), ("không", "Không"), ("đạo Phật", "Phật giáo"),
        ("Thiên chúa giáo", "Công giáo"), ("Không", "Không"), ("", ""), ("-", ""),
        ("Đạo Dừa", "Đạo Dừa"),
    ],
)  # fmt: skip
def test_a_religion_is_read(text, religion):
    assert religion_name(text).value == religion


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("HTXSNV", "Hoàn thành xuất sắc nhiệm vụ"), ("HT xuất sắc", "Hoàn thành xuất sắc nhiệm vụ"),
        ("HTTNV", "Hoàn thành tốt nhiệm vụ"), ("HT tốt NV", "Hoàn thành tốt nhiệm vụ"),
        ("HTNV", "Hoàn thành nhiệm vụ"), ("Không HTNV", "Không hoàn thành nhiệm vụ"), ("", ""),
    ],
)  # fmt: skip
def test_a_rating_is_read(text, level):
    assert ratings(text).value == level


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("people", "Tà Pạ"),
        ("people", "x"),
        ("sex", "N"),
        ("sex", "1"),
        ("sex", "0"),
        ("sex", "x"),
        ("religion", "có"),
        ("rating", "A"),
        ("rating", "Loại B"),
        ("rating", "chưa xếp loại"),
    ],
)
def test_what_is_not_sure_is_asked(kind, text):
    with pytest.raises(CannotHeal) as error:
        READERS[kind](text)

    assert error.value.is_question


def test_a_rating_that_the_catalogue_does_not_have_is_asked():
    with pytest.raises(CannotHeal):
        rating_level("HTNV", ["Tốt", "Khá"])


@pytest.mark.parametrize("row", rows_of("word_aliases.csv"), ids=lambda row: row["alias"])
def test_every_alias_means_its_word(row):
    assert READERS[row["kind"]](row["alias"]).value == row["value"]


def test_values_of_the_table_exist():
    rows = rows_of("word_aliases.csv")

    assert {row["value"] for row in rows if row["kind"] == "people"} <= set(PEOPLES)
    assert {row["value"] for row in rows if row["kind"] == "rating"} == set(RATINGS)


def test_no_alias_means_two_words():
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in rows_of("word_aliases.csv"):
        key = (row["kind"], spelling_key(row["alias"]))
        meanings.setdefault(key, set()).add(row["value"])
    for name in PEOPLES:
        meanings.setdefault(("people", spelling_key(name)), set()).add(name)

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def test_repairs_are_named():
    kinds = [reader(text).repairs for reader, text in (
        (people_name, "tày"), (sex_of, "nam"), (religion_name, "ko"), (ratings, "HTNV"),
        (religion_name, "Đạo Dừa"),
    )]  # fmt: skip

    word = (RepairKind.WORD,)
    assert kinds == [(RepairKind.PEOPLE,), (RepairKind.SEX,), word, word, ()]


@pytest.mark.parametrize("text", ["x", "X", " x ", "×", "✓", "v", "có", "1", "(x)", "x.", "+", "Х"])
def test_marks_say_yes(text):
    assert is_mark(text)


@pytest.mark.parametrize("text", ["", "-", "không", "0", "Nam", "xx", "2", "ĐH"])
def test_other_words_are_no_marks(text):
    assert not is_mark(text)
