"""The routes of training."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
