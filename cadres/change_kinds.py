"""The registry of kinds of changes: small classes that each app registers when it starts.

Forms, proposals and decisions ask it, so that the lower apps know no upper one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cadres.edits import RowEdit
from cadres.models import Cadre
from cadres.records import Field
from cadres.rules.careers import Problem


class ChangeKind:
    """A kind of change, e.g. an election: what is typed, and which rows it adds and changes.

    A subclass gives `code`, `label`, `section`, `fields` and `edits`.
    """

    code: str
    label: str
    section: str = ""
    fields: tuple[Field, ...] = ()
    unpresumed: frozenset[str] = frozenset()  # posts, seats that forms never choose by themselves
    needs_decision = True

    def problems(self, cadre: Cadre, values: Mapping[str, Any], day: date) -> list[Problem]:
        """What forbids this change of `cadre` from `day`, in words; empty if it may be made."""
        return []

    def warnings(self, cadre: Cadre, values: Mapping[str, Any], day: date) -> list[str]:
        """What forbids nothing, and whoever decides should know; asked after `problems`."""
        return []

    def offers(self, row: Any) -> bool:
        """Whether forms offer this post or seat of the person to the kind."""
        return True

    def edits(self, cadre: Cadre, values: Mapping[str, Any], day: date) -> list[RowEdit | None]:
        """The rows that it adds and changes, in the order in which they must be written.

        Reads the record, writes nothing. `values` are those of `fields`, by code; `day` is the
        first day of effect.
        """
        raise NotImplementedError


_kinds: dict[str, ChangeKind] = {}


def register(*kinds: ChangeKind) -> None:
    """Add kinds of changes, in the order in which forms offer them."""
    for kind in kinds:
        _kinds[kind.code] = kind


def kinds() -> tuple[ChangeKind, ...]:
    """All kinds of all apps."""
    return tuple(_kinds.values())


def kind_of(code: str) -> ChangeKind:
    """Raises KeyError for a kind that no app registered."""
    return _kinds[code]


def label_of(code: str) -> str:
    """What pages call a kind; the words of the plain record for what is none."""
    return _kinds[code].label if code in _kinds else _PLAIN_LABELS.get(code, code)


def plain_kinds() -> tuple[str, ...]:
    """Codes of what changes a record and is no kind of decision."""
    return tuple(_PLAIN_LABELS)


_PLAIN_LABELS = {
    "record": "Cập nhật hồ sơ",
    "import": "Nhập từ tệp",
    "undo": "Hủy thay đổi",
    "restore": "Khôi phục hồ sơ",
    "merge": "Gộp hồ sơ trùng",
    "bulk": "Sửa hàng loạt",
}
