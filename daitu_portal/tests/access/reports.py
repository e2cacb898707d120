"""The routes of reports."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
