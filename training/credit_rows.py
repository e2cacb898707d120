"""The row of the record that a credit becomes, and how it leaves the record again."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from cadres.actions import remove_record
from cadres.changes import Ground, locked_in_order
from cadres.edits import RowMoved
from cadres.models import Cadre, Change, Qualification, ShortTraining
from cadres.undoing import HasDependants, undo
from daitu_portal.dates import PartialDate

_STUDY_FORMS = {"on_site": "full_time", "part_time": "part_time", "distance": "distance"}


def is_on_record(credit: Any, awarded_on: date) -> bool:
    """Whether the record holds the same level or content of that very day already."""
    day = PartialDate.of(awarded_on)
    held: Any = Qualification.objects.filter(strand=credit.strand, rank=credit.rank, awarded_on=day)
    if credit.content:
        held = ShortTraining.objects.filter(content=credit.content, completed_on=day)
    return bool(held.filter(cadre=credit.cadre_id).exists())


def row_for(credit: Any) -> Qualification | ShortTraining:
    """The row of the record that a credit becomes."""
    held, study = (credit.enrolment and credit.enrolment.training_class), credit.study
    days = (held.begins_on, held.ends_on) if held else (study.begins_on, credit.awarded_on)
    form = _STUDY_FORMS.get(held.form, "other") if held else study.form
    if credit.content:
        return ShortTraining(
            cadre_id=credit.cadre_id, content=credit.content, title=held.name[:160] if held else "",
            started_on=PartialDate.of(days[0]), completed_on=PartialDate.of(credit.awarded_on),
            hours=credit.hours, institution=credit.institution, study_form=form,
            certificate_number=credit.evidence_number,
        )  # fmt: skip
    return Qualification(
        cadre_id=credit.cadre_id, strand=credit.strand, rank=credit.rank, field=credit.field,
        awarded_on=PartialDate.of(credit.awarded_on), major=credit.major,
        institution=credit.institution, studied_from=PartialDate.of(days[0]),
        studied_until=PartialDate.of(days[1]), study_form=form, evidence=credit.evidence,
        evidence_number=credit.evidence_number,
    )  # fmt: skip


def reason_of(credit: Any) -> str:
    """Why the record changes, in the words of its history."""
    held = credit.enrolment and credit.enrolment.training_class
    if held:
        return f"Hoàn thành lớp {held.code}: {held.name}"[:255]
    return f"Hoàn thành cử đi học: {credit.study.school}"[:255]


def take_out(credit: Any, by: User, reason: str) -> None:
    """Take the row of a credit out of the record: its change is undone where nothing rests on it,
    else the row is removed, for the same reason."""
    ground = Ground(by=by, basis=credit.change.basis, reason=reason, source=Change.Source.UNDONE)
    try:
        undo(credit.change_id, ground)
    except (HasDependants, RowMoved, ValidationError, Change.DoesNotExist, Cadre.DoesNotExist):
        model = Qualification if credit.strand else ShortTraining
        person = locked_in_order([credit.cadre_id])[credit.cadre_id]
        row = model.objects.get(pk=credit.row_id)
        ground = Ground(by=by, basis=credit.change.basis, reason=reason)
        remove_record(row, ground=ground, version=person.version)
