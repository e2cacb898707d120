"""The routes of intake."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
