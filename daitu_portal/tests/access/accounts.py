"""The routes of accounts."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
