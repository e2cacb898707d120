"""What the words of a row say: a person, a group, a total, a signature, a note, a title. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from daitu_portal.text import fold

# Folded surnames of lists of the district: the commonest of the North, and of its minorities.
_SURNAMES = (
    "nguyen tran le pham vu hoang bui do phan dang ngo vo dinh truong ho huynh duong doan dao "
    "trinh ha luong mai cao luu nong ta ly phung vuong chu lam trieu thai to dam vi lai tong "
    "van kieu quach lo luc chau dong hua dau la be tang ma tu nghiem bach lu ninh phi than "
    "mac ton mong thach cu giang lang khong ban diep khuat kim nhu khuong ngan hong lieu long "
    "sam danh bien phuong loc thieu cam au ba an ngoc du y chung vy nguy trac on chiu vang "
    "sung thao lau ung uong tieu ngac viet quang quan mui linh trang xuan nhan doi tien chieu "
    "cung nhiem hau khieu tru cat thi dien moc lenh hoa bo phu lieng hang tan hac truc kha "
    "huu que voong leo quyen duyen ksor rmah siu nay rcom mua gia ngu liem tuong tri "
    "son thinh luan nghi tao ca lung chang hu vuu lien khau cha sin ngoai luy"
)
SURNAMES = frozenset(_SURNAMES.split())
_TITLE_BEFORE_NAME = re.compile(r"^(ông|bà|đ/c|đc|đ\.c|đồng chí|anh|chị)[.:]?\s+", re.IGNORECASE)
ENUMERATOR = re.compile(
    r"^\s*(?:(?P<roman>[IVX]{1,6})|(?P<upper>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,2})*)|"
    r"(?P<lower>[a-zđ]))"
    r"\s*[.)/:\-–]+\s*(?=\S)|^\s*(?P<dash>[-–+*•])\s*(?=\S)"
)
_LONE_ENUMERATOR = re.compile(
    r"^\(?(?:(?P<roman>[IVX]{1,6})|(?P<upper>[A-ZĐ])|(?P<lower>[a-zđ]))\s*[.)/:]*$"
)
_NUMBER = re.compile(r"^\(?\d{1,5}(?:[.,]0)?\s*[.)/:]?$|^\d{1,3}(?:\.\d{1,3})+\.?$|^\d{1,4}[a-d]$")
_COUNT = re.compile(
    r"^[(\[]?\d{1,4}(?:[.,]\d+)?\s*%?[)\]]?$|^\d+\s*/\s*\d+$|^-$"
    r"|^\d+\s*(?:người|đ/c|đồng chí|cán bộ|nữ|nam|cc|cb|cbcc)\b.*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(  # not "Tổng phụ trách Đội", which is a post
    r"^(?:tổng(?:$|\s+(?:số|cộng|\d)|\s*[:.(])|cộng(?:$|[\s:.(]))"
    r"|^(?:tong (?:so|cong)|tong:|cong:|cong$|tong$)",
    re.IGNORECASE,
)
_INDEX_TOKEN = re.compile(r"^\(?(?:[A-Da-d]|\d{1,3})\)?(?:\s*=.*)?$")
_UNIT_WORDS = (
    "khối|xã|thị trấn|phường|huyện|đảng ủy|đảng uỷ|đảng bộ|văn phòng|ủy ban|uỷ ban|ubnd|"
    "hđnd|hội đồng|mttq|ubmttq|mặt trận|đoàn thanh niên|đoàn tncs|đoàn thể|đoàn xã|"
    "đoàn tn|hội|công đoàn|cán bộ|công chức|người hoạt động|những người|"
    "không chuyên trách|bí thư|phó|chủ tịch|trưởng|chức danh|chức vụ|ban|phòng|tổ|chi bộ|"
    "thường trực|ủy viên|uỷ viên|chỉ huy|tư pháp|tài chính|văn hóa|văn hoá|địa chính|"
    "văn thư|kế toán|cấp trưởng|cấp phó|lãnh đạo|quân sự|thôn|xóm|nhóm|loại|tổ chức|các|"
    "dân vận|tuyên giáo|kiểm tra|thú y|công an|nhđkct|nhân viên|cấp ủy|cấp uỷ|bch|btv|tt"
)
_ORGANISATIONS = re.compile(rf"(?:{_UNIT_WORDS})\b")
# "PCT HĐND", "TC-KT": no name begins with capitals without a vowel.
_ABBREVIATION = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,6}(?:[\s.&\-–/]|$)")
_BARE_ORGANISATIONS = re.compile(rf"(?:{'|'.join(map(fold, _UNIT_WORDS.split('|')))})\b")
_SIGNATURES = re.compile(
    r"\b(?:nguoi lap|nguoi lap bieu|nguoi tong hop|ky ten|ky ho ten|ky ghi ro|dong dau|noi nhan|"
    r"xac nhan cua|phe duyet cua|thu truong|ke toan truong)\b"
    r"|^(?:t m|tm|k t|kt|t l|tl|tuq|t u q|q)\b (?:ubnd|uy ban|ban|btv|bch|chu tich|dang|huyen|hdnd|"
    r"bi thu|thuong)"
    r"|\bngay\b(?: \d{0,2}| )? ?thang\b(?: \d{0,2}| )? ?nam\b(?: \d{4}| 20|$)"
    r"|^(?:chu tich|pho chu tich|bi thu|truong phong|pho truong phong|truong ban|can bo lap)$"
)
_NOTES = re.compile(r"^(?:ghi chu|chu thich|luu y|chu giai|nguon|noi dung ghi chu)\b")
_TITLES = re.compile(
    r"^(?:danh sach|bieu|mau|phu luc|don vi tinh|dvt|cong hoa xa hoi|doc lap tu do|dang cong san|"
    r"bao cao|thong ke|tong hop|kem theo|tinh den|co den|thoi diem|ap dung|nam hoc|"
    r"don vi bao cao|don vi nhan|so )\b"
)
_AS_OF = re.compile(
    r"\b(?:tính đến|có đến|thời điểm|đến hết|đến) (?:thời điểm )?(?:ngày |tháng |hết ngày )?"
    r"[\d.…]+.*", re.IGNORECASE)  # fmt: skip


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word)


def bare_name(text: str) -> str:
    """`text` without an enumerator and without Ông, Bà, Đ/c before it."""
    match = ENUMERATOR.match(text)
    return _TITLE_BEFORE_NAME.sub("", text[match.end() :] if match else text).strip()


def is_organisation(text: str) -> bool:
    """Whether `text` begins as names of units, posts and blocks do; accents tell Trưởng from the
    surname Trương, Tổ from Tô.

    >>> is_organisation("Đoàn thanh niên"), is_organisation("Đoàn Thị Hà")
    (True, False)
    """
    bare = bare_name(text)
    if _ABBREVIATION.match(bare):
        return True
    told = bare.lower()
    pattern = _BARE_ORGANISATIONS if told.isascii() else _ORGANISATIONS
    return bool(pattern.match(told))


def is_person(text: str) -> bool:
    """Whether `text` reads like the full name of a person: a surname, and one to six more words.

    >>> is_person("NGUYỄN VĂN A"), is_person("Khối Đảng"), is_person("Bà Hà Thị B")
    (True, False, True)
    """
    words = bare_name(text).split()
    if not 2 <= len(words) <= 7 or _folded(words[0]) not in SURNAMES or is_total(text):
        return False
    if not text.isascii() and is_organisation(text):
        return False
    return all(word.replace("'", "").replace("’", "").replace("-", "").isalpha() for word in words)


def is_number(text: str) -> bool:
    """Whether a cell of the STT column counts people: "1", "02.", "1.2", "3a"."""
    return bool(_NUMBER.match(text.strip()))


def is_count(text: str) -> bool:
    """Whether a cell may be a subtotal: "12", "5/7", "12 người", "45,5%"."""
    return bool(_COUNT.match(text.strip()))


def is_total(text: str) -> bool:
    """Whether a row begins with Tổng số, Cộng …; accents tell Tổng from the surname Tống."""
    return bool(_TOTAL.match(bare_name(text)))


def is_signature(text: str) -> bool:
    """Whether a cell belongs to the block of signatures below a table."""
    return bool(_SIGNATURES.search(fold(text)))


def is_note(text: str) -> bool:
    """Whether a footnote begins here."""
    return text.lstrip().startswith(("(*", "*")) or bool(_NOTES.match(fold(text)))


def is_title(text: str) -> bool:
    """Whether a row is a title, a form number or a letterhead."""
    return bool(_TITLES.match(fold(text)))


def as_of(texts: Iterable[str]) -> str:
    """The text that tells the day of the list ("Tính đến ngày 31/12/2022"), "" if none does."""
    return next((match[0].strip(" ()") for t in texts if (match := _AS_OF.search(t))), "")


def is_index_token(text: str) -> bool:
    """Whether a cell may stand in the row that numbers the columns: A, 1, (2), 1=2+3."""
    return bool(_INDEX_TOKEN.match(text.strip()))


def enumeration(stt: str, label: str) -> tuple[str, str]:
    """How a group row is numbered, as (style, label without its number).

    Styles are "upper", "roman", "number", "lower", "dash" and "" for none.
    """
    match = _LONE_ENUMERATOR.match(stt.strip()) if stt else None
    if match:
        return str(match.lastgroup), label.strip()
    match = ENUMERATOR.match(label)
    if match:
        return str(match.lastgroup), label[match.end() :].strip()
    return ("number" if stt and is_number(stt) else ""), label.strip()


def is_enumerator(text: str) -> bool:
    """Whether a cell of the STT column numbers a group: "I", "A.", "b)"."""
    return bool(_LONE_ENUMERATOR.match(text.strip()))
