"""Adding, correcting and ending the rows of a person's record."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent
from cadres.actions import close_record, save_record
from cadres.changes import StaleVersion
from cadres.models import (
    Basis,
    Cadre,
    CommitteeMembership,
    Holding,
    Qualification,
    Rating,
    ShortTraining,
)
from intake.forms.basis import BasisForm
from intake.forms.career import CloseForm, HoldingForm, MembershipForm
from intake.forms.fields import all_valid
from intake.forms.learning import QualificationForm, RatingForm, ShortTrainingForm

Action = AuditEvent.Action


@dataclass(frozen=True)
class Kind:
    """A kind of rows: its model and form, what pages call it, the tab that shows it."""

    model: Any
    form: Any
    name: str
    tab: str
    needs_user: bool = False

    def made(self, request, row):
        fixed = {"user": request.user} if self.needs_user else {"today": timezone.localdate()}
        return self.form(request.POST or None, instance=row, **fixed)


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
}


def _person(request, pk):
    return get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)


def _row(request, kind, person, row_id):
    """The row, if it is this person's: another's key in the address is nobody's."""
    rows = kind.model.objects.visible_to(request.user).filter(cadre=person)
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise Http404
    row.cadre = person
    return row


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def record_add(request, pk, kind):
    person, of = _person(request, pk), KINDS[kind]
    form, basis = of.made(request, of.model(cadre=person)), _basis(request)
    if request.method == "POST" and all_valid(form, basis):
        saved = _save(request, form, basis, of, version=None)
        if saved:
            return saved
    return _page(request, form, basis, of, person, is_new=True)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def record_change(request, pk, kind, row_id):
    person, of = _person(request, pk), KINDS[kind]
    form, basis = of.made(request, _row(request, of, person, row_id)), _basis(request)
    if request.method == "POST" and all_valid(form, basis):
        saved = _save(request, form, basis, of, version=form.cleaned_data["version"])
        if saved:
            return saved
    return _page(request, form, basis, of, person, is_new=False)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def record_close(request, pk, kind, row_id):
    """End a post or seat with the first day without it."""
    person, of = _person(request, pk), KINDS[kind]
    row = _row(request, of, person, row_id)
    form, basis = CloseForm(request.POST or None, row=row), _basis(request)
    if request.method == "POST" and all_valid(form, basis):
        left_on, version = form.cleaned_data["left_on"], form.cleaned_data["version"]
        try:
            with transaction.atomic():
                close_record(row, left_on=left_on, ground=basis.ground(), version=version)
        except (StaleVersion, ValidationError) as error:
            _tell(form, error)
        else:
            words = f"Đã ghi: thôi từ ngày {left_on:%d/%m/%Y}."
            return _done(request, of, row, words, Action.CHANGE, ["valid_to"])
    context = {"form": form, "basis": basis, "person": person, "tab": of.tab}
    context["title"] = f"Thôi giữ: {row}"
    return render(request, "intake/record_form.html", context)


def _basis(request):
    return BasisForm(request.POST or None, user=request.user)


def _save(request, form, basis, of, *, version):
    """Save, and answer with the person's tab; None if it may not be, with errors on the form, or
    if the form warns first."""
    if getattr(form, "warning", ""):
        return None
    is_new = form.instance.pk is None
    try:
        with transaction.atomic():
            ground = basis.ground()
            _cite(form.instance, ground.basis)
            row = save_record(form.instance, ground=ground, version=version)
    except (StaleVersion, ValidationError) as error:
        _tell(form, error)
        return None
    if is_new:
        words = f"Đã thêm {of.name}. {getattr(form, 'told', '')}".strip()
        return _done(request, of, row, words, Action.CREATE, [])
    return _done(request, of, row, f"Đã sửa {of.name}.", Action.CHANGE, form.changed_data)


def _cite(row, basis):
    """A row that names its decision takes the number from the basis, if none was typed."""
    if basis.kind == Basis.Kind.DECISION and getattr(row, "decision_number", None) == "":
        row.decision_number = basis.number


def _tell(form, error):
    """Put what refused the change on the form, at its field where it has one."""
    if isinstance(error, StaleVersion):
        form.add_error(
            None,
            "Hồ sơ vừa được người khác sửa sau khi bạn mở trang này. Điều bạn gõ còn nguyên bên "
            "dưới: xem lại hồ sơ ở tab khác, rồi bấm Lưu lần nữa nếu vẫn muốn ghi.",
        )
        form.data = form.data.copy()
        form.data["version"] = error.current.version
        return
    for name, found in error.message_dict.items():
        form.add_error(name if name in form.fields else None, found)


def _done(request, of, row, words, action, fields):
    audit.record(
        request, action, subject_type="cadre", subjects=[row.cadre_id],
        detail={"table": of.model._meta.model_name, "row": row.pk, "fields": list(fields)},
    )  # fmt: skip
    messages.success(request, words)
    return redirect(of.tab, row.cadre_id)


def _page(request, form, basis, of, person, *, is_new):
    context = {
        "form": form,
        "basis": basis,
        "person": person,
        "title": f"{'Thêm' if is_new else 'Sửa'} {of.name}",
        "tab": of.tab,
    }
    return render(request, "intake/record_form.html", context)
