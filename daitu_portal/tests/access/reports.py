"""The routes of reports."""

from accounts.models import DISTRICT_ROLES, Role
from daitu_portal.tests.access.table import EVERYONE, HR, Route

DISTRICT = (Role.DISTRICT_HR, Role.LEADER)

ROUTES: list[Route] = [
    Route("reports:dashboard", EVERYONE, ok_for={Role.ADMIN: {"GET": 302}}),
    Route("reports:catalogue", HR),
    Route("reports:catalogue_list", HR, object="catalogue", scoped=False),
    Route(
        "reports:catalogue_add", HR, object="catalogue", scoped=False, ok={"GET": 200, "POST": 200}
    ),
    Route(
        "reports:catalogue_correct",
        HR,
        object="catalogue_row",
        scoped=False,
        ok={"GET": 200, "POST": 200},
    ),
    Route("reports:year_quotas", HR, object="year", scoped=False, ok={"GET": 200, "POST": 200}),
    Route("reports:commune_grades", HR, ok={"GET": 200, "POST": 200}),
    Route(
        "reports:catalogue_close",
        HR,
        object="catalogue_row",
        scoped=False,
        ok={"GET": 200, "POST": 200},
    ),
    Route("reports:commune_list"),
    Route("reports:commune_export", ok={"POST": 200}),
    Route("reports:commune", object="commune"),
    Route("reports:indicator_list"),
    Route("reports:retirements"),
    Route("reports:retirements_export", ok={"POST": 302}),
    Route("reports:proposal", DISTRICT_ROLES),
    Route("reports:figure", object="indicator", scoped=False),
    Route("reports:figure_export", object="indicator", scoped=False, ok={"POST": 302}),
    Route("reports:forecast_list", DISTRICT),
    Route("reports:forecast_add", DISTRICT),
    Route("reports:forecast_save", HR, ok={"POST": 302}),
    Route("reports:forecast", DISTRICT, object="scenario", scoped=False),
    Route(
        "reports:forecast_edit", HR, object="scenario", scoped=False, ok={"GET": 200, "POST": 200}
    ),
    Route("reports:forecast_export", DISTRICT, object="scenario", scoped=False, ok={"POST": 302}),
]
