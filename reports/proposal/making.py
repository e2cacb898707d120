"""A proposal made: who could go, what each would bring, the best choice, and why for each."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from accounts.models import User
from cadres.models import Cadre
from cadres.rulebook import Rulebook
from daitu_portal.ratio import Ratio
from reports.forecast.baseline import asked_of, numbers_of
from reports.forecast.members import gather
from reports.forecast.models import ScenarioItem
from reports.forecast.plan import Part, Plan
from reports.models import Indicator
from reports.names import NOT_IN, names_of
from reports.proposal.forms import Place
from reports.queries import Figures
from training.away import stays_between
from training.clashes import sitting_now
from training.gaps import Offer, Row, roster_of
from training.models import Enrolment, Programme, TrainingClass
from training.rules.away import peak
from training.rules.counting import counted
from training.rules.proposal import Block, Course, Learner, Limits, Proposal, propose

BLOCK_WORDS = {
    Block.NO_COURSE: "chưa có lớp nào để xếp",
    Block.NO_GAIN: "đạt chương trình này vẫn chưa làm tăng tỷ lệ",
    Block.LEFT_OUT: "bạn để ngoài",
    Block.SEATS: "các lớp đã hết chỗ",
    Block.AWAY: "xã đã đủ số người vắng cùng lúc",
    Block.MONEY: "hết kinh phí",
    Block.STOPPED: "chưa xét xong trong thời gian cho phép",
}


@dataclass(frozen=True)
class Ask:
    """What is asked: see ProposalForm. Money in đồng, shares in percent."""

    indicator: Indicator
    programme: Programme
    day: date
    places: list[Place]
    cost: int
    budget: int | None
    share: int | None
    rate: int
    keep: frozenset[int]
    leave_out: frozenset[int]


@dataclass(frozen=True)
class Line:
    """A person of the proposal, and what is said of them."""

    key: int
    full_name: str
    posts: str
    unit: str
    due: date | None
    why: str
    is_kept: bool = False
    can_be_kept: bool = True


@dataclass(frozen=True)
class Filled:
    """A class with those proposed for it."""

    place: Place
    lines: list[Line]

    @property
    def free(self) -> int:
        return self.place.seats - len(self.lines)


@dataclass(frozen=True)
class Made:
    """The proposal as the page shows it. `before` is the figure of the last day of the classes
    without them; `expected` with the pass rate, `most` if everybody passes."""

    proposal: Proposal
    filled: list[Filled]
    left: list[Line]
    before: Ratio
    expected: Ratio
    most: Ratio
    until: date
    is_unruled: bool = False

    @property
    def sent(self) -> list[int]:
        """Keys of all who are proposed."""
        return [line.key for each in self.filled for line in each.lines]


def make(user: User, ask: Ask, book: Rulebook) -> Made | None:
    """The proposal; None where the indicator does not exist on the day of the results. A fixed
    number of queries, however many people."""
    until = max((place.ends_on for place in ask.places), default=ask.day)
    rows = _rows(user, ask, book)
    part = Part(
        ScenarioItem(kind=ScenarioItem.Kind.CLASS, programme=ask.programme, on=until,
                     pass_middle=100),
        tuple(rows),
    )  # fmt: skip
    plan = Plan(ask.day, _month_end(until), (ask.indicator.code,), (part,))
    figures = Figures(None, book, day=ask.day)
    gathered, asked = gather(user, plan, book), asked_of(plan, book, figures)
    last = asked.get((plan.days[-1], ask.indicator.code))
    if last is None:
        return None
    gains = {
        key: counted(member.foreseen, member.gains, last.question).get(None, (0, 0, 0))[0]
        - counted(member.foreseen, (), last.question).get(None, (0, 0, 0))[0]
        for key, member in gathered.members.items()
    }
    busy = _busy(user, ask.programme, rows)
    learners = [_learner(key, row, gains.get(key, 0), ask, busy) for key, row in rows.items()]
    courses, limits = _courses(ask, user, book)
    found = propose(learners, courses, limits, keep=ask.keep, leave_out=ask.leave_out)
    numbers = numbers_of(asked, plan, book)[plan.days[-1], ask.indicator.code].get(None, (0, 0, 0))
    teller = _Teller(ask, gathered.people, rows, gains, busy, found, user)
    return Made(
        proposal=found,
        filled=teller.filled(),
        left=teller.left(),
        before=Ratio(*numbers),
        expected=_raised(numbers, floor(Fraction(found.gain * ask.rate, 100) + Fraction(1, 2))),
        most=_raised(numbers, found.gain),
        until=plan.days[-1],
        is_unruled=last.is_unruled,
    )


def _month_end(day: date) -> date:
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(first.toordinal() - 1)


def _raised(numbers: tuple[int, int, int], more: int) -> Ratio:
    numerator, denominator, unknown = numbers
    reached = min(numerator + more, denominator)
    return Ratio(reached, denominator, min(unknown, denominator - reached))


def _rows(user: User, ask: Ask, book: Rulebook) -> dict[int, Row]:
    """By key, those outside the numerator who lack what the programme gives."""
    names = names_of(ask.indicator, None, ask.day, book, judged=NOT_IN).within(NOT_IN)
    outside = {name.row.cadre_id for name in names}
    roster, _ = roster_of(user, ask.day, book)
    rows = roster.rows(Offer.read(), ask.programme.pk)
    return {row.person.key: row for row in rows if row.person.key in outside}


def _busy(user: User, programme: Programme, keys: Collection[int]) -> dict[int, str]:
    """By key of those who already sit in a class of the programme that is not over, its name."""
    over = [TrainingClass.State.CLOSED]
    rows = sitting_now(Enrolment.objects.visible_to(user)).filter(
        training_class__programme=programme, result=Enrolment.Result.STUDYING, cadre__in=keys
    )
    open_rows = rows.exclude(training_class__state__in=over)
    return dict(open_rows.values_list("cadre", "training_class__name"))


def _learner(key: int, row: Row, gain: int, ask: Ask, busy: Mapping[int, str]) -> Learner:
    may_go = key not in busy and not row.awaited and (row.is_proposed or key in ask.keep)
    courses = frozenset(place.key for place in ask.places) if may_go else frozenset()
    return Learner(key, row.person.unit, gain, row.gap.due, courses)


def _courses(ask: Ask, user: User, book: Rulebook) -> tuple[list[Course], Limits]:
    """The classes with how many of each commune are away meanwhile, and the limits."""
    roster, _ = roster_of(user, ask.day, book)
    unit_of = {key: person.unit for key, person in roster.people.items()}
    serving = Counter(unit_of.values())
    most = {}
    if ask.share is not None:
        most = {unit: number * ask.share // 100 for unit, number in serving.items()}
    away = _away(ask, unit_of) if most and ask.places else {}
    courses = [
        Course(each.key, each.seats, each.begins_on, each.ends_on, ask.cost, away.get(each.key, {}))
        for each in ask.places
    ]
    return courses, Limits(ask.budget, most)


def _away(ask: Ask, unit_of: Mapping[int, int]) -> dict[int, dict[int, int]]:
    """By class and commune, the most who are away at once while it runs. Two queries."""
    first = min(place.begins_on for place in ask.places)
    last = max(place.ends_on for place in ask.places)
    by_unit: dict[int, list] = {}
    for stay in stays_between(first, last, set(unit_of)):
        by_unit.setdefault(unit_of[stay.person], []).append(stay)
    return {
        place.key: {
            unit: peak(stays, place.begins_on, place.ends_on)[0] for unit, stays in by_unit.items()
        }
        for place in ask.places
    }


@dataclass(frozen=True)
class _Teller:
    """Puts the proposal into words for each person."""

    ask: Ask
    people: Mapping[int, Cadre]
    rows: Mapping[int, Row]
    gains: Mapping[int, int]
    busy: Mapping[int, str]
    proposal: Proposal
    user: User

    def filled(self) -> list[Filled]:
        chosen = self.proposal.chosen
        return [
            Filled(place, [self._line(key, self._reason(key)) for key in self.people
                           if chosen.get(key) == place.key])
            for place in self.ask.places
        ]  # fmt: skip

    def left(self) -> list[Line]:
        """Who is not proposed: those first who could go."""
        chosen = self.proposal.chosen
        lines = [self._line(key, self._block(key)) for key in self.people if key not in chosen]
        return sorted(lines, key=lambda line: not line.can_be_kept)

    def _line(self, key: int, why: str) -> Line:
        row, person = self.rows[key], self.people[key]
        return Line(
            key, person.full_name, "; ".join(row.person.posts), row.person.unit_name, row.gap.due,
            why, is_kept=key in self.ask.keep,
            can_be_kept=key not in self.busy and not row.awaited and row.admission.is_admitted,
        )  # fmt: skip

    def _reason(self, key: int) -> str:
        gain, due = self.gains.get(key, 0), self.rows[key].gap.due
        words = [f"thêm {gain} vào tử số" if gain else "không làm tăng tỷ lệ"]
        if due:
            words.append(f"phải đạt trước {due:%d/%m/%Y}")
        if key in self.ask.keep:
            words.append("bạn giữ lại")
        return ", ".join(words)

    def _block(self, key: int) -> str:
        row = self.rows[key]
        if key in self.busy:
            return f"đang học lớp “{self.busy[key]}”"
        if row.awaited:
            return row.awaited
        if not row.admission.is_admitted:
            return "; ".join(row.admission.why_for(self.user))
        if row.admission.retires_soon and key not in self.ask.keep:
            return "sắp nghỉ hưu, không đề xuất"
        block = self.proposal.blocks.get(key)
        return BLOCK_WORDS[block] if block else "những người bạn giữ lại không xếp hết được"
