"""The ladders of qualification: strands and their ordered levels (docs/domain: 2C form 15.1–15.6).

A higher rank of a strand satisfies a lower one of the same strand; ranks of two strands do not
compare. Rank 0 is an explicit "not trained", which is knowledge; a missing record is not.
"""

from enum import StrEnum
from types import MappingProxyType


class Strand(StrEnum):
    GENERAL = "general"
    PROFESSIONAL = "professional"
    POLITICAL = "political"
    STATE_MANAGEMENT = "state_management"
    IT = "it"
    LANGUAGE = "language"
    ETHNIC_LANGUAGE = "ethnic_language"
    DEFENCE = "defence"


STRAND_LABELS = MappingProxyType(
    {
        Strand.GENERAL: "Giáo dục phổ thông",
        Strand.PROFESSIONAL: "Chuyên môn",
        Strand.POLITICAL: "Lý luận chính trị",
        Strand.STATE_MANAGEMENT: "Quản lý nhà nước",
        Strand.IT: "Tin học",
        Strand.LANGUAGE: "Ngoại ngữ",
        Strand.ETHNIC_LANGUAGE: "Tiếng dân tộc thiểu số",
        Strand.DEFENCE: "Quốc phòng – an ninh",
    }
)

LEVELS: MappingProxyType[Strand, tuple[str, ...]] = MappingProxyType(
    {
        Strand.GENERAL: ("Chưa học hết tiểu học", "Tiểu học", "THCS", "THPT"),
        Strand.PROFESSIONAL: (
            "Chưa qua đào tạo",
            "Sơ cấp",
            "Trung cấp",
            "Cao đẳng",
            "Đại học",
            "Thạc sĩ",
            "Tiến sĩ",
            "Tiến sĩ khoa học",
        ),
        Strand.POLITICAL: ("Chưa qua đào tạo", "Sơ cấp", "Trung cấp", "Cao cấp", "Cử nhân"),
        Strand.STATE_MANAGEMENT: (
            "Chưa qua bồi dưỡng",
            "Cán sự",
            "Chuyên viên",
            "Chuyên viên chính",
            "Chuyên viên cao cấp",
        ),
        Strand.IT: (
            "Chưa có chứng chỉ",
            "Chứng chỉ A, B, C",
            "CNTT cơ bản",
            "CNTT nâng cao",
            "Trung cấp",
            "Cao đẳng",
            "Đại học trở lên",
        ),
        Strand.LANGUAGE: (
            "Chưa có chứng chỉ",
            "Bậc 1 (A1, A)",
            "Bậc 2 (A2, B)",
            "Bậc 3 (B1, C)",
            "Bậc 4 (B2)",
            "Bậc 5 (C1)",
            "Bậc 6 (C2), đại học",
        ),
        Strand.ETHNIC_LANGUAGE: ("Chưa có chứng chỉ", "Có chứng chỉ"),
        Strand.DEFENCE: ("Chưa qua bồi dưỡng", "Đối tượng 4", "Đối tượng 3", "Đối tượng 2"),
    }
)


class Content(StrEnum):
    """Contents of short training that stand beside the ladders."""

    PARTY_BUILDING = "party_building"
    STATE_MANAGEMENT = "state_management"
    ECONOMIC_MANAGEMENT = "economic_management"
    LAW = "law"
    CIVIL_STATUS = "civil_status"
    OFFICE_TITLE = "office_title"
    OTHER = "other"


CONTENT_LABELS = MappingProxyType(
    {
        Content.PARTY_BUILDING: "Nghiệp vụ công tác xây dựng Đảng",
        Content.STATE_MANAGEMENT: "Kiến thức quản lý nhà nước",
        Content.ECONOMIC_MANAGEMENT: "Quản lý kinh tế",
        Content.LAW: "Kiến thức pháp luật",
        Content.CIVIL_STATUS: "Nghiệp vụ hộ tịch",
        Content.OFFICE_TITLE: "Bồi dưỡng theo chức danh cấp xã",
        Content.OTHER: "Khác",
    }
)


def level_label(strand: str, rank: int) -> str:
    """The name of a level, e.g. "Trung cấp". Raises LookupError for a level that does not exist."""
    return LEVELS[Strand(strand)][rank]


def highest_rank(strand: str) -> int:
    """The top rank of a strand."""
    return len(LEVELS[Strand(strand)]) - 1
