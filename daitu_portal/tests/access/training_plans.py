"""The routes of training: plans."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
