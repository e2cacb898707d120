"""What several kinds of changes share: fields, and the edits of posts, seats, states and pay."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from cadres.careers import end_with_holder, gone_of
from cadres.edits import RowEdit, adding, changing, removing, stored
from cadres.models import (
    Allowance,
    Award,
    Cadre,
    CommitteeMembership,
    Discipline,
    Ended,
    Holding,
    SalaryStep,
    Status,
)
from cadres.models.period import on_day
from cadres.records import Field, Kind
from cadres.rules.careers import Problem
from cadres.rules.confirming import fits_term
from cadres.steps import before, end_with_next, following
from daitu_portal.dates import add_months

Values = Mapping[str, Any]
_BARS = {"reprimand": 12, "warning": 12, "lower_pay": 12, "demotion": 24, "removal": 24}

POST = Field("post", "Chức vụ, chức danh", Kind.POST, is_required=True)
COMMUNE = Field("commune", "Xã, thị trấn", Kind.COMMUNE, is_required=True)
TERM = Field("term", "Nhiệm kỳ", Kind.TERM)
IS_MAIN = Field(
    "is_main", "Là chức vụ chính", Kind.YES_NO,
    help="Để trống: là chính nếu ngày ấy chưa có chức vụ chính nào khác.",
)  # fmt: skip
SEAT_ROLE = Field(
    "role", "Chức danh cấp ủy", Kind.CHOICE, choices=dict(CommitteeMembership.Role.choices)
)
HOLDING = Field("holding", "Chức vụ đang giữ", Kind.HOLDING)
SEAT = Field("seat", "Chân cấp ủy đang giữ", Kind.SEAT)
UNTIL = Field("until", "Đến hết ngày", Kind.LAST_DAY)
PLACE = Field("place", "Nơi đến, nơi học, cơ quan", Kind.TEXT)
NOTE = Field("note", "Ghi chú", Kind.TEXT)


def held(cadre: Cadre, day: date) -> Any:
    """The posts that the person holds on `day`, the main one first."""
    rows = Holding.objects.filter(on_day(day), cadre=cadre)
    return rows.with_post_and_commune().main_first()


def seats(cadre: Cadre, day: date) -> Any:
    """The seats in Party committees that the person has on `day`."""
    rows = CommitteeMembership.objects.filter(on_day(day), cadre=cadre)
    return rows.select_related("commune", "term").order_by("valid_from", "pk")


def new_post(
    cadre: Cadre, values: Values, day: date, old: Holding | None = None, **more: Any
) -> RowEdit:
    """The person begins to hold the post of `values` on `day`, in place of `old` if there is one;
    in a unit or post that has ended it ends with it, and with the day of a leaving to come."""
    is_main = values.get("is_main")
    if is_main is None:
        others = held(cadre, day).filter(is_main=True).exclude(pk=old.pk if old else None)
        is_main = not others.exists()
    row = Holding(
        cadre=cadre,
        post=values["post"],
        commune=values["commune"],
        term=values.get("term"),
        is_main=is_main,
        valid_from=day,
        note=values.get("note") or "",
        **more,
    )
    end_with_holder(row, gone_of(cadre.pk))
    return adding(row)


def new_seat(cadre: Cadre, values: Values, day: date, **more: Any) -> RowEdit:
    """The person sits in the Party committee of `values` from `day`."""
    row = CommitteeMembership(
        cadre=cadre,
        commune=values["commune"],
        role=values["role"],
        term=values.get("term"),
        valid_from=day,
        **more,
    )
    end_with_holder(row, gone_of(cadre.pk))
    return adding(row)


def ending(row: Holding | CommitteeMembership, day: date, reason: str) -> RowEdit | None:
    """The post or seat ends: `day` is the first without it."""
    return changing(stored(row), {"valid_to": day, "end_reason": reason})


def end_problems(row: Holding | CommitteeMembership | None, day: date, field: str) -> list[Problem]:
    """What forbids to end a post or seat on `day`."""
    if row is not None and day <= row.valid_from:
        return [
            Problem(
                field,
                f"{row} mới bắt đầu từ {row.valid_from:%d/%m/%Y}",
                "chọn ngày sau ngày ấy, hoặc bãi bỏ quyết định đã đưa vào",
            )
        ]
    return []


def new_status(
    cadre: Cadre, kind: str, day: date, until: date | None = None, **more: Any
) -> RowEdit:
    """The person's service is of `kind` from `day` (to before `until`)."""
    return adding(Status(cadre=cadre, kind=kind, valid_from=day, valid_to=until, **more))


def status_on(cadre: Cadre, kind: str, day: date) -> Status | None:
    """The state of `kind` that the person is in on `day`."""
    return Status.objects.filter(on_day(day), cadre=cadre, kind=kind).first()


def step_on(cadre: Cadre, day: date) -> SalaryStep | None:
    """The step of pay in force on `day`."""
    return SalaryStep.objects.filter(on_day(day), cadre=cadre).first()


def new_step(cadre: Cadre, day: date, **fields: Any) -> list[RowEdit | None]:
    """A step of pay from `day`; the one before ends with it, and the new one lasts as long as that
    would have. One that begins later stays: the new one lasts until then."""
    row = SalaryStep(cadre=cadre, valid_from=day, **fields)
    last = before(row)
    if last is not None:
        row.valid_to = last.valid_to
    end_with_next(row)
    return following(row)


def leaving(cadre: Cadre, day: date, kind: str, reason: Ended, **more: Any) -> list[RowEdit | None]:
    """The person leaves: posts, seats, pay and passing states end, the last day is before `day`."""
    posts = [ending(row, day, reason) for row in held(cadre, day)]
    chairs = [ending(row, day, reason) for row in seats(cadre, day)]
    others: list[RowEdit | None] = [
        changing(row, {"valid_to": day})
        for model in (Status, SalaryStep, Allowance)
        for row in model.objects.filter(on_day(day), cadre=cadre, valid_from__lt=day)
    ]
    return [*posts, *chairs, *others, new_status(cadre, kind, day, **more)]


def leaving_problems(cadre: Cadre, day: date) -> list[Problem]:
    """What forbids to leave on `day`: something begins then or later, or the person is gone."""
    found = [
        Problem(
            "",
            f"{row} bắt đầu từ {row.valid_from:%d/%m/%Y}, không trước ngày rời đi",
            "sửa hoặc bãi bỏ dòng ấy trước",
        )
        for row in [
            *Holding.objects.filter(cadre=cadre, valid_from__gte=day).with_post_and_commune(),
            *CommitteeMembership.objects.filter(cadre=cadre, valid_from__gte=day),
            *SalaryStep.objects.filter(cadre=cadre, valid_from__gte=day),
        ]
    ]
    stands = Q(valid_to=None) | Q(valid_to__gt=day)
    gone = Status.objects.filter(stands, cadre=cadre, kind__in=Status.LEFT).first()
    if gone is not None:
        words = f"Người này đã {gone.get_kind_display().lower()} từ {gone.valid_from:%d/%m/%Y}"
        remedy = (
            "bãi bỏ quyết định ấy trước nếu không đúng; đã được nhận lại thì ghi “đến hết ngày”"
        )
        found.append(Problem("", words, f"{remedy} của tình trạng ấy"))
    return found


def _left_on(cadre: Cadre, day: date) -> Any:
    """How the person has left by `day`, other than by death."""
    rows = Status.objects.filter(on_day(day), cadre=cadre, kind__in=Status.LEFT)
    return rows.exclude(kind=Status.Kind.DECEASED)


def taking_on(cadre: Cadre, day: date) -> list[RowEdit | None]:
    """Whoever left and is taken on again on `day` is no longer gone; a leaving from that very day
    on leaves not one day without."""
    return [
        removing(row) if row.valid_from == day else changing(row, {"valid_to": day})
        for row in _left_on(cadre, day)
    ]


def taken_on_words(cadre: Cadre, day: date) -> list[str]:
    """That a post takes on again someone who left: rarely a slip, and to be known."""
    return [
        f"Người này đã {row.get_kind_display().lower()} từ {row.valid_from:%d/%m/%Y}: quyết định "
        "này nhận lại, tình trạng ấy kết thúc."
        for row in _left_on(cadre, day)
    ]


def term_of_post_problems(values: Values) -> list[Problem]:
    """The term must be one of the organisation that the post belongs to."""
    post, term = values.get("post"), values.get("term")
    if post is None or term is None or fits_term(post.name, term.organisation):
        return []
    words = f"Nhiệm kỳ {term} không phải của tổ chức có chức vụ {post.name}"
    return [Problem("term", words, "chọn nhiệm kỳ khác hoặc để trống")]


def barred_words(cadre: Cadre, day: date) -> list[str]:
    """Discipline of the state after which nobody is appointed or sent to study for 12 months, 24
    after giáng chức and cách chức (Luật CBCC 2008, điều 82, sửa đổi 2019); told, not refused:
    whether a decision was lawful is not for the record to say."""
    rows = Discipline.objects.filter(
        cadre=cadre, system=Award.System.STATE, effective_on__lte=day, form__in=_BARS
    )
    return [
        f"Đang trong {_BARS[row.form]} tháng sau kỷ luật {row.get_form_display().lower()} "
        f"(hiệu lực {row.effective_on:%d/%m/%Y}): chưa được bổ nhiệm, cử đi đào tạo "
        "(Luật CBCC, điều 82)."
        for row in rows
        if day < add_months(row.effective_on, _BARS[row.form])
    ]


def missing(values: Values, fields: Iterable[Field]) -> list[Problem]:
    """Required fields without a value."""
    return [
        Problem(field.code, f"Thiếu “{field.header}”", "chọn hoặc nhập")
        for field in fields
        if field.is_required and values.get(field.code) in (None, "")
    ]
