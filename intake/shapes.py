"""What a sheet may look like: the tables of the record set, and the template with one row a person.

A row of a sheet holds one part of a record or several: the template's row is a person, the post
held, a qualification for each strand and a rating.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cadres import records
from cadres.columns import COLUMNS
from cadres.exports import CODE, LIST_SHEET, MISSING, NAME, NUMBER
from cadres.records import Field, Kind, Table
from cadres.records_people import HOLDINGS, PEOPLE, QUALIFICATIONS, RATINGS
from cadres.records_profile import PROFILE
from cadres.rules.levels import Strand

TEMPLATE_SHEET = "Cán bộ"
EXAMPLE_MARK = "Ví dụ"
PERSON = "person"


@dataclass(frozen=True)
class Part:
    """A record that a row of the sheet tells of; `given` is what all rows have in common."""

    name: str
    table: Table
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ShapeColumn:
    part: str
    field: Field


@dataclass(frozen=True)
class Shape:
    """A kind of sheet. Only `required` headers must be there; the person comes first in `parts`.

    `only_known` sheets correct people on record and bring nobody; `blank` is what their cells say
    where nothing is stored.
    """

    sheet: str
    parts: tuple[Part, ...]
    columns: tuple[ShapeColumn, ...]
    required: tuple[str, ...]
    is_read: bool = True
    only_known: bool = False
    blank: str = ""

    @property
    def headers(self) -> list[str]:
        return [column.field.header for column in self.columns]


def shape_of(table: Table) -> Shape:
    """The shape of a sheet of the record set."""
    return Shape(
        sheet=table.sheet,
        parts=(Part(table.code, table),),
        columns=tuple(ShapeColumn(table.code, each) for each in table.fields),
        required=tuple(f.header for f in table.fields if f.is_required and not f.is_info),
        is_read=table.is_imported,
    )


def _pick(part: str, table: Table, headers: Mapping[str, str], **more: Any) -> list[ShapeColumn]:
    return [
        ShapeColumn(part, replace(table.field(code), header=header, **more))
        for code, header in headers.items()
    ]


def _strand_columns(strand: Strand, short: str, *codes: str) -> list[ShapeColumn]:
    names = {
        "rank": f"{short}: mức",
        "awarded_on": f"{short}: ngày cấp",
        "field": f"{short}: nhóm ngành",
        "major": f"{short}: chuyên ngành",
        "institution": f"{short}: cơ sở đào tạo",
        "evidence_number": f"{short}: số văn bằng",
        "language": f"{short}: thứ tiếng",
    }
    columns = _pick(strand.value, QUALIFICATIONS, {code: names[code] for code in codes})
    return [replace(c, field=replace(c.field, is_required=False, example="")) for c in columns]


_STRANDS = (
    (Strand.GENERAL, "Phổ thông", ("rank",)),
    (
        Strand.PROFESSIONAL,
        "Chuyên môn",
        ("rank", "field", "major", "institution", "awarded_on", "evidence_number"),
    ),
    (Strand.POLITICAL, "LLCT", ("rank", "awarded_on")),
    (Strand.STATE_MANAGEMENT, "QLNN", ("rank", "awarded_on")),
    (Strand.IT, "Tin học", ("rank", "awarded_on")),
    (Strand.LANGUAGE, "Ngoại ngữ", ("rank", "language")),
)


def _template() -> Shape:
    person = _pick(
        PERSON,
        PEOPLE,
        {each.code: each.header for each in PEOPLE.fields if each.code != "note"},
    )
    holding = _pick(
        "holding",
        HOLDINGS,
        {
            "commune": "Xã, thị trấn",
            "post": "Chức vụ, chức danh",
            "valid_from": "Giữ từ ngày",
            "valid_to": "Giữ đến hết ngày",
            "decision_number": "Số quyết định",
        },
    )
    rating = _pick("rating", RATINGS, {"year": "Năm xếp loại", "level": "Mức xếp loại"})
    strands = [
        c for strand, short, codes in _STRANDS for c in _strand_columns(strand, short, *codes)
    ]
    return Shape(
        sheet=TEMPLATE_SHEET,
        parts=(
            Part(PERSON, PEOPLE),
            Part("holding", HOLDINGS),
            *(
                Part(strand.value, QUALIFICATIONS, {"strand": strand.value})
                for strand, _, _ in _STRANDS
            ),
            Part("rating", RATINGS),
        ),
        columns=(
            *person,
            *(replace(c, field=replace(c.field, is_required=False)) for c in (*holding, *rating)),
            *strands,
        ),
        required=("Họ và tên",),
    )


TEMPLATE = _template()


def _listed() -> Shape:
    """The people list as it is exported: cells that tell what is stored come back, by the code of
    the person; the others are the portal's own and are passed over."""
    told = _pick(PERSON, PEOPLE, {"code": CODE, "full_name": NAME})
    columns = [ShapeColumn(PERSON, Field("number", NUMBER, is_info=True)), *told]
    for each in COLUMNS:
        if each.stored is None:
            columns.append(ShapeColumn(PERSON, Field(each.code, each.label, is_info=True)))
        elif each.label != CODE:
            table, code = each.stored
            part = PERSON if table == PEOPLE.code else table
            columns += _pick(part, records.table(table), {code: each.label}, is_required=False)
    return Shape(
        sheet=LIST_SHEET,
        parts=(Part(PERSON, PEOPLE), Part(PROFILE.code, PROFILE)),
        columns=tuple(columns),
        required=(CODE,),
        only_known=True,
        blank=MISSING,
    )


LISTED = _listed()


def shapes() -> tuple[Shape, ...]:
    """All sheets that are understood whatever else the file holds; the template first. The list
    (LISTED) is one only where its hidden sheet says so: many files have a sheet of that name."""
    return (TEMPLATE, *(shape_of(table) for table in records.tables()))


def is_reference(kind: Kind) -> bool:
    """Whether a field of this kind names another row."""
    return kind in (Kind.PERSON, Kind.POST, Kind.COMMUNE, Kind.STUDY_FIELD, Kind.TERM)
