"""The routes of training: catalogue."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
