"""The tables of the forms: each row as it is printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.models import Allowance, Holding, Qualification, SalaryStep
from cadres.printing.papers import PAY_CELLS
from cadres.printing.people import FAMILY, Dossier
from cadres.printing.words import (
    day_words,
    in_brackets,
    joined,
    lower_first,
    month_words,
    number_words,
    percent_words,
    period_words,
    plain,
)
from cadres.rules.levels import Strand
from daitu_portal.text import fold

NOT_SHOWN = "(không in theo quyền xem của người in)"


@dataclass(frozen=True)
class Learning:
    """A line of table 27."""

    school: str = ""
    subject: str = ""
    period: str = ""
    form: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Work:
    """A line of table 28."""

    period: str = ""
    what: str = ""


@dataclass(frozen=True)
class Relative:
    """A line of table 30, which asks for the year of birth; the supplement asks for the day."""

    relation: str = ""
    full_name: str = ""
    born: str = ""
    year: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Pay:
    """A line of table 31, which the form has lying on its side."""

    label: str
    cell_1: str = ""
    cell_2: str = ""
    cell_3: str = ""
    cell_4: str = ""
    cell_5: str = ""
    cell_6: str = ""
    cell_7: str = ""


def subject_words(qualification: Qualification) -> str:
    """What was studied: the major, else the field."""
    field = qualification.field
    return plain(qualification.major or (field.name if field else ""))


def learning_rows(qualifications: Iterable[Any], trainings: Iterable[Any]) -> tuple[Learning, ...]:
    """Degrees and courses by the day they ended, those without a day last. General schooling and
    "not trained" are no courses."""
    rows = [
        (each.studied_until or each.awarded_on, _learning_of(each))
        for each in qualifications
        if each.rank and each.strand != Strand.GENERAL
    ]
    rows += [(each.completed_on, _course_of(each)) for each in trainings]
    rows.sort(key=lambda pair: (pair[0] is None, pair[0].earliest if pair[0] else date.max))
    return tuple(row for _, row in rows)


def _learning_of(each: Qualification) -> Learning:
    subject = subject_words(each) or plain(each.language) or each.get_strand_display()
    outcome = joined([f"{each.get_evidence_display()}: {each.level_name}", _when(each)], ", ")
    return Learning(
        school=plain(each.institution),
        subject=subject,
        period=period_words(each.studied_from, each.studied_until),
        form=each.get_study_form_display(),
        outcome=plain(outcome),
    )


def _when(each: Qualification) -> str:
    return day_words(each.awarded_on)


def _course_of(each: Any) -> Learning:
    hours = f"{each.hours} tiết" if each.hours else ""
    return Learning(
        school=plain(each.institution),
        subject=plain(each.note) if each.content == "other" and each.note
        else each.get_content_display(),
        period=month_words(each.completed_on),
        form="Bồi dưỡng",
        outcome=plain(joined(["Chứng chỉ", plain(each.certificate_number), hours], ", ")),
    )  # fmt: skip


def work_rows(dossier: Dossier) -> tuple[Work, ...]:
    """The summary that the person gave, and the posts and seats of the record beside it; a post
    that the summary tells already is told once."""
    day = dossier.day
    rows = [
        (each.from_on.earliest, Work(period_words(each.from_on, each.until_on), plain(each.what)))
        for each in dossier.work
        if each.from_on
    ]
    for each in dossier.holdings:
        if not any(_tells(line, each) for line in dossier.work):
            what = f"{each.post.name}, {lower_first(each.commune.name)}"
            rows.append((each.valid_from, Work(_stay(each, day), plain(what))))
    for seat in dossier.seats:
        what = f"{seat.get_role_display()} Đảng bộ {lower_first(seat.commune.name)}"
        rows.append((seat.valid_from, Work(_stay(seat, day), plain(what))))
    return tuple(work for _, work in sorted(rows, key=lambda pair: pair[0]))


def _stay(row: Any, day: date) -> str:
    """The months of a post or seat; one that ends after the day of the print goes on."""
    last = row.last_on if row.last_on and row.last_on < day else None
    return period_words(row.valid_from, last, goes_on=True)


def _tells(line: Any, holding: Holding) -> bool:
    begins_then = line.from_on.earliest <= holding.valid_from <= line.from_on.latest
    return begins_then and fold(holding.post.name) in fold(line.what)


def family_rows(dossier: Dossier, side: str) -> tuple[Relative, ...]:
    """The relatives of a side, or a line that says that they are not shown."""
    if FAMILY in dossier.hidden:
        return (Relative(detail=NOT_SHOWN),)
    return tuple(relative_of(each) for each in dossier.family if each.side == side)


def relative_of(each: Any) -> Relative:
    """A relative, with "(đã mất)" where the record says so."""
    return Relative(
        relation=plain(each.relation),
        full_name=plain(each.full_name),
        born=day_words(each.born_on),
        year=str(each.born_on.year) if each.born_on else "",
        detail=plain(joined(["(đã mất)" if each.is_deceased else "", each.detail], " ")),
    )


def pay_rows(steps: Sequence[SalaryStep]) -> tuple[Pay, ...]:
    """Three lines for each seven steps, as the form has them; once empty where none is known."""
    rows: list[Pay] = []
    for start in range(0, max(len(steps), 1), PAY_CELLS):
        some = steps[start : start + PAY_CELLS]
        for label, told in (
            ("Tháng/năm", [month_words(each.valid_from) for each in some]),
            ("Mã ngạch/bậc", [grade_and_step(each) for each in some]),
            ("Hệ số lương", [coefficient_words(each) for each in some]),
        ):
            rows.append(Pay(label, *told))
    return tuple(rows)


def grade_and_step(step: SalaryStep) -> str:
    """ "01.003/4"."""
    return plain(joined([step.grade_code, number_words(step.step)], "/"))


def coefficient_words(step: SalaryStep) -> str:
    """The coefficient, with the part of it that is paid and what is paid beyond the last step."""
    more = [
        f"hưởng {percent_words(step.percent)}" if step.percent != 100 else "",
        f"VK {percent_words(step.over_frame_percent)}" if step.over_frame_percent else "",
    ]
    return number_words(step.coefficient) + in_brackets(joined(more, ", "))


def amount_words(allowance: Allowance) -> str:
    """A coefficient, or a percentage."""
    return number_words(allowance.coefficient) or percent_words(allowance.percent)
