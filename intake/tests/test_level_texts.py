"""Levels as old lists write them, read by hand beside the labels of cadres/rules/levels.py."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.rules.levels import LEVELS, Strand
from intake.rules.level_texts import heal_level, heal_levels, nearest_levels
from intake.rules.level_words import OPEN, level_words
from intake.rules.majors import major_of
from intake.rules.repairs import CannotHeal, HealedParts, RepairKind
from intake.rules.schooling import level_of_grade, schooling_of_day
from intake.rules.spellings import parts_of, rows_of, spelled_out, spelling_key

PROFESSIONAL, POLITICAL, STATE = Strand.PROFESSIONAL, Strand.POLITICAL, Strand.STATE_MANAGEMENT
IT, LANGUAGE, ETHNIC = Strand.IT, Strand.LANGUAGE, Strand.ETHNIC_LANGUAGE
DEFENCE, GENERAL = Strand.DEFENCE, Strand.GENERAL


def told(text: str, strand: Strand | None = None) -> list[tuple[str, str, str]]:
    """(strand, level, major) of all levels that a cell tells."""
    found = heal_levels(text, strand)
    return [(each.value, p.values["rank"], p.values.get("major", "")) for each, p in found]


def is_asked(text: str, strand: Strand | None) -> bool:
    try:
        heal_levels(text, strand)
    except CannotHeal as error:
        return error.is_question
    return False


@pytest.mark.parametrize(
    ("text", "level", "major"),
    [
        ("ĐH", "Đại học", ""), ("Đ.học", "Đại học", ""), ("ĐH Luật", "Đại học", "Luật"),
        ("Cử nhân luật", "Đại học", "Luật"), ("CN Luật", "Đại học", "Luật"),
        ("(ĐH Luật)", "Đại học", "Luật"), ("ĐH Văn hóa", "Đại học", "Văn hóa"),
        ("Kỹ sư nông nghiệp", "Đại học", "Nông nghiệp"), ("KS Trồng trọt", "Đại học", "Trồng trọt"),
        ("Bác sĩ", "Đại học", ""), ("Ths. QLHCC", "Thạc sĩ", "Quản lý hành chính công"),
        ("Thạc sỹ Luật", "Thạc sĩ", "Luật"), ("Th.S", "Thạc sĩ", ""), ("TC", "Trung cấp", ""),
        ("TC Kế toán", "Trung cấp", "Kế toán"), ("THCN", "Trung cấp", ""),
        ("Trung cấp NN", "Trung cấp", "NN"), ("CĐ Sư phạm", "Cao đẳng", "Sư phạm"),
        ("CĐSP", "Cao đẳng", "Sư phạm"), ("ĐHSP Toán", "Đại học", "Sư phạm Toán"),
        ("SC", "Sơ cấp", ""), ("Chưa qua ĐT", "Chưa qua đào tạo", ""), ("CKI", "Thạc sĩ", ""),
        ("CK II", "Tiến sĩ", ""), ("Y sĩ", "Trung cấp", "Y sĩ"),
        ("Y sĩ đa khoa", "Trung cấp", "Y sĩ đa khoa"), ("ĐH (Luật)", "Đại học", "Luật"),
        ("Đại học - Kế toán", "Đại học", "Kế toán"), ("ĐẠI HỌC SƯ PHẠM", "Đại học", "Sư phạm"),
        ("ĐH CNTT", "Đại học", "Công nghệ thông tin"), ("Luật - Đại học", "Đại học", "Luật"),
        ("Kế toán ĐH", "Đại học", "Kế toán"), ("Bằng ĐH ngành QLĐĐ", "Đại học", "Quản lý đất đai"),
        ("KS NN&PTNT", "Đại học", "Nông nghiệp và phát triển nông thôn"),
        ("TC xây dựng dân dụng và CN", "Trung cấp", "Xây dựng dân dụng và CN"),
        ("ĐH Hải quan", "Đại học", "Hải quan"), ("dh luat", "Đại học", "Luật"),
        ("ĐH Giáo dục Tiểu học", "Đại học", "Giáo dục Tiểu học"),
    ],
)  # fmt: skip
def test_a_professional_level_is_read_with_its_major(text, level, major):
    found = told(text, PROFESSIONAL)

    assert found == [("professional", level, major)]


@pytest.mark.parametrize(
    ("strand", "level", "texts"),
    [
        (POLITICAL, "Trung cấp", ("TC LLCT", "Trung cấp", "TCCT", "TCLLCT", "TC LLCT-HC")),
        (POLITICAL, "Trung cấp", ("LLCT: TC", "T.cấp", "trung cấp chính trị - hành chính")),
        (POLITICAL, "Cao cấp", ("CC", "Cao cấp LLCT", "CCCT", "C.cấp")),
        (POLITICAL, "Cử nhân", ("Cử nhân CT", "CN", "ĐH chính trị")),
        (POLITICAL, "Sơ cấp", ("SC", "Sơ cấp lý luận chính trị", "sơ cấp LLCT")),
        (POLITICAL, "Chưa qua đào tạo", ("Chưa", "Chưa qua ĐT", "chưa qua đào tạo")),
        (STATE, "Chuyên viên", ("CV", "Ch.viên", "QLNN ngạch CV", "CC QLNN ngạch CV", "CV&TĐ")),
        (STATE, "Chuyên viên chính", ("CVC", "CV chính", "QLNN chương trình CVC")),
        (STATE, "Cán sự", ("Cán sự", "CS")),
        (STATE, "Chưa qua bồi dưỡng", ("Chưa qua", "chưa")),
        (IT, "Chứng chỉ A, B, C", ("A", "C", "Tin A", "Tin học B", "CC B", "A, B", "Trình độ B")),
        (IT, "CNTT cơ bản", ("CNTT cơ bản", "ƯDCNTT CB", "UDCNTTCB", "Ứng dụng CNTT cơ bản")),
        (IT, "CNTT nâng cao", ("Ứng dụng CNTT nâng cao", "NC")),
        (IT, "Trung cấp", ("TC tin", "TC")),
        (IT, "Cao đẳng", ("CĐ CNTT",)),
        (IT, "Đại học trở lên", ("ĐH CNTT", "Cử nhân CNTT")),
        (LANGUAGE, "Bậc 1 (A1, A)", ("A", "A1", "Anh A", "bậc 1")),
        (LANGUAGE, "Bậc 2 (A2, B)", ("B", "A2", "B Anh", "Anh văn B", "Trung A2")),
        (LANGUAGE, "Bậc 2 (A2, B)", ("CC B tiếng Anh", "bậc 2/6", "Tiếng Anh trình độ B")),
        (LANGUAGE, "Bậc 3 (B1, C)", ("C tiếng Anh", "Tiếng Anh B1", "B1 khung châu Âu")),
        (LANGUAGE, "Bậc 6 (C2), đại học", ("ĐH Anh văn", "Cử nhân tiếng Anh")),
        (ETHNIC, "Có chứng chỉ", ("x", "Tiếng Tày", "CC tiếng Dao", "chứng chỉ tiếng dân tộc")),
        (DEFENCE, "Đối tượng 4", ("4", "ĐT 4", "ĐT4", "QPAN đối tượng 4", "IV")),
        (DEFENCE, "Đối tượng 3", ("Đối tượng 3", "đt 3")),
        (GENERAL, "THPT", ("cấp 3", "Cấp III", "THPT", "PTTH", "tốt nghiệp THPT")),
        (GENERAL, "THPT", ("12/12", "10/10", "TN 12/12", "PTTH 12/12")),
        (GENERAL, "THCS", ("THCS", "cấp 2", "9/12", "7/10", "Lớp 9/12")),
        (GENERAL, "Tiểu học", ("tiểu học", "5/12", "4/10")),
        (GENERAL, "Chưa học hết tiểu học", ("3/12", "mù chữ")),
    ],
)  # fmt: skip
def test_the_levels_of_the_other_strands_are_read(strand, level, texts):
    found = {text: told(text, strand) for text in texts}

    assert found == dict.fromkeys(texts, [(strand.value, level, "")])


def test_what_stands_beside_the_level_is_read_too():
    text = "ĐH tại chức ngành Luật, trường ĐH Luật HN, cấp 15/6/2015, số hiệu A12345"

    (parts,) = [parts for _, parts in heal_levels(text, PROFESSIONAL)]

    assert parts == HealedParts(
        {
            "rank": "Đại học", "major": "Luật", "field": "law", "study_form": "Vừa làm vừa học",
            "institution": "Trường ĐH Luật HN", "awarded_on": "15/06/2015",
            "evidence_number": "A12345",
        },
        (RepairKind.LEVEL,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("ĐH Luật 2015", "awarded_on", "2015"), ("ĐH 05/2015", "awarded_on", "05/2015"),
        ("ĐH từ xa", "study_form", "Từ xa"), ("ĐHTC Luật", "study_form", "Vừa làm vừa học"),
        ("ĐH Luật (TC)", "study_form", "Vừa làm vừa học"), ("ĐH CQ Luật", "study_form",
        "Chính quy, tập trung"), ("Đại học Luật Hà Nội", "institution", "Đại học Luật Hà Nội"),
        ("ĐH Mở", "institution", "Đại học Mở"), ("ĐH Luật hệ liên thông", "study_form", "Khác"),
    ],
)  # fmt: skip
def test_one_thing_beside_the_level(text, code, value):
    parts = heal_level(PROFESSIONAL, text)

    assert (parts.values["rank"], parts.values[code]) == ("Đại học", value)


def test_a_school_is_not_taken_for_a_major():
    parts = heal_level(PROFESSIONAL, "Đại học Nông lâm Thái Nguyên")

    assert "major" not in parts.values


def test_the_language_is_told_with_its_level():
    languages = [
        heal_level(LANGUAGE, "Anh văn B").values["language"],
        heal_level(ETHNIC, "CC tiếng Dao").values["language"],
    ]

    assert languages == ["Tiếng Anh", "Tiếng Dao"]


@pytest.mark.parametrize(
    ("text", "schooling"),
    [
        ("12/12", "12/12"), ("12 / 12", "12/12"), ("BTVH 12/12", "12/12 bổ túc"),
        ("12/12 (BT)", "12/12 bổ túc"), ("12/12 (THPT)", "12/12"), ("BT THPT", "Bổ túc THPT"),
        ("12/12 BT THPT", "12/12 bổ túc"),
    ],
)  # fmt: skip
def test_the_grade_and_the_system_are_kept(text, schooling):
    parts = heal_level(GENERAL, text)

    assert parts == HealedParts({"rank": "THPT", "schooling": schooling}, (RepairKind.SCHOOLING,))


def test_grades_of_the_old_and_the_present_system():
    old = [level_of_grade(grade, 10) for grade in (3, 4, 6, 7, 9, 10)]
    present = [level_of_grade(grade, 12) for grade in (4, 5, 8, 9, 11, 12)]

    levels = ["Chưa học hết tiểu học", "Tiểu học", "Tiểu học", "THCS", "THCS", "THPT"]
    assert old == present == levels


@pytest.mark.parametrize(
    ("day", "schooling"),
    [
        (date(2023, 12, 12), "12/12"), (date(2023, 10, 10), "10/10"), (date(2023, 12, 9), "9/12"),
        (date(2023, 10, 7), "7/10"), (date(2023, 9, 12), "9/12"), (date(2023, 3, 5), ""),
    ],
)  # fmt: skip
def test_a_grade_that_excel_made_a_day(day, schooling):
    assert schooling_of_day(day) == schooling


@pytest.mark.parametrize(
    ("text", "strand", "expected"),
    [
        ("ĐH Luật; TC Hành chính", PROFESSIONAL, [("professional", "Đại học", "Luật"),
                                                  ("professional", "Trung cấp", "Hành chính")]),
        ("1. ĐH Luật\n2. TC Kế toán", PROFESSIONAL, [("professional", "Đại học", "Luật"),
                                                     ("professional", "Trung cấp", "Kế toán")]),
        ("ĐH Luật TC LLCT", PROFESSIONAL, [("professional", "Đại học", "Luật"),
                                           ("political", "Trung cấp", "")]),
        ("ĐH Luật (TC LLCT)", PROFESSIONAL, [("professional", "Đại học", "Luật"),
                                             ("political", "Trung cấp", "")]),
        ("TC LLCT", PROFESSIONAL, [("political", "Trung cấp", "")]),
        ("ĐH Luật/ TC Kế toán", PROFESSIONAL, [("professional", "Đại học", "Luật"),
                                               ("professional", "Trung cấp", "Kế toán")]),
        ("C, CNTT CB", IT, [("it", "Chứng chỉ A, B, C", ""), ("it", "CNTT cơ bản", "")]),
        ("VH 12/12; CM: ĐH; LLCT: TC", None, [("general", "THPT", ""),
                                              ("professional", "Đại học", ""),
                                              ("political", "Trung cấp", "")]),
        ("Tin học B", PROFESSIONAL, [("it", "Chứng chỉ A, B, C", "")]),
        ("12/12", PROFESSIONAL, [("general", "THPT", "")]),
        ("ĐH Luật", POLITICAL, [("professional", "Đại học", "Luật")]),
        ("Đại học", GENERAL, [("professional", "Đại học", "")]),
        ("ĐH Luật, TC LLCT, QLNN CV, 12/12; tin B; Anh B1", None,
         [("professional", "Đại học", "Luật"), ("political", "Trung cấp", ""),
          ("state_management", "Chuyên viên", ""), ("general", "THPT", ""),
          ("it", "Chứng chỉ A, B, C", ""), ("language", "Bậc 3 (B1, C)", "")]),
        ("TC Kế toán", None, [("professional", "Trung cấp", "Kế toán")]),
        ("Cao cấp", None, [("political", "Cao cấp", "")]),
    ],
)  # fmt: skip
def test_lists_and_levels_in_a_wrong_column(text, strand, expected):
    assert told(text, strand) == expected


@pytest.mark.parametrize(
    ("text", "strand"),
    [
        ("ĐH TC", PROFESSIONAL), ("ĐH TC kế toán", PROFESSIONAL), ("ĐH Luật, TC", PROFESSIONAL),
        ("Cử nhân chính trị", PROFESSIONAL), ("TCCT", PROFESSIONAL), ("đang học ĐH", PROFESSIONAL),
        ("ĐH Luật?", PROFESSIONAL), ("Luật", PROFESSIONAL), ("Không", PROFESSIONAL), ("0", IT),
        ("sau đại học", PROFESSIONAL), ("ĐH 2010-2014", PROFESSIONAL), ("ĐH 13/2015", PROFESSIONAL),
        ("ĐH Luật nợ bằng", PROFESSIONAL), ("ĐH Luật - ĐH Luật Hà Nội", PROFESSIONAL),
        ("Trung học kế toán", PROFESSIONAL), ("ĐH " + "luật " * 70, PROFESSIONAL),
        ("ĐH " + "luậtluật" * 20, PROFESSIONAL), ("TC A1 khóa 3", PROFESSIONAL),
        ("Kỹ sư và Đại học", PROFESSIONAL), ("CN", PROFESSIONAL), ("CN kỹ thuật", PROFESSIONAL),
        ("ĐH Luật, Tin", PROFESSIONAL), ("2 ĐH", PROFESSIONAL), ("12/12/2010", GENERAL),
        ("4/4", DEFENCE), ("ĐH Luật TC", PROFESSIONAL), ("HTNV", POLITICAL), ("B2 tin", LANGUAGE),
        ("Không", POLITICAL), ("ĐH", POLITICAL),
        ("x", POLITICAL), ("TC gì đó", POLITICAL), ("x", STATE), ("Tin học", IT), ("Anh", LANGUAGE),
        ("IELTS 5.0", LANGUAGE), ("biết tiếng Tày", ETHNIC), ("Đối tượng 1", DEFENCE),
        ("BTVH", GENERAL), ("TH", GENERAL), ("13/12", GENERAL), ("12/11", GENERAL), ("TC", GENERAL),
        ("12/12 trường làng", GENERAL), ("12/12 THCS", GENERAL), ("B", None), ("TC", None),
        ("TC LLCT gì đó", None),
        ("CV", None), ("gì đó", None),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_asked(text, strand):
    assert is_asked(text, strand)


@pytest.mark.parametrize("text", ["", "-", " – ", "...", "/"])
@pytest.mark.parametrize("strand", [*Strand, None])
def test_blanks_and_dashes_say_nothing(text, strand):
    assert heal_levels(text, strand) == []


@pytest.mark.parametrize("strand", list(Strand))
def test_a_canonical_level_is_no_repair(strand):
    healed = [heal_level(strand, level) for level in LEVELS[strand]]

    assert healed == [HealedParts({"rank": level}) for level in LEVELS[strand]]


def test_one_level_is_asked_for_where_several_are_told():
    with pytest.raises(CannotHeal) as error:
        heal_level(PROFESSIONAL, "ĐH Luật, TC LLCT")

    assert error.value.is_question


def test_a_blank_cell_tells_no_parts():
    assert heal_level(IT, "") == HealedParts()


def test_what_is_handed_out_is_not_what_is_remembered():
    heal_level(POLITICAL, "TC LLCT").values["rank"] = "spoiled"

    assert heal_level(POLITICAL, "TC LLCT").values["rank"] == "Trung cấp"


def test_the_question_begins_with_the_nearest_level():
    assert nearest_levels("cao cáp", POLITICAL)[0] == "Cao cấp"


def test_no_spelling_of_a_strand_has_two_meanings():
    parts = parts_of("level_parts.csv")
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in rows_of("levels.csv"):
        if "{language}" not in row["alias"] and "{people}" not in row["alias"]:
            for key in spelled_out(row["alias"], parts):
                meanings.setdefault((row["strand"], key), set()).add(row["level"])

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def test_no_spelling_is_surely_of_two_strands():
    sure = [
        {
            key
            for key, word in level_words(strand).items()
            if word.sureness or strand is PROFESSIONAL
        }
        for strand in Strand
    ]

    assert [one & other for one, other in combinations(sure, 2) if one & other] == []


def test_every_level_of_the_table_exists():
    levels = {(row["strand"], row["level"]) for row in rows_of("levels.csv")}

    assert levels <= {(s.value, name) for s in Strand for name in (*LEVELS[s], OPEN)}


@pytest.mark.parametrize("strand", list(Strand))
def test_every_spelling_means_its_level_under_its_head(strand):
    """A spelling joins its words; where the words must stand apart, it is tried apart elsewhere."""
    wrong = {}
    for key, word in level_words(strand).items():
        if word.least_words > 1 or key == "cn":  # which asks where nothing follows it
            continue
        try:
            found = [(each, parts.values["rank"]) for each, parts in heal_levels(key, strand)]
        except CannotHeal:
            found = []
        wanted = [] if word.level == OPEN else [(strand, word.level)]
        if found != wanted:
            wrong[key] = found

    assert wrong == {}


@pytest.mark.parametrize("row", rows_of("majors.csv"), ids=lambda row: row["alias"])
def test_every_major_is_read_after_a_degree(row):
    (found,) = heal_levels(f"Kỹ sư {row['alias']}", PROFESSIONAL)

    major = found[1].values["major"]
    assert spelling_key(major) == spelling_key(row["name"])
    assert found[1].values.get("field", "") == row["field"]


def test_no_major_has_two_names():
    names: dict[str, set[str]] = {}
    for row in rows_of("majors.csv"):
        names.setdefault(spelling_key(row["alias"]), set()).add(spelling_key(row["name"]))

    assert [key for key, found in names.items() if len(found) > 1] == []


def test_fields_of_study_exist():
    known = {"", "law", "military_base", "finance_accounting", "land_agriculture",
             "construction_environment", "administration", "culture_society", "economics",
             "party_building", "pedagogy", "it"}  # fmt: skip

    assert {row["field"] for row in rows_of("majors.csv")} <= known


def test_an_unknown_major_keeps_its_spelling():
    assert major_of("(ngành quản lý thủy nông)").name == "Quản lý thủy nông"


_NOISE = st.sampled_from(["", " ", "  ", ".", " . "])


@given(
    st.sampled_from(["ĐH Luật", "TC LLCT", "QLNN ngạch CV", "Tin học B", "Tiếng Anh B1", "12/12"]),
    _NOISE, _NOISE, st.sampled_from([str.lower, str.upper, str.title, str]),
)  # fmt: skip
def test_case_and_noise_around_change_nothing(text, before, after, case):
    plain = [(strand, parts.values["rank"]) for strand, parts in heal_levels(text)]

    noisy = heal_levels(f"{before}{case(text)}{after}")

    assert [(strand, parts.values["rank"]) for strand, parts in noisy] == plain


@given(st.text(max_size=60), st.sampled_from([*Strand, None]))
def test_any_text_is_read_or_asked(text, strand):
    try:
        found = heal_levels(text, strand)
    except CannotHeal:
        return

    assert all(parts.values["rank"] in LEVELS[each] for each, parts in found)
