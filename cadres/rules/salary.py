"""Pay by grade and step: what it comes to in a month, and when the next raise is due. Pure.

NĐ 204/2004; TT 08/2013/TT-BNV, amended by TT 03/2021/TT-BNV. Grades and base salaries are rows of
tables (`cadres/legal_tables.py`), which are always arguments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from daitu_portal.dates import add_months

# Months by which a regular raise is put off (TT 08/2013, art. 2.3): by discipline, and by each
# year rated "không hoàn thành nhiệm vụ". Where both happened they are added.
DELAY_OF = {"reprimand": 6, "warning": 6, "demotion": 12, "removal": 12}
DELAY_OF_FAILED_YEAR = 6
OVER_FRAME_FIRST, OVER_FRAME_MORE = 5, 1  # percent (TT 04/2005, section II)
OVER_FRAME_CYCLE = 12  # months
EARLY_MONTHS = 12  # sooner for whoever has notice to retire (TT 08/2013, art. 3)


@dataclass(frozen=True)
class BaseSalary:
    """The base salary between two days, in đồng a month."""

    valid_from: date
    valid_to: date | None
    amount: int
    source: str
    confidence: str


@dataclass(frozen=True)
class Grade:
    """A scale of a grade (ngạch): its steps and the months from one to the next."""

    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None
    steps: int
    first: Decimal
    increment: Decimal
    cycle_months: int
    source: str
    confidence: str

    def coefficient(self, step: int) -> Decimal:
        """That of a step; the first is 1."""
        return self.first + (step - 1) * self.increment

    def step_of(self, coefficient: Decimal) -> int | None:
        """The step with `coefficient`, or None."""
        steps = range(1, self.steps + 1)
        return next((step for step in steps if self.coefficient(step) == coefficient), None)


@dataclass(frozen=True)
class Step:
    """A grade and step held from a day on, as the record has it."""

    valid_from: date
    code: str
    step: int | None
    coefficient: Decimal
    percent: int = 100
    over_frame_percent: int = 0
    delayed_months: int = 0


@dataclass(frozen=True)
class Delay:
    """Why a raise is put off, and by how many months."""

    on: date
    months: int
    words: str


@dataclass(frozen=True)
class NextRaise:
    """The next regular raise, or why there is none to tell (`why_none`)."""

    grade: Grade | None = None
    on: date | None = None
    step: int | None = None
    coefficient: Decimal | None = None
    over_frame_percent: int = 0
    months: int = 0  # of the cycle
    delays: tuple[Delay, ...] = ()
    delayed_months: int = 0  # what was counted: by the delays, or as the record has it
    why_none: str = ""
    doubt: str = ""


def _in_force(row: BaseSalary | Grade, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def base_on(rows: Iterable[BaseSalary], day: date) -> BaseSalary | None:
    """The base salary of `day`, or None before the first that is known."""
    return next((row for row in rows if _in_force(row, day)), None)


def grade_of(grades: Iterable[Grade], step: Step, day: date) -> Grade | None:
    """The scale that `step` is on: by code and coefficient, that of `day` first.

    A code may have had another scale before, and whoever was on it may still be.
    """
    found = [
        each
        for each in grades
        if each.code == step.code and each.step_of(step.coefficient) is not None
    ]
    return next((each for each in found if _in_force(each, day)), next(iter(found), None))


def delays_of(
    disciplines: Iterable[tuple[date, str, str]], failed_years: Iterable[int]
) -> list[Delay]:
    """What puts a raise off, the earliest first.

    `disciplines` are (day of effect, form, its words); `failed_years` those rated "không hoàn
    thành nhiệm vụ", known at their end.
    """
    found = [
        Delay(on, DELAY_OF[form], words) for on, form, words in disciplines if form in DELAY_OF
    ]
    found += [
        Delay(date(year, 12, 31), DELAY_OF_FAILED_YEAR, f"Không hoàn thành nhiệm vụ năm {year}")
        for year in failed_years
    ]
    return sorted(found, key=lambda each: each.on)


def next_raise(
    step: Step, grades: Iterable[Grade], delays: Iterable[Delay], day: date
) -> NextRaise:
    """When the next regular raise after `step` is due, as it is known on `day`.

    A delay counts while the step is held and the raise is not yet due. The months that the record
    itself has are a decision about such delays: the greater of the two counts, not their sum.
    """
    grade = grade_of(grades, step, day)
    if step.percent < 100:
        why = f"đang hưởng {step.percent} %: thời gian tập sự không tính vào thời gian nâng bậc"
        return NextRaise(grade, why_none=why)
    if grade is None:
        return NextRaise(why_none="ngạch và hệ số này không có trong bảng lương")
    number = grade.step_of(step.coefficient) or 0
    is_last = number == grade.steps
    months = OVER_FRAME_CYCLE if is_last and step.over_frame_percent else grade.cycle_months
    counted = _counted(step, months, delays, day)
    delayed = max(sum(each.months for each in counted), step.delayed_months)
    return NextRaise(
        grade=grade,
        on=add_months(step.valid_from, months + delayed),
        step=number if is_last else number + 1,
        coefficient=step.coefficient if is_last else grade.coefficient(number + 1),
        over_frame_percent=_over_frame_after(step) if is_last else 0,
        months=months,
        delays=tuple(counted),
        delayed_months=delayed,
        doubt=_doubt(step, number, counted),
    )


def _over_frame_after(step: Step) -> int:
    return (
        step.over_frame_percent + OVER_FRAME_MORE if step.over_frame_percent else OVER_FRAME_FIRST
    )


def _counted(step: Step, months: int, delays: Iterable[Delay], day: date) -> list[Delay]:
    """Those of `delays` (the earliest first) that fall between the step and the raise."""
    found: list[Delay] = []
    for each in delays:
        so_far = max(sum(one.months for one in found), step.delayed_months)
        due = add_months(step.valid_from, months + so_far)
        if step.valid_from <= each.on <= day and each.on < due:
            found.append(each)
    return found


def _doubt(step: Step, number: int, counted: Sequence[Delay]) -> str:
    """What the office should look at; "" where nothing contradicts."""
    if step.step is not None and step.step != number:
        return f"hồ sơ ghi bậc {step.step}, hệ số này là của bậc {number}"
    computed = sum(each.months for each in counted)
    if step.delayed_months and computed and step.delayed_months != computed:
        return (
            f"bậc lương ghi kéo dài {step.delayed_months} tháng, kỷ luật và xếp loại cho "
            f"{computed} tháng: đang lấy số lớn hơn"
        )
    return ""


def may_raise_early(raise_on: date, notice_on: date, last_day: date, day: date) -> bool:
    """Whether someone with notice to retire lacks at most 12 months to the raise on the last day
    at work, and may have it before (TT 08/2013, art. 3)."""
    return notice_on <= day <= last_day < raise_on <= add_months(last_day, EARLY_MONTHS)


@dataclass(frozen=True)
class Extra:
    """An allowance: a coefficient, or a percent of the pay by coefficient."""

    words: str
    coefficient: Decimal | None = None
    percent: Decimal | None = None
    is_of_position: bool = False


@dataclass(frozen=True)
class PayLine:
    """A line of a month's pay, in đồng. `rate` is what it is reckoned from, as a coefficient."""

    words: str
    rate: Decimal
    amount: int
    percent: Decimal | None = None

    @property
    def told_rate(self) -> str:
        """The rate with at least two decimals: "3,00", "0,8125"."""
        rate = self.rate.normalize()
        places = max(2, -int(rate.as_tuple().exponent))
        return f"{rate:.{places}f}".replace(".", ",")


def pay_lines(base: int, step: Step, extras: Iterable[Extra]) -> list[PayLine]:
    """What a month comes to at the base salary `base`, before anything is taken off.

    A percent is of pay, allowance above the frame and allowance of the position together.
    """
    extras = list(extras)
    share = Decimal(step.percent) / 100
    lines = [_line("Lương theo bậc", base, step.coefficient * share)]
    if step.over_frame_percent:
        percent = Decimal(step.over_frame_percent)
        rate = step.coefficient * percent / 100
        lines.append(_line("Thâm niên vượt khung", base, rate, percent))
    positions = sum((each.coefficient or Decimal() for each in extras if each.is_of_position),
                    Decimal())  # fmt: skip
    whole = sum((line.rate for line in lines), positions)
    for each in extras:
        if each.coefficient is not None:
            lines.append(_line(each.words, base, each.coefficient))
        elif each.percent is not None:
            lines.append(_line(each.words, base, whole * each.percent / 100, each.percent))
    return lines


def _line(words: str, base: int, rate: Decimal, percent: Decimal | None = None) -> PayLine:
    return PayLine(words, rate, int((base * rate).quantize(Decimal(1), ROUND_HALF_UP)), percent)
