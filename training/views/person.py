"""A person's training."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.access import DATA, allow
from cadres.person_page import person_frame
from training.person_page import CLASSES, PARTS, part_of


@allow(*DATA)
@require_safe
def person(request, pk):
    context = person_frame(request, pk, "training:person")
    asked = request.GET.get("phan", "")
    part = asked if asked in PARTS else CLASSES
    day = {"ngay": request.GET["ngay"]} if request.GET.get("ngay") else {}
    here = reverse("training:person", args=[pk])
    context["part"] = part
    context["part_tabs"] = [
        {"key": key, "label": words, "url": f"{here}?{urlencode({**day, 'phan': key})}",
         "count": None}
        for key, words in PARTS.items()
    ]  # fmt: skip
    context |= part_of(part, pk, context["day"], request.user, context["book"])
    return render(request, "training/person.html", context)
