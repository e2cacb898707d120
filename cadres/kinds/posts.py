"""Coming into a post, being confirmed in it, moving on, and leaving it.

Elected posts count from the election (NĐ 33/2023; Luật TCCQĐP): until they are ratified (UBND,
HĐND), approved (Party) or recognised (MTTQ, organisations) they are flagged so.
"""

from datetime import date
from typing import Any

from cadres.change_kinds import ChangeKind
from cadres.edits import RowEdit, adding, changing, stored
from cadres.kinds.parts import (
    COMMUNE,
    HOLDING,
    IS_MAIN,
    NOTE,
    PLACE,
    POST,
    SEAT,
    SEAT_ROLE,
    TERM,
    UNTIL,
    Values,
    barred_words,
    end_problems,
    ending,
    new_post,
    new_seat,
    new_status,
    seats,
    taken_on_words,
    taking_on,
    term_of_post_problems,
)
from cadres.models import Cadre, Ended, Holding, Profile, Status
from cadres.models.post import LegalCategory
from cadres.records import Field, Kind
from cadres.rules.careers import Problem
from cadres.rules.confirming import Confirmation
from daitu_portal.dates import PartialDate

Edits = list[RowEdit | None]
Standing = Holding.Standing


class NewPost(ChangeKind):
    """Someone begins to hold a post, and a seat in the Party committee where one comes with it.

    Whoever left for good comes back by it, but for the dead."""

    section = "Chức vụ, chức danh"
    fields: tuple[Field, ...] = (POST, COMMUNE, IS_MAIN, TERM, SEAT_ROLE, NOTE)
    standing = Standing.APPOINTED
    awaits = False
    takes_on = True

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        return term_of_post_problems(values)

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        back = taken_on_words(cadre, day) if self.takes_on else []
        return [*back, *barred_words(cadre, day)]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        waits = self.awaits
        found: Edits = taking_on(cadre, day) if self.takes_on else []
        found.append(
            new_post(cadre, values, day, standing=self.standing, awaits_ratification=waits)
        )
        if values.get("role"):
            found.append(new_seat(cadre, values, day, awaits_ratification=waits))
        return found


class Election(NewPost):
    code, label = "election", "Bầu cử"
    standing = Standing.ELECTED
    awaits = True

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        found = super().problems(cadre, values, day)
        if values["post"].category == LegalCategory.CIVIL_SERVANT:
            words = "Chức danh công chức không do bầu cử"
            found.append(Problem("post", words, "dùng tuyển dụng, tiếp nhận hoặc điều động"))
        return found


class Designation(NewPost):
    code, label = "designation", "Chỉ định"


class Concurrency(NewPost):
    """A second post beside the main one."""

    code, label = "concurrency", "Kiêm nhiệm"
    takes_on = False
    fields: tuple[Field, ...] = (POST, COMMUNE, TERM, NOTE)

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        if Holding.objects.filter(cadre=cadre, is_main=True).on(day).exists():
            return super().problems(cadre, values, day)
        words = "Người này không giữ chức vụ chính nào vào ngày ấy"
        return [Problem("", words, "dùng bầu cử, chỉ định hoặc tuyển dụng")]


class Entry(NewPost):
    """A civil servant comes into a title."""

    fields: tuple[Field, ...] = (
        POST,
        COMMUNE,
        IS_MAIN,
        Field("recruited_by", "Cơ quan tuyển dụng, nơi chuyển đến", Kind.TEXT),
        Field("probation_until", "Tập sự đến hết ngày", Kind.LAST_DAY),
        NOTE,
    )
    standing = Standing.RECRUITED

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        if values["post"].category == LegalCategory.CIVIL_SERVANT:
            return super().problems(cadre, values, day)
        return [
            Problem("post", "Chỉ chức danh công chức được tuyển dụng, tiếp nhận",
                    "cán bộ thì dùng bầu cử hoặc chỉ định")
        ]  # fmt: skip

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        found = super().edits(cadre, values, day)
        until = values.get("probation_until")
        if until:
            found.append(new_status(cadre, Status.Kind.PROBATION, day, until))
        return [self.entered(cadre, values, day), *found]

    def entered(self, cadre: Cadre, values: Values, day: date) -> RowEdit | None:
        """What the entry says of the person."""
        raise NotImplementedError


class Recruitment(Entry):
    code, label = "recruitment", "Tuyển dụng"

    def entered(self, cadre: Cadre, values: Values, day: date) -> RowEdit | None:
        told = {
            "recruited_on": cadre.recruited_on or PartialDate.of(day),
            "recruited_by": values.get("recruited_by") or cadre.recruited_by,
        }
        return changing(cadre, told)


class Reception(Entry):
    code, label = "reception", "Tiếp nhận"

    def entered(self, cadre: Cadre, values: Values, day: date) -> RowEdit | None:
        joined = PartialDate.of(day)
        profile = Profile.objects.filter(cadre=cadre).first()
        if profile is None:
            return adding(Profile(cadre=cadre, agency_joined_on=joined))
        return changing(profile, {"agency_joined_on": joined})


class Ratification(ChangeKind):
    """An elected post or seat is confirmed: from then on it is no longer flagged."""

    section = "Chức vụ, chức danh"
    fields: tuple[Field, ...] = (HOLDING,)
    confirmation: Confirmation

    def offers(self, row: Any) -> bool:
        return row.awaits_ratification and self._fits(row)

    def _fits(self, row: Any) -> bool:
        """Whether it is confirmed in this way; where nothing says how, any way will do."""
        return row.confirmation in (None, self.confirmation)

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        rows = [("holding", values.get("holding")), ("seat", values.get("seat"))]
        found = [
            Problem(field, f"{row} không chờ phê chuẩn, chuẩn y", "chọn đúng chức vụ")
            for field, row in rows
            if row is not None and not row.awaits_ratification
        ]
        found += [
            Problem(field, f"{row} phải được {row.confirmation}, không phải {self.confirmation}",
                    f"dùng loại “{str(row.confirmation).capitalize()}”")
            for field, row in rows
            if row is not None and row.awaits_ratification and not self._fits(row)
        ]  # fmt: skip
        found += [
            Problem(
                field, f"{row} chỉ bắt đầu từ {row.valid_from:%d/%m/%Y}", "chọn ngày không sớm hơn"
            )
            for field, row in rows
            if row is not None and day < row.valid_from
        ]
        if not any(row for _, row in rows):
            found.append(Problem("holding", "Chưa chọn chức vụ nào", "chọn chức vụ chờ phê chuẩn"))
        return found

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        rows = (values.get("holding"), values.get("seat"))
        told = {"awaits_ratification": False, "ratified_on": day}
        return [changing(stored(row), told) for row in rows if row is not None]


class Confirmed(Ratification):
    """Posts of UBND and HĐND."""

    code, label, confirmation = "ratification", "Phê chuẩn", Confirmation.RATIFIED


class PartyApproval(Ratification):
    """Posts and seats of the Party."""

    code, label, confirmation = "party_approval", "Chuẩn y", Confirmation.APPROVED
    fields: tuple[Field, ...] = (HOLDING, SEAT)


class Recognition(Ratification):
    """Posts of MTTQ and the organisations."""

    code, label, confirmation = "recognition", "Công nhận", Confirmation.RECOGNISED


class EndOfPost(ChangeKind):
    """A post, a seat or both end on a day, for a reason."""

    section = "Chức vụ, chức danh"
    fields: tuple[Field, ...] = (HOLDING, SEAT)
    reason = Ended.LEFT

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        holding, seat = values.get("holding"), values.get("seat")
        if holding is None and seat is None:
            return [Problem("holding", "Chưa chọn chức vụ nào", "chọn chức vụ hoặc chân cấp ủy")]
        return [*end_problems(holding, day, "holding"), *end_problems(seat, day, "seat")]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        rows = (values.get("holding"), values.get("seat"))
        return [ending(row, day, self.reason) for row in rows if row is not None]


class Leaving(EndOfPost):
    code, label = "leave_post", "Thôi giữ chức"


class Relief(EndOfPost):
    code, label, reason = "relief", "Miễn nhiệm", Ended.RELIEVED


class Dismissal(EndOfPost):
    code, label, reason = "dismissal", "Bãi nhiệm", Ended.DISMISSED


class Resignation(EndOfPost):
    code, label, reason = "resignation", "Từ chức", Ended.RESIGNED


_LEFT_SEAT = Field("seat", "Thôi tham gia cấp ủy, nếu có", Kind.SEAT)


class Transfer(ChangeKind):
    """From one post to another: the old one ends the day the new one begins, and so does a seat in
    a Party committee where one is named. None ends by itself: a committee decides of its own."""

    code, label = "transfer", "Điều động"
    section = "Chức vụ, chức danh"
    fields: tuple[Field, ...] = (HOLDING, _LEFT_SEAT, POST, COMMUNE, IS_MAIN, TERM, NOTE)
    unpresumed = frozenset({"seat"})

    def problems(self, cadre: Cadre, values: Values, day: date) -> list[Problem]:
        return [
            *end_problems(values.get("holding"), day, "holding"),
            *end_problems(values.get("seat"), day, "seat"),
            *term_of_post_problems(values),
        ]

    def warnings(self, cadre: Cadre, values: Values, day: date) -> list[str]:
        return [
            f"Vẫn là {seat} sau khi sang {values['commune']}: nếu thôi cùng ngày thì chọn ở ô "
            f"“{_LEFT_SEAT.header}”; nếu còn tham gia thì để trống."
            for seat in seats(cadre, day).exclude(commune=values["commune"])
            if seat != values.get("seat")
        ]

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        old, seat = values.get("holding"), values.get("seat")
        first = [ending(row, day, Ended.TRANSFERRED) for row in (old, seat) if row is not None]
        return [*first, new_post(cadre, values, day, old, standing=Standing.APPOINTED)]


class Rotation(Transfer):
    """A transfer for a time, often from the district: told as a state of service too."""

    code, label = "rotation", "Luân chuyển"
    fields: tuple[Field, ...] = (
        *Transfer.fields,
        PLACE,
        Field("from_district", "Từ cấp huyện trở lên", Kind.YES_NO),
        UNTIL,
    )

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        status = new_status(
            cadre, Status.Kind.ROTATED, day, values.get("until"),
            place=values.get("place") or "", from_district=bool(values.get("from_district")),
        )  # fmt: skip
        return [*super().edits(cadre, values, day), status]


class Secondment(ChangeKind):
    """Work elsewhere for a time; the post stays."""

    code, label = "secondment", "Biệt phái"
    section = "Tình trạng công tác"
    fields: tuple[Field, ...] = (
        Field("place", "Nơi được biệt phái đến", Kind.TEXT, is_required=True),
        UNTIL,
        NOTE,
    )

    def edits(self, cadre: Cadre, values: Values, day: date) -> Edits:
        more = {"place": values["place"], "note": values.get("note") or ""}
        return [new_status(cadre, Status.Kind.SECONDED, day, values.get("until"), **more)]
