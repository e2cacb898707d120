"""Who may be sent to a programme on a day. Pure.

Refusals need a rule and facts that speak against it; what the record does not tell, and what is
uncertain in the law, is a note and never a refusal. Sources: Quy định 57-QĐ/TW of 08/02/2022
(LLCT), NĐ 101/2017/NĐ-CP (postgraduate study), Luật Cán bộ, công chức 2008 art. 82 as amended by
Luật 52/2019 (months after discipline).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from cadres.rules.levels import CONTENT_LABELS, STRAND_LABELS, Content, Strand
from cadres.rules.ratings import rated_year
from cadres.rules.requirements import Answer, Facts, Tree, answer, counts
from daitu_portal.dates import PartialDate, add_months, years_between
from training.rules.admission_codes import AdmissionCode

LLCT_FROM = date(2022, 2, 8)  # Quy định 57-QĐ/TW
LLCT_UNSURE_FROM = date(2025, 7, 1)  # Quy định 350-QĐ/TW of 2025 replaces it; its day is not known
POSTGRADUATE_FROM = date(2017, 10, 21)  # NĐ 101/2017/NĐ-CP
LLCT_PAPERS_UNTIL = "2021-07-09"  # Kết luận 09-KL/TW: later papers of confirmation do not count
POSTGRADUATE_YEARS = 3
POSTGRADUATE_AGE = 40
GOOD_RATING = 3  # "Hoàn thành tốt nhiệm vụ"
SOON_MONTHS = 12  # after the programme; a habit of the house, no law
HOURS_A_DAY = 8
# Luật CBCC art. 82; confidence: high
BLOCKED_MONTHS = MappingProxyType(
    {"reprimand": 12, "warning": 12, "lower_pay": 12, "demotion": 24, "removal": 24}
)
FORMS = MappingProxyType(
    {
        "reprimand": "khiển trách",
        "warning": "cảnh cáo",
        "lower_pay": "hạ bậc lương",
        "demotion": "giáng chức",
        "removal": "cách chức",
    }
)
_MIDDLE_GROUPS = frozenset({"leader", "org_head", "org_deputy"})
_EMPLOYED = frozenset({"cadre", "civil_servant"})
_COMMANDER, _POLICE_CHIEF = "CC02", "CC01"
_UNIVERSITY = 4  # the rank of "Đại học" among the levels of profession
_LLCT = (AdmissionCode.LLCT_BASIC, AdmissionCode.LLCT_MIDDLE, AdmissionCode.LLCT_HIGH)


class PostHeld(NamedTuple):
    """A post held on the day: its code, its category by law and its group of reports."""

    code: str
    category: str
    group: str


class Disciplined(NamedTuple):
    """A disciplinary decision: by which system ("state", "party", "mass"), form, first day."""

    system: str
    form: str
    effective_on: date


@dataclass(frozen=True)
class Applicant:
    """What the record says of a person; `facts.day` is the day that is asked about.

    `leaves` is the first and the last day that may be the last at work, by age or decision
    (`is_decided`); None where it is not known.
    """

    facts: Facts
    posts: tuple[PostHeld, ...] = ()
    has_served: bool = False
    sits: bool = False
    party_joined: PartialDate | None = None
    ratings: Mapping[int, int] = field(default_factory=dict)
    disciplines: tuple[Disciplined, ...] = ()
    leaves: tuple[date, date] | None = None
    is_decided: bool = False

    @property
    def must_leave(self) -> bool:
        """Whether the age of retirement binds: cadres and civil servants, not part-time staff."""
        return self.is_decided or any(post.category in _EMPLOYED for post in self.posts)

    @property
    def day(self) -> date:
        return self.facts.day


@dataclass(frozen=True)
class Course:
    """What a programme awards and asks; `days` and `hours` say how long it takes at least."""

    admission: str = ""
    strand: str = ""
    rank: int | None = None
    field: str = ""
    content: str = ""
    days: int | None = None
    hours: int | None = None

    def ends_on(self, begins: date) -> date:
        """The day by which someone who begins on `begins` is through, at the earliest."""
        length = self.days or -(-(self.hours or 0) // HOURS_A_DAY)
        return begins + timedelta(days=length)

    @property
    def level(self) -> Tree:
        """The level that it awards, as a requirement. Only of a course that has one."""
        tree: dict[str, object] = {"strand": self.strand, "min": self.rank}
        if self.field:
            tree["fields"] = [self.field]
        if self.strand == Strand.POLITICAL:
            tree["confirmation_before"] = LLCT_PAPERS_UNTIL
        return tree


@dataclass(frozen=True)
class Finding:
    """What speaks against sending someone (`refusals`, in words), what tells of discipline among
    it (`sensitive`), and what is to be looked at (`notes`, `sensitive_notes`)."""

    refusals: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sensitive_notes: tuple[str, ...] = ()
    retires_soon: bool = False


def reaches(course: Course, facts: Facts) -> Answer:
    """Whether the record already holds what `course` awards; None where it does not tell."""
    if course.strand and course.rank:
        return answer({"level": course.level}, facts)
    if course.content and course.content != Content.OTHER:  # which other is not known
        return True if facts.trained_in(course.content) else None
    return None


def admission_to_level(strand: str, rank: int | None) -> str:
    """The rule of admission that the law ties to a level itself, whoever teaches it: a code of
    AdmissionCode; "" where it ties none. NĐ 101/2017/NĐ-CP, Quy định 57-QĐ/TW."""
    if strand == Strand.PROFESSIONAL:
        return AdmissionCode.POSTGRADUATE if (rank or 0) > _UNIVERSITY else ""
    if strand == Strand.POLITICAL and rank:
        return _LLCT[min(rank, len(_LLCT)) - 1]
    return ""


def admit(course: Course, person: Applicant) -> Finding:
    """Whether `person` may be sent to `course` on the day of the facts, and why not."""
    refusals, notes, soon = [], [], False
    for check in (_service, _level_held, _target_group):
        against, doubt = check(course, person)
        refusals += [against] if against else []
        notes += [doubt] if doubt else []
    against, doubt, soon = _retirement(course, person)
    refusals += [against] if against else []
    notes += [doubt] if doubt else []
    sensitive, sensitive_notes = _discipline(person)
    return Finding(tuple(refusals), sensitive, tuple(notes), sensitive_notes, soon)


Told = tuple[str, str]  # what refuses, what is only noted; "" for nothing
_FINE: Told = ("", "")


def _service(course: Course, person: Applicant) -> Told:
    if person.posts or person.sits:
        return _FINE
    if person.has_served:
        return f"không giữ chức vụ nào ngày {person.day:%d/%m/%Y}", ""
    return "", "thiếu dữ liệu: hồ sơ chưa có chức vụ"


def _level_held(course: Course, person: Applicant) -> Told:
    held = reaches(course, person.facts)
    if course.content and held:
        content = CONTENT_LABELS[Content(course.content)]
        return "", f"đã bồi dưỡng: {content}"
    if not course.strand or not course.rank:
        return _FINE
    strand = STRAND_LABELS[Strand(course.strand)]
    if held:
        record = next(r for r in person.facts.of_strand(course.strand) if counts(r, course.level))
        since = f" từ {record.awarded}" if record.awarded else ""
        return f"đã có trình độ {strand}: {_level_of(record.label)}{since}", ""
    lacks_data = held is None and not person.facts.of_strand(course.strand)
    return ("", f"thiếu dữ liệu: trình độ {strand} hiện có") if lacks_data else _FINE


def _level_of(label: str) -> str:
    return label.rpartition(",")[0] or label  # the year is told behind it


def _target_group(course: Course, person: Applicant) -> Told:
    check = _CHECKS.get(course.admission)
    return check(person) if check else _FINE


def _in_force(person: Applicant) -> str:
    """Why Quy định 57-QĐ/TW cannot be asked on the day; "" where it can."""
    if person.day < LLCT_FROM:
        return "chưa có quy định về đối tượng học LLCT trước ngày 08/02/2022"
    if person.day >= LLCT_UNSURE_FROM:
        return "Quy định 57-QĐ/TW đã được Quy định 350-QĐ/TW (2025) thay thế: cần xem lại"
    return ""


def _llct_basic(person: Applicant) -> Told:
    """Party and union members, civil servants but police chief and commander, part-time staff."""
    if unsure := _in_force(person):
        return "", unsure
    joined = person.party_joined
    if person.sits or (joined and joined.earliest <= person.day):
        return _FINE
    if any(_by_title(post) for post in person.posts):
        return _FINE
    return "", "thiếu dữ liệu: chưa ghi là đảng viên, đoàn viên (Quy định 57-QĐ/TW)"


def _by_title(post: PostHeld) -> bool:
    if post.category == "civil_servant":
        return post.code not in (_POLICE_CHIEF, _COMMANDER)
    return post.category == "part_time"


def _llct_middle(person: Applicant) -> Told:
    """Committee members; chairs and deputies of HĐND, UBND; heads and deputies of MTTQ and
    organisations; the military commander."""
    if unsure := _in_force(person):
        return "", unsure
    if person.sits or not person.posts:  # without any post there is nothing to say of the group
        return _FINE
    if any(post.group in _MIDDLE_GROUPS or post.code == _COMMANDER for post in person.posts):
        return _FINE
    return "không thuộc đối tượng học trung cấp LLCT (Quy định 57-QĐ/TW)", ""


def _llct_high(person: Applicant) -> Told:
    if unsure := _in_force(person):
        return "", unsure
    return "", (
        "cao cấp LLCT thường không dành cho cán bộ, công chức cấp xã, trừ trường hợp Ban Thường vụ "
        "xét (Quy định 57-QĐ/TW; chưa chắc chắn): cần xem lại"
    )


def _postgraduate(person: Applicant) -> Told:
    """Three years of service, rated good two years running, not above 40. Confidence: medium."""
    if person.day < POSTGRADUATE_FROM:
        return "", "chưa có quy định về điều kiện học sau đại học trước ngày 21/10/2017"
    conditions = (_years_served(person), _rated_good(person), _young_enough(person))
    failed = [words for words, met in conditions if met is False]
    unknown = [words for words, met in conditions if met is None]
    source = "(Nghị định 101/2017/NĐ-CP; độ tin cậy: vừa)"
    return (
        f"chưa đủ điều kiện học sau đại học: {'; '.join(failed)} {source}" if failed else "",
        f"thiếu dữ liệu: {'; '.join(unknown)} {source}" if unknown else "",
    )


def _years_served(person: Applicant) -> tuple[str, Answer]:
    words, since = f"đủ {POSTGRADUATE_YEARS} năm công tác", person.facts.recruited
    if since is None:
        return words, None
    if years_between(since.latest, person.day) >= POSTGRADUATE_YEARS:
        return words, True
    return words, None if years_between(since.earliest, person.day) >= POSTGRADUATE_YEARS else False


def _rated_good(person: Applicant) -> tuple[str, Answer]:
    last = rated_year(person.day)
    levels = [person.ratings.get(year) for year in (last, last - 1)]
    words = f"hoàn thành tốt nhiệm vụ hai năm {last - 1}, {last}"
    if any(level is not None and level < GOOD_RATING for level in levels):
        return words, False
    return words, None if None in levels else True


def _young_enough(person: Applicant) -> tuple[str, Answer]:
    words, born = f"không quá {POSTGRADUATE_AGE} tuổi", person.facts.born
    if born is None:
        return words, None
    if years_between(born.earliest, person.day) <= POSTGRADUATE_AGE:
        return words, True
    return words, False if years_between(born.latest, person.day) > POSTGRADUATE_AGE else None


_CHECKS: Mapping[str, Callable[[Applicant], Told]] = MappingProxyType(
    {
        AdmissionCode.LLCT_BASIC: _llct_basic,
        AdmissionCode.LLCT_MIDDLE: _llct_middle,
        AdmissionCode.LLCT_HIGH: _llct_high,
        AdmissionCode.POSTGRADUATE: _postgraduate,
    }
)


def _retirement(course: Course, person: Applicant) -> tuple[str, str, bool]:
    """Against it, the doubt, and whether retirement comes so soon that it is not proposed."""
    if person.leaves is None:
        return "", "", False
    first, last = person.leaves
    ends = course.ends_on(person.day)
    soon = add_months(ends, SOON_MONTHS)
    if last < person.day and not person.is_decided:  # serves on: elected, part-time, or a slip
        return "", f"đã qua tuổi nghỉ hưu ({last:%d/%m/%Y}) mà còn giữ chức vụ", True
    if last <= ends and person.must_leave:
        return f"nghỉ hưu ngày {last:%d/%m/%Y}, trước khi học xong ({ends:%d/%m/%Y})", "", True
    if last <= soon:
        return "", f"dự kiến nghỉ hưu ngày {last:%d/%m/%Y}", True
    if first <= soon:
        return "", f"có thể sắp nghỉ hưu (từ {first:%d/%m/%Y}): ngày sinh chưa đủ rõ", False
    return "", "", False


def _discipline(person: Applicant) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Refusals and notes. The law speaks of the state's discipline; what the Party and
    organisations decided is noted."""
    told = list(_running(person))
    law = "Luật Cán bộ, công chức điều 82; độ tin cậy: cao"
    refusals = tuple(f"{words} ({law})" for is_state, words in told if is_state)
    notes = tuple(f"{words} (theo quy định riêng)" for is_state, words in told if not is_state)
    return refusals, notes


def _running(person: Applicant) -> Iterator[tuple[bool, str]]:
    for each in person.disciplines:
        months = BLOCKED_MONTHS.get(each.form, 0)
        end = add_months(each.effective_on, months)
        if each.effective_on <= person.day < end:
            yield (
                each.system == "state",
                (
                    f"bị {FORMS[each.form]} từ {each.effective_on:%d/%m/%Y}, chưa đào tạo trong "
                    f"{months} tháng, đến hết {end - timedelta(days=1):%d/%m/%Y}"
                ),
            )
