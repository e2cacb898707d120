"""What a repair is called, and what a rule that repairs gives back. Pure.

Every value that reaches a record differently from how its cell had it was repaired by a kind of
this list: it is counted, shown before and after, and can be taken back. A rule that is not sure
asks, and never guesses.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class RepairKind(StrEnum):
    """Why a cell is read differently from how it stands."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"
    COMPOSED = "composed"
    LOOKALIKE = "lookalike"
    SOFT_HYPHEN = "soft_hyphen"
    CAPITALS = "capitals"
    SPACES = "spaces"
    NAME_CASE = "name_case"
    MERGED = "merged"
    DITTO = "ditto"
    GROUP = "group"
    CONSTANT = "constant"
    TITLE_WORD = "title_word"
    MARK = "mark"
    BIRTH_UNDER_SEX = "birth_under_sex"
    NAME_PARTS = "name_parts"
    DATE_TEXT = "date_text"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_SERIAL = "date_serial"
    DATE_NUMBER = "date_number"
    LOST_ZERO = "lost_zero"
    DIGITS = "digits"
    RATIO_DATE = "ratio_date"
    DECIMAL = "decimal"
    GRADE_CODE = "grade_code"
    LEVEL = "level"
    SCHOOLING = "schooling"
    POST = "post"
    COMMUNE = "commune"
    PEOPLE = "people"
    SEX = "sex"
    WORD = "word"


LABELS = MappingProxyType(
    {
        RepairKind.TCVN3: "Phông TCVN3 (.VnTime)",
        RepairKind.VNI: "Phông VNI",
        RepairKind.CP1258: "Bảng mã Windows-1258",
        RepairKind.COMPOSED: "Unicode tổ hợp (dấu rời)",
        RepairKind.LOOKALIKE: "Chữ Ð, Ɖ giống chữ Đ",
        RepairKind.SOFT_HYPHEN: "Dấu gạch thay chữ ư",
        RepairKind.CAPITALS: "Phông chữ hoa (.VnTimeH)",
        RepairKind.SPACES: "Dấu cách thừa, ký tự không nhìn thấy",
        RepairKind.NAME_CASE: "Viết hoa họ tên",
        RepairKind.MERGED: "Ô gộp",
        RepairKind.DITTO: "“nt”, “như trên”",
        RepairKind.GROUP: "Lấy từ dòng nhóm phía trên",
        RepairKind.CONSTANT: "Giá trị chung do người nhập chọn",
        RepairKind.TITLE_WORD: "Ông, Bà, Đ/c trước họ tên",
        RepairKind.MARK: "Dấu x",
        RepairKind.BIRTH_UNDER_SEX: "Ngày sinh ghi ở cột Nam, Nữ",
        RepairKind.NAME_PARTS: "Họ đệm và tên ở hai cột",
        RepairKind.DATE_TEXT: "Ngày ghi bằng chữ",
        RepairKind.DATE_SHORT_YEAR: "Năm hai chữ số",
        RepairKind.DATE_SERIAL: "Ngày lưu thành số của Excel",
        RepairKind.DATE_NUMBER: "Tháng, năm lưu thành số",
        RepairKind.LOST_ZERO: "Mất số 0 ở đầu",
        RepairKind.DIGITS: "Dấu cách, dấu chấm trong dãy số",
        RepairKind.RATIO_DATE: "Phân số bị Excel đổi thành ngày",
        RepairKind.DECIMAL: "Dấu phẩy, dấu chấm thập phân",
        RepairKind.GRADE_CODE: "Mã ngạch",
        RepairKind.LEVEL: "Trình độ viết tắt",
        RepairKind.SCHOOLING: "Lớp, hệ phổ thông",
        RepairKind.POST: "Tên chức danh viết tắt",
        RepairKind.COMMUNE: "Tên đơn vị viết tắt",
        RepairKind.PEOPLE: "Tên dân tộc",
        RepairKind.SEX: "Giới tính viết tắt",
        RepairKind.WORD: "Cách viết khác của một lựa chọn",
    }
)


# How cells say that there is nothing to tell; small letters without accents.
NOTHING_WORDS = frozenset(
    {"khong", "khong co", "khong ro", "chua", "chua co", "chua ro", "chua vao"}
)


@dataclass(frozen=True, slots=True)
class Healed:
    """What a cell means, as text in the one form that the strict reader takes (intake/values.py),
    and by which repairs; "" where it says nothing. Nothing was repaired: no kinds."""

    value: str
    repairs: tuple[RepairKind, ...] = ()


@dataclass(frozen=True, slots=True)
class HealedParts:
    """A cell that tells several things: {field code: text}, and by which repairs."""

    values: dict[str, str] = field(default_factory=dict)
    repairs: tuple[RepairKind, ...] = ()


class CannotHeal(Exception):
    """A cell that is not understood (`is_question` False: it cannot be right) or may be understood
    in several ways (True: somebody must say which). In Vietnamese, for the sender."""

    def __init__(self, message: str, remedy: str, *, is_question: bool = False) -> None:
        super().__init__(message)
        self.remedy, self.is_question = remedy, is_question
