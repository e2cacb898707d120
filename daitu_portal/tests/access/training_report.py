"""The routes of training: the result template."""

from accounts.models import DISTRICT_ROLES
from daitu_portal.tests.access.table import HR, Route

ROUTES: list[Route] = [
    Route("training:result_report", DISTRICT_ROLES),
    Route("training:result_report_people", DISTRICT_ROLES, ok={"GET": 404}),
    Route("training:result_report_manual", HR, ok={"GET": 200, "POST": 200}),
    Route("training:result_report_export", DISTRICT_ROLES, ok={"POST": 200}),
]
