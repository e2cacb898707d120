"""Where the front page, communes' pages, figures and catalogues hang."""

from django.urls import path

from reports.views import figures

app_name = "reports"

urlpatterns = [
    path("bao-cao/", figures.indicator_list, name="indicator_list"),
    path("bao-cao/<slug:code>/", figures.figure, name="figure"),
    path("bao-cao/<slug:code>/xuat/", figures.figure_export, name="figure_export"),
]
