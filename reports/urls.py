"""Where the front page, communes' pages, figures and catalogues hang."""

from django.urls import path

from reports.views import communes, dashboard, figures

app_name = "reports"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("don-vi/", communes.commune_list, name="commune_list"),
    path("don-vi/xuat/", communes.commune_export, name="commune_export"),
    path("don-vi/<int:pk>/", communes.commune, name="commune"),
    path("bao-cao/", figures.indicator_list, name="indicator_list"),
    path("bao-cao/<slug:code>/", figures.figure, name="figure"),
    path("bao-cao/<slug:code>/xuat/", figures.figure_export, name="figure_export"),
]
