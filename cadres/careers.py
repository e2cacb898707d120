"""Checks a post held or a seat taken against the person's other ones, the post and the unit.

The forms, the actions and the import all ask here.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from cadres.models import CommitteeMembership, Commune, Ended, Holding, Post, Status
from cadres.rules.careers import (
    Gone,
    Problem,
    Span,
    Stay,
    end_of,
    existence_problems,
    first_to_end,
    gone_problems,
    main_post_problems,
    most_at_once,
    order_problems,
    repetition_problems,
    term_problems,
)

# How Post.commune_kind ("Xã" or "Thị trấn, phường") reads the kinds of units.
_KINDS = {"xa": ("xa",), "thi_tran": ("thi_tran", "phuong")}
# What each problem is about: while none of it is touched, an old flaw forbids nothing else.
_BEGINNING = ("post_id", "commune_id", "valid_from")
_ABOUT = {
    "post": _BEGINNING,
    "commune": _BEGINNING,
    "term": ("term_id", "valid_from"),
    "is_main": ("is_main", "valid_from", "valid_to"),
    "valid_from": _BEGINNING,
    "last_on": (*_BEGINNING, "valid_to"),
}

Period = Holding | CommitteeMembership
_Left = Status.Kind
_ENDED = {
    _Left.RETIRED: Ended.RETIRED,
    _Left.RESIGNED: Ended.QUIT,
    _Left.MOVED: Ended.MOVED,
    _Left.DECEASED: Ended.DECEASED,
}


def gone_of(cadre_id: int | None) -> list[Gone]:
    """How a person left for good, each time. One query, none for someone who is not stored yet."""
    if cadre_id is None:
        return []
    return [gone_by(row) for row in Status.objects.filter(cadre=cadre_id, kind__in=Status.LEFT)]


def gone_by(status: Status) -> Gone:
    """The days on which a state of leaving for good leaves the person without posts."""
    kind = _Left(status.kind)
    may_return = kind != _Left.DECEASED
    return Gone(
        kind.label.lower(),
        status.valid_from,
        status.valid_to if may_return else None,
        ended=_ENDED[kind],
        may_return=may_return,
    )


def holding_problems(holding: Holding) -> list[Problem]:
    """Everything that forbids `holding` as it stands; empty if it may be saved.

    Reads the person's other posts, so inside a transaction it must follow the lock on the person.
    """
    others = Holding.objects.filter(cadre=holding.cadre_id).with_post_and_commune()
    return _problems_beside(holding, others)


def membership_problems(membership: CommitteeMembership) -> list[Problem]:
    """Everything that forbids `membership` as it stands; empty if it may be saved."""
    others = CommitteeMembership.objects.filter(cadre=membership.cadre_id)
    return _problems_beside(membership, others.select_related("commune"))


def _problems_beside(record, others) -> list[Problem]:
    known = list(others.select_related("term").order_by("valid_from", "pk"))
    was = next((row for row in known if row.pk == record.pk), None)
    others = [stay_of(row) for row in known if row is not was]
    return career_problems(record, others, was, gone_of(record.cadre_id))


def career_problems(
    record: Period,
    others: Sequence[Stay],
    was: Period | None = None,
    gone: Sequence[Gone] = (),
) -> list[Problem]:
    """Everything that forbids `record` beside the person's `others` of its kind and `gone`, how
    the person left for good. No query.

    `was` is the record as stored: what was wrong with it before, and is left as it is, does not
    forbid to end it or to correct something else.
    """
    found = _all_problems(record, others, gone)
    old = _all_problems(was, others, gone) if found and was else ()
    return [each for each in found if each not in old or _is_touched(each, record, was)]


def _is_touched(problem: Problem, record: Period, was: Period | None) -> bool:
    about = _ABOUT[problem.field]
    return any(getattr(record, name, None) != getattr(was, name, None) for name in about)


def _all_problems(record: Period, others: Sequence[Stay], gone: Sequence[Gone]) -> list[Problem]:
    stay = stay_of(record)
    found = [*order_problems(stay), *gone_problems(stay, gone)]
    if isinstance(record, Holding):
        found += existence_problems(stay, _span(record.post), "post")
    found += existence_problems(stay, _span(record.commune), "commune")
    if isinstance(record, Holding):
        found += _kind_problems(record)
    if record.term:
        term = Span(str(record.term), record.term.valid_from, record.term.valid_to)
        found += term_problems(stay, term)
    return [*found, *repetition_problems(stay, others), *main_post_problems(stay, others)]


def stay_of(record: Period) -> Stay:
    """The period of a post or seat, with the name that messages call it by."""
    if isinstance(record, CommitteeMembership):
        name, what = f"chân cấp ủy {record.commune.name}", record.commune_id
    else:
        name, what = f"{record.post.short_name}, {record.commune.name}", record.post_id
    return Stay(
        name,
        record.valid_from,
        record.valid_to,
        what=what,
        where=record.commune_id,
        is_main=getattr(record, "is_main", False),
    )


def end_with_holder(record: Period, gone: Sequence[Gone]) -> str:
    """Give a new post or seat without an end that of its unit or post, if they have one, or the
    day on which the person leaves for good, as `gone` tells; whichever comes first.

    Returns what to tell about it, "" where nothing was done.
    """
    stay = stay_of(record)
    holders = [_span(record.commune)]
    if isinstance(record, Holding):
        holders.append(_span(record.post))
    leaves = first_to_end(stay, gone)
    if leaves is not None:
        until = Span(f"việc {leaves.name} của người này", date.min, leaves.valid_from)
        holders.insert(0, until)
    holder = end_of(stay, holders)
    if holder is None:
        return ""
    record.valid_to = holder.valid_to
    if leaves is not None and holder is holders[0]:
        record.end_reason = record.end_reason or leaves.ended
    return f"Để trống ngày cuối: kết thúc cùng {holder.name}, hết ngày {record.last_on:%d/%m/%Y}."


def crowding(holding: Holding, beside: Iterable[Holding]) -> list[Holding]:
    """Those of other people who hold the post in the unit on the same days, if that makes more
    than a unit has; lawful at times (after a merger), and so a warning, not a problem."""
    most = holding.post.per_commune
    if most is None:
        return []
    stay = stay_of(holding)
    others = [
        other for other in beside if other.cadre != holding.cadre and stay_of(other).overlaps(stay)
    ]
    return others if most_at_once(stay, map(stay_of, others)) >= most else []


def crowding_on_record(holding: Holding) -> list[Holding]:
    """`crowding` beside what is stored. One query, none for a post without a number."""
    if holding.post.per_commune is None:
        return []
    beside = Holding.objects.filter(post=holding.post_id, commune=holding.commune_id)
    beside = beside.overlapping(holding.valid_from, holding.valid_to)
    return crowding(
        holding, beside.exclude(pk=holding.pk).select_related("cadre", "post", "commune")
    )


def crowding_words(holding: Holding, others: Sequence[Holding]) -> str:
    """The warning, with the names of the others."""
    names = ", ".join(f"{each.cadre.full_name} ({_days(each)})" for each in others[:3])
    more = f" và {len(others) - 3} người nữa" if len(others) > 3 else ""
    number = holding.post.per_commune
    return (
        f"{holding.post.name} mỗi đơn vị {number} người, mà {holding.commune.name} cùng thời gian "
        f"ấy đã có: {names}{more}."
    )


def _days(holding: Holding) -> str:
    return stay_of(holding).words


def _span(dated: Post | Commune) -> Span:
    return Span(dated.name, dated.valid_from, dated.valid_to)


def _kind_problems(holding: Holding) -> Iterable[Problem]:
    kinds = _KINDS.get(holding.post.commune_kind)
    if kinds is None or holding.commune.kind in kinds:
        return
    where = holding.post.get_commune_kind_display()
    yield Problem(
        "post",
        f"{holding.post.name} chỉ có ở {where}, không có ở {holding.commune.name}",
        "chọn chức danh tương ứng của đơn vị",
    )
