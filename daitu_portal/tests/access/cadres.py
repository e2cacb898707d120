"""The routes of cadres."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
