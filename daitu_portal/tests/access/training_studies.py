"""The routes of training: studies, a person's tab."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = [
    Route("training:person", object="person"),
]
