"""The figures of the result template for a period, and the people behind each cell.

A participation counts in the period in which its class began, a study in that in which it began, by
the post held on that day; those who never came, left or were taken off the list do not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from cadres.models import Affiliation, Holding
from cadres.models.period import on_day
from cadres.models.post import LegalCategory
from cadres.record_version import Memory
from cadres.rules.peoples import KINH
from training.models import Enrolment, ReportFigure, Study, StudyStep, TrainingClass
from training.rules import result_template as template
from training.rules.result_template import COLUMNS, LETTERS, LINES, MINORITY, TOTAL, WOMEN, Line

_ROW_OF_CATEGORY = {
    LegalCategory.CADRE: template.CADRE_ROW,
    LegalCategory.CIVIL_SERVANT: template.SERVANT_ROW,
    LegalCategory.PART_TIME: template.PART_TIME_ROW,
    LegalCategory.VILLAGE: template.OUTSIDE_ROW,
    LegalCategory.POLICE: template.OUTSIDE_ROW,
}
_TEXT = CharField()


@dataclass(frozen=True)
class Period:
    """Both days are part of it."""

    first: date
    last: date


@dataclass(frozen=True)
class Cell:
    """A figure; None where the portal has none of it. `key` names it in addresses."""

    column: str
    value: int | None
    is_manual: bool = False


@dataclass(frozen=True)
class Told:
    """A row of the report: D to X, then Y, Z and AA."""

    line: Line
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Report:
    """The template filled in for a period. Money is in đồng."""

    period: Period
    rows: tuple[Told, ...]
    costs: Mapping[str, int]
    by_group: int  # participations of classes without a programme, put in a column by their group
    unknown: Mapping[str, int]  # whose people, or sex, is not recorded: outside Z and AA

    @property
    def class_cost(self) -> int:
        return self.costs["central"] + self.costs["local"] + self.costs["other"]


def category_on(person: str, day: str) -> Subquery:
    """The legal category of the main post that the person of a row held on a day of it."""
    held = Holding.objects.filter(on_day(OuterRef(day)), cadre=OuterRef(person)).main_first()
    return Subquery(held.values("post__category")[:1])


def _row(*, person: str, day: str) -> Case:
    # Days of mandates are partial: their text compares as their earliest day does.
    day_text = Cast(OuterRef(day), CharField())
    mandates = Affiliation.objects.filter(
        Q(joined_on=None) | Q(joined_on__lte=day_text),
        Q(until_on=None) | Q(until_on__gte=day_text),
        body=Affiliation.Body.COUNCIL_COMMUNE, cadre=OuterRef(person),
    )  # fmt: skip
    by_post = [When(category=each, then=Value(row)) for each, row in _ROW_OF_CATEGORY.items()]
    return Case(
        When(Q(**{person: None}), then=Value(template.OUTSIDE_ROW)),
        *by_post,
        When(Exists(mandates), then=Value(template.COUNCIL_ROW)),
        default=Value(template.NO_POST_ROW),
        output_field=_TEXT,
    )


def _minority(name: str) -> Case:
    """1 for a people other than Kinh, 0 for Kinh, None where nothing is recorded."""
    return Case(
        When(Q(**{name: ""}) | Q(**{name: None}), then=None),
        When(Q(**{name: KINH}), then=0),
        default=1,
        output_field=IntegerField(),
    )


def enrolments_of(period: Period) -> QuerySet[Any]:
    """The participations of the period, each with `row`, `column`, `minority`, `learner_sex`."""
    by_group = [When(training_class__content_group=k, then=Value(v))
                for k, v in template.BY_GROUP.items()]  # fmt: skip
    return (
        Enrolment.objects.took_part()
        .filter(training_class__begins_on__range=(period.first, period.last))
        .exclude(training_class__state=TrainingClass.State.DRAFT)
        .annotate(
            person=Coalesce("cadre", "outside_learner__cadre"),
            people_name=Coalesce("cadre__ethnicity", "outside_learner__ethnicity"),
            learner_sex=Coalesce("cadre__sex", "outside_learner__sex"),
            category=category_on("person", "training_class__begins_on"),
        )
        .annotate(
            row=_row(person="person", day="training_class__begins_on"),
            column=Coalesce(
                "training_class__programme__report_column", Case(*by_group, output_field=_TEXT)
            ),
            minority=_minority("people_name"),
        )
    )


def studies_of(period: Period) -> QuerySet[Any]:
    """The studies that began in the period, with the same."""
    by_level = [When(strand=s, rank=r, then=Value(v)) for (s, r), v in template.BY_LEVEL.items()]
    by_strand = [When(strand=s, then=Value(v)) for s, v in template.BY_STRAND.items()]
    other = Value(template.OTHER_COLUMN)
    level = Case(*by_level, *by_strand, default=other, output_field=_TEXT)
    return (
        Study.objects.filter(begins_on__range=(period.first, period.last))
        .annotate(category=category_on("cadre", "begins_on"))
        .annotate(
            row=_row(person="cadre", day="begins_on"),
            column=Coalesce("programme__report_column", level),
            minority=_minority("cadre__ethnicity"),
        )
    )


_Counts = dict[tuple[str, str], int]


def _counted(period: Period) -> tuple[_Counts, dict[str, int]]:
    """By row and column (D–X, Y, Z, AA) the participations, and how many are not known. Two
    statements."""
    sexes = enrolments_of(period).values_list("row", "column", "minority", "learner_sex")
    studies = studies_of(period).values_list("row", "column", "minority", "cadre__sex")
    found: _Counts = {}
    unknown = {MINORITY: 0, WOMEN: 0}
    for rows in (sexes, studies):
        for row, column, minority, sex, number in rows.order_by().annotate(Count("pk")):
            columns = [
                column,
                TOTAL,
                *([MINORITY] if minority else []),
                *([WOMEN] if sex == "F" else []),
            ]
            for each in columns:
                found[row, each] = found.get((row, each), 0) + number
            unknown[MINORITY] += number if minority is None else 0
            unknown[WOMEN] += number if sex not in ("F", "M") else 0
    return found, unknown


def _manual(period: Period) -> dict[str, int]:
    typed = ReportFigure.objects.filter(
        period_from=period.first, period_to=period.last, row=template.MANUAL_ROW
    )
    return dict(typed.values_list("column", "value"))


def report(period: Period) -> Report:
    """The template for a period, of the whole district; remembered until something is written.

    Source of the layout: Mẫu số 1 of the result template (domain §6.3). Five statements.
    """
    found: Report = Memory.now().remembered(
        ("result report", period.first, period.last), lambda: _report(period)
    )
    return found


def _report(period: Period) -> Report:
    counts, unknown = _counted(period)
    manual = _manual(period)
    rows = tuple(Told(line, _cells(line, counts, manual)) for line in LINES)
    without = enrolments_of(period).filter(training_class__programme=None).order_by()
    return Report(period, rows, _costs(period), without.count(), unknown)


def _cells(line: Line, counts: _Counts, manual: Mapping[str, int]) -> tuple[Cell, ...]:
    letters = (*LETTERS, TOTAL, MINORITY, WOMEN)
    if line.is_outside:
        return tuple(Cell(letter, None) for letter in letters)
    if line.code == template.MANUAL_ROW:
        return tuple(_manual_cell(letter, manual) for letter in letters)
    rows = line.parts or (line.code,)
    return tuple(
        Cell(letter, sum(counts.get((row, letter), 0) for row in rows)) for letter in letters
    )


def _manual_cell(letter: str, manual: Mapping[str, int]) -> Cell:
    if letter == TOTAL and manual:
        return Cell(letter, sum(manual.get(each, 0) for each in LETTERS), is_manual=True)
    return Cell(letter, manual.get(letter), is_manual=letter in manual)


def _costs(period: Period) -> dict[str, int]:
    """Of the classes that began in the period, by source, and what was paid to those who study."""
    classes = TrainingClass.objects.begun_by(period.last, since=period.first)
    held = classes.exclude(state=TrainingClass.State.DRAFT).aggregate(
        central=Coalesce(Sum("cost_central"), 0),
        local=Coalesce(Sum("cost_local"), 0),
        other=Coalesce(Sum("cost_other"), 0),
    )
    paid = StudyStep.objects.filter(
        kind=StudyStep.Kind.SUPPORT, on__range=(period.first, period.last)
    ).aggregate(paid=Coalesce(Sum("amount"), 0))
    return {**held, "study": paid["paid"]}


def cell_condition(row: str, column: str, *, sex: str = "learner_sex") -> Q:
    """Which rows of `enrolments_of` a cell counts; of `studies_of` with sex="cadre__sex".

    Raises LookupError for a cell that the template does not have or that opens nobody.
    """
    rows = template.rows_of(row)
    line = template.line_of(row)
    if not rows or line is None or line.is_outside or row == template.MANUAL_ROW:
        raise LookupError(row)
    found = Q(row__in=rows)
    if column in LETTERS:
        found &= Q(column=column)
    elif column not in (TOTAL, MINORITY, WOMEN):
        raise LookupError(column)
    if column == MINORITY:
        found &= Q(minority=1)
    if column == WOMEN:
        found &= Q(**{sex: "F"})
    return found


def column_label(column: str) -> str:
    """ "E. Lý luận chính trị: Trung cấp"."""
    for letter, group, words in (*COLUMNS, *template.SUBSETS):
        if letter == column:
            return f"{letter}. {group}: {words}" if group else f"{letter}. {words}"
    raise LookupError(column)
