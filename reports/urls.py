"""Where the front page, communes' pages, figures and catalogues hang."""

from django.urls import path

from reports.forecast import views as forecast
from reports.proposal import views as proposal
from reports.views import catalogue, communes, dashboard, figures, quotas, retirement

app_name = "reports"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("don-vi/", communes.commune_list, name="commune_list"),
    path("don-vi/xuat/", communes.commune_export, name="commune_export"),
    path("don-vi/<int:pk>/", communes.commune, name="commune"),
    path("quan-tri/danh-muc/", catalogue.catalogue, name="catalogue"),
    path("quan-tri/danh-muc/giao-chi-tieu/<int:year>/", quotas.year_quotas, name="year_quotas"),
    path("quan-tri/danh-muc/phan-loai-don-vi/", quotas.commune_grades, name="commune_grades"),
    path("quan-tri/danh-muc/<slug:kind>/", catalogue.catalogue_list, name="catalogue_list"),
    path("quan-tri/danh-muc/<slug:kind>/them/", catalogue.catalogue_add, name="catalogue_add"),
    path(
        "quan-tri/danh-muc/<slug:kind>/<int:pk>/sua/",
        catalogue.catalogue_correct,
        name="catalogue_correct",
    ),
    path(
        "quan-tri/danh-muc/<slug:kind>/<int:pk>/dong/",
        catalogue.catalogue_close,
        name="catalogue_close",
    ),
    path("bao-cao/", figures.indicator_list, name="indicator_list"),
    path("bao-cao/nghi-huu/", retirement.retirements, name="retirements"),
    path("bao-cao/nghi-huu/xuat/", retirement.retirements_export, name="retirements_export"),
    path("bao-cao/du-bao/", forecast.forecast_list, name="forecast_list"),
    path("bao-cao/du-bao/them/", forecast.forecast_add, name="forecast_add"),
    path("bao-cao/du-bao/luu/", forecast.forecast_save, name="forecast_save"),
    path("bao-cao/du-bao/<int:pk>/", forecast.forecast, name="forecast"),
    path("bao-cao/du-bao/<int:pk>/sua/", forecast.forecast_edit, name="forecast_edit"),
    path("bao-cao/du-bao/<int:pk>/xuat/", forecast.forecast_export, name="forecast_export"),
    path("bao-cao/de-xuat/", proposal.proposal, name="proposal"),
    path("bao-cao/<slug:code>/", figures.figure, name="figure"),
    path("bao-cao/<slug:code>/xuat/", figures.figure_export, name="figure_export"),
]
