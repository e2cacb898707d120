"""Rows of several small tables of one person, read in one statement: states, work, organisations;
awards and discipline. A tab asks once for them, whatever their number."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from accounts.models import User
from cadres.field_groups import TELLTALES, FieldGroup, sees
from cadres.models import Affiliation, Award, Cadre, Discipline, Status
from daitu_portal.dates import PartialDate

_TEXT = CharField(max_length=600)
_COLUMNS = (
    "key", "begins", "ends", "kind", "system", "reason", "words", "place", "issuer", "number",
    "decided", "note",
)  # fmt: skip


class Line(NamedTuple):
    """A row of any of the tables as text; what a table does not have is ""."""

    table: str
    key: str
    begins: str
    ends: str
    kind: str
    system: str
    reason: str
    words: str
    place: str
    issuer: str
    number: str
    decided: str
    note: str
    day: date  # of which the page speaks

    @property
    def since(self) -> PartialDate | None:
        return PartialDate(self.begins) if self.begins else None

    @property
    def until(self) -> PartialDate | None:
        return PartialDate(self.ends) if self.ends else None

    @property
    def last_on(self) -> date | None:
        """The last day of a period that is stored with the day after it."""
        return date.fromisoformat(self.ends) - timedelta(days=1) if self.ends else None

    @property
    def decided_on(self) -> PartialDate | None:
        return PartialDate(self.decided) if self.decided else None

    @property
    def is_later(self) -> bool:
        """Whether it begins only after the day of the page."""
        return bool(self.since and self.since.earliest > self.day)

    @property
    def is_over(self) -> bool:
        """Whether it ended by the day of the page."""
        return bool(self.ends) and date.fromisoformat(_first_day(self.ends)) <= self.day

    @property
    def kind_words(self) -> str:
        return _WORDS[self.table].get(self.kind, "")

    @property
    def system_words(self) -> str:
        return dict(Award.System.choices).get(self.system, "")

    @property
    def reason_words(self) -> str:
        return _REASONS.get(self.table, {}).get(self.reason, "")


def _first_day(iso: str) -> str:
    return (iso + "-01-01")[:10]


_WORDS: dict[str, dict[str, str]] = {
    "Status": dict(Status.Kind.choices),
    "Affiliation": dict(Affiliation.Body.choices),
    "Award": dict(Award.Kind.choices),
    "Discipline": dict(Discipline.Form.choices),
    "WorkPeriod": {},
}
_REASONS: dict[str, dict[str, str]] = {
    "Discipline": dict(Discipline.Reason.choices),
    "Status": dict(Status.Scheme.choices),
}


def _rows(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """`rows` with the columns of `Line`, all of them text, as PostgreSQL asks of a union."""
    named = {"key": "pk", **columns}
    values = [_as_text(named.get(name)) for name in _COLUMNS]
    return rows.order_by().values_list(Value(rows.model.__name__, output_field=_TEXT), *values)


def _as_text(column: Any) -> Any:
    if column is None:
        return Value("", output_field=_TEXT)
    return Cast(F(column) if isinstance(column, str) else column, _TEXT)


def _read(statements: Sequence[QuerySet[Any]], day: date) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for row in statements[0].union(*statements[1:], all=True):
        line = Line._make([*("" if value is None else value for value in row), day])
        found.setdefault(line.table, []).append(line)
    return found


def _latest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.begins, int(line.key)), reverse=True)


def service_of(person: Cadre, user: User, day: date) -> dict[str, list[Line]]:
    """`statuses`, the latest first, `work` from the beginning, `affiliations`; one query.

    A state that tells of discipline is not told to who may not see that.
    """
    group, telltales = TELLTALES["cadres.status", "kind"]
    statuses = person.statuses.all()
    if not sees(user, group):
        statuses = statuses.exclude(kind__in=telltales)
    from_district = Case(When(from_district=True, then=Value("x")), default=Value(""))
    found = _read(
        [
            _rows(statuses, begins="valid_from", ends="valid_to", kind="kind", reason="scheme",
                  place="place", words=from_district, number="decision_number", note="note"),
            _rows(person.work_periods.all(), begins="from_on", ends="until_on", words="what"),
            _rows(person.affiliations.all(), begins="joined_on", ends="until_on", kind="body",
                  words="role", place="term__name", note="note"),
        ],
        day,
    )  # fmt: skip
    return {
        "statuses": _latest_first(found.get("Status", [])),
        "work": _latest_first(found.get("WorkPeriod", []))[::-1],
        "affiliations": _latest_first(found.get("Affiliation", [])),
    }


def merits_of(person: Cadre, user: User, day: date) -> dict[str, list[Line]]:
    """`awards` and, for who may see them, `disciplines`; the latest first. One query."""
    statements = [
        _rows(person.awards.all(), begins="year", kind="kind", system="system", words="detail",
              decided="decided_on", issuer="issuer", number="decision_number", note="note"),
    ]  # fmt: skip
    if sees(user, FieldGroup.DISCIPLINE):
        statements.append(
            _rows(person.disciplines.all(), begins="effective_on", ends="ends_on", kind="form",
                  system="system", reason="reason", decided="decided_on", issuer="issuer",
                  number="decision_number", note="note")
        )  # fmt: skip
    found = _read(statements, day)
    return {
        "awards": _latest_first(found.get("Award", [])),
        "disciplines": _latest_first(found.get("Discipline", [])),
    }
