"""Indicators, a figure, and the names behind it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import DATA, allow
from accounts.as_of import as_of
from reports.queries import Figures


@allow(*DATA)
@require_safe
def indicator_list(request):
    day = as_of(request)
    found = Figures(request.user).matrix(day)
    return render(request, "reports/indicator_list.html", {"matrix": found})


@allow(*DATA)
@require_safe
def figure(request, code):
    raise Http404


@allow(*DATA)
@require_safe
def figure_export(request, code):
    raise Http404
