"""Checks a post held or a seat taken against the person's other ones, the post and the unit."""

from collections.abc import Iterable

from cadres.models import CommitteeMembership, Holding
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
    stay = _stay_of(holding)
    others = [
        _stay_of(other)
        for other in Holding.objects.filter(cadre=holding.cadre_id)
        .exclude(pk=holding.pk)
        .with_post_and_commune()
        .order_by("valid_from", "pk")
    ]
    return [
        *order_problems(stay),
        *existence_problems(stay, _span(holding.post), "post"),
        *existence_problems(stay, _span(holding.commune), "commune"),
        *_kind_problems(holding),
        *repetition_problems(stay, others),
        *main_post_problems(stay, others),
    ]


def membership_problems(membership: CommitteeMembership) -> list[Problem]:
    """Everything that forbids `membership` as it stands; empty if it may be saved."""
    stay = _seat_of(membership)
    others = [
        _seat_of(other)
        for other in CommitteeMembership.objects.filter(cadre=membership.cadre_id)
        .exclude(pk=membership.pk)
        .select_related("commune")
        .order_by("valid_from", "pk")
    ]
    return [
        *order_problems(stay),
        *existence_problems(stay, _span(membership.commune), "commune"),
        *repetition_problems(stay, others),
    ]


def _stay_of(holding: Holding) -> Stay:
    name = f"{holding.post.short_name}, {holding.commune.name}"
    return Stay(
        name,
        holding.valid_from,
        holding.valid_to,
        what=holding.post_id,
        where=holding.commune_id,
        is_main=holding.is_main,
    )


def _seat_of(membership: CommitteeMembership) -> Stay:
    return Stay(
        f"chân cấp ủy {membership.commune.name}",
        membership.valid_from,
        membership.valid_to,
        what=membership.commune_id,
        where=membership.commune_id,
    )


def _span(dated) -> Span:
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
