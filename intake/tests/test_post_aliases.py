"""Posts as old lists write them, beside the catalogue of cadres/data/posts.csv."""

import csv
import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daitu_portal.text import fold
from intake.rules.aliases import post_codes
from intake.rules.post_names import EITHER, LAND, OPEN, post_spellings, typo_of
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.spellings import parts_of, rows_of, spelled_out, spelling_key

_CATALOGUE = Path(__file__).resolve().parents[2] / "cadres" / "data" / "posts.csv"


def _catalogue(day: str) -> dict[str, str]:
    with _CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"] or day < row["valid_to"]]
    names = {row["name"]: row["code"] for row in rows}
    return names | {row["short_name"]: row["code"] for row in rows}


POSTS = _catalogue("2022-12-31")
KIND_OF = {"CC04A": "thi_tran"}
SECRETARY, DEPUTY = ("Bí thư", "BT"), ("Phó Bí thư", "PBT", "P. Bí thư", "Phó BT")
CHAIR, DEPUTY_CHAIR = ("Chủ tịch", "CT"), ("Phó Chủ tịch", "PCT", "P.CT", "Phó CT", "P. Chủ tịch")
WAYS = {
    "CB01": (SECRETARY, ("Đảng ủy", "Đảng uỷ", "ĐU", "Đảng bộ")),
    "CB02": (DEPUTY, ("Đảng ủy", "ĐU", "TT Đảng ủy", "thường trực Đảng ủy")),
    "CB03": (CHAIR, ("HĐND", "Hội đồng nhân dân")),
    "CB04": (DEPUTY_CHAIR, ("HĐND", "Hội đồng nhân dân")),
    "CB05": (CHAIR, ("UBND", "Ủy ban nhân dân", "Uỷ ban nhân dân")),
    "CB06": (DEPUTY_CHAIR, ("UBND", "Ủy ban nhân dân")),
    "CB07": (CHAIR, ("MTTQ", "UBMTTQ", "UB MTTQ", "Ủy ban Mặt trận Tổ quốc", "UBMTTQ Việt Nam")),
    "NK01": (DEPUTY_CHAIR, ("MTTQ", "UBMTTQ", "Ủy ban Mặt trận Tổ quốc")),
    "CB08": (SECRETARY, ("Đoàn", "Đoàn TN", "ĐTN", "Đoàn thanh niên", "Đoàn TNCS HCM")),
    "NK02": (DEPUTY, ("Đoàn", "Đoàn TN", "ĐTN", "Đoàn TNCS Hồ Chí Minh")),
    "CB09": (CHAIR, ("Hội LHPN", "HPN", "Hội Phụ nữ", "Hội Liên hiệp Phụ nữ", "HLHPN")),
    "NK03": (DEPUTY_CHAIR, ("Hội LHPN", "HPN", "Hội Phụ nữ", "Hội Liên hiệp Phụ nữ")),
    "CB10": (CHAIR, ("Hội Nông dân", "HND", "Hội ND")),
    "NK04": (DEPUTY_CHAIR, ("Hội Nông dân", "HND", "Hội ND")),
    "CB11": (CHAIR, ("Hội Cựu chiến binh", "HCCB", "Hội CCB", "CCB")),
    "NK05": (DEPUTY_CHAIR, ("Hội Cựu chiến binh", "HCCB", "Hội CCB")),
    "CC02": (("Chỉ huy trưởng", "CHT"), ("Quân sự", "QS", "BCHQS", "Ban Chỉ huy Quân sự")),
    "CC03": (("Văn phòng", "VP"), ("- Thống kê", "-TK", "thống kê", "và thống kê")),
    "CC04A": (("Địa chính", "ĐC"), ("- Xây dựng - Đô thị và Môi trường", "-XD-ĐT&MT", "-ĐT")),
    "CC04B": (("Địa chính", "ĐC"), ("– NN – XD & MT", "-NN-XD-MT", "- Nông nghiệp")),
    "CC05": (("Tài chính", "TC"), ("- Kế toán", "-KT", "kế toán")),
    "CC06": (("Tư pháp", "TP"), ("- Hộ tịch", "-HT", "hộ tịch")),
    "CC07": (("Văn hóa", "Văn hoá", "VH"), ("- Xã hội", "-XH", "xã hội")),
}
WRITTEN = [
    (code, f"{head} {body}") for code, ways in WAYS.items() for head in ways[0] for body in ways[1]
]


def read(text: str, kind: str = "xa") -> list[str]:
    return [healed.value for healed in post_codes(text, posts=POSTS, commune_kind=kind)]


def read_or_asked(text: str, kind: str = "xa") -> list[str]:
    try:
        return read(text, kind)
    except CannotHeal as error:
        return [] if error.is_question else ["refused"]


def test_every_way_of_writing_a_post_means_it():
    wrong = [
        (code, text)
        for code, written in WRITTEN
        for text in (
            written, written.upper(), fold(written), written.replace(" ", ""), f"{written} xã",
            f"{written} thị trấn Hùng Sơn", f"{written} xã Tân Thái, huyện Đại Từ",
        )
        if read_or_asked(text, KIND_OF.get(code, "xa")) != [code]
    ]  # fmt: skip

    assert wrong == []


@given(
    st.sampled_from(WRITTEN), st.lists(st.sampled_from([" ", "  ", ".", " - ", "/"]), min_size=9),
    st.sampled_from([str, str.upper, str.lower, str.title, fold]),
)  # fmt: skip
def test_punctuation_case_and_accents_make_no_other_post(way, marks, case):
    code, written = way
    words = case(written).split(" ")
    noisy = "".join(word + mark for word, mark in zip(words, marks, strict=False))

    assert read_or_asked(noisy, KIND_OF.get(code, "xa")) in ([], [code])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("PBT Đảng ủy, CT UBND", ["CB02", "CB05"]), ("Bí thư Đảng ủy - CT HĐND", ["CB01", "CB03"]),
        ("Bí thư kiêm CT HĐND", ["CB01", "CB03"]), ("BT, CT UBND", ["CB01", "CB05"]),
        ("Phó CT UBND và Chủ tịch HND", ["CB06", "CB10"]), ("UVBTV, CT UBND", ["CB05"]),
        ("PBT TT Đảng ủy\nCT HĐND xã", ["CB02", "CB03"]), ("ĐC, kế toán", ["CC04B", "CC05"]),
        ("Bí thư Đảng ủy xã Tân Thái, Chủ tịch HĐND", ["CB01", "CB03"]), ("", []), (" - ", []),
        ("CC VP-TK", ["CC03"]), ("Đ/c Bí thư Đảng ủy", ["CB01"]), ("VP, VP-TK", ["CC03"]),
        ("Công chức Văn phòng - Thống kê UBND xã Tân Thái", ["CC03"]),
        ("Văn hóa - xã hội xã Tân Thái", ["CC07"]), ("Chủ tịch xã Tân Thái", ["CB05"]),
        ("ĐUV Đảng ủy viên CT HND", []), ("BTCB", ["TH01"]),
    ],
)  # fmt: skip
def test_several_posts_and_what_stands_around_them(text, codes):
    assert read_or_asked(text) == codes


@given(st.sampled_from(WRITTEN), st.sampled_from(WRITTEN), st.sampled_from([", ", " - ", " kiêm "]))
def test_two_posts_are_both_read_or_asked(one, other, mark):
    kind = "thi_tran" if "CC04A" in (one[0], other[0]) else "xa"

    told = read_or_asked(f"{one[1]}{mark}{other[1]}", kind)

    assert told in ([], list(dict.fromkeys([one[0], other[0]])))


@pytest.mark.parametrize(
    "text",
    [
        "Bí thư", "Chủ tịch", "Phó Chủ tịch", "BTĐ", "Phó CHT quân sự", "P. Chỉ huy trưởng quân sự",
        "Phó Trưởng công an", "Công an viên", "Trưởng công an xã", "Chủ tịch Hội Người cao tuổi",
        "Phó Bí thư, Trưởng khối dân vận", "UVBTV", "Bí thư Đoàn xóm 3", "x", "Văn thư", "CC, CB",
        "CT UBND " + "xã " * 50,
    ],
)  # fmt: skip
def test_an_office_that_is_no_post_or_leaves_it_open_is_asked(text):
    with pytest.raises(CannotHeal) as error:
        post_codes(text, posts=POSTS, commune_kind="xa")

    assert error.value.is_question


def test_land_officers_are_told_by_the_kind_of_the_unit():
    told = [read_or_asked("Địa chính - Xây dựng", kind) for kind in ("xa", "thi_tran", "")]

    assert told == [["CC04B"], ["CC04A"], []]


def test_words_and_unit_that_disagree_are_asked():
    assert read_or_asked("ĐC-NN-XD-MT", "thi_tran") == []
    assert read_or_asked("ĐC-NN-XD-MT", "") == ["CC04B"]


def test_a_post_that_has_ended_leaves_the_other():
    (later,) = post_codes("Trưởng công an xã", posts=_catalogue("2023-09-01"))

    assert later.value == "CAX01"


def test_a_post_that_is_not_of_the_day_is_asked():
    with pytest.raises(CannotHeal, match="Không rõ chức danh"):
        post_codes("PCT HND", posts={"Bí thư Đảng ủy": "CB01"})


def test_a_post_that_the_district_added_is_known_by_its_name():
    codes = post_codes("thủ quỹ xã", posts={**POSTS, "Thủ quỹ": "X1"})

    assert codes == [Healed("X1", (RepairKind.POST,))]


@pytest.mark.parametrize("text", ["CB01", "Bí thư Đảng ủy"])
def test_code_and_name_of_the_catalogue_are_no_repair(text):
    assert post_codes(text, posts=POSTS) == [Healed("CB01")]


def test_a_blank_cell_names_no_post():
    assert post_codes(" ", posts=POSTS) == []


def test_no_spelling_means_two_posts():
    parts = parts_of("post_parts.csv")
    meanings: dict[str, set[str]] = {}
    for row in rows_of("post_aliases.csv"):
        for key in spelled_out(row["alias"], parts):
            meanings.setdefault(key, set()).add(row["code"])

    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}


def test_no_spelling_means_another_post_than_the_name_of_the_catalogue():
    wrong = {
        name: post_spellings()[spelling_key(name)]
        for name, code in POSTS.items()
        if code not in post_spellings().get(spelling_key(name), code)
    }

    assert wrong == {}


def test_codes_of_the_table_exist():
    told = {code for row in rows_of("post_aliases.csv") for code in row["code"].split()}

    assert told - {OPEN, EITHER, LAND} <= set(POSTS.values())


def test_a_clear_typo_of_a_long_name_is_taken():
    told = [read_or_asked(text) for text in ("Văn phòng thốg kê", "Chủ tịch Hội Nông dn")]

    assert told == [["CC03"], ["CB10"]]


def test_a_typo_of_a_short_name_or_near_another_is_asked():
    told = [read_or_asked(text) for text in ("Kế toá", "Phó Chủ tịch HDN", "Chủ tịch HXND")]

    assert told == [[], [], []]


def _typos(key: str, rng: random.Random) -> list[str]:
    """A letter left out, put in, changed, at every place once."""
    letters = string.ascii_lowercase
    out = [key[:at] + key[at + 1 :] for at in range(len(key))]
    put = [key[:at] + rng.choice(letters) + key[at:] for at in range(len(key) + 1)]
    changed = [key[:at] + rng.choice(letters) + key[at + 1 :] for at in range(len(key))]
    return out + put + changed


@pytest.mark.parametrize("code", [*WAYS, OPEN])
def test_no_typo_is_read_as_another_post(code):
    rng = random.Random(code)
    spelled = [key for key, meaning in post_spellings().items() if meaning == code]
    keys = rng.sample(spelled, min(6, len(spelled)))

    wrong = [
        (typo, found)
        for key in keys
        for typo in _typos(key, rng)
        if typo not in post_spellings()  # "PCT" without its P is a spelling, and no typo
        if (found := typo_of(typo, {})) not in ("", code)
    ]

    assert wrong == []
