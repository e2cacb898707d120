"""Judges records as an import would leave them, by the rules that hold for the forms too."""

import copy
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field as Column
from django.db.models import Model

from cadres.careers import career_problems, gone_by, stay_of
from cadres.conditions import broken, fields_of
from cadres.models import Rating, Status
from cadres.records_people import HOLDINGS, MEMBERSHIPS, PEOPLE, RATINGS
from cadres.records_profile import FAMILY
from cadres.records_service import ALLOWANCES, SALARY, STATUSES
from cadres.rules.careers import Gone, Stay
from cadres.rules.peoples import PEOPLES
from cadres.soundness import overlap_with
from daitu_portal.dates import PartialDate
from daitu_portal.fields import PartialDateField, field_of
from intake.directory import in_chunks
from intake.forms.cadre import CadreForm
from intake.forms.learning import FIRST_RATED_YEAR
from intake.reader import Problem, SourceRow

if TYPE_CHECKING:
    from intake.plan import Change

_NAMES = ("full_name", "other_name")
# Texts whose check is remembered: their length and number; and the number of a file's people.
_SHORT, _REMEMBERED, _TEXTS_OF_FILE = 100, 16_384, 4_096
_REMEDIES = {
    "full_name": "Gõ lại họ và tên bằng chữ Việt, phông Unicode.",
    "other_name": "Gõ lại tên bằng chữ Việt, phông Unicode, hoặc để trống.",
    "born_on": "Kiểm tra lại năm sinh.",
    "national_id": "Gõ đủ các chữ số; ô định dạng Text để giữ số 0 ở đầu.",
    "phone": "Gõ đủ các chữ số; ô định dạng Text để giữ số 0 ở đầu.",
    "ethnicity": "Chọn một dân tộc trong danh sách của tệp mẫu.",
    "recruited_on": "Kiểm tra lại ngày tuyển dụng và ngày sinh.",
    "party_joined_on": "Kiểm tra lại ngày vào Đảng và ngày sinh.",
    "party_official_on": "Kiểm tra lại ngày chính thức và ngày vào Đảng.",
}


class _PersonCheck(CadreForm):
    """The form's checks of what is typed, without its questions to the database.

    One form for all people of a file: making one costs five times as much as asking it.
    """

    def __init__(self, today: date) -> None:
        super().__init__({}, today=today)
        self._own = {name: getattr(self, f"clean_{name}", None) for name in self.fields}
        self._read = lru_cache(_TEXTS_OF_FILE)(self._read_anew)

    def errors_of(self, change: "Change") -> Mapping[str, Sequence[str]]:
        """What is wrong with the person's fields, by field."""
        cadre = self.instance = change.row
        names = self.Meta.fields
        self.changed = {*names} if change.is_new else {*change.before}
        self.data = {name: _typed(getattr(cadre, name)) for name in names}
        # As typed: what cannot be seen is gone from the value, and yet to be told.
        cells = change.source.cells
        self.data |= {name: str(cells[name].value) for name in _NAMES if self.data[name]
                      and name in cells}  # fmt: skip
        if cadre.ethnicity and cadre.ethnicity not in PEOPLES:
            field_of(self, "ethnicity", forms.ChoiceField).choices = self._peoples()
        self.full_clean()
        return {code: [str(each) for each in errors] for code, errors in self.errors.items()}

    def _clean_fields(self):
        """As the form does, but each text of a field is read once a file."""
        data, cleaned = self.data, self.cleaned_data
        for name, own in self._own.items():
            found = self._read(name, data.get(name))
            if isinstance(found, ValidationError):
                self.add_error(name, found)
                continue
            cleaned[name] = found
            if own:
                self._clean_by(name, own)

    def _clean_by(self, name: str, own: Callable[[], Any]) -> None:
        try:
            self.cleaned_data[name] = own()
        except ValidationError as error:
            self.add_error(name, error)

    def _read_anew(self, name: str, text: str | None) -> Any:
        """What a field makes of its text, or has against it."""
        try:
            return self.fields[name].clean(text)
        except ValidationError as error:
            return error

    def leaves(self, *names: str) -> bool:
        return not {*names} & self.changed

    def _post_clean(self):
        """Uniqueness is the matching's business; the model's limits are checked here for all."""


def gone_after(changes: Sequence["Change"]) -> dict[Any, list[Gone]]:
    """How the people of the posts and seats among `changes` leave for good, by `owner_of`, as the
    file would leave their records. One query for each five thousand people."""
    told = [each for each in changes if each.table is STATUSES and is_told(each)]
    in_file = {each.row.pk for each in told}
    mine = {each.cadre.pk for each in changes if each.table in (HOLDINGS, MEMBERSHIPS)}
    stored = in_chunks(Status.objects.filter(kind__in=Status.LEFT), "cadre_id", mine)
    found = defaultdict(list)
    for row in stored:
        if row.pk not in in_file:
            found[row.cadre_id].append(gone_by(row))
    for each in told:
        if each.row.kind in Status.LEFT:
            found[owner_of(each)].append(gone_by(each.row))
    return found


def problems_of(
    changes: Sequence["Change"],
    stored: Mapping[str, Sequence[Any]],
    gone: Mapping[Any, Sequence[Gone]],
    *,
    today: date,
) -> list[Problem]:
    """Everything that forbids the new and changed records among `changes`.

    `stored`: by table, all records of the people concerned, the changed ones among them; `gone`:
    how they leave for good (`gone_after`).
    """
    person_check = _PersonCheck(today)
    found = [p for change in changes if change.before for p in _of_one(change, person_check)]
    for table in (HOLDINGS, MEMBERSHIPS):
        mine = [change for change in changes if change.table is table]
        found += _of_careers(mine, stored.get(table.code, ()), gone)
    for table in (SALARY, ALLOWANCES):
        mine = [change for change in changes if change.table is table and is_told(change)]
        found += _of_followers(mine, stored.get(table.code, ()))
    return found


def _of_one(change: "Change", person_check: _PersonCheck) -> Iterator[Problem]:
    row, today = change.source, person_check.today
    asked = {*person_check.fields} if change.table is PEOPLE else ()
    yield from _of_limits(change, passing_over=asked)
    if change.table is PEOPLE:
        yield from _of_person(change, person_check)
    yield from _of_constraints(change)
    if change.table not in (PEOPLE, FAMILY):
        yield from _of_days(change, today)
    if change.table is RATINGS and "year" in change.before:
        yield from _of_year(row, change.row, today)


def _of_limits(change: "Change", passing_over: Collection[str]) -> Iterator[Problem]:
    limited = _limited(change.row._meta.model)
    for code in change.before:
        if code in limited and code not in passing_over:
            fault = _fault_of(limited[code], getattr(change.row, code))
            if fault:
                yield change.source.problem(code, fault, _remedy(change, code))


def _fault_of(column: Column, value: Any) -> str:
    """What the limits of a column have against a value; "" for nothing."""
    if value is None:
        return ""
    is_short = type(value) is int or (type(value) is str and len(value) <= _SHORT)
    return _fault_of_short(column, value) if is_short else _fault(column, value)


@cache
def _limited(model: type[Model]) -> Mapping[str, Column]:
    """The columns of which what they hold has limits; a PartialDate is sound by itself."""
    return {
        each.name: each
        for each in model._meta.concrete_fields
        if each.validators and not each.is_relation and not isinstance(each, PartialDateField)
    }


def _fault(column: Column, value: Any) -> str:
    try:
        column.run_validators(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


_fault_of_short = lru_cache(_REMEMBERED)(_fault)


def _of_constraints(change: "Change") -> Iterator[Problem]:
    """What the database would refuse; the ends of careers are told by their own rules."""
    is_career = change.table in (HOLDINGS, MEMBERSHIPS)
    for constraint in broken(change.row):
        if is_career and constraint.name.endswith("_ends_after_it_begins"):
            continue
        fields = fields_of(constraint.condition)
        if change.source.bad & {*fields}:
            continue  # told already
        code = next((each for each in fields if each in change.before), fields[0])
        message = str(constraint.violation_error_message)
        yield change.source.problem(code, message, _remedy(change, code))


def _remedy(change: "Change", code: str) -> str:
    header = change.source.header(code)
    return _REMEDIES.get(code) or f"Sửa ô “{header}” của dòng này rồi tải lên lại."


def _of_person(change: "Change", person_check: _PersonCheck) -> Iterator[Problem]:
    cadre = change.row
    for code, errors in person_check.errors_of(change).items():
        if code not in change.source.bad and not _is_missing(cadre, code):
            yield change.source.problem(code, " ".join(errors), _remedy(change, code))


def _is_missing(cadre: Any, code: str) -> bool:
    """A required field without a value has been told already."""
    return code in ("full_name", "sex") and not getattr(cadre, code)


def _typed(value: Any) -> str:
    return "" if value is None else str(value)


def _of_days(change: "Change", today: date) -> Iterator[Problem]:
    row, born_on = change.source, change.cadre.born_on
    for code in change.before:
        value = getattr(change.row, code)
        if not isinstance(value, PartialDate):
            continue
        if value.earliest > today:
            yield row.problem(code, "Ngày này chưa tới.", "Kiểm tra lại năm.")
        elif isinstance(born_on, PartialDate) and value.latest < born_on.earliest:
            yield row.problem(code, f"Ngày này trước khi sinh ({born_on}).", "Kiểm tra lại năm.")


def _of_year(row: SourceRow, rating: Rating, today: date) -> Iterator[Problem]:
    if not FIRST_RATED_YEAR <= rating.year <= today.year:
        yield row.problem(
            "year",
            f"Năm phải từ {FIRST_RATED_YEAR} đến {today.year}.",
            "Kiểm tra lại năm.",
        )


def _of_careers(
    changes: Sequence["Change"], stored: Sequence[Any], gone: Mapping[Any, Sequence[Gone]]
) -> Iterator[Problem]:
    """Posts and seats of each person against each other, and against leaving for good."""
    stays = defaultdict(list)
    for record in stored:
        stays[record.cadre_id].append((record, stay_of(record)))
    for change in changes:
        if change.is_new and is_told(change):
            stays[owner_of(change)].append((change.row, stay_of(change.row)))
    for change in changes:
        if change.before and is_told(change):
            others = [stay for record, stay in stays[owner_of(change)] if record is not change.row]
            yield from _of_stay(change, others, gone.get(owner_of(change), ()))


def is_told(change: "Change") -> bool:
    """Whether all that its period needs could be read."""
    row = change.row
    return isinstance(row.valid_from, date) and all(
        getattr(row, f"{each.code}_id", True) for each in change.table.required
    )


def owner_of(change: "Change") -> Any:
    """Whose record it is: the key, or for someone new what stands for it."""
    return change.cadre.pk or id(change.cadre)


def _of_stay(change: "Change", others: list[Stay], gone: Sequence[Gone]) -> Iterator[Problem]:
    for problem in career_problems(change.row, others, _as_it_was(change), gone):
        code = {"last_on": "valid_to"}.get(problem.field, problem.field)
        remedy = f"{problem.remedy[0].upper()}{problem.remedy[1:]}."
        yield change.source.problem(code, f"{problem.fault}.", remedy)


def _of_followers(changes: Sequence["Change"], stored: Sequence[Any]) -> Iterator[Problem]:
    """Steps of pay, and allowances of a kind, each against the others of the person."""
    beside: dict[Any, list[Any]] = defaultdict(list)
    for record in [*stored, *(change.row for change in changes if change.is_new)]:
        beside[_line_of(record)].append(record)
    for change in changes:
        others = beside[_line_of(change.row)] if change.before else ()
        other = next((o for o in others if o is not change.row and _meet(o, change.row)), None)
        if other is not None:
            problem = overlap_with(other)
            yield change.source.problem(
                problem.field,
                f"{problem.fault}.",
                "Ghi “Đến hết ngày” của dòng trước, hoặc sửa ngày.",
            )


def _line_of(record: Any) -> tuple[Any, ...]:
    return record.cadre.pk or id(record.cadre), getattr(record, "kind", "")


def _meet(one: Any, other: Any) -> bool:
    """Whether two periods share a day."""
    return (one.valid_to is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )


def _as_it_was(change: "Change") -> Any:
    """The record before the change; None for a new one."""
    if change.is_new:
        return None
    was = copy.copy(change.row)
    for code, value in change.before.items():
        setattr(was, code, value)
    return was
