"""What is printed of a class: the annex of the decision, the certificates, the report.

Why somebody was sent who is not admitted, which may tell of discipline, stands on none of them.
"""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.models import AuditEvent
from training.class_report import report_of
from training.learner_units import posts_of
from training.models import Enrolment, TrainingClass

Action = AuditEvent.Action
Result = Enrolment.Result


@allow(*DATA)
@require_safe
def class_annex(request, pk):
    """Whom each decision sends, a list a decision; not those who left or were enrolled by
    mistake."""
    found = _found(request, pk)
    rows = list(_learners(request, found).took_part())
    context = {"lists": _by_decision(rows)}
    return _printed(request, found, rows, "training/class_annex.html", context)


def _by_decision(rows):
    """(decision, those whom it sends) by its day; those without one last."""
    lists: dict = {}
    for each in rows:
        lists.setdefault(each.decision, []).append(each)
    return sorted(
        lists.items(),
        key=lambda told: (told[0] is None, told[0] and (told[0].signed_on, told[0].number)),
    )


@allow(*DATA)
@require_safe
def class_certificates(request, pk):
    found = _found(request, pk)
    rows = list(_learners(request, found).filter(result=Result.PASSED))
    return _printed(request, found, rows, "training/class_certificates.html", {})


@allow(*DATA)
@require_safe
def class_report(request, pk):
    found = _found(request, pk)
    report = report_of(found, request.user)
    audit.record(
        request, Action.VIEW, subject_type="class", subjects=[found.pk],
        detail={"page": "training:class_report"},
    )  # fmt: skip
    return render(request, "training/class_report.html", {"found": found, "report": report})


def _found(request, pk):
    classes = TrainingClass.objects.visible_to(request.user)
    return get_object_or_404(classes.select_related("provider", "programme", "decision"), pk=pk)


def _learners(request, found):
    """Those of the class whom the account may see, by name."""
    return (
        Enrolment.objects.visible_to(request.user)
        .filter(training_class=found)
        .select_related("cadre", "outside_learner__commune", "decision")
        .with_sort_key()
        .order_by("sort_key", "pk")
    )


def _printed(request, found, rows, page, context):
    posts = posts_of(rows, found.begins_on)
    for each in rows:
        each.post = posts[each.pk]
        each.born_year = _born_year(each)
    audit.record(
        request, Action.VIEW, subject_type="class", subjects=[found.pk], count=len(rows),
        detail={"page": page},
    )  # fmt: skip
    context |= {"found": found, "rows": rows}
    return render(request, page, context)


def _born_year(enrolment):
    learner = enrolment.cadre or enrolment.outside_learner
    return learner.born_on.year if learner.born_on else ""
