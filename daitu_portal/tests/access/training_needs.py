"""The routes of training: needs."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
