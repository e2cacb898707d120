"""Checks a post held or a seat taken against the person's other ones, the post and the unit.

The forms, the actions and the import all ask here.
"""

from collections.abc import Iterable, Sequence

from cadres.models import CommitteeMembership, Commune, Holding, Post
from cadres.rules.careers import (
    Problem,
    Span,
    Stay,
    existence_problems,
    main_post_problems,
    order_problems,
    repetition_problems,
)

# How Post.commune_kind ("Xã" or "Thị trấn, phường") reads the kinds of units.
_KINDS = {"xa": ("xa",), "thi_tran": ("thi_tran", "phuong")}


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
    known = others.exclude(pk=record.pk).order_by("valid_from", "pk")
    return career_problems(record, [stay_of(other) for other in known])


def career_problems(record: Holding | CommitteeMembership, others: Sequence[Stay]) -> list[Problem]:
    """Everything that forbids `record` beside the person's `others` of its kind. No query."""
    stay = stay_of(record)
    if isinstance(record, CommitteeMembership):
        return [
            *order_problems(stay),
            *existence_problems(stay, _span(record.commune), "commune"),
            *repetition_problems(stay, others),
        ]
    return [
        *order_problems(stay),
        *existence_problems(stay, _span(record.post), "post"),
        *existence_problems(stay, _span(record.commune), "commune"),
        *_kind_problems(record),
        *repetition_problems(stay, others),
        *main_post_problems(stay, others),
    ]


def stay_of(record: Holding | CommitteeMembership) -> Stay:
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


def _span(dated: Post | Commune) -> Span:
    return Span(dated.name, dated.valid_from, dated.valid_to)


def _kind_problems(holding: Holding) -> Iterable[Problem]:
    kinds = _KINDS.get(holding.post.commune_kind)
    if kinds is None or holding.commune.kind in kinds:
        return
    where = holding.post.get_commune_kind_display()
    yield Problem(
        "post",
        f"{holding.post.name} chỉ có ở {where}, không có ở {holding.commune.name}; "
        "chọn chức danh tương ứng của đơn vị.",
    )
