"""Learners outside the file: added once, corrected, and linked to a record when one appears."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cadres.changes import locked_in_order
from cadres.models import Cadre
from daitu_portal.text import fold, search_text
from training.credits import propose, withdraw
from training.models import Credit, Enrolment, OutsideLearner, TrainingClass

_TRIES = 5
_TWINS_SHOWN = 20


class Twins(Exception):
    """There are learners who may be the one to be added; `found` are they."""

    def __init__(self, found: list[OutsideLearner]) -> None:
        super().__init__(f"{len(found)} learners of this name")
        self.found = found


class NotLinked(Exception):
    """The learner was not linked, or not unlinked; `str()` says why in Vietnamese."""


@dataclass(frozen=True)
class Likely:
    """An official who may be a learner: of the same name, with what tells people apart."""

    cadre: Cadre
    unit: str


def twins_of(
    *, full_name: str, workplace: str = "", commune_id: int | None = None, year: int | None = None,
    but: int | None = None,
) -> list[OutsideLearner]:  # fmt: skip
    """Learners of the same name, accents apart, whose workplace or commune is the same, unless the
    years of birth are known and differ; a place that is not known is taken for the same.

    `but` is the learner himself. One query.
    """
    named = OutsideLearner.objects.filter(search_text=search_text(full_name)[:255])
    others = named if but is None else named.exclude(pk=but)
    found = others.select_related("commune").order_by("pk")[:_TWINS_SHOWN]
    return [
        each
        for each in found
        if _is_same_place(each, workplace, commune_id) and _may_be_of(each, year)
    ]


def _is_same_place(learner: OutsideLearner, workplace: str, commune_id: int | None) -> bool:
    knows_none = not (workplace or commune_id) or not (learner.workplace or learner.commune_id)
    is_same_work = bool(workplace) and fold(workplace) == fold(learner.workplace)
    return knows_none or is_same_work or (bool(commune_id) and commune_id == learner.commune_id)


def _may_be_of(learner: OutsideLearner, year: int | None) -> bool:
    return year is None or learner.born_on is None or learner.born_on.year == year


@transaction.atomic
def add(values: Mapping[str, Any], *, is_confirmed: bool = False) -> OutsideLearner:
    """Store a learner with a code of its own. Raises Twins where somebody may be the same person,
    unless the writer `is_confirmed` to have looked at them."""
    if not is_confirmed:
        _no_twins(values)
    number = (OutsideLearner.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for _ in range(_TRIES):
        while OutsideLearner.objects.filter(code=f"HV{number:05d}").exists():
            number += 1
        try:
            with transaction.atomic():
                return OutsideLearner.objects.create(**values, code=f"HV{number:05d}")
        except IntegrityError:  # another took the code between the question and the row
            number += 1
    raise IntegrityError("no code is free")


def _no_twins(values: Mapping[str, Any], but: int | None = None) -> None:
    born_on, commune = values.get("born_on"), values.get("commune")
    twins = twins_of(
        full_name=values["full_name"], workplace=values.get("workplace", ""),
        commune_id=commune.pk if commune else None, year=born_on.year if born_on else None,
        but=but,
    )  # fmt: skip
    if twins:
        raise Twins(twins)


def likely_officials(learner: OutsideLearner, by: User) -> list[Likely]:
    """The records of the same name that `by` may see, with their units. Three queries."""
    people = Cadre.objects.visible_to(by).filter(search_text=learner.search_text)
    found = people.with_career().with_seats().order_by("name_sort_key", "pk")
    return [Likely(each, unit_of(each)) for each in found[:_TWINS_SHOWN]]


def unit_of(cadre: Cadre) -> str:
    """The post and unit that tell an official apart: the last begun; needs `career`."""
    last = max(
        cadre.career, key=lambda each: (each.valid_to is None, each.valid_from), default=None
    )
    return f"{last.post.name}, {last.commune.name}" if last else ""


def may_be_officials(learners: QuerySet[OutsideLearner], by: User) -> QuerySet[OutsideLearner]:
    """Those of `learners` who are not linked though a record of the same name is there."""
    names = Cadre.objects.visible_to(by).order_by().values("search_text")
    return learners.filter(cadre=None, search_text__in=names)


@transaction.atomic
def link(*, learner_id: int, cadre_id: int, by: User) -> OutsideLearner:
    """Say that a learner is an official: of the same name only. The participations stay as they
    were written and are counted as the official's.

    Raises OutsideLearner.DoesNotExist, Cadre.DoesNotExist out of scope; NotLinked where the names
    differ, the learner is linked already, or both sit in one class.
    """
    _hold_classes(learner_id)
    cadre = locked_in_order([cadre_id]).get(cadre_id)
    learner = OutsideLearner.objects.select_for_update().get(pk=learner_id)
    if cadre is None or not Cadre.objects.visible_to(by).filter(pk=cadre_id).exists():
        raise Cadre.DoesNotExist
    if learner.cadre_id:
        raise NotLinked("Học viên này đã nối với một hồ sơ; muốn đổi thì bỏ nối trước.")
    if fold(learner.full_name) != fold(cadre.full_name):
        raise NotLinked(
            f"Tên khác nhau (“{learner.full_name}”, “{cadre.full_name}”): chỉ nối với hồ sơ cùng "
            "tên. Nếu ghi sai tên thì sửa tên trước."
        )
    twice = _class_of_both(learner, cadre)
    if twice:
        raise NotLinked(
            f"Cả học viên và cán bộ đều có lượt trong lớp “{twice}”: một người không thể hai lượt "
            "một lớp. Rút một lượt trước, hoặc đây là hai người."
        )
    learner.cadre, learner.linked_by, learner.linked_at = cadre, by, timezone.now()
    learner.save(update_fields=["cadre", "linked_by", "linked_at"])
    # What was passed before the record appeared may prove a level of it now.
    passed = Enrolment.objects.filter(outside_learner=learner).filter(
        result=Enrolment.Result.PASSED
    )
    propose(passed.select_related("training_class__programme", "outside_learner"))
    return learner


def _class_of_both(learner: OutsideLearner, cadre: Cadre) -> str:
    mine = Enrolment.objects.of_people([cadre.pk]).exclude(result=Enrolment.Result.WITHDRAWN)
    theirs = Enrolment.objects.filter(Q(outside_learner=learner)).exclude(
        result=Enrolment.Result.WITHDRAWN
    )
    both = theirs.filter(training_class__in=mine.values("training_class"))
    return both.values_list("training_class__name", flat=True).first() or ""


@dataclass(frozen=True)
class Through:
    """What a link led to for the record: how many stand in it, how many wait to be confirmed."""

    stand: int = 0
    wait: int = 0


def led_to(learner: OutsideLearner) -> Through:
    """What came through the link of a learner, as the record says now. Two queries."""
    mine = Credit.objects.filter(enrolment__outside_learner=learner)
    return Through(mine.in_state(Credit.State.CONFIRMED).count(), mine.proposed().count())


@transaction.atomic
def unlink(*, learner_id: int, by: User, reason: str) -> Through:
    """Take a link back, with what it led to: certificates leave the record of the official, what
    waited for one waits no more. How many of each.

    Raises NotLinked where there is no link, or where something keeps a certificate in the record:
    then nothing is changed; OutsideLearner.DoesNotExist.
    """
    _hold_classes(learner_id)
    linked = OutsideLearner.objects.get(pk=learner_id).cadre_id
    locked_in_order([linked] if linked else [])
    learner = OutsideLearner.objects.select_for_update().get(pk=learner_id)
    if not learner.cadre_id:
        raise NotLinked("Học viên này không còn nối với hồ sơ nào.")
    found = led_to(learner)
    _take_back(learner, by, f"Bỏ nối học viên {learner.code}: {reason}"[:255])
    learner.cadre = learner.linked_by = learner.linked_at = None
    learner.save(update_fields=["cadre", "linked_by", "linked_at"])
    return found


def _hold_classes(learner_id: int) -> None:
    """Lock the classes of a learner, as whoever enters results or confirms certificates does."""
    taught = Enrolment.objects.filter(outside_learner=learner_id).values("training_class")
    found = TrainingClass.objects.filter(pk__in=taught)
    list(found.select_for_update().order_by("pk").values_list("pk"))


def _take_back(learner: OutsideLearner, by: User, reason: str) -> None:
    credits = Credit.objects.filter(enrolment__outside_learner=learner).order_by("pk")
    for credit in credits.select_related("cadre"):
        try:
            withdraw(credit, by=by, reason=reason)
        except ValidationError as error:
            raise NotLinked(
                f"Chưa bỏ nối: {credit.what} cấp ngày {credit.awarded_on:%d/%m/%Y} đã vào hồ sơ "
                f"{credit.cadre.full_name} và chưa rút ra được: {' '.join(error.messages)} Sửa ở "
                "trang Trình độ của người ấy rồi bỏ nối lại."
            ) from error


class StaleLearner(Exception):
    """The learner was changed after the form was opened."""


@transaction.atomic
def correct(learner_id: int, values: Mapping[str, Any], *, seen: str) -> OutsideLearner:
    """Store corrected `values`; `seen` is the mark of what the form showed. Raises StaleLearner,
    and NotLinked where a linked learner would get another name than the record's."""
    learner = OutsideLearner.objects.select_for_update().get(pk=learner_id)
    if mark_of(learner) != seen:
        raise StaleLearner
    if learner.cadre_id and fold(values["full_name"]) != fold(learner.full_name):
        raise NotLinked("Học viên đã nối với hồ sơ cùng tên: bỏ nối trước khi đổi tên.")
    for name, value in values.items():
        setattr(learner, name, value)
    learner.save()
    return learner


def mark_of(learner: OutsideLearner) -> str:
    """What tells whether a learner is as a form showed it."""
    told = (learner.full_name, learner.kind, learner.workplace, learner.commune_id, learner.sex,
            learner.born_on.iso if learner.born_on else "", learner.ethnicity)  # fmt: skip
    return "|".join(str(each) for each in told)
