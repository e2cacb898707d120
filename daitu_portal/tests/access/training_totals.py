"""The routes of training: totals."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
