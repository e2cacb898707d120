"""What a column of an old list may mean: fields of the record, by the codes of the catalogue.

Codes are those of docs/record-set.md, with the part of the record in front of all but the person's
own: `full_name`, `profile.schooling`, `holding.post`, `professional.rank`, `allowance.position`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cadres import records
from cadres.models import Allowance
from cadres.records import Field, Table
from cadres.records_people import HOLDINGS, PEOPLE, QUALIFICATIONS, RATINGS
from cadres.records_profile import PROFILE
from cadres.records_service import ALLOWANCES, SALARY
from cadres.rules.levels import LEVELS, STRAND_LABELS, Strand
from intake.shapes import PERSON, Part

_HOLDING = ("post", "commune", "valid_from", "valid_to", "decision_number", "note")
_QUALIFICATION = (
    "rank", "field", "major", "institution", "awarded_on", "studied_from", "studied_until",
    "study_form", "evidence", "evidence_number", "language",
)  # fmt: skip
_SALARY = (
    "grade_code", "grade_name", "step", "coefficient", "percent", "over_frame_percent",
    "valid_from", "decision_number",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A meaning of a column: the part of the record, and its field; `group` is for the choice."""

    code: str
    part: str
    field: Field
    group: str

    @property
    def label(self) -> str:
        return self.field.header


@dataclass(frozen=True)
class SpecialTarget:
    """A meaning that only old lists have: several fields in one cell, or one in several."""

    code: str
    label: str
    group: str


_SPECIAL = (
    SpecialTarget("name.family", "Họ và chữ đệm (cột tách)", "Người"),
    SpecialTarget("name.given", "Tên (cột tách)", "Người"),
    SpecialTarget("born.male", "Ngày sinh ở cột Nam", "Người"),
    SpecialTarget("born.female", "Ngày sinh ở cột Nữ", "Người"),
    SpecialTarget("born.day", "Ngày sinh: ngày", "Người"),
    SpecialTarget("born.month", "Ngày sinh: tháng", "Người"),
    SpecialTarget("born.year", "Ngày sinh: năm", "Người"),
    SpecialTarget("mark.sex.M", "Đánh dấu Nam", "Người"),
    SpecialTarget("mark.sex.F", "Đánh dấu Nữ", "Người"),
    SpecialTarget("mark.party", "Đảng viên (dấu x hoặc ngày vào Đảng)", "Người"),
    SpecialTarget("mark.ethnic_minority", "Là người dân tộc thiểu số (dấu x)", "Người"),
    SpecialTarget("holding.period", "Thời gian giữ chức vụ (từ – đến)", "Chức vụ"),
    SpecialTarget("qualification.text", "Trình độ (mọi nội dung trong một ô)", "Trình độ"),
    SpecialTarget("index", "Số thứ tự", "Không đọc"),
    SpecialTarget("info", "Cột tính ra (tuổi, thâm niên, cộng)", "Không đọc"),
)


def part_of(name: str) -> Part:
    """The part of the record of this name: PERSON, "holding", a strand … Raises KeyError."""
    return _parts()[name]


@cache
def _parts() -> Mapping[str, Part]:
    parts = [
        Part(PERSON, PEOPLE),
        Part("profile", PROFILE),
        Part("holding", HOLDINGS),
        *(Part(each.value, QUALIFICATIONS, {"strand": each.value}) for each in Strand),
        Part("rating", RATINGS),
        Part("salary", SALARY),
        Part("allowance", ALLOWANCES),
    ]
    return {part.name: part for part in parts}


@cache
def targets() -> Mapping[str, Target]:
    """All fields that a column may be, by code, in the order of the record."""
    found = [
        *_of(PEOPLE, "", "Người", *(each.code for each in PEOPLE.fields)),
        *_of(HOLDINGS, "holding", "Chức vụ", *_HOLDING),
        *(t for each in Strand for t in _of_strand(each)),
        *_of(RATINGS, "rating", "Xếp loại năm", "year", "level", "decision_number"),
        *_of(SALARY, "salary", "Tiền lương", *_SALARY),
        *(t for kind in Allowance.Kind for t in _of_allowance(kind)),
        *_of(PROFILE, "profile", "Lý lịch", *(f.code for f in PROFILE.fields if not f.is_info)),
    ]
    return {each.code: each for each in found if each.field.kind != records.Kind.PERSON}


def _of(table: Table, part: str, group: str, *codes: str) -> list[Target]:
    front = f"{part}." if part else ""
    return [Target(f"{front}{c}", part or PERSON, table.field(c), group) for c in codes]


def _of_strand(strand: Strand) -> list[Target]:
    return _of(QUALIFICATIONS, strand.value, STRAND_LABELS[strand], *_QUALIFICATION)


def _of_allowance(kind: Allowance.Kind) -> list[Target]:
    column = Field(kind.value, f"Phụ cấp {kind.label.lower()}", records.Kind.DECIMAL)
    return [Target(f"allowance.{kind.value}", "allowance", column, "Tiền lương")]


@cache
def specials() -> Mapping[str, SpecialTarget]:
    """Meanings of old lists by code; those of each strand and of each of its levels are among
    them."""
    found = list(_SPECIAL)
    for strand in Strand:
        group = STRAND_LABELS[strand]
        found.append(SpecialTarget(f"{strand.value}.text", f"{group} (ghi bằng chữ)", group))
        found += [
            SpecialTarget(f"mark.{strand.value}.{rank}", f"Dấu x: {name}", group)
            for rank, name in enumerate(LEVELS[strand])
        ]
    return {each.code: each for each in found}


def is_target(code: str) -> bool:
    return code in targets() or code in specials()


def label_of(code: str) -> str:
    """What a target is called on the page. Raises KeyError for none."""
    found = targets().get(code) or specials()[code]
    group = found.group
    return found.label if group == "Người" else f"{group} · {found.label}"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """(group, [(code, label)]) of all targets, for a form."""
    groups: dict[str, list[tuple[str, str]]] = {}
    found: list[Target | SpecialTarget] = [*targets().values(), *specials().values()]
    for each in found:
        groups.setdefault(each.group, []).append((each.code, each.label))
    return list(groups.items())
