"""The quotas of a year: what a form of all communes starts from, and what to mind in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cadres.models import Commune, Quota
from cadres.quota_actions import TOTAL, Key, Row, in_force, mark_of, rows_since
from reports.staffing import Staff, staffing

GROUPS = tuple(Quota.Group)
Numbers = Mapping[Key, int | None]


@dataclass(frozen=True)
class YearSheet:
    """All communes of the first day of a year, with what they were given before and since.

    `held` are the rows in force that day, `before` the numbers to start from: those, else what
    was in force the day before. `later` are rows that begin after it, in the year.
    """

    year: int
    staff: Sequence[Staff]
    held: Mapping[Key, Row | None]
    before: Numbers
    later: Mapping[Key, Sequence[Row]]

    @property
    def begins(self) -> date:
        return first_day(self.year)

    @property
    def seen(self) -> dict[str, str]:
        """The marks of what is in force, by the names of the fields that show it."""
        return {field_name(key): mark_of(row) for key, row in self.held.items()}

    def document(self, keys: Iterable[Key]) -> str:
        """The document that all rows given from the first day share; "" where they do not."""
        rows = [self.held[key] for key in keys]
        found = {row.document for row in rows if row and row.valid_from == self.begins}
        return found.pop() if len(found) == 1 else ""

    def label(self, key: Key) -> str:
        """What a number is given to, in words."""
        commune, group = key
        if commune is None:
            return "Tổng chỉ tiêu của huyện"
        names = {each.commune.pk: each.commune.name for each in self.staff}
        return f"{names[commune]}, {Quota.Group(group).label.lower()}"


def first_day(year: int) -> date:
    return date(year, 1, 1)


def field_name(key: Key) -> str:
    """ "n_12_cadre"; the district's total is "total"."""
    return "total" if key == TOTAL else f"n_{key[0]}_{key[1]}"


def keys_of(communes: Iterable[Commune]) -> list[Key]:
    return [(commune.pk, group.value) for commune in communes for group in GROUPS]


def year_sheet(year: int) -> YearSheet:
    """Gather the sheet of a year. Seven queries, however many communes."""
    begins = first_day(year)
    communes = list(Commune.objects.on(begins))
    eve = begins - timedelta(days=1)
    rows = rows_since(eve, first_day(year + 1))
    keys = [*keys_of(communes), TOTAL]
    held = {key: in_force(rows.get(key, []), begins) for key in keys}
    start = {key: held[key] or in_force(rows.get(key, []), eve) for key in keys}
    return YearSheet(
        year=year,
        staff=staffing(begins, communes).staff,
        held=held,
        before={key: row.number if row else None for key, row in start.items()},
        later={key: [r for r in rows.get(key, []) if r.valid_from > begins] for key in keys},
    )


def sums(sheet: YearSheet, numbers: Numbers) -> dict[str, int]:
    """What is given in all, by group."""
    return {
        group.value: sum(numbers.get((each.commune.pk, group), 0) or 0 for each in sheet.staff)
        for group in GROUPS
    }


def over_ceiling(staff: Staff, numbers: Numbers) -> int:
    """By how much the numbers of a commune pass the ceiling of its class; 0 where none is known."""
    given = sum(numbers.get((staff.commune.pk, group)) or 0 for group in GROUPS)
    return max(given - staff.ceiling, 0) if staff.ceiling is not None else 0


def warnings(sheet: YearSheet, numbers: Numbers) -> list[str]:
    """What to mind before the numbers are written; none of it forbids writing them."""
    return [
        *_over_ceilings(sheet, numbers),
        *_against_total(sheet, numbers),
        *_fewer_than_people(sheet, numbers),
        *_not_known(sheet, numbers),
    ]


def _over_ceilings(sheet: YearSheet, numbers: Numbers) -> Iterable[str]:
    for staff in sheet.staff:
        over = over_ceiling(staff, numbers)
        if over and staff.ceiling is not None:
            yield (
                f"{staff.commune.name}: giao {staff.ceiling + over}, vượt trần {staff.ceiling} của "
                f"loại {staff.commune.get_grade_display()} là {over}."
            )


def _against_total(sheet: YearSheet, numbers: Numbers) -> Iterable[str]:
    total, given = numbers.get(TOTAL), sum(sums(sheet, numbers).values())
    if total is None:
        yield f"Chưa có tổng chỉ tiêu của huyện năm {sheet.year}, nên chưa so được."
    elif given > total:
        yield f"Giao các xã {given}, vượt tổng chỉ tiêu của huyện {total} là {given - total}."


def _fewer_than_people(sheet: YearSheet, numbers: Numbers) -> Iterable[str]:
    for staff in sheet.staff:
        for group in GROUPS:
            number = numbers.get((staff.commune.pk, group))
            if number is not None and number < staff.present[group]:
                yield (
                    f"{staff.commune.name}: giao {number} {group.label.lower()}, đang có "
                    f"{staff.present[group]} người ngày {sheet.begins:%d/%m/%Y}."
                )


def _not_known(sheet: YearSheet, numbers: Numbers) -> Iterable[str]:
    none = [s.commune for s in sheet.staff
            if any(numbers.get((s.commune.pk, group)) is None for group in GROUPS)]  # fmt: skip
    if none:
        yield f"{_named(none)} chưa có đủ hai số: phần để trống không được giao."
    ungraded = [each.commune for each in sheet.staff if each.commune.grade is None]
    if ungraded:
        yield f"{_named(ungraded)} chưa có loại (I, II, III), nên chưa so được với trần."
    no_ceiling = [s.commune for s in sheet.staff if s.commune.grade and s.ceiling is None]
    if no_ceiling:
        yield (
            f"{_named(no_ceiling)} có loại, nhưng không có trần nào của loại ấy có hiệu lực ngày "
            f"{sheet.begins:%d/%m/%Y}."
        )


def _named(communes: Sequence[Commune]) -> str:
    """Up to three by name, more by number."""
    if len(communes) <= 3:
        return ", ".join(commune.name for commune in communes)
    return f"{len(communes)} đơn vị"
