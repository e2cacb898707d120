"""The routes of training: classes."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = [
    Route("training:class_list"),
    Route("training:class", object="class", scoped=False),
    Route("training:class_export", object="class", scoped=False, ok={"POST": 200}),
]
