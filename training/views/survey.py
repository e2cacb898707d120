"""The questionnaire of a class: what came back, a sheet entered, the blank sheet to print."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.models import AuditEvent
from daitu_portal.paging import page_of
from training.classes import CannotBe
from training.forms.survey import SheetForm
from training.models import SurveySheet
from training.rules.survey import MARKS, QUESTIONS, SCALE, summary
from training.survey import enter_sheet
from training.views.class_page import class_of

Action = AuditEvent.Action


@allow(*DATA)
@require_safe
def survey(request, pk):
    found = class_of(request, pk)
    sheets = SurveySheet.objects.filter(training_class=found)
    marks = list(sheets.values_list("marks", flat=True))
    comments = sheets.exclude(comment="").order_by("-pk").values_list("comment", flat=True)
    audit.record(request, Action.VIEW, subject_type="class", subjects=[pk])
    context = {
        "found": found,
        "number": len(marks),
        "answered": summary(marks),
        "marks": MARKS,
        "scale": [(mark, SCALE[mark]) for mark in MARKS],
        "page": page_of(request, comments),
        "may_enter": found.state not in (found.State.DRAFT, found.State.OPEN),
    }
    return render(request, "training/survey.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def survey_add(request, pk):
    found = class_of(request, pk)
    form = SheetForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            sheet = enter_sheet(
                pk, marks=form.marks(), comment=told["comment"], token=told["token"],
                by=request.user,
            )  # fmt: skip
        except CannotBe as error:
            form.add_error(None, error.words)
        else:
            _tell(request, pk, sheet)
            return redirect("training:survey_add", pk)
    entered = SurveySheet.objects.filter(training_class=found).count()
    context = {"found": found, "form": form, "entered": entered}
    return render(request, "training/survey_form.html", context)


def _tell(request, pk, sheet):
    if sheet is None:
        messages.info(
            request,
            "Phiếu này đã được nhập từ lần bấm trước; không tính hai lần. "
            "Phiếu khác có câu trả lời giống hệt thì nhập vào biểu dưới đây.",
        )
        return
    audit.record(
        request, Action.CREATE, subject_type="survey_sheet", subjects=[sheet],
        detail={"class": pk},
    )  # fmt: skip
    number = SurveySheet.objects.filter(training_class=pk).count()
    messages.success(
        request,
        f"Đã nhập một phiếu; lớp nay có {number} phiếu. Nhập phiếu tiếp theo, hoặc xem kết quả.",
    )


@allow(*DATA)
@require_safe
def survey_blank(request, pk):
    found = class_of(request, pk)
    context = {"found": found, "questions": QUESTIONS.values(), "marks": MARKS,
               "scale": [(mark, SCALE[mark]) for mark in MARKS]}  # fmt: skip
    return render(request, "training/survey_blank.html", context)
