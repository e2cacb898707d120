"""The routes of reports."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = [
    Route("reports:indicator_list"),
    Route("reports:figure", object="indicator", scoped=False),
    Route("reports:figure_export", object="indicator", scoped=False),
]
