"""Adding, correcting and closing dated rows of the catalogues. What was in force stays so."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from cadres.models import (
    CommuneArea,
    DistrictQuota,
    LegalDocument,
    Post,
    PostManagement,
    Quota,
    QuotaCeiling,
    Term,
    TitleSet,
)
from cadres.models.period import overlapping
from daitu_portal.marks import mark_of_value

# Of these only one row may be in force at a time: the fields that say of what. Models of the apps
# above say it themselves, as ONE_AT_A_TIME.
_ONE_AT_A_TIME: dict[Any, tuple[str, ...]] = {
    CommuneArea: ("commune",),
    DistrictQuota: (),
    PostManagement: ("post",),
    Quota: ("commune", "group"),
    QuotaCeiling: ("grade",),
    Term: ("organisation",),
}


_TAKEN = "Chưa ghi: vừa có người thêm dòng này. Xem lại danh sách trước khi thêm nữa."


class StaleRow(Exception):
    """Someone else saved the row after it was shown; `current` is what is stored."""

    def __init__(self, current: Any) -> None:
        super().__init__("the row was saved since it was shown")
        self.current = current


@transaction.atomic
def add_row(row: Any, *, title_sets: Iterable[TitleSet] = (), level: str = "") -> Any:
    """Save a new row of a catalogue; a post enters `title_sets` and its managing `level` with its
    first day.

    A post counts from its own first day on, so that entering a set changes nothing before it.
    Raises ValidationError where the row contradicts another.
    """
    _check(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # another request was first, after both had been checked
        raise ValidationError({NON_FIELD_ERRORS: _TAKEN}) from error
    if isinstance(row, Post):
        for title_set in title_sets:
            title_set.posts.add(row)
        if level:
            PostManagement.objects.create(
                post=row, level=level, valid_from=row.valid_from, valid_to=row.valid_to
            )
    return row


@transaction.atomic
def correct_row(row: Any, *, seen: str, title_sets: Iterable[TitleSet] | None = None) -> Any:
    """Save what was entered wrongly, for all days of the row; `seen` is the mark of what was shown.

    `title_sets` are the sets in use that a post is in from now on (None: they stay); those that
    ended keep it. Raises StaleRow, and ValidationError where the row contradicts another.
    """
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if mark_of(stored) != seen:
        raise StaleRow(stored)
    _check(row)
    row.save()
    if isinstance(row, Post) and title_sets is not None:
        ended = row.title_sets.exclude(valid_to=None)
        row.title_sets.set([*ended, *title_sets])
    return row


@transaction.atomic
def close_row(row: Any, *, ends_on: date) -> Any:
    """End a row: `ends_on` is the first day without it. Raises ValidationError."""
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if isinstance(stored, LegalDocument):
        stored.expired_on = ends_on
    else:
        stored.valid_to = ends_on
    _check(stored)
    stored.save()
    return stored


def mark_of(row: Any) -> str:
    """A short mark of what a row holds: a row that was saved otherwise since has another."""
    held = [field.value_from_object(row) for field in row._meta.concrete_fields]
    if isinstance(row, Post):
        held.append(sorted(row.title_sets.values_list("pk", flat=True)))
    return mark_of_value(held)


def _check(row: Any) -> None:
    row.full_clean()
    names = _ONE_AT_A_TIME.get(type(row), getattr(row, "ONE_AT_A_TIME", None))
    if names is None:
        return
    same = {name: getattr(row, name) for name in names}
    others = type(row)._default_manager.filter(**same).exclude(pk=row.pk)
    other = others.filter(overlapping(row.valid_from, row.valid_to)).first()
    if other is not None:
        until = f"đến hết {other.last_on:%d/%m/%Y}" if other.last_on else "chưa có ngày cuối"
        raise ValidationError(
            {NON_FIELD_ERRORS: f"Trùng thời gian với dòng đã có: {other} (từ "
             f"{other.valid_from:%d/%m/%Y}, {until}). Đóng hoặc sửa dòng ấy trước."}
        )  # fmt: skip
