"""The result template "Mẫu số 1 – Tổng hợp kết quả đào tạo, bồi dưỡng": its rows, its columns, and
which column a level or a group of contents belongs to (domain §6.3; TT 03/2023/TT-BNV, M-med)."""

from dataclasses import dataclass
from types import MappingProxyType

from cadres.rules.levels import Strand

MANUAL_ROW, COUNCIL_ROW, PART_TIME_ROW = "3", "4", "6"
CADRE_ROW, SERVANT_ROW = "5a", "5b"
OUTSIDE_ROW, NO_POST_ROW, SUM_ROW = "ngoai", "chua-ro", "cong"


@dataclass(frozen=True)
class Line:
    """A row of the template. `parts` are the rows it adds up; `is_outside`: not the portal's."""

    code: str
    number: str
    label: str
    parts: tuple[str, ...] = ()
    is_outside: bool = False
    is_beyond: bool = (
        False  # beside the template, so that participations add up to those of classes
    )


LINES = (
    Line("1", "1", "Cán bộ, công chức lãnh đạo, quản lý cấp tỉnh, sở, huyện, phòng",
         is_outside=True),
    Line("2", "2", "Các ngạch công chức cấp huyện trở lên", is_outside=True),
    Line(MANUAL_ROW, "3", "Công chức nguồn quy hoạch"),
    Line(COUNCIL_ROW, "4", "Đại biểu HĐND cấp xã (không giữ chức danh khác)"),
    Line("5", "5", "Cán bộ, công chức cấp xã", parts=(CADRE_ROW, SERVANT_ROW)),
    Line(CADRE_ROW, "a", "Cán bộ chuyên trách"),
    Line(SERVANT_ROW, "b", "Công chức cấp xã"),
    Line(PART_TIME_ROW, "6", "Người hoạt động không chuyên trách cấp xã"),
    Line(SUM_ROW, "", "Cộng", parts=(COUNCIL_ROW, CADRE_ROW, SERVANT_ROW, PART_TIME_ROW)),
    Line(OUTSIDE_ROW, "", "Viên chức, thôn, tổ dân phố và đối tượng khác", is_beyond=True),
    Line(NO_POST_ROW, "", "Có hồ sơ, chưa có chức danh vào ngày khai giảng", is_beyond=True),
)  # fmt: skip

# (letter, group over it, words)
COLUMNS = (
    ("D", "Lý luận chính trị", "Cao cấp"),
    ("E", "Lý luận chính trị", "Trung cấp"),
    ("F", "Lý luận chính trị", "Sơ cấp"),
    ("G", "Lý luận chính trị", "Bồi dưỡng"),
    ("H", "Quản lý nhà nước", "Chuyên viên cao cấp"),
    ("I", "Quản lý nhà nước", "Chuyên viên chính"),
    ("J", "Quản lý nhà nước", "Chuyên viên"),
    ("K", "Quản lý nhà nước", "Cán sự"),
    ("L", "Chuyên môn", "Tiến sĩ"),
    ("M", "Chuyên môn", "Thạc sĩ"),
    ("N", "Chuyên môn", "Đại học"),
    ("O", "Chuyên môn", "Cao đẳng"),
    ("P", "Chuyên môn", "Trung cấp"),
    ("Q", "Chuyên môn", "Sơ cấp"),
    ("R", "Bồi dưỡng ngắn hạn", "Kiến thức, kỹ năng chuyên ngành"),
    ("S", "Bồi dưỡng ngắn hạn", "Kỹ năng lãnh đạo, quản lý"),
    ("T", "Bồi dưỡng ngắn hạn", "Tiếng dân tộc"),
    ("U", "Bồi dưỡng ngắn hạn", "Khác"),
    ("V", "", "Quốc phòng – an ninh"),
    ("W", "", "Ngoại ngữ"),
    ("X", "", "Tin học"),
)
LETTERS = tuple(letter for letter, _, _ in COLUMNS)
TOTAL, MINORITY, WOMEN = "Y", "Z", "AA"
SUBSETS = (
    (TOTAL, "", "Tổng số"),
    (MINORITY, "Trong đó", "Người dân tộc thiểu số"),
    (WOMEN, "Trong đó", "Nữ"),
)

# What a class counts as whose programme is not said: by its group of contents alone.
BY_GROUP = MappingProxyType({
    "political": "G", "defence": "V", "state_management": "R", "speciality": "R",
    "ethics": "U", "integration": "U", "it_language": "U",
})  # fmt: skip

# What a study counts as, by the level it leads to.
BY_LEVEL = MappingProxyType({
    (Strand.POLITICAL.value, 1): "F", (Strand.POLITICAL.value, 2): "E",
    (Strand.POLITICAL.value, 3): "D", (Strand.POLITICAL.value, 4): "D",
    (Strand.STATE_MANAGEMENT.value, 1): "K", (Strand.STATE_MANAGEMENT.value, 2): "J",
    (Strand.STATE_MANAGEMENT.value, 3): "I", (Strand.STATE_MANAGEMENT.value, 4): "H",
    (Strand.PROFESSIONAL.value, 1): "Q", (Strand.PROFESSIONAL.value, 2): "P",
    (Strand.PROFESSIONAL.value, 3): "O", (Strand.PROFESSIONAL.value, 4): "N",
    (Strand.PROFESSIONAL.value, 5): "M", (Strand.PROFESSIONAL.value, 6): "L",
    (Strand.PROFESSIONAL.value, 7): "L",
})  # fmt: skip
BY_STRAND = MappingProxyType({
    Strand.IT.value: "X", Strand.LANGUAGE.value: "W", Strand.ETHNIC_LANGUAGE.value: "T",
    Strand.DEFENCE.value: "V",
})  # fmt: skip
OTHER_COLUMN = "U"


def line_of(code: str) -> Line | None:
    """The row of this code, or None."""
    return next((line for line in LINES if line.code == code), None)


def rows_of(code: str) -> tuple[str, ...]:
    """The rows whose participations a row counts: itself, or those it adds up."""
    line = line_of(code)
    return (line.parts or (code,)) if line else ()


def heads() -> list[tuple[str, int]]:
    """The upper row of heads: each group with how many columns it spans, and each column without a
    group by its own words, with 0."""
    found: list[tuple[str, int]] = []
    for letter, group, words in (*COLUMNS, *SUBSETS):
        if not group:
            found.append((f"{letter}. {words}", 0))
        elif found and found[-1][0] == group:
            found[-1] = (group, found[-1][1] + 1)
        else:
            found.append((group, 1))
    return found
