"""What is supposed: the parts of a scenario, the same whether it is kept or only tried."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from cadres.models import TitleSet
from cadres.rules.levels import CONTENT_LABELS, STRAND_LABELS, Content, Strand, level_label
from reports.forecast.models import Scenario, ScenarioItem
from reports.rules.days import month_ends
from training.rules.supposed import Chance

Kind = ScenarioItem.Kind
MOST_CLASSES = 8  # classes and studies of one scenario: more would branch too often
MOST_PARTS = 20
MOST_PEOPLE = 500  # whom one part names
MOST_MONTHS = 60
MOST_INDICATORS = 6
_RELATED = ("programme__field", "term", "post", "commune")


@dataclass(frozen=True)
class Part:
    """One supposition. `people` are keys; `studies` are those on record that it takes, as pairs of
    keys (person, study)."""

    item: ScenarioItem
    people: tuple[int, ...] = ()
    studies: tuple[tuple[int, int], ...] = ()
    set_name: str = ""  # of the title set of a rule

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def is_learning(self) -> bool:
        return self.kind in (Kind.CLASS, Kind.STUDY)

    @property
    def everyone(self) -> list[int]:
        """Keys of all whom it names."""
        return [*self.people, *(person for person, _ in self.studies)]

    @property
    def has_range(self) -> bool:
        return self.item.pass_low is not None or self.item.pass_high is not None

    @property
    def chance(self) -> Chance:
        """How likely each of its learners passes."""
        item = self.item
        return Chance.of(item.pass_middle or 0, item.pass_low, item.pass_high)

    @property
    def award(self) -> tuple[str, int, str, str]:
        """What passing gives: strand, rank, field of study; or a content of short training."""
        item, programme = self.item, self.item.programme
        if programme:
            studied = programme.field.code if programme.field else ""
            return programme.strand, programme.rank or 0, studied, programme.content
        return item.strand, item.rank or 0, "", item.content

    @property
    def words(self) -> str:
        """The part in one line, as pages and workbooks tell it."""
        return _WORDS[Kind(self.kind)](self)

    @property
    def rate_words(self) -> str:
        item = self.item
        if not self.has_range:
            return f"{item.pass_middle} % đạt"
        least = item.pass_middle if item.pass_low is None else item.pass_low
        most = item.pass_middle if item.pass_high is None else item.pass_high
        return f"{item.pass_middle} % đạt (thấp {least} %, cao {most} %)"


def award_words(strand: str, rank: int, content: str) -> str:
    """A level or a content in words; "" where nothing is awarded."""
    if strand:
        return f"{level_label(strand, rank)} {STRAND_LABELS[Strand(strand)].lower()}"
    return CONTENT_LABELS[Content(content)] if content else ""


def _learning(part: Part) -> str:
    strand, rank, _, content = part.award
    what = award_words(strand, rank, content) or "không cấp trình độ nào"
    if part.item.programme:
        what = f"{part.item.programme.name} ({what})"
    day = f", kết quả ngày {part.item.on:%d/%m/%Y}" if part.item.on else ""
    return f"{len(part.people)} người học {what}{day}, {part.rate_words}"


def _studies(part: Part) -> str:
    if part.people:
        return f"Cử đi học: {_learning(part)}"
    return f"{len(part.studies)} lượt cử đi học đang học, theo ngày dự kiến, {part.rate_words}"


def _leavers(part: Part) -> str:
    return f"{len(part.people)} người thôi giữ chức vụ từ {part.item.on:%d/%m/%Y}"


def _term(part: Part) -> str:
    stay = f", trừ {len(part.people)} người ở lại" if part.people else ""
    return f"Hết nhiệm kỳ {part.item.term} từ {part.item.on:%d/%m/%Y}{stay}"


def _hires(part: Part) -> str:
    item = part.item
    levels = [
        f"{STRAND_LABELS[Strand(strand)].lower()} {level_label(strand, rank).lower()}"
        for strand, rank in item.levels.items()
    ]
    having = f", có {', '.join(levels)}" if levels else ", chưa rõ trình độ"
    return f"Tuyển {item.number} {item.post} cho {item.commune} từ {item.on:%d/%m/%Y}{having}"


def _rule(part: Part) -> str:
    item = part.item
    level = award_words(item.strand, item.rank or 0, "")
    return f"Từ {item.on:%d/%m/%Y} nhóm {part.set_name or item.title_set} phải có {level} trở lên"


_WORDS = {
    Kind.CLASS: _learning,
    Kind.STUDY: _studies,
    Kind.RETIREMENT: lambda part: "Người đến tuổi nghỉ hưu theo bảng tuổi hoặc đã có quyết định",
    Kind.LEAVERS: _leavers,
    Kind.TERM: _term,
    Kind.HIRES: _hires,
    Kind.RULE: _rule,
}


@dataclass(frozen=True)
class Plan:
    """A scenario as it is calculated: indicators (codes), from which day, until which."""

    base: date
    until: date
    codes: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())

    @property
    def days(self) -> list[date]:
        """The base day, then the last day of each month until the end."""
        return [self.base, *month_ends(self.base, self.until)]

    @property
    def is_range(self) -> bool:
        """Whether the bounds are those of pass rates that were given, not of chance."""
        return any(part.has_range for part in self.parts if part.is_learning)

    def of(self, *kinds: str) -> list[Part]:
        return [part for part in self.parts if part.kind in kinds]


def plan_of(scenario: Scenario) -> Plan:
    """The plan of a scenario that is kept. Two queries."""
    return Plan(scenario.base_on, scenario.until_on, tuple(scenario.indicators), parts_of(scenario))


def parts_of(scenario: Scenario) -> tuple[Part, ...]:
    """The parts in the order in which they were added."""
    items = list(scenario.items.select_related(*_RELATED).prefetch_related("people"))
    sets = {item.title_set for item in items} - {""}
    names = dict(TitleSet.objects.filter(code__in=sets).values_list("code", "name")) if sets else {}
    return tuple(_part(item, names.get(item.title_set, "")) for item in items)


def _part(item: ScenarioItem, set_name: str) -> Part:
    rows: Iterable[tuple[int, int | None]] = [(p.cadre_id, p.study_id) for p in item.people.all()]
    return Part(
        item,
        tuple(person for person, study in rows if study is None),
        tuple((person, study) for person, study in rows if study is not None),
        set_name,
    )
