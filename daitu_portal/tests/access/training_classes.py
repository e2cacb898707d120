"""The routes of training: classes, hands-on sessions."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = [
    Route("training:class_list"),
    Route("training:session_list"),
    Route("training:class", object="class", scoped=False),
    Route("training:class_export", object="class", scoped=False, ok={"POST": 200}),
]
