"""A person's training."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import DATA, allow
from cadres.person_page import person_frame
from training.models import Enrolment


@allow(*DATA)
@require_safe
def person(request, pk):
    context = person_frame(request, pk, "training:person")
    context["enrolments"] = (
        Enrolment.objects.visible_to(request.user)
        .filter(cadre=pk, training_class__begins_on__lte=context["day"])
        .select_related("training_class__provider")
        .order_by("-training_class__begins_on", "pk")
    )
    return render(request, "training/person.html", context)
