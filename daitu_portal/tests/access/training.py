"""The routes of training, a module an area."""

from daitu_portal.tests.access import (
    training_catalogue,
    training_classes,
    training_needs,
    training_people,
    training_plans,
    training_report,
    training_results,
    training_studies,
    training_totals,
)

ROUTES = [
    *training_needs.ROUTES,
    *training_people.ROUTES,
    *training_plans.ROUTES,
    *training_classes.ROUTES,
    *training_studies.ROUTES,
    *training_results.ROUTES,
    *training_totals.ROUTES,
    *training_report.ROUTES,
    *training_catalogue.ROUTES,
]
