"""The routes of the frame."""

from daitu_portal.tests.access.table import ANYBODY, Route

ROUTES: list[Route] = [
    Route("healthz", ANYBODY),
]
