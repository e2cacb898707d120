"""The routes of training: people."""

from daitu_portal.tests.access.table import Route

ROUTES: list[Route] = []
