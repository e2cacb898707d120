"""How communes answer gaps: stated, confirmed by the head, withdrawn. Nothing is removed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import notices
from accounts.models import COMMUNE_ROLES, Notice, Role, User
from cadres.models import Cadre, Commune
from intake.models import Review
from training.admission import Admission, admissions_of
from training.models import Need, PlanLine, Programme
from training.need_answers import answers_in, open_of_another_year, open_words
from training.planning import PLAN_IS_OPEN, PlanClosed, locked_plan, take_need_out

Answer, State = Need.Answer, Need.State
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_STATED = 500  # people at once


@dataclass(frozen=True)
class Statement:
    """One answer to one gap of a person: a level of a strand, a content, or neither."""

    cadre_id: int
    commune_id: int
    answer: str
    year: int
    programme_id: int | None = None
    strand: str = ""
    rank: int | None = None
    content: str = ""
    due_on: date | None = None
    reason: str = ""
    exception_reason: str = ""


class Refused(Exception):
    """Nothing was stated; `words` say why, for whoever typed it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotAdmitted(Refused):
    """People who may not be sent, and of whom no exception is written; `admissions` by key."""

    def __init__(self, admissions: Mapping[int, Admission]) -> None:
        super().__init__(
            f"Chưa lập: {len(admissions)} người không đủ điều kiện theo quy định. Ghi lý do cử "
            "ngoài đối tượng cho từng người, hoặc bỏ chọn người đó."
        )
        self.admissions = admissions


class AlreadyStated(Refused):
    """A need of the person, programme and year, or an answer to the gap, stands already."""


@transaction.atomic
def state_needs(
    *, by: User, statements: Sequence[Statement], day: date, today: date | None = None,
    review: Review | None = None,
) -> list[Need]:  # fmt: skip
    """Keep the answers, all or none. A clerk's wait for the head; the district's are confirmed at
    once in the name of the district. The people are locked, so that of two statements of the same
    person, programme and year one is refused.

    Who may be sent is asked on `day`, of which the page spoke, and on `today`, so that an earlier
    or later page is no way round a rule.

    Raises Refused where something is missing, NotAdmitted where somebody may not be sent and no
    exception is written, AlreadyStated where an answer stands.
    """
    _check(statements)
    keys = sorted({each.cadre_id for each in statements})
    people = Cadre.objects.visible_to(by).filter(pk__in=keys)
    locked = Cadre.objects.select_for_update().filter(pk__in=people.values("pk"))
    names = dict(locked.order_by("pk").values_list("pk", "full_name"))
    if len(names) < len(keys):
        raise Refused("Chưa lập: có người không còn trong phạm vi của bạn. Tải lại danh sách.")
    _check_admission(statements, {day, today or day})
    _check_standing(statements, names)
    _check_open(statements, names, today or day)
    needs = [_need(each, by, review) for each in statements]
    try:
        with transaction.atomic():
            Need.objects.bulk_create(needs)
    except IntegrityError as error:  # where the lock does not hold others back
        raise AlreadyStated(_ALREADY) from error
    _tell_heads(needs)
    return needs


_ALREADY = "Chưa lập: vừa có người lập nhu cầu ấy. Tải lại danh sách để xem."


def _check(statements: Sequence[Statement]) -> None:
    if not statements:
        raise Refused("Chưa chọn ai: đánh dấu từng người, hoặc chọn cả danh sách.")
    if len(statements) > MOST_STATED:
        raise Refused(f"Mỗi lần lập nhiều nhất {MOST_STATED} dòng: lọc danh sách cho hẹp hơn.")
    for each in statements:
        if not FIRST_YEAR <= each.year <= LAST_YEAR:
            raise Refused(f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
        if each.answer == Answer.SEND and each.programme_id is None:
            raise Refused("Cử đi học thì phải chọn chương trình.")
        if each.answer != Answer.SEND and not each.reason.strip():
            raise Refused("Miễn, sắp nghỉ hưu, bố trí lại thì phải ghi lý do.")


def _check_admission(statements: Iterable[Statement], days: Collection[date]) -> None:
    """Of whom no exception is written, whether the programme takes them."""
    asked: dict[int, list[int]] = {}
    for each in statements:
        if each.answer == Answer.SEND and each.programme_id and not each.exception_reason.strip():
            asked.setdefault(each.programme_id, []).append(each.cadre_id)
    offered = Programme.objects.offered().select_related("field").in_bulk(asked)
    if len(offered) < len(asked):
        raise Refused("Chưa lập: chương trình đã chọn không còn mở.")
    refused = {
        key: admission
        for programme, keys in asked.items()
        for day in sorted(days)
        for key, admission in admissions_of(offered[programme], keys, day).items()
        if not admission.is_admitted
    }
    if refused:
        raise NotAdmitted(refused)


def _check_standing(statements: Iterable[Statement], names: Mapping[int, str]) -> None:
    """Whether an answer stands to what is answered: of the programme and year, or of the gap."""
    standing = Need.objects.standing().filter(
        cadre__in=names, year__in={each.year for each in statements}
    )
    rows = standing.values_list("cadre", "year", "programme", "strand", "rank", "content")
    taken = {mark for row in rows for mark in _marks(*row)}
    twice = []
    for each in statements:
        marks = _marks(
            each.cadre_id, each.year, each.programme_id, each.strand, each.rank, each.content
        )
        twice += [names[each.cadre_id]] if taken & marks else []
        taken |= marks
    if twice:
        raise AlreadyStated(
            f"Chưa lập: năm ấy đã có nhu cầu đang đứng của {some(twice)}. Rút nhu cầu cũ rồi lập "
            "lại, hoặc bỏ chọn."
        )


def _check_open(statements: Iterable[Statement], names: Mapping[int, str], day: date) -> None:
    """Whether a need of another year still sends somebody for the same."""
    answers, told = answers_in(Need.objects.filter(cadre__in=names), day), []
    for each in statements:
        found = each.answer == Answer.SEND and open_of_another_year(
            answers.get(each.cadre_id, ()), year=each.year, programme=each.programme_id,
            strand=each.strand, rank=each.rank, content=each.content,
        )  # fmt: skip
        if found:
            told.append(f"{names[each.cadre_id]} {open_words(found.year)}")
    if told:
        raise AlreadyStated(f"Chưa lập: {some(told, '; ')}.")


def some(told: Sequence[str], between: str = ", ") -> str:
    """Five of `told`, and how many more."""
    rest = f" và {len(told) - 5} người khác" if told[5:] else ""
    return between.join(told[:5]) + rest


def _marks(
    cadre: int, year: int, programme: int | None, strand: str, rank: int | None, content: str
) -> set[tuple[object, ...]]:
    """What a statement takes: the programme, else the gap, of the person in the year."""
    if programme is not None:
        return {(cadre, year, programme)}
    return {(cadre, year, "gap", strand, rank, content)}


def _need(each: Statement, by: User, review: Review | None) -> Need:
    is_sent = each.answer == Answer.SEND
    need = Need(
        cadre_id=each.cadre_id, commune_id=each.commune_id, review=review, strand=each.strand,
        rank=each.rank, content=each.content, due_on=each.due_on, answer=each.answer,
        programme_id=each.programme_id, year=each.year, reason=each.reason.strip(),
        exception_reason=each.exception_reason.strip() if is_sent else "", stated_by=by,
    )  # fmt: skip
    if by.role == Role.DISTRICT_HR:
        need.state, need.confirmed_by, need.confirmed_at = State.CONFIRMED, by, timezone.now()
    return need


def _tell_heads(needs: Collection[Need]) -> None:
    """The heads of the communes whose needs wait, once for all that was stated together."""
    waiting: dict[int, list[Need]] = {}
    for need in needs:
        if need.state == State.STATED:
            waiting.setdefault(need.commune_id, []).append(need)
    for commune, stated in waiting.items():
        heads = User.objects.filter(role=Role.COMMUNE_HEAD, commune=commune)
        words = f"Có {len(stated)} nhu cầu đào tạo chờ bạn xác nhận"
        topic = f"need:{commune}:{max(each.pk for each in stated)}"
        notices.tell(heads, Notice.Kind.TASK, words, "/dao-tao/nhu-cau/da-neu/", topic)


@transaction.atomic
def confirm_needs(*, by: User, keys: Collection[int] | None = None) -> list[Need]:
    """Confirm stated needs of the commune of the head `by`: those of `keys`, or all where None.

    Returns those that were confirmed now; what another confirmed or withdrew meanwhile is passed
    over. Raises Refused for anybody but a head.
    """
    if by.role != Role.COMMUNE_HEAD:
        raise Refused("Chỉ người đứng đầu đơn vị xác nhận nhu cầu.")
    waiting = Need.objects.select_for_update().filter(
        state=State.STATED, commune__in=Commune.objects.line_of_user(by)
    )
    if keys is not None:
        waiting = waiting.filter(pk__in=list(keys))
    needs, now = list(waiting.order_by("pk")), timezone.now()
    for need in needs:
        need.state, need.confirmed_by, need.confirmed_at = State.CONFIRMED, by, now
    Need.objects.bulk_update(needs, ["state", "confirmed_by", "confirmed_at"], batch_size=500)
    return needs


@dataclass(frozen=True)
class Withdrawn:
    """A need that was taken back, and the line of the plan that lost it."""

    need: Need
    line: PlanLine | None = None


@transaction.atomic
def withdraw_need(*, by: User, need_id: int) -> Withdrawn:
    """Take a need back; its row stays. By whoever stated it, the head, or the district's staff,
    while nobody was sent for it. One in a plan only by the district's staff while the plan is not
    approved: its line then counts one participation less.

    Raises Refused where it may not be, or stands no more; Need.DoesNotExist outside the scope.
    """
    mine = Need.objects.visible_to(by).filter(pk=need_id)
    line = _out_of_plan(mine, by)  # before the need: plans are locked first
    need = Need.objects.select_for_update().get(pk__in=mine.values("pk"))
    if need.state == State.WITHDRAWN:
        raise Refused("Nhu cầu này đã rút từ trước.")
    if not may_withdraw(need, by):
        raise Refused("Chỉ người nêu, người đứng đầu đơn vị hoặc Phòng Nội vụ rút được nhu cầu.")
    if need.enrolments.exists() or need.studies.exists():
        raise Refused("Chưa rút: đã cử người này đi học theo nhu cầu ấy.")
    if need.plan_line_id != (line and line.pk):
        raise Refused("Chưa rút: nhu cầu vừa được đưa vào kế hoạch. Tải lại danh sách để xem.")
    need.state, need.withdrawn_by, need.withdrawn_at = State.WITHDRAWN, by, timezone.now()
    need.plan_line = None
    need.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "plan_line"])
    return Withdrawn(need, line and take_need_out(line))


def _out_of_plan(needs: QuerySet[Need], by: User) -> PlanLine | None:
    """The line that the need is in, its plan locked; None where it is in none."""
    need = needs.select_related("plan_line__plan").get()
    if need.plan_line is None or need.state == State.WITHDRAWN:
        return None
    if by.role != Role.DISTRICT_HR:
        raise Refused(
            f"Chưa rút: nhu cầu đã vào kế hoạch năm {need.plan_line.plan.year}. Đề nghị Phòng Nội "
            "vụ rút: số lượt của dòng kế hoạch giảm theo."
        )
    try:
        locked_plan(need.plan_line.plan_id, *PLAN_IS_OPEN)
    except PlanClosed:
        raise Refused(
            f"Chưa rút: kế hoạch năm {need.plan_line.plan.year} có nhu cầu này đã phê duyệt. Mở "
            "điều chỉnh kế hoạch trước, rồi rút."
        ) from None
    return need.plan_line


def may_withdraw(need: Need, by: User) -> bool:
    """Whether `by` is one who may withdraw it: the stater, the head of its commune, or the
    district's staff. Of a confirmed one no more the clerk who stated it."""
    if by.role == Role.DISTRICT_HR:
        return True
    if by.role == Role.COMMUNE_HEAD:
        return need.commune_id in set(Commune.objects.line_of_user(by))
    return by.role in COMMUNE_ROLES and need.stated_by_id == by.pk and need.state == State.STATED
