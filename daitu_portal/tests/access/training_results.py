"""The routes of training: results."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
