"""The routes of training: totals."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = [
    Route("training:totals"),
    Route("training:learned_people"),
    Route("training:learned_export", ok={"POST": 200}),
    Route("training:hours_list"),
    Route("training:hours_export", ok={"POST": 200}),
    Route("training:untrained"),
    Route("training:untrained_export", ok={"POST": 200}),
]
