"""The routes of training, a module an area; the order is that of the loop."""

from training.urls import catalogue, classes, needs, people, plans, report, results, studies, totals

app_name = "training"
urlpatterns = [
    *needs.urlpatterns,
    *people.urlpatterns,
    *plans.urlpatterns,
    *classes.urlpatterns,
    *studies.urlpatterns,
    *results.urlpatterns,
    *totals.urlpatterns,
    *report.urlpatterns,
    *catalogue.urlpatterns,
]
