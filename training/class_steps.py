"""What is to be done with a class now, in plain words, with the way to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from training.models import Attendance, Credit, Enrolment, TrainingClass
from training.models.enrolment import FREED

State = TrainingClass.State
# What everybody else reads of a class in that state.
TOLD = {
    State.DRAFT: "Lớp đang soạn, chỉ huyện thấy; không tính vào số liệu nào.",
    State.OPEN: "Lớp đang nhận đăng ký: huyện ghi danh người được cử.",
    State.RUNNING: "Lớp đang học: huyện điểm danh từng buổi.",
    State.RESULTS: "Lớp đã học xong, đang vào kết quả.",
    State.CLOSED: "Lớp đã kết thúc; chứng chỉ được xác nhận thì mới vào hồ sơ.",
}
# The step on from a state, as the button says it.
ONWARD = {
    State.DRAFT: "Mở ghi danh",
    State.OPEN: "Bắt đầu học",
    State.RUNNING: "Vào kết quả",
    State.RESULTS: "Kết thúc lớp",
}
_FREED_WORDS = frozenset(str(Enrolment.Result(each).label) for each in FREED)
_PRINTS = (
    ("Bảng điểm danh", "training:roll_call"),
    ("Danh sách cử đi học (kèm quyết định)", "training:class_annex"),
    ("Danh sách chứng chỉ", "training:class_certificates"),
    ("Báo cáo lớp", "training:class_report"),
    ("Mẫu phiếu hỏi", "training:survey_blank"),
)


@dataclass(frozen=True)
class ToDo:
    """One thing to do: its words, where it is done ("" where nowhere yet)."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Counted:
    """What the page knows of a class already, so that nothing is asked twice."""

    learners: int
    studying: int
    sittings: int
    sheets: int


@dataclass(frozen=True)
class Results:
    """How the participations of a class ended, in words: of those who took part, and of those who
    did not, who are no lượt."""

    taken: list[tuple[str, int]]
    left: list[tuple[str, int]]

    @property
    def participations(self) -> int:
        return sum(number for _, number in self.taken)

    @property
    def gone(self) -> int:
        return sum(number for _, number in self.left)

    @property
    def words(self) -> str:
        """In one line: "3 lượt người học, thêm 1 người không tính lượt (rút khỏi lớp 1)"."""
        told = ", ".join(f"{words.lower()} {number}" for words, number in self.left)
        more = f", thêm {self.gone} người không tính lượt ({told})" if self.gone else ""
        return f"{self.participations} lượt người học{more}"


def results_of(counts: Iterable[tuple[str, int]]) -> Results:
    """`counts`, as `count_by_result` tells them, parted. No query."""
    told = [(str(words), number) for words, number in counts if number]
    return Results(
        [each for each in told if each[0] not in _FREED_WORDS],
        [each for each in told if each[0] in _FREED_WORDS],
    )


def address_of(route: str, *args: Any) -> str:
    """The address of a page of the class."""
    return reverse(route, args=args)


def to_do(user: User, found: TrainingClass, counted: Counted) -> list[ToDo]:
    """What the district's staff has to do with the class; nothing for others. At most one query."""
    if not user.is_district_hr:
        return []
    steps = {
        State.DRAFT: _of_a_draft,
        State.OPEN: _of_an_open_one,
        State.RUNNING: _of_a_running_one,
        State.RESULTS: _of_one_with_results,
        State.CLOSED: _of_a_closed_one,
    }
    return steps[State(found.state)](found, counted)


def _of_a_draft(found: TrainingClass, counted: Counted) -> list[ToDo]:
    told, edit = [], address_of("training:class_edit", found.pk)
    if found.decision_id is None:
        told.append(ToDo("Ghi quyết định mở lớp", edit))
    if found.capacity is None:
        told.append(ToDo("Ghi số chỗ", edit))
    if not counted.sittings:
        told.append(ToDo("Lập lịch buổi học", address_of("training:class_sessions", found.pk)))
    return [*told, ToDo("Mở ghi danh để lớp hiện với lãnh đạo và các đơn vị")]


def _of_an_open_one(found: TrainingClass, counted: Counted) -> list[ToDo]:
    seats = f", còn {found.capacity - counted.learners} chỗ" if found.capacity else ""
    return [
        ToDo(f"Ghi danh học viên ({counted.learners} người{seats})", enrol_address(found)),
        *_sittings(found, counted),
        ToDo(f"Ngày khai giảng {found.begins_on:%d/%m/%Y}: bấm “Bắt đầu học”"),
    ]


def _sittings(found: TrainingClass, counted: Counted) -> list[ToDo]:
    url = address_of("training:class_sessions", found.pk)
    if not counted.sittings:
        return [ToDo("Lập lịch buổi học", url)]
    return [ToDo("In bảng điểm danh", address_of("training:roll_call", found.pk))]


def _of_a_running_one(found: TrainingClass, counted: Counted) -> list[ToDo]:
    if not counted.sittings:
        return [*_sittings(found, counted), ToDo("Học xong thì bấm “Vào kết quả”")]
    called = Attendance.objects.filter(session__training_class=found)
    left = counted.sittings - called.values("session").distinct().count()
    url = address_of("training:class_sessions", found.pk)
    words = f"Điểm danh ({left} buổi chưa điểm danh)" if left else "Đã điểm danh mọi buổi"
    return [ToDo(words, url), ToDo("Học xong thì bấm “Vào kết quả”")]


def _of_one_with_results(found: TrainingClass, counted: Counted) -> list[ToDo]:
    told = []
    if counted.studying:
        words = f"Vào kết quả của {counted.studying} học viên"
        told.append(ToDo(words, results_address(found)))
    if not counted.sheets:
        told.append(ToDo("Nhập phiếu hỏi sau lớp", address_of("training:survey", found.pk)))
    return [*told, ToDo("Đủ kết quả thì bấm “Kết thúc lớp”")]


def _of_a_closed_one(found: TrainingClass, counted: Counted) -> list[ToDo]:
    mine = Credit.objects.filter(enrolment__training_class=found)
    waiting = mine.filter(state=Credit.State.PROPOSED).count()
    if not waiting:
        return []
    return [ToDo(f"Xác nhận {waiting} chứng chỉ", address_of("training:credit_list"))]


def prints_of(found: TrainingClass) -> list[tuple[str, str]]:
    """What can be printed of the class: (words, address)."""
    return [(words, address_of(route, found.pk)) for words, route in _PRINTS]


def enrol_address(found: TrainingClass) -> str:
    """Where people are enrolled in the class."""
    return address_of("training:enrol", found.pk)


def results_address(found: TrainingClass) -> str:
    """Where results of the class are entered."""
    return address_of("training:class_results", found.pk)


def counted_of(found: TrainingClass, results: list[tuple[str, int]]) -> Counted:
    """What there is of the class, `results` being the numbers by the words of the result. No
    query."""
    numbers = dict(results)
    return Counted(
        learners=results_of(results).participations,
        studying=numbers.get(str(Enrolment.Result.STUDYING.label), 0),
        sittings=found.sittings,  # type: ignore[attr-defined]  # counted with the class
        sheets=found.sheets,  # type: ignore[attr-defined]
    )
