"""Adding, correcting and ending the rows of a person's record."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.models import AuditEvent, Role
from cadres.actions import add_step, close_record, save_record
from cadres.edits import changing, from_plain, stored
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Cadre,
    CommitteeMembership,
    Discipline,
    FamilyMember,
    Holding,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
    WorkPeriod,
)
from cadres.steps import following
from intake.forms.career import CloseForm, HoldingForm, MembershipForm
from intake.forms.learning import QualificationForm, RatingForm, ShortTrainingForm
from intake.forms.profile import FORMS
from intake.models import ProposalItem
from intake.views.entry import Entry

Action = AuditEvent.Action


@dataclass(frozen=True)
class Kind:
    """A kind of rows: its model and form, what pages call it, the tab that shows it."""

    model: Any
    form: Any
    name: str
    tab: str
    needs_user: bool = False
    follows: bool = False  # a new row ends the one before

    def made(self, request, row, data):
        fixed = {"user": request.user} if self.needs_user else {"today": timezone.localdate()}
        return self.form(data, instance=row, **fixed)


KINDS = {
    "holding": Kind(Holding, HoldingForm, "chức vụ, chức danh", "cadres:career", True),
    "membership": Kind(CommitteeMembership, MembershipForm, "cấp ủy", "cadres:career", True),
    "qualification": Kind(
        Qualification, QualificationForm, "văn bằng, chứng chỉ", "cadres:qualifications"
    ),
    "short_training": Kind(
        ShortTraining, ShortTrainingForm, "bồi dưỡng ngắn hạn", "cadres:qualifications"
    ),
    "rating": Kind(Rating, RatingForm, "xếp loại năm", "cadres:ratings"),
    **{
        name: Kind(model, FORMS[name], words, tab, follows=name in ("salary_step", "allowance"))
        for name, model, words, tab in (
            ("family", FamilyMember, "người thân", "cadres:detail"),
            ("work_period", WorkPeriod, "quá trình công tác", "cadres:career"),
            ("affiliation", Affiliation, "đoàn thể, đại biểu HĐND", "cadres:career"),
            ("status", Status, "tình trạng công tác", "cadres:career"),
            ("salary_step", SalaryStep, "mức lương", "cadres:pay"),
            ("allowance", Allowance, "phụ cấp", "cadres:pay"),
            ("award", Award, "khen thưởng", "cadres:merits"),
            ("discipline", Discipline, "kỷ luật", "cadres:merits"),
        )
    },
}


def person_of(request, pk):
    return get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)


def row_of(request, kind, person, row_id):
    """The row, if it is this person's: another's key in the address is nobody's."""
    rows = kind.model.objects.visible_to(request.user).filter(cadre=person)
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise Http404
    row.cadre = person
    return row


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_add(request, pk, kind):
    person, of = person_of(request, pk), KINDS[kind]
    row, save = of.model(cadre=person), add_step if of.follows else save_record
    entry = Entry(request, person, row, lambda ground: save(row, ground=ground))
    return _answer(entry, of, of.made(request, row, entry.data))


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_change(request, pk, kind, row_id):
    person, of = person_of(request, pk), KINDS[kind]
    row = row_of(request, of, person, row_id)
    entry = Entry(request, person, row, lambda ground: save_record(row, ground=ground,
                  version=form.cleaned_data["version"]))  # fmt: skip
    form = of.made(request, row, entry.data)
    return _answer(entry, of, form)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_close(request, pk, kind, row_id):
    """End a post or seat with the first day without it."""
    person, of = person_of(request, pk), KINDS[kind]
    row = row_of(request, of, person, row_id)
    entry = Entry(request, person, row, lambda ground: _close(row, form.cleaned_data, ground))
    form = CloseForm(request.POST or None, row=row)
    if entry.is_sent(form):
        left_on = form.cleaned_data.get("left_on")
        saved = entry.save(form, edits=[_end(row, form.cleaned_data)] if left_on else ())
        if isinstance(saved, ProposalItem):
            return entry.kept(saved)
        if saved is not None:
            words = f"Đã ghi: thôi từ ngày {left_on:%d/%m/%Y}."
            return done(request, of, row, words, Action.CHANGE, ["valid_to"])
    context = {**entry.context, "form": form, "person": person, "tab": of.tab}
    context |= {"title": f"Thôi giữ: {row}", "is_whole_only": True}
    return render(request, "intake/record_form.html", context)


def _close(row, told, ground):
    row.end_reason = told["end_reason"]
    return close_record(row, left_on=told["left_on"], ground=ground, version=told["version"])


def _end(row, told):
    values = {"valid_to": told["left_on"], "end_reason": told.get("end_reason", "")}
    return changing(stored(row), values)


@allow(Role.COMMUNE_CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person_row(request, pk, item_id, kind):
    """A row of someone whom the clerk's draft adds."""
    of = KINDS[kind]
    mine = ProposalItem.objects.filter(proposal__author=request.user, table="cadres.cadre")
    new = get_object_or_404(mine.exclude(edits=[]), pk=item_id, proposal=pk, action="add")
    person = from_plain(new.edits[0], None).row
    row = of.model(cadre=person)
    entry = Entry(request, None, row, write_nothing, new_person=new, proposal_id=pk)
    return _answer(entry, of, of.made(request, row, entry.data))


def write_nothing(ground):
    """A clerk writes no record."""
    raise PermissionDenied


def _answer(entry, of, form):
    """Save and go on to where it shows; else the form, with what is wrong or asked."""
    is_new = entry.row.pk is None
    if entry.is_sent(form) and not getattr(form, "warning", ""):
        is_step = is_new and of.follows and entry.proposes and form.is_valid()
        saved = entry.save(form, edits=following(entry.row) if is_step else ())
        if isinstance(saved, ProposalItem):
            return entry.kept(saved)
        if saved is not None and is_new:
            words = f"Đã thêm {of.name}. {getattr(form, 'told', '')}".strip()
            return done(entry.request, of, saved, words, Action.CREATE, [])
        if saved is not None:
            words = f"Đã sửa {of.name}."
            return done(entry.request, of, saved, words, Action.CHANGE, form.changed_data)
    context = {
        **entry.context,
        "form": form,
        "person": entry.row.cadre,
        "title": f"{'Thêm' if is_new else 'Sửa'} {of.name}",
        "tab": of.tab,
    }
    return render(entry.request, "intake/record_form.html", context)


def done(request, of, row, words, action, fields):
    audit.record(
        request, action, subject_type="cadre", subjects=[row.cadre_id],
        detail={"table": of.model._meta.model_name, "row": row.pk, "fields": list(fields)},
    )  # fmt: skip
    messages.success(request, words)
    return redirect(of.tab, row.cadre_id)
