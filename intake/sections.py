"""The parts of a proposal: what is approved or returned on its own, and what pages call it."""

from types import MappingProxyType

from cadres import change_kinds
from cadres.changes import RECORD

# By table of the edit; kinds of decisions are parts by their own names.
_SECTIONS = MappingProxyType(
    {
        "cadres.cadre": "Nhân thân",
        "cadres.profile": "Lý lịch",
        "cadres.holding": "Chức vụ, chức danh",
        "cadres.committeemembership": "Cấp ủy",
        "cadres.qualification": "Trình độ",
        "cadres.shorttraining": "Bồi dưỡng",
        "cadres.rating": "Đánh giá",
        "cadres.familymember": "Gia đình",
        "cadres.workperiod": "Quá trình công tác",
        "cadres.affiliation": "Đoàn thể, HĐND",
        "cadres.status": "Tình trạng công tác",
        "cadres.salarystep": "Lương",
        "cadres.allowance": "Phụ cấp",
        "cadres.award": "Khen thưởng",
        "cadres.discipline": "Kỷ luật",
    }
)


def section_of(kind: str, table: str) -> str:
    """The part that a change of `kind` of a row of `table` belongs to."""
    if kind != RECORD:
        return change_kinds.label_of(kind)
    return _SECTIONS.get(table, "Khác")


def sections() -> list[str]:
    """All parts that a proposal may have, in the order of pages."""
    decided = [kind.label for kind in change_kinds.kinds()]
    return list(dict.fromkeys([*_SECTIONS.values(), *decided]))
