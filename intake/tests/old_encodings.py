"""Text as the old programs wrote it, and made-up lists to write with it. The tables are read here
from the files themselves, not through the rules under test."""

import csv
import random
import re
import unicodedata
from pathlib import Path

from cadres.rules.levels import LEVELS, STRAND_LABELS
from cadres.rules.peoples import PEOPLES

_ROOT = Path(__file__).resolve().parents[2]


def rows(path):
    with (_ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_TO_TCVN3 = {row["unicode"]: row["legacy_char_latin1"] for row in rows("intake/data/tcvn3.csv")}
_TO_VNI = {row["unicode"]: row["vni_text"] for row in rows("intake/data/vni.csv")}


def to_tcvn3(text):
    """In .VnTime: a capital with a tone has no code there, the small letter stands for it."""
    return "".join(_TO_TCVN3.get(each) or _TO_TCVN3.get(each.lower()) or each for each in text)


def shown_by_tcvn3(text):
    """What a text written in .VnTime is at best read as: without the capitals it cannot have."""
    return "".join(
        each if each in _TO_TCVN3 or each.lower() not in _TO_TCVN3 else each.lower()
        for each in text
    )


def to_vni(text):
    return "".join(_TO_VNI.get(each, each) for each in text)


_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def to_cp1258(text):
    """The bytes of Windows-1258 read as Latin-1: the marks of tones stand alone."""
    found = []
    for each in text:
        parts = unicodedata.normalize("NFD", each)
        tone = "".join(_TONES.findall(parts))
        base = unicodedata.normalize("NFC", _TONES.sub("", parts))
        found.append((base + tone).encode("cp1258", errors="replace").decode("latin-1"))
    return "".join(found)


def to_nfd(text):
    return unicodedata.normalize("NFD", text)


ENCODERS = {"tcvn3": to_tcvn3, "vni": to_vni}


def expected(text, encoding):
    return shown_by_tcvn3(text) if encoding == "tcvn3" else text


def names(count, seed=1):
    """Names of people by how common their parts are, and some of other peoples."""
    draw = random.Random(seed)
    surnames = rows("cadres/data/names_surnames.csv")
    middles = rows("cadres/data/names_middle.csv")
    givens = rows("cadres/data/names_given.csv")
    ethnic = [
        each
        for row in rows("cadres/data/names_ethnic.csv")
        if "(" not in row["surnames"]
        for each in row["surnames"].split()
    ]
    found = []
    for _ in range(count):
        surname = draw.choices(
            [each["surname"] for each in surnames],
            [float(each["weight_north_pct"]) for each in surnames],
        )[0]
        if draw.random() < 0.2:
            surname = draw.choice(ethnic)
        sex = draw.choice(["Nam", "Nữ"])
        middle = draw.choices(
            [each["middle"] for each in middles if each["gender"] == sex],
            [float(each["w_born_1963_1984"]) for each in middles if each["gender"] == sex],
        )[0]
        given = draw.choice([each["given"] for each in givens if each["gender"] == sex])
        found.append(" ".join(filter(None, (surname, middle, given))))
    return found


PLACES = (
    "xóm Đồng Cháy, xã Bản Ngoại, huyện Đại Từ",
    "Xóm 4, xã Tiên Hội, huyện Đại Từ, tỉnh Thái Nguyên",
    "TDP Chợ 1, thị trấn Hùng Sơn",
    "Vĩnh Phúc",
    "Hà Nội",
    "Hưng Yên",
    "Tp Hồ Chí Minh",
    "Phổ Yên, Thái Nguyên",
    "Đắk Lắk",
    "Bắc Kạn",
    "Cao Bằng",
    "Hòa Bình",
)
INSTITUTIONS = (
    "Trường Đại học Nông Lâm Thái Nguyên",
    "Học viện Hành chính Quốc gia",
    "Trường Chính trị tỉnh Thái Nguyên",
    "Đại học Thái Nguyên",
    "Trường Đại học Luật Hà Nội",
    "Học viện Chính trị khu vực I",
    "Trường Quân sự tỉnh",
    "Trung tâm Bồi dưỡng chính trị huyện Đại Từ",
    "Cao đẳng Kinh tế - Tài chính",
)
NOTES = (
    "Kiêm nhiệm Chủ tịch HĐND",
    "Nghỉ thai sản từ 01/3/2023",
    "Đang học lớp TC LLCT - HC (khóa 12)",
    "QĐ số 15/QĐ-UBND ngày 12/4/2021",
    "TC-KT, VP-TK, ĐC-NN-XD&MT",
    "anh.nv@thainguyen.gov.vn",
    "English B1, IELTS 5.5",
    "diện tích 23,5 km²; 25°C; ±5; § 5; ½ ngày",
    "Hệ số 2,34 – bậc 1/9",
    "“như trên”",
    "Tiếng Pháp (DELF), café, Müller",
    "xin thò chữ ký, tô màu, bò, hô",
    "x",
    "01.003",
    "Người H'Mông, Ê-đê, Gié-Triêng, Brâu, Hrê, K'Ho",
)


def ordinary_texts():
    """Every text of the data and lists of the portal, and some of old lists."""
    found = set(PLACES + INSTITUTIONS + NOTES + PEOPLES)
    for path in sorted((_ROOT / "cadres" / "data").glob("*.csv")):
        for row in rows(path):
            found |= {each for pair in row.items() for each in pair if isinstance(each, str)}
    found |= {label for levels in LEVELS.values() for label in levels}
    found |= set(STRAND_LABELS.values())
    return sorted(found)


def official_names():
    """Names of communes, posts, levels, institutions and places."""
    found = {row["name"] for row in rows("cadres/data/communes.csv")}
    found |= {row["short_name"] for row in rows("cadres/data/communes.csv")}
    found |= {row["name"] for row in rows("cadres/data/posts.csv")}
    found |= {row["short_name"] for row in rows("cadres/data/posts.csv")}
    found |= {label for levels in LEVELS.values() for label in levels}
    found |= set(PLACES) | set(INSTITUTIONS) | set(PEOPLES)
    return sorted(found)
