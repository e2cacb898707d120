"""Where each app's pages hang. Paths are short Vietnamese without accents."""

from django.urls import include, path

from daitu_portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("", include("reports.urls")),
    path("", include("accounts.urls")),
    path("can-bo/", include("cadres.urls")),
    path("", include("intake.urls")),
    path("", include("training.urls")),
]

handler500 = "daitu_portal.views.server_error"
