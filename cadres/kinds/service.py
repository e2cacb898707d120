"""The course of service beside the posts: probation, study, suspension, and leaving for good."""

from datetime import date

from cadres.change_kinds import ChangeKind
from cadres.edits import RowEdit, changing
from cadres.kinds.parts import (
    NOTE,
    PLACE,
    UNTIL,
    Values,
    barred_words,
    held,
    leaving,
    leaving_problems,
    new_status,
    status_on,
)
from cadres.models import Cadre, Ended, Holding, Status
from cadres.models.post import LegalCategory
from cadres.records import Field, Kind
from cadres.retirement import retirement_of
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
    """Of a civil servant who was recruited (NĐ 112/2011; NĐ 33/2023)."""

    code, label, status = "probation", "Tập sự", Status.Kind.PROBATION
    fields: tuple[Field, ...] = (UNTIL, NOTE)

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        titles = held(cadre, day).filter(
            post__category=LegalCategory.CIVIL_SERVANT, standing=Holding.Standing.RECRUITED
        )
        found = super().problems(cadre, values, day)
        if not titles.exists():
            words = "Ngày ấy người này không giữ chức danh công chức nào do tuyển dụng, tiếp nhận"
            found.append(Problem("", words, "nhập tuyển dụng trước"))
        return found


class Study(State):
    code, label, status = "study", "Cử đi học", Status.Kind.STUDY
    fields: tuple[Field, ...] = (
        Field("place", "Trường, lớp", Kind.TEXT, is_required=True),
        UNTIL,
        NOTE,
    )

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        return barred_words(cadre, day)


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

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        if values.get("scheme") != Status.Scheme.AGE or cadre.born_on is None:
            return []
        due = retirement_of(cadre.sex, cadre.born_on)
        if day >= due.pension_on:
            return []
        return [
            f"Chưa đủ tuổi nghỉ hưu: đủ {due.row.words} vào tháng {due.reached:%m/%Y}, nghỉ từ "
            f"{due.pension_on:%d/%m/%Y} (NĐ 135/2020)."
        ]


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
