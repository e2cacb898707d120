"""The course of service beside the posts: probation, study, suspension, and leaving for good."""

from datetime import date

from cadres.changes import ChangeKind
from cadres.edits import RowEdit, changing
from cadres.kinds.parts import (
    NOTE,
    PLACE,
    UNTIL,
    Values,
    leaving,
    leaving_problems,
    new_status,
    status_on,
)
from cadres.models import Cadre, Ended, Status
from cadres.records import Field, Kind
from cadres.rules.careers import Problem

Edits = list[RowEdit | None]


class State(ChangeKind):
    """A state of service from a day on, for a time or without an end."""

    section = "Tình trạng công tác"
    status: str
    fields: tuple[Field, ...] = (PLACE, UNTIL, NOTE)

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        standing = status_on(cadre, self.status, day)
        if standing is None:
            return []
        words = f"Đang có “{standing}” từ {standing.valid_from:%d/%m/%Y}"
        return [Problem("", words, "kết thúc tình trạng ấy trước")]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        more = {"place": values.get("place") or "", "note": values.get("note") or ""}
        return [new_status(cadre, self.status, day, values.get("until"), **more)]


class Probation(State):
    code, label, status = "probation", "Tập sự", Status.Kind.PROBATION
    fields: tuple[Field, ...] = (UNTIL, NOTE)


class Study(State):
    code, label, status = "study", "Cử đi học", Status.Kind.STUDY
    fields: tuple[Field, ...] = (
        Field("place", "Trường, lớp", Kind.TEXT, is_required=True),
        UNTIL,
        NOTE,
    )


class Suspension(State):
    """Suspended people keep their posts (Luật CBCC 2008, điều 81)."""

    code, label, status = "suspension", "Tạm đình chỉ công tác", Status.Kind.SUSPENDED
    fields: tuple[Field, ...] = (UNTIL, NOTE)


class EndOfProbation(ChangeKind):
    code, label = "end_of_probation", "Hết tập sự"
    section = "Tình trạng công tác"

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        if _probation(cadre, day) is not None:
            return []
        return [Problem("", "Người này không đang tập sự trước ngày ấy", "kiểm tra lại ngày")]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        row = _probation(cadre, day)
        assert row is not None, "problems() said that there is one"
        return [changing(row, {"valid_to": day, "note": "Hết tập sự"})]


def _probation(cadre: Cadre, day: date) -> Status | None:
    rows = Status.objects.filter(cadre=cadre, kind=Status.Kind.PROBATION, valid_from__lt=day)
    latest = rows.order_by("-valid_from").first()
    return None if latest is None or latest.note == "Hết tập sự" else latest


class Departure(ChangeKind):
    """Someone leaves for good: everything held ends, `day` is the first day without."""

    section = "Tình trạng công tác"
    status: str
    reason: Ended
    fields: tuple[Field, ...] = (NOTE,)

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        return leaving_problems(cadre, day)

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        more = {name: values.get(name) or "" for name in ("scheme", "place", "note")}
        return leaving(cadre, day, self.status, self.reason, **more)


class Retirement(Departure):
    code, label = "retirement", "Nghỉ hưu"
    status, reason = Status.Kind.RETIRED, Ended.RETIRED
    fields: tuple[Field, ...] = (
        Field("scheme", "Chế độ", Kind.CHOICE, choices=dict(Status.Scheme.choices),
              is_required=True),
        NOTE,
    )  # fmt: skip


class Quitting(Departure):
    code, label = "quitting", "Thôi việc"
    status, reason = Status.Kind.RESIGNED, Ended.QUIT


class MovingAway(Departure):
    code, label = "moving_away", "Chuyển đi"
    status, reason = Status.Kind.MOVED, Ended.MOVED
    fields: tuple[Field, ...] = (Field("place", "Nơi đến", Kind.TEXT, is_required=True), NOTE)


class Death(Departure):
    code, label = "death", "Từ trần"
    status, reason = Status.Kind.DECEASED, Ended.DECEASED
